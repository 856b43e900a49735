"""What the header of an analyst's column may mean: schema names, labels and the usual words."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from lsq.analysis.columns import COLUMNS, label
from lsq.analysis.sheet_times import without_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lsq.analysis.catalog import Catalog

__all__ = ["Called", "folded", "is_named", "is_ours", "usually_means"]

_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_OURS = re.compile(r"\s*\(LeadSquared\)\s*$")
_PHONES = ("Phone", "Mobile")
_MOBILES = ("Mobile", "Phone")
_STAGE = ("ProspectStage",)
_OWNER = ("OwnerIdName", "OwnerIdEmailAddress")

_WORDS: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        _STAGE: "stage, lead stage, prospect stage, current stage, stage name, pipeline stage, "
        "sales stage, status, lead status, current status, stage status, status stage",
        _OWNER: "owner, lead owner, owner name, assigned to, assigned, assignee, allocated to, "
        "counsellor, counselor, counsellor name, counselor name, agent, agent name, advisor, "
        "salesperson, sales person, sales rep, sales owner, rep, caller, telecaller, handled by, "
        "account owner, account manager, relationship manager, rm, rm name, executive, "
        "sales executive, lead owner name, current owner",
        ("OwnerIdEmailAddress", "OwnerIdName"): "owner email, owners email, owner mail, "
        "owner email id, lead owner email, owner e-mail address, counsellor email, agent email",
        _PHONES: "phone, phone no, phone number, ph, ph no, contact, contact no, contact number, "
        "telephone, tel, tel no, telephone number, primary phone, whatsapp, whatsapp no, "
        "whatsapp number, calling number, lead phone, phone 1, contact phone, student phone",
        _MOBILES: "mobile, mobile no, mobile number, mob, mob no, cell, cell no, cell phone, "
        "cell number, mobile phone, student mobile, primary mobile, lead mobile, contact mobile",
        ("EmailAddress",): "email, email id, e mail, email address, mail, mail id, e mail id, "
        "primary email, lead email, student email, contact email, emailid address",
        ("FirstName",): "first name, fname, given name, forename, first, name, lead name, "
        "full name, student name, candidate name, customer name, contact name, applicant name",
        ("LastName",): "last name, lname, surname, family name, last",
        ("Source",): "source, lead source, source name, original source, utm source, channel, "
        "enquiry source, source of lead",
        ("SourceMedium",): "medium, source medium, utm medium, lead medium",
        ("SourceCampaign",): "campaign, source campaign, campaign name, utm campaign",
        ("Score",): "score, lead score, prospect score, lead scoring, current score",
        ("EngagementScore",): "engagement",
        ("CreatedOn",): "created, created on, created date, created at, creation date, "
        "date created, create date, added on, date added, lead date, enquiry date, "
        "lead created on, lead created date, lead creation date, created time, creation time, "
        "lead creation time, lead created at, registered on, date of creation",
        ("mx_City",): "city, town, location, city name, current city, city of residence",
        ("mx_State",): "state, province, state name",
        ("mx_Country",): "country, country name",
        ("mx_Zip",): "zip, zip code, pin, pin code, postal code, postcode",
        ("mx_Street1",): "address, street, street 1, address 1, address line 1",
        ("mx_Street2",): "street 2, address 2, address line 2",
        ("Company",): "company, company name, organisation, organization, employer, account name",
        ("JobTitle",): "job title, designation, title, position",
        ("Notes",): "notes, note, remarks, comments",
        ("Website",): "website, web site, url, site",
        ("Grade",): "grade, lead grade",
    }
)


def folded(header: str) -> str:
    """Leave out what makes no other header: case, a zone, and all that is no letter or digit."""
    return re.sub(r"[\W_]+", "", without_zone(_OURS.sub("", header))).casefold()


def is_ours(header: str) -> bool:
    """Tell whether a header is one that our own files give a lead's column beside the sheet's."""
    return bool(_OURS.search(header))


def is_named(header: str, name: str) -> bool:
    """Tell whether a header is the schema name of a column."""
    return folded(header) == folded(name)


def usually_means(header: str) -> tuple[str, ...]:
    """Return the standard columns that a header usually means, the likeliest first.

    What stands in brackets at its end, `Phone (primary)`, says more than is asked.
    """
    return _BY_WORD.get(folded(header)) or _BY_WORD.get(folded(_ASIDE.sub("", header)), ())


class Called:
    """What some columns that came back are called; each is folded once, however wide a sheet is.

    Attributes:
        by_name: Columns by their folded schema name.
        by_label: The same by what people call them: the account's label, and the usual one.
    """

    def __init__(self, columns: Iterable[str], catalog: Catalog) -> None:
        """Fold all names and labels."""
        self.by_name: dict[str, list[str]] = {}
        self.by_label: dict[str, list[str]] = {}
        for column in columns:
            self.by_name.setdefault(folded(column), []).append(column)
            for each in {folded(catalog.label(column)), folded(label(column))}:
                self.by_label.setdefault(each, []).append(column)


def _by_word() -> dict[str, tuple[str, ...]]:
    """Write the usual words out, and behind them every standard column's label and name."""
    found: dict[str, tuple[str, ...]] = {}
    for columns, words in _WORDS.items():
        for word in words.split(", "):
            found.setdefault(folded(word), columns)
    for column in COLUMNS:
        for word in (column.label, column.name):
            found.setdefault(folded(word), (column.name,))
    return found


_BY_WORD = MappingProxyType(_by_word())
