"""What LeadSquared's page "Get Leads in Bulk by Ids" fixes: address, wording, three leads.

Source: LeadSquared Developer Centre, "Get Leads in Bulk by Ids". The page asks for two columns in
other letters than their schema names (`ProspectId`, `ProspectAutoID`) and both are missing from its
answer, and so is `OwnerIdEmailAddress`. The records below lack what the page's leads lack, so that
its example follows from the general rules and is answered key for key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS_PATH", "MAX_LEADS", "PATH", "RECORDS", "WORDING"]

PATH = "/v2/LeadManagement.svc/Leads/Retrieve/ByIds"

FIELDS_PATH = "/v2/LeadManagement.svc/LeadsMetaData.Get"
"""From another page, "Get Metadata of Leads": what columns the account's leads have."""

MAX_LEADS = 10_000
"""Ids that one call may ask for ("You can retrieve a maximum of 10,000 leads")."""

WORDING: Mapping[int, str] = {
    400: (
        "The message body on the request is not as per API specification. Make sure that content "
        "type is set to “application/json” and the JSON body has correct attribute names and "
        "structure."
    ),
    401: (
        "The API call was made with invalid access credentials. Check your AccessKey and SecretKey."
    ),
    404: "The API could not be found. Please check the API signature.",
    429: "API calls exceeded the limit of {max_calls} in {window_s:g} second(s)",
    500: (
        "The API called failed. There could be many reasons for it. "
        "Check the exception message to get more details."
    ),
}
"""The page's table "HTTP Response Codes", by status."""

RECORDS: Mapping[str, Mapping[str, str | None]] = {
    "0acb9356-bcd1-4128-b63a-97f52cb8cc3c": {
        "ProspectID": "0acb9356-bcd1-4128-b63a-97f52cb8cc3c",
        "CreatedOn": "2018-03-06 06:55:46.000",
        "ModifiedOn": "2018-09-18 11:27:52.000",
        "CompanyType": "5003",
        "EmailAddress": None,
        "FirstName": "Ringo",
        "LastName": "Starr",
        "ProspectStage": "Opportunity",
    },
    "3aee22bd-8419-422a-8242-c510df9af021": {
        "ProspectID": "3aee22bd-8419-422a-8242-c510df9af021",
        "CreatedOn": "2017-12-06 06:39:17.000",
        "ModifiedOn": "2018-07-27 09:20:50.000",
        "CompanyType": None,
        "EmailAddress": "john@example.com",
        "FirstName": "John",
        "LastName": "Lennon",
        "ProspectStage": "Prospect",
    },
    "6ba78830-bd39-435f-8687-460b677f3fb4": {
        "ProspectID": "6ba78830-bd39-435f-8687-460b677f3fb4",
        "CreatedOn": "2017-12-06 06:27:04.000",
        "ModifiedOn": "2018-04-17 10:46:26.000",
        "CompanyType": None,
        "EmailAddress": None,
        "FirstName": "Paul",
        "LastName": "McCartney",
        "ProspectStage": "Prospect",
    },
}
"""The leads of the page's example, by id. Which id is whose is our guess: the page shows none."""
