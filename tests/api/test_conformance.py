"""The vendor's page "Get Leads in Bulk by Ids": its request, reply and status codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import (
    BadRequest,
    KeysRefused,
    LsqError,
    NoLeadId,
    NoSuchCall,
    RateLimited,
    ServerFailed,
)
from lsq.api.lead_id import LeadId
from lsq.api.page import read_page
from lsq.api.wire import by_ids, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.account import Account
    from lsq.api.wire import Reply

REQUEST = """{
  "SearchParameters": {
    "LeadIds": [
      "0acb9356-bcd1-4128-b63a-97f52cb8cc3c",
      "3aee22bd-8419-422a-8242-c510df9af021",
      "6ba78830-bd39-435f-8687-460b677f3fb4"
    ]
  },
  "Columns": {
    "Include_CSV": "CreatedOn, ModifiedOn, CompanyType, EmailAddress, ProspectId, \
OwnerIdEmailAddress, ProspectAutoID, FirstName, LastName, ProspectStage"
  },
  "Paging": {
    "PageIndex": 1,
    "PageSize": 1000
  }
}"""

REPLY = b"""{
  "RecordCount": 3,
  "Leads": [
    {
      "CreatedOn": "2018-03-06 06:55:46.000",
      "ModifiedOn": "2018-09-18 11:27:52.000",
      "CompanyType": "5003",
      "EmailAddress": null,
      "FirstName": "Ringo",
      "LastName": "Starr",
      "ProspectStage": "Opportunity"
    },
    {
      "CreatedOn": "2017-12-06 06:39:17.000",
      "ModifiedOn": "2018-07-27 09:20:50.000",
      "CompanyType": null,
      "EmailAddress": "john@example.com",
      "FirstName": "John",
      "LastName": "Lennon",
      "ProspectStage": "Prospect"
    },
    {
      "CreatedOn": "2017-12-06 06:27:04.000",
      "ModifiedOn": "2018-04-17 10:46:26.000",
      "CompanyType": null,
      "EmailAddress": null,
      "FirstName": "Paul",
      "LastName": "McCartney",
      "ProspectStage": "Prospect"
    }
  ]
}"""

IDS = [LeadId(id_) for id_ in json.loads(REQUEST)["SearchParameters"]["LeadIds"]]
COLUMNS = json.loads(REQUEST)["Columns"]["Include_CSV"].split(", ")


def test_the_clients_request_is_the_pages_with_the_lead_id_added(account: Account) -> None:
    sent = json.loads(by_ids(account, IDS, columns_of(COLUMNS)).body)
    documented = json.loads(REQUEST)
    documented["Columns"]["Include_CSV"] = f"ProspectID, {documented['Columns']['Include_CSV']}"
    assert sent == documented


def test_the_pages_reply_has_no_lead_id_and_makes_no_table(
    reply: Callable[..., Reply], account: Account
) -> None:
    with pytest.raises(NoLeadId, match="no lead id in the answer"):
        read_page(reply(REPLY), account=account, asked=IDS, columns=columns_of(COLUMNS))


def test_the_pages_reply_with_ids_is_the_table_that_it_shows(
    reply: Callable[..., Reply], account: Account
) -> None:
    document = json.loads(REPLY)
    for id_, lead in zip(IDS, document["Leads"], strict=True):
        lead["ProspectID"] = id_
    page = read_page(reply(document), account=account, asked=IDS, columns=columns_of(COLUMNS))
    assert list(page.leads.ids) == IDS
    assert page.leads.columns["FirstName"] == ["Ringo", "John", "Paul"]
    assert page.leads.columns["EmailAddress"] == [None, "john@example.com", None]
    assert page.leads.absent == {"ProspectId", "OwnerIdEmailAddress", "ProspectAutoID"}


STATUSES: dict[int, tuple[str, type[LsqError]]] = {
    401: ("The API call was made with invalid access credentials.", KeysRefused),
    400: ("The message body on the request is not as per API specification.", BadRequest),
    404: ("The API could not be found. Please check the API signature.", NoSuchCall),
    429: ("API calls exceeded the limit of 25 in 5 second(s)", RateLimited),
    500: ("The API called failed. There could be many reasons for it.", ServerFailed),
}


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_of_the_pages_table_is_its_own_error(
    reply: Callable[..., Reply], account: Account, status: int
) -> None:
    message, kind = STATUSES[status]
    answer = reply({"Status": "Error", "ExceptionMessage": message}, status)
    with pytest.raises(kind) as caught:
        read_page(answer, account=account, asked=IDS, columns=columns_of(COLUMNS))
    assert type(caught.value) is kind
    assert caught.value.title.endswith(".")
    assert caught.value.advice.endswith(".")
