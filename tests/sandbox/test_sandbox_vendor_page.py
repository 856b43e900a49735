"""The vendor's page "Get Leads in Bulk by Ids", its example and its table, over a real socket."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lsq.sandbox import Behaviour, Fault

if TYPE_CHECKING:
    from tests.sandbox.conftest import Caller

PAGE = Path(__file__).parent / "vendor_page"
REQUEST = (PAGE / "request.json").read_text(encoding="utf-8")
REPLY = (PAGE / "reply.json").read_text(encoding="utf-8")


def test_the_pages_request_gets_the_pages_reply_key_for_key(caller: Caller) -> None:
    reply = caller.send(REQUEST)
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "application/json"
    # Compared as text, so that the order of leads and of keys counts too.
    assert json.dumps(reply.json) == json.dumps(json.loads(REPLY))


def test_the_pages_leads_have_their_ids_when_asked_in_exact_letters(caller: Caller) -> None:
    ids = json.loads(REQUEST)["SearchParameters"]["LeadIds"]
    reply = caller.ask(ids, "ProspectID, FirstName")
    assert [(lead["ProspectID"], lead["FirstName"]) for lead in reply.leads] == [
        (ids[0], "Ringo"),
        (ids[1], "John"),
        (ids[2], "Paul"),
    ]


def test_the_pages_reply_is_not_hard_coded(caller: Caller) -> None:
    message = json.loads(REQUEST)
    message["SearchParameters"]["LeadIds"].pop(0)
    message["Columns"]["Include_CSV"] = "LastName"
    reply = caller.send(json.dumps(message))
    assert reply.json == {
        "RecordCount": 2,
        "Leads": [{"LastName": "Lennon"}, {"LastName": "McCartney"}],
    }


def message_of(reply: object) -> str:
    assert isinstance(reply, dict)
    assert reply["Status"] == "Error"
    return str(reply["ExceptionMessage"])


def test_401_has_the_tables_words_and_an_mx_type(caller: Caller) -> None:
    reply = caller.send(REQUEST, keys={"accessKey": "u$rwrong", "secretKey": "wrong"})
    assert reply.status == 401
    assert reply.json["ExceptionType"] == "MXInvalidAccessDetailsException"
    assert message_of(reply.json) == (
        "The API call was made with invalid access credentials. Check your AccessKey and SecretKey."
    )


def test_400_has_the_tables_words(caller: Caller) -> None:
    reply = caller.send("{}")
    assert reply.status == 400
    assert message_of(reply.json) == (
        "The message body on the request is not as per API specification. Make sure that content "
        "type is set to “application/json” and the JSON body has correct attribute names and "
        "structure."
    )


def test_404_has_the_tables_words(caller: Caller) -> None:
    reply = caller.send(REQUEST, path="/v2/LeadManagement.svc/Leads/Retrieve/ByNames")
    assert reply.status == 404
    expected = "The API could not be found. Please check the API signature."
    assert message_of(reply.json) == expected


def test_429_has_the_tables_words(caller: Caller) -> None:
    caller.sandbox.behaviour = Behaviour(max_calls=25)
    replies = [caller.send(REQUEST) for _ in range(26)]
    assert [reply.status for reply in replies] == [200] * 25 + [429]
    expected = "API calls exceeded the limit of 25 in 5 second(s)"
    assert message_of(replies[-1].json) == expected


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR_JSON, Fault.SERVER_ERROR_MX])
def test_500_says_why_in_its_exception_message(caller: Caller, fault: Fault) -> None:
    caller.sandbox.fail_next(fault)
    reply = caller.send(REQUEST)
    assert reply.status == 500
    assert message_of(reply.json)


def test_another_method_is_405(caller: Caller) -> None:
    reply = caller.send(None, method="GET")
    assert reply.status == 405
    assert reply.headers["Allow"] == "POST"


def test_more_than_10000_leads_are_refused(caller: Caller) -> None:
    ids = ["0acb9356-bcd1-4128-b63a-97f52cb8cc3c"] * 10_001
    reply = caller.ask(ids)
    assert reply.status == 500
    assert reply.json["ExceptionType"] == "MXInvalidInputException"


def test_the_account_may_have_a_smaller_limit(caller: Caller) -> None:
    caller.sandbox.behaviour = replace(caller.sandbox.behaviour, max_calls=1, window_s=60)
    caller.send(REQUEST)
    reply = caller.send(REQUEST)
    assert message_of(reply.json) == "API calls exceeded the limit of 1 in 60 second(s)"
