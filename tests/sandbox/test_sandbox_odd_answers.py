"""Faults that spoil an answer's bytes, as a client sees them on its socket."""

from __future__ import annotations

import gzip
import json
from http.client import IncompleteRead, RemoteDisconnected
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from lsq.sandbox import Behaviour, Fault, Sandbox, lead_id
from lsq.sandbox.behaviour import Order
from lsq.sandbox.faults import ODD_VALUES, STRANGER

if TYPE_CHECKING:
    from tests.sandbox.conftest import Caller, Reply

IDS = [lead_id(number) for number in range(6)]
COLUMNS = "ProspectID,FirstName,LastName,Source,ModifiedOn"


def ask(caller: Caller, fault: Fault, **switches: object) -> Reply:
    """Ask for six leads, in order, and meet a fault."""
    switches = {"max_calls": None, "order": Order.AS_ASKED, **switches}
    caller.sandbox.behaviour = Behaviour(**switches)  # type: ignore[arg-type]
    caller.sandbox.fail_next(fault)
    return caller.ask(IDS, COLUMNS)


@pytest.mark.parametrize("fault", ODD_VALUES)
def test_the_first_lead_has_the_odd_values_in_these_very_bytes(
    caller: Caller, fault: Fault
) -> None:
    right = caller.ask(IDS, COLUMNS).body
    odd = ask(caller, fault).body
    for name, raw in ODD_VALUES[fault].items():
        if raw is not None:
            assert b'"%s":%s' % (name.encode(), raw) in odd
    assert odd.startswith(b'{"RecordCount": 6, "Leads": [{')
    for lead in json.loads(right)["Leads"]:
        if lead["ProspectID"] != IDS[0]:
            assert json.dumps(lead, ensure_ascii=False).encode() in odd


def test_a_missing_field_is_missing_from_the_first_lead_only(caller: Caller) -> None:
    first, *others = ask(caller, Fault.NULL_MISSING_EXTRA_FIELDS).leads
    assert "Source" not in first
    assert (first["FirstName"], first["LastName"], first["mx_Extra"]) == (None, "", "more")
    assert all("Source" in lead for lead in others)


def test_an_answer_without_leads_has_no_odd_values(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.WRONG_TYPES)
    assert caller.ask([STRANGER]).json == {"RecordCount": 0}


def test_leads_come_in_an_object_and_a_lead_as_a_list(caller: Caller) -> None:
    assert list(ask(caller, Fault.LEADS_IN_AN_OBJECT).json["Leads"]) == list("012345")
    kinds = [type(lead) for lead in ask(caller, Fault.LEAD_AS_A_LIST).leads]
    assert kinds == [list, *[dict] * 5]


def test_a_byte_order_mark_stands_before_the_answer(caller: Caller) -> None:
    right = caller.ask(IDS, COLUMNS, size=1).body
    caller.sandbox.fail_next(Fault.BYTE_ORDER_MARK)
    assert caller.ask(IDS, COLUMNS, size=1).body == b"\xef\xbb\xbf" + right


def test_a_wrong_charset_is_said_of_the_right_bytes(caller: Caller) -> None:
    reply = ask(caller, Fault.WRONG_CHARSET)
    assert reply.headers["Content-Type"] == "application/json; charset=utf-16"
    assert reply.ids() == IDS


def test_what_is_said_to_be_gzip_is_not(caller: Caller) -> None:
    reply = ask(caller, Fault.NOT_GZIP)
    assert reply.headers["Content-Encoding"] == "gzip"
    assert reply.ids() == IDS


def test_a_gzip_bomb_is_small_on_the_wire(caller: Caller) -> None:
    reply = ask(caller, Fault.GZIP_BOMB)
    assert len(reply.body) < 200_000
    assert len(gzip.decompress(reply.body)) == 100_000_000


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        (Fault.NO_CONTENT, 204, b""),
        (Fault.NULL_BODY, 200, b"null"),
        (Fault.EMPTY_LIST, 200, b"[]"),
        (Fault.EMPTY_OBJECT, 200, b"{}"),
        (Fault.EMPTY_TEXT, 200, b'""'),
    ],
)
def test_an_answer_says_nothing(caller: Caller, fault: Fault, status: int, body: bytes) -> None:
    reply = ask(caller, fault)
    assert (reply.status, reply.body) == (status, body)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.METHOD_NOT_ALLOWED, 405),
        (Fault.GONE, 410),
        (Fault.SERVER_ERROR_KEYS, 500),
        (Fault.KEYS_ECHOED, 500),
    ],
)
def test_a_refusal_has_its_status(caller: Caller, fault: Fault, status: int) -> None:
    assert ask(caller, fault).status == status


