"""Each disputed behaviour, both ways, over a real socket."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from lsq.sandbox import lead_id
from lsq.sandbox.behaviour import (
    Empty,
    Envelope,
    IdCase,
    KeysIn,
    LimitStatus,
    MalformedId,
    Order,
    OversizePage,
    RecordCount,
    ReturnId,
)

if TYPE_CHECKING:
    from tests.sandbox.conftest import Caller, Reply

IDS = [lead_id(number) for number in range(40)]
UNKNOWN = lead_id(10_000)


def switch(caller: Caller, **switches: Any) -> None:  # noqa: ANN401 -- values of any switch
    caller.sandbox.behaviour = replace(caller.sandbox.behaviour, **switches)


def exception_type(reply: Reply) -> str:
    return str(reply.json["ExceptionType"])


def test_leads_come_newest_first(caller: Caller) -> None:
    created = [lead["CreatedOn"] for lead in caller.ask(IDS).leads]
    assert len(created) == 40
    assert created == sorted(created, key=str, reverse=True)


def test_the_order_stays_newest_first_when_creation_is_not_asked_for(caller: Caller) -> None:
    reply = caller.ask(IDS, "ProspectID")
    assert reply.ids() == caller.ask(IDS).ids()
    assert {tuple(lead) for lead in reply.leads} == {("ProspectID",)}


def test_leads_come_as_asked(caller: Caller) -> None:
    switch(caller, order=Order.AS_ASKED)
    assert caller.ask(IDS).ids() == IDS


def test_leads_come_in_another_order_in_every_call(caller: Caller) -> None:
    switch(caller, order=Order.BY_CALL)
    first, second = caller.ask(IDS).ids(), caller.ask(IDS).ids()
    assert first != second
    assert set(first) == set(second) == set(IDS)


def test_unknown_ids_are_left_out(caller: Caller) -> None:
    reply = caller.ask([*IDS[:2], UNKNOWN])
    assert set(reply.ids()) == set(IDS[:2])


def test_an_id_asked_twice_comes_once(caller: Caller) -> None:
    assert caller.ask([IDS[0], IDS[0].upper()]).ids() == [IDS[0]]


def test_a_page_over_the_cap_is_clamped(caller: Caller) -> None:
    switch(caller, max_page=10)
    assert len(caller.ask(IDS, size=1000).leads) == 10


def test_a_page_over_the_cap_is_refused(caller: Caller) -> None:
    switch(caller, oversize_page=OversizePage.REJECT)
    reply = caller.ask(IDS, size=1001)
    assert (reply.status, exception_type(reply)) == (500, "MXInvalidInputException")
    assert "PageSize can not be more than 1000" in reply.json["ExceptionMessage"]
    assert caller.ask(IDS, size=1000).status == 200


def test_pages_follow_one_another_and_end(caller: Caller) -> None:
    pages = [caller.ask(IDS, size=15, page=page) for page in (1, 2, 3, 4)]
    assert [len(page.leads) for page in pages] == [15, 15, 10, 0]
    assert {text for page in pages for text in page.ids()} == set(IDS)


def test_a_malformed_id_is_left_out(caller: Caller) -> None:
    assert caller.ask([IDS[0], "call back"]).ids() == [IDS[0]]


@pytest.mark.parametrize(
    ("switched", "status"), [(MalformedId.BAD_REQUEST, 400), (MalformedId.REJECT, 500)]
)
def test_a_malformed_id_spoils_the_whole_call(
    caller: Caller, switched: MalformedId, status: int
) -> None:
    switch(caller, malformed_id=switched)
    assert caller.ask([IDS[0], "call back"]).status == status
    assert caller.ask([IDS[0], UNKNOWN]).status == 200


@pytest.mark.parametrize(
    ("switched", "expected"),
    [(RecordCount.PAGE, 25), (RecordCount.TOTAL, 40), (RecordCount.TEXT, "25")],
)
def test_record_count_counts(caller: Caller, switched: RecordCount, expected: object) -> None:
    switch(caller, record_count=switched)
    assert caller.ask(IDS, size=25).json["RecordCount"] == expected


@pytest.mark.parametrize(
    ("switched", "expected"),
    [(RecordCount.LESS, 39), (RecordCount.MORE, 41), (RecordCount.NEGATIVE, -40)],
)
def test_record_count_is_wrong_where_there_are_leads(
    caller: Caller, switched: RecordCount, expected: int
) -> None:
    switch(caller, record_count=switched)
    assert caller.ask(IDS).json["RecordCount"] == expected
    assert caller.ask([UNKNOWN]).json == {"RecordCount": 0}


def test_record_count_is_absent(caller: Caller) -> None:
    switch(caller, record_count=RecordCount.ABSENT)
    assert list(caller.ask(IDS).json) == ["Leads"]


@pytest.mark.parametrize(
    ("switched", "columns", "expected"),
    [
        (ReturnId.WHEN_ASKED, "Score", ["Score"]),
        (ReturnId.WHEN_ASKED, "Score,ProspectID", ["Score", "ProspectID"]),
        (ReturnId.ALWAYS, "Score", ["ProspectID", "Score"]),
        (ReturnId.NEVER, "Score,ProspectID", ["Score"]),
    ],
)
def test_the_id_comes(
    caller: Caller, switched: ReturnId, columns: str, expected: list[str]
) -> None:
    switch(caller, return_id=switched)
    assert list(caller.ask(IDS[:1], columns).leads[0]) == expected


def test_mis_cased_and_unknown_columns_are_dropped(caller: Caller) -> None:
    lead = caller.ask(IDS[:1], "ProspectId, firstname, mx_Nothing, LastName").leads[0]
    assert list(lead) == ["LastName"]


def test_mis_cased_columns_come_under_their_schema_names(caller: Caller) -> None:
    switch(caller, column_case_matters=False)
    lead = caller.ask(IDS[:1], "ProspectId, firstname, mx_Nothing").leads[0]
    assert list(lead) == ["ProspectID", "FirstName"]


def test_an_empty_answer_has_no_leads_key(caller: Caller) -> None:
    assert caller.ask([UNKNOWN]).json == {"RecordCount": 0}


def test_an_empty_answer_has_an_empty_list(caller: Caller) -> None:
    switch(caller, empty=Empty.EMPTY_LIST)
    assert caller.ask([UNKNOWN]).json == {"RecordCount": 0, "Leads": []}


def test_leads_come_as_a_bare_array(caller: Caller) -> None:
    switch(caller, envelope=Envelope.BARE_ARRAY)
    assert caller.ask(IDS[:1], "ProspectID").json == [{"ProspectID": IDS[0]}]


def test_leads_come_as_property_lists(caller: Caller) -> None:
    switch(caller, envelope=Envelope.PROPERTY_LISTS)
    assert caller.ask(IDS[:1], "ProspectID").json == {
        "RecordCount": 1,
        "Leads": [{"LeadPropertyList": [{"Attribute": "ProspectID", "Value": IDS[0]}]}],
    }


def test_ids_come_in_upper_case(caller: Caller) -> None:
    switch(caller, id_case=IdCase.UPPER)
    assert caller.ask(IDS[:1]).ids() == [IDS[0].upper()]


@pytest.mark.parametrize(
    ("switched", "by_query", "by_headers"),
    [(KeysIn.BOTH, 200, 200), (KeysIn.QUERY, 200, 401), (KeysIn.HEADERS, 401, 200)],
)
def test_keys_are_accepted(
    caller: Caller, switched: KeysIn, by_query: int, by_headers: int
) -> None:
    switch(caller, keys_in=switched)
    assert caller.ask(IDS).status == by_query
    # Header names have no case.
    headers = {
        "content-type": "application/json; charset=utf-8",
        "X-LSQ-AccessKey": caller.sandbox.access_key,
        "x-lsq-secretkey": caller.sandbox.secret_key,
    }
    reply = caller.send(caller.question(IDS, "ProspectID"), keys={}, headers=headers)
    assert reply.status == by_headers


def test_keys_of_another_region_are_told_the_right_host(caller: Caller) -> None:
    switch(caller, other_region_host="api-in21.leadsquared.com")
    reply = caller.ask(IDS)
    assert reply.status == 401
    assert "api-in21.leadsquared.com" in reply.json["ExceptionMessage"]


@pytest.mark.parametrize("switched", list(LimitStatus))
def test_the_rate_limit_refuses_under_any_status(caller: Caller, switched: LimitStatus) -> None:
    switch(caller, max_calls=1, limit_status=switched)
    caller.ask(IDS)
    reply = caller.ask(IDS)
    assert reply.status == int(switched)
    assert exception_type(reply) == "MXAPIRateLimitExceededException"
    assert reply.json["Status"] == "Error"
    assert "Retry-After" not in reply.headers


def test_the_rate_limit_may_say_when_to_come_back(caller: Caller) -> None:
    switch(caller, max_calls=0, retry_after="2")
    assert caller.ask(IDS).headers["Retry-After"] == "2"


def test_calls_without_the_keys_do_not_use_up_the_limit(caller: Caller) -> None:
    switch(caller, max_calls=1)
    body = caller.question(IDS, "ProspectID")
    assert [caller.send(body, keys={}).status for _ in range(3)] == [401] * 3
    assert caller.ask(IDS).status == 200
