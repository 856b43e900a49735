"""The call as it stands on the wire."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from lsq.api.errors import BadReply, InvalidArgument, NoLeadId
from lsq.api.lead_id import LeadId
from lsq.api.page import Page, read_page
from lsq.api.wire import by_ids, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.account import Account
    from lsq.api.wire import Reply

A = LeadId("0acb9356-bcd1-4128-b63a-97f52cb8cc3c")
B = LeadId("3aee22bd-8419-422a-8242-c510df9af021")
C = LeadId("6ba78830-bd39-435f-8687-460b677f3fb4")


@pytest.fixture
def read(reply: Callable[..., Reply], account: Account) -> Callable[..., Page]:
    """Return a reader of a body, as answer to a call for A, B and C with `FirstName`."""

    def read(body: object, *columns: str, status: int = 200) -> Page:
        names = columns_of(columns or ("FirstName",))
        return read_page(reply(body, status), account=account, asked=(A, B, C), columns=names)

    return read


def lead(id_: str, **values: object) -> dict[str, object]:
    return {"ProspectID": id_, **values}


def test_the_request_is_the_documented_one(account: Account) -> None:
    request = by_ids(account, [A, B], columns_of(["FirstName", "ProspectStage"]))
    assert json.loads(request.body) == {
        "SearchParameters": {"LeadIds": [A, B]},
        "Columns": {"Include_CSV": "ProspectID, FirstName, ProspectStage"},
        "Paging": {"PageIndex": 1, "PageSize": 1000},
    }
    assert request.headers == {"Content-Type": "application/json"}
    assert request.url.startswith(
        "https://api-in21.leadsquared.com/v2/LeadManagement.svc/Leads/Retrieve/ByIds?accessKey=u%24r"
    )


def test_keys_survive_the_query(account: Account) -> None:
    query = parse_qs(urlsplit(by_ids(account, [A], ["ProspectID"]).url).query)
    assert query == {"accessKey": [account.access_key], "secretKey": [account.secret_key]}


def test_keys_travel_as_headers_only_where_that_is_set(account: Account) -> None:
    request = by_ids(replace(account, auth="headers"), [A], ["ProspectID"])
    assert not urlsplit(request.url).query
    assert request.headers["x-LSQ-AccessKey"] == account.access_key
    assert request.headers["x-LSQ-SecretKey"] == account.secret_key


@pytest.mark.parametrize("auth", ["query", "headers"])
def test_no_key_is_in_the_repr_of_a_request(account: Account, auth: str) -> None:
    shown = repr(by_ids(replace(account, auth=auth), [A], ["ProspectID"]))
    assert "marker" not in shown


def test_the_id_column_is_asked_for_first_and_once() -> None:
    assert columns_of(["A", "ProspectID", "A", "ProspectId"]) == ("ProspectID", "A", "ProspectId")


@pytest.mark.parametrize("name", ["", " ", "A,B"])
def test_a_name_that_the_list_cannot_carry_is_refused(name: str) -> None:
    with pytest.raises(InvalidArgument, match="not the name of a column"):
        columns_of([name])


def test_leads_are_in_the_order_asked_whatever_order_they_come_in(
    read: Callable[..., Page],
) -> None:
    page = read([lead(C, FirstName="c"), lead(A, FirstName="a"), lead(B, FirstName="b")])
    assert list(page.leads.ids) == [A, B, C]
    assert page.leads.columns == {"ProspectID": [A, B, C], "FirstName": ["a", "b", "c"]}
    assert page.leads.fetched_at == [1_700_000_000.0] * 3


ENVELOPES = {
    "documented": lambda leads: {"RecordCount": len(leads), "Leads": leads},
    "bare": lambda leads: leads,
    "no count": lambda leads: {"Leads": leads},
    "count of 0": lambda leads: {"RecordCount": 0, "Leads": leads},
    "lists": lambda leads: {
        "RecordCount": str(len(leads)),
        "Leads": [
            {"LeadPropertyList": [{"Attribute": k, "Value": v} for k, v in lead.items()]}
            for lead in leads
        ],
    },
}


@pytest.mark.parametrize("wrap", ENVELOPES.values(), ids=ENVELOPES)
def test_every_envelope_is_opened(
    read: Callable[..., Page], wrap: Callable[[list[dict[str, object]]], object]
) -> None:
    page = read(wrap([lead(A, FirstName="Ringo"), lead(B, FirstName=None)]))
    assert page.leads.columns == {"ProspectID": [A, B], "FirstName": ["Ringo", None]}


@pytest.mark.parametrize(
    "body", [[], {"RecordCount": 0}, {"RecordCount": "0"}, {"RecordCount": 0, "Leads": None},
             {"Leads": []}]
)  # fmt: skip
def test_an_answer_without_leads_is_an_empty_page(read: Callable[..., Page], body: object) -> None:
    page = read(body)
    assert len(page.leads) == 0
    assert page.leads.absent == frozenset()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "nothing"),
        (b" \n", "nothing"),
        (b"null", "something else"),
        (b'""', "something else"),
        (b"{}", "something else"),
        (b'{"RecordCount": 3}', "something else"),
        (b'{"Leads": {}}', "something else"),
        (b"[[]]", "something else"),
        (b"[null]", "something else"),
        (b'[{"ProspectID"', "something else"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "a web page"),
        (b"[" * 100_000, "something else"),
    ],
    ids=range(12),
)
def test_other_bodies_are_not_leadsquareds_answer(
    read: Callable[..., Page], body: bytes, what: str
) -> None:
    with pytest.raises(BadReply, match=f"not LeadSquared's answer: api-in21.* sent {what}"):
        read(body)


def test_a_value_nested_too_deeply_is_not_leadsquareds_answer(
    read: Callable[..., Page],
) -> None:
    deep = "[" * 950 + "]" * 950
    with pytest.raises(BadReply):
        read(f'[{{"ProspectID": "{A}", "FirstName": {deep}}}]'.encode())


@pytest.mark.parametrize("write", [str.upper, "{{{}}}".format, lambda id_: id_.replace("-", "")])
def test_ids_are_matched_however_they_are_written(
    read: Callable[..., Page], write: Callable[[str], str]
) -> None:
    page = read([lead(write(A), FirstName="Ringo")])
    assert page.leads.ids == [A]
    assert page.leads[0]["ProspectID"] == write(A)


@pytest.mark.parametrize("key", ["ProspectId", "prospectid", "PROSPECTID"])
def test_the_id_is_found_under_its_key_in_any_case(read: Callable[..., Page], key: str) -> None:
    page = read([{key: A, "FirstName": "Ringo"}])
    assert dict(page.leads[0]) == {"ProspectID": A, "FirstName": "Ringo"}


@pytest.mark.parametrize("values", [{}, {"ProspectID": None}, {"ProspectID": " "}])
def test_leads_without_any_id_are_never_matched_by_position(
    read: Callable[..., Page], values: dict[str, object]
) -> None:
    with pytest.raises(NoLeadId, match="no lead id in the answer") as caught:
        read([{"FirstName": name, **values} for name in ("Ringo", "John", "Paul")])
    assert "by position" in caught.value.advice


def test_a_lead_without_id_among_others_is_counted(read: Callable[..., Page]) -> None:
    page = read([lead(A), {"FirstName": "John"}])
    assert (page.leads.ids, page.nameless) == ([A], 1)


@pytest.mark.parametrize("stranger", ["0" * 31 + "1", "not an id", "7"])
def test_leads_that_were_not_asked_for_are_left_out_and_counted(
    read: Callable[..., Page], stranger: str
) -> None:
    page = read([lead(stranger), lead(A)])
    assert (page.leads.ids, page.odd.unasked) == ([A], 1)


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_a_repeated_lead_the_one_modified_last_is_kept(
    read: Callable[..., Page], *, newest_first: bool
) -> None:
    old = lead(A, ModifiedOn="2018-01-01 00:00:00.000", FirstName="old")
    new = lead(A.upper(), ModifiedOn="2019-01-01 00:00:00.000", FirstName="new")
    page = read([new, old] if newest_first else [old, new])
    assert (len(page.leads), page.odd.repeated, page.leads[0]["FirstName"]) == (1, 1, "new")


def test_a_column_that_comes_for_no_lead_is_absent(read: Callable[..., Page]) -> None:
    page = read([lead(A, FirstName="Ringo"), lead(B)], "FirstName", "Nope")
    assert page.leads.absent == {"Nope"}
    assert page.leads.columns["Nope"] == [None, None]
    assert page.leads.columns["FirstName"] == ["Ringo", None]


def test_columns_stand_in_the_order_asked_and_unasked_ones_last(
    read: Callable[..., Page],
) -> None:
    page = read([lead(A, LeadType="OT_0", B="b", A="a")], "A", "B")
    assert list(page.leads.columns) == ["ProspectID", "A", "B", "LeadType"]


def test_null_an_empty_text_and_no_key_are_told_apart_as_far_as_a_table_can(
    read: Callable[..., Page],
) -> None:
    page = read([lead(A, FirstName=None), lead(B, FirstName=""), lead(C)])
    assert page.leads.columns["FirstName"] == [None, "", None]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("12345678901234567890", "12345678901234567890"),
        ("1.50", "1.50"),
        ("NaN", "NaN"),
        ("true", "true"),
        ('{"a": [1.0, null]}', '{"a": [1.0, null]}'),
        (r'"\ud800"', "\ufffd"),
    ],
)
def test_values_of_other_types_become_text(read: Callable[..., Page], raw: str, text: str) -> None:
    page = read(f'[{{"ProspectID": "{A}", "FirstName": {raw}}}]'.encode())
    assert page.leads[0]["FirstName"] == text


def test_every_property_of_a_list_needs_a_name(read: Callable[..., Page]) -> None:
    pairs = [{"Attribute": "ProspectID", "Value": A}, {"Value": "x"}, "odd", {"Attribute": "B"}]
    page = read([{"LeadPropertyList": pairs}], "B")
    assert dict(page.leads[0]) == {"ProspectID": A, "B": None}