def test_a_message_echoes_the_keys(caller: Caller) -> None:
    message = ask(caller, Fault.KEYS_ECHOED).json["ExceptionMessage"]
    assert caller.sandbox.access_key in message
    assert caller.sandbox.secret_key in message


@pytest.mark.parametrize(
    ("fault", "status"),
    [(Fault.MOVED, 301), (Fault.REDIRECT, 302), (Fault.TEMPORARY_REDIRECT, 307)],
)
def test_a_redirect_leads_where_it_is_told(caller: Caller, fault: Fault, status: int) -> None:
    reply = ask(caller, fault, redirect_to="https://other.example")
    assert reply.status == status
    assert reply.headers["Location"].startswith("https://other.example/moved/v2/")


def test_of_differing_copies_the_newest_stands_in_the_middle(caller: Caller) -> None:
    leads = ask(caller, Fault.DIFFERING_DUPLICATES).leads
    assert [lead["ProspectID"] for lead in leads] == [IDS[0], IDS[0], *IDS]
    assert [lead["FirstName"] for lead in leads[:2]] == ["Older", "Newer"]
    assert str(leads[0]["ModifiedOn"]) < str(leads[2]["ModifiedOn"]) < str(leads[1]["ModifiedOn"])


def test_every_other_lead_is_left_out(caller: Caller) -> None:
    assert ask(caller, Fault.LEADS_LEFT_OUT).ids() == IDS[::2]


def test_the_same_page_comes_whatever_is_asked_for(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.SAME_PAGE)
    assert caller.ask(IDS[3:]).ids() == IDS[:3]


def test_a_chunk_is_cut_in_the_middle(caller: Caller) -> None:
    with pytest.raises(IncompleteRead):
        ask(caller, Fault.CHUNKED_CUT)
    assert caller.sandbox.arrivals[-1].status == 200


def test_a_connection_is_closed_in_good_order_before_any_answer(caller: Caller) -> None:
    with pytest.raises(RemoteDisconnected):
        ask(caller, Fault.CLOSED)
    assert caller.sandbox.arrivals[-1].status is None


@pytest.mark.parametrize("fault", [Fault.DRIP, Fault.DRIP_HEAD])
def test_an_answer_drips_as_slowly_as_it_is_told(caller: Caller, fault: Fault) -> None:
    start_s = monotonic()
    assert ask(caller, fault, drip_s=0.0001).ids() == IDS
    assert monotonic() - start_s > 0.0001 * 500


def test_a_slow_answer_is_as_late_as_it_is_told(caller: Caller) -> None:
    start_s = monotonic()
    assert ask(caller, Fault.SLOW, slow_s=0.2, latency_s=0.1).ids() == IDS
    assert 0.3 <= monotonic() - start_s < 0.8


MIX = (Fault.BAD_GATEWAY, Fault.UNAVAILABLE, Fault.GATEWAY_TIMEOUT)


def statuses(sandbox_of: Caller, calls: int) -> list[int]:
    return [sandbox_of.ask(IDS[:1]).status for _ in range(calls)]


def test_several_faults_take_their_turns(caller: Caller) -> None:
    caller.sandbox.behaviour = Behaviour(max_calls=None, faults=MIX, fault_share=0.3)
    seen = statuses(caller, 200)
    for status in (502, 503, 504):
        assert 17 <= seen.count(status) <= 23


def test_another_seed_strikes_other_calls(caller: Caller) -> None:
    seen = []
    for seed in (1, 7):
        with Sandbox(
            behaviour=Behaviour(max_calls=None, faults=MIX, fault_share=0.1, fault_seed=seed)
        ) as sandbox:
            seen.append(statuses(type(caller)(sandbox), 40))
    assert all(3 <= len(each) - each.count(200) <= 5 for each in seen)
    assert seen[0] != seen[1]


def test_spared_calls_meet_no_fault(caller: Caller) -> None:
    caller.sandbox.behaviour = Behaviour(max_calls=None, faults=MIX, fault_share=1.0)
    caller.sandbox.spare_next(2)
    caller.sandbox.fail_next(Fault.FORBIDDEN)
    assert statuses(caller, 3) == [200, 200, 403]
    assert statuses(caller, 1)[0] in {502, 503, 504}
