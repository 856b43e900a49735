"""LeadSquared's standard lead columns, declared once.

Names are schema names in the spelling that the API wants: it leaves out a name spelt otherwise
without saying so. Accounts may rename the labels; the schema names stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["ACTIVITY", "COLUMNS", "CREATED", "ID", "Column", "Kind"]

ID = "ProspectID"
"""The column that holds a lead's id."""

CREATED = "CreatedOn"
"""The column that holds when a lead was created."""

ACTIVITY = "ProspectActivityDate_Max"
"""The column that holds when a lead was last active."""


class Kind(StrEnum):
    """What the text of a column stands for; only numbers and dates stop being text in a frame."""

    TEXT = "text"
    NAME = "name"
    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    DATE = "date"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Column:
    """A standard column.

    Attributes:
        name: Its schema name, exactly as the API wants it.
        label: What people call it.
        kind: What its text stands for.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT


COLUMNS = (
    Column(ID, "Lead id", Kind.ID),
    Column("ProspectAutoId", "Lead number", Kind.ID),
    Column("FirstName", "First name", Kind.NAME),
    Column("LastName", "Last name", Kind.NAME),
    Column("EmailAddress", "Email", Kind.EMAIL),
    Column("Phone", "Phone", Kind.PHONE),
    Column("Mobile", "Mobile", Kind.PHONE),
    Column("Fax", "Fax", Kind.PHONE),
    Column("ProspectStage", "Stage", Kind.CHOICE),
    Column("OwnerId", "Owner id", Kind.ID),
    Column("OwnerIdName", "Owner", Kind.CHOICE),
    Column("OwnerIdEmailAddress", "Owner's email", Kind.EMAIL),
    Column("Source", "Source", Kind.CHOICE),
    Column("SourceMedium", "Source medium", Kind.CHOICE),
    Column("SourceCampaign", "Source campaign", Kind.CHOICE),
    Column("SourceContent", "Source content"),
    Column("SourceReferrer", "Source referrer"),
    Column("SourceReferrerURL", "Source referrer URL", Kind.LINK),
    Column("SourceIPAddress", "Source IP address", Kind.ID),
    Column("Origin", "Origin", Kind.CHOICE),
    Column("ConversionReferrerURL", "Conversion referrer URL", Kind.LINK),
    Column("Web_Referrer", "Web referrer"),
    Column("Web_RefKeyword", "Web keyword"),
    Column("Score", "Score", Kind.NUMBER),
    Column("EngagementScore", "Engagement score", Kind.NUMBER),
    Column("QualityScore01", "Quality score", Kind.NUMBER),
    Column("Grade", "Grade", Kind.CHOICE),
    Column("Revenue", "Revenue", Kind.NUMBER),
    Column("LeadAge", "Lead age", Kind.NUMBER),
    Column("LeadType", "Lead type", Kind.CHOICE),
    Column(CREATED, "Created", Kind.DATE),
    Column("CreatedBy", "Created by, id", Kind.ID),
    Column("CreatedByName", "Created by", Kind.CHOICE),
    Column("ModifiedOn", "Modified", Kind.DATE),
    Column("ModifiedBy", "Modified by, id", Kind.ID),
    Column("ModifiedByName", "Modified by", Kind.CHOICE),
    Column("LastModifiedOn", "Last modified", Kind.DATE),
    Column("LeadLastModifiedOn", "Lead last modified", Kind.DATE),
    Column("LeadConversionDate", "Converted", Kind.DATE),
    Column(ACTIVITY, "Last activity", Kind.DATE),
    Column("ProspectActivityName_Max", "Last activity, name", Kind.CHOICE),
    Column("ProspectActivityDate_Min", "First activity", Kind.DATE),
    Column("ProspectActivityName_Min", "First activity, name", Kind.CHOICE),
    Column("LastVisitDate", "Last visit", Kind.DATE),
    Column("NotableEvent", "Notable event", Kind.CHOICE),
    Column("NotableEventdate", "Notable event, date", Kind.DATE),
    Column("TotalVisits", "Visits", Kind.NUMBER),
    Column("PageViewsPerVisit", "Pages a visit", Kind.NUMBER),
    Column("AvgTimePerVisit", "Time a visit", Kind.NUMBER),
    Column("Company", "Company"),
    Column("CompanyType", "Company type", Kind.ID),
    Column("RelatedCompanyId", "Related company id", Kind.ID),
    Column("JobTitle", "Job title"),
    Column("Website", "Website", Kind.LINK),
    Column("Region", "Region", Kind.CHOICE),
    Column("TimeZone", "Time zone", Kind.CHOICE),
    Column("mx_Street1", "Street 1"),
    Column("mx_Street2", "Street 2"),
    Column("mx_City", "City", Kind.CHOICE),
    Column("mx_State", "State", Kind.CHOICE),
    Column("mx_Country", "Country", Kind.CHOICE),
    Column("mx_Zip", "Zip", Kind.ID),
    Column("Latitude", "Latitude", Kind.NUMBER),
    Column("Longitude", "Longitude", Kind.NUMBER),
    Column("Notes", "Notes"),
    Column("Groups", "Groups"),
    Column("DoNotEmail", "Do not email", Kind.FLAG),
    Column("DoNotCall", "Do not call", Kind.FLAG),
    Column("DoNotSMS", "Do not SMS", Kind.FLAG),
    Column("DoNotTrack", "Do not track", Kind.FLAG),
    Column("CurrentOptInStatus", "Opt-in status", Kind.CHOICE),
    Column("OptInDate", "Opted in", Kind.DATE),
    Column("OptInDetails", "Opt-in details"),
    Column("LastOptInEmailSentDate", "Opt-in email sent", Kind.DATE),
    Column("MailingPreferences", "Mailing preferences", Kind.CHOICE),
    Column("FacebookId", "Facebook id", Kind.ID),
    Column("LinkedInId", "LinkedIn id", Kind.ID),
    Column("TwitterId", "Twitter id", Kind.ID),
    Column("SkypeId", "Skype id", Kind.ID),
    Column("GTalkId", "GTalk id", Kind.ID),
    Column("GooglePlusId", "Google Plus id", Kind.ID),
    Column("PhotoUrl", "Photo", Kind.LINK),
    Column("IsLead", "Is a lead", Kind.FLAG),
    Column("IsPrimaryContact", "Is the primary contact", Kind.FLAG),
    Column("IsStarredLead", "Is starred", Kind.FLAG),
    Column("IsTaggedLead", "Is tagged", Kind.FLAG),
    Column("CanUpdate", "Can be updated", Kind.FLAG),
    Column("StatusCode", "Status code", Kind.ID),
    Column("StatusReason", "Status reason", Kind.ID),
    Column("DeletionStatusCode", "Deletion status code", Kind.ID),
    Column("StageRottingFlagStatus", "Stage rotting, status", Kind.CHOICE),
    Column("StageRottingFlagMessage", "Stage rotting, message"),
    Column("StageRottingFlagModifiedOn", "Stage rotting, modified", Kind.DATE),
    Column("StageRottingFlagLevel", "Stage rotting, level", Kind.CHOICE),
)
"""Every standard column, the important ones first."""
