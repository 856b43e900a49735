"""Malformed calls: each is answered with the documented refusal, and the server lives on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from lsq.sandbox import Fault, lead_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.conftest import Caller

ID = lead_id(3)
GOOD: dict[str, Any] = {
    "SearchParameters": {"LeadIds": [ID]},
    "Columns": {"Include_CSV": "ProspectID"},
    "Paging": {"PageIndex": 1, "PageSize": 10},
}


@pytest.fixture
def caller(caller: Caller) -> Iterator[Caller]:
    """A client; afterwards the server is asked whether it still answers."""
    yield caller
    assert caller.ask([ID]).ids() == [ID]


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "{",
        "null",
        "[]",
        '"text"',
        "NaN",
        b"\xff\xfe{}",
        "[" * 100_000,
        "9" * 10_000,
        '{"SearchParameters": {"LeadIds": ["\\ud800"]}, "Columns": {"Include_CSV": 5}}',
    ],
)
def test_a_body_that_is_not_the_documented_json_is_400(
    caller: Caller, body: str | bytes | None
) -> None:
    assert caller.send(body).status == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"SearchParameters": None},
        {"SearchParameters": {"leadIds": [ID]}},
        {"SearchParameters": {"LeadIds": ID}},
        {"SearchParameters": {"LeadIds": []}},
        {"SearchParameters": {"LeadIds": [ID, 5]}},
        {"SearchParameters": {"LeadIds": [[ID]]}},
        {"Columns": []},
        {"Columns": {"include_csv": "ProspectID"}},
        {"Columns": {"Include_CSV": ["ProspectID"]}},
        {"Columns": {"Include_CSV": " , "}},
        {"Paging": 1},
        {"Paging": {"PageIndex": 1}},
        {"Paging": {"PageIndex": "1", "PageSize": 10}},
        {"Paging": {"PageIndex": True, "PageSize": 10}},
    ],
)
def test_wrong_names_or_types_are_400(caller: Caller, wrong: dict[str, Any]) -> None:
    assert caller.send(json.dumps(GOOD | wrong)).status == 400


@pytest.mark.parametrize(
    "paging", [{"PageIndex": 0, "PageSize": 10}, {"PageIndex": 1, "PageSize": -1}]
)
def test_a_page_that_cannot_be_is_an_mx_error(caller: Caller, paging: dict[str, int]) -> None:
    reply = caller.send(json.dumps(GOOD | {"Paging": paging}))
    assert reply.status == 500
    assert reply.json["ExceptionType"] == "MXInvalidInputException"


def test_without_paging_the_first_25_leads_come(caller: Caller) -> None:
    ids = {"SearchParameters": {"LeadIds": [lead_id(number) for number in range(30)]}}
    message = {name: part for name, part in (GOOD | ids).items() if name != "Paging"}
    assert len(caller.send(json.dumps(message)).leads) == 25


@pytest.mark.parametrize("content_type", ["text/plain", "", "application/jsonp"])
def test_another_content_type_is_400(caller: Caller, content_type: str) -> None:
    reply = caller.send(json.dumps(GOOD), headers={"Content-Type": content_type})
    assert reply.status == 400


def test_a_huge_body_is_400_and_read_to_its_end(caller: Caller) -> None:
    assert caller.send(b" " * 5_000_000).status == 400


@pytest.mark.parametrize("length", ["-1", "many"])
def test_a_length_that_is_none_is_400(caller: Caller, length: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": length}
    assert caller.send(None, headers=headers).status == 400


def test_a_body_in_chunks_is_400(caller: Caller) -> None:
    headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    assert caller.send(None, headers=headers).status == 400


def test_a_refused_body_leaves_queued_faults_to_the_calls_they_are_meant_for(
    caller: Caller,
) -> None:
    caller.sandbox.fail_next(Fault.BAD_GATEWAY)
    assert caller.send("{}", keys={}).status == 401
    assert caller.send(json.dumps(GOOD)).status == 502


@pytest.mark.parametrize("keys", [{}, {"accessKey": "", "secretKey": ""}, {"accessKey": "é"}])
def test_missing_keys_are_401(caller: Caller, keys: dict[str, str]) -> None:
    assert caller.send(json.dumps(GOOD), keys=keys).status == 401


@pytest.mark.parametrize("path", ["/", "/v2/LeadManagement.svc/Leads/Retrieve/ByIds/", "/%00"])
def test_another_path_is_404(caller: Caller, path: str) -> None:
    assert caller.send(json.dumps(GOOD), path=path).status == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_405(caller: Caller, method: str) -> None:
    assert caller.send(json.dumps(GOOD), method=method).status == 405
