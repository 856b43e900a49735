"""Every fault as a client sees it on its socket."""

from __future__ import annotations

import json
from dataclasses import replace
from http.client import IncompleteRead, RemoteDisconnected
from typing import TYPE_CHECKING

import pytest

from lsq.sandbox import Behaviour, Fault, lead_id
from lsq.sandbox.faults import INSTEAD, ON_THE_LINE, SPOILED_ANSWERS, SPOILED_LEADS, STRANGER

if TYPE_CHECKING:
    from tests.sandbox.conftest import Caller

IDS = [lead_id(number) for number in range(30)]


def test_every_fault_has_exactly_one_way_to_be_played() -> None:
    played = [*INSTEAD, *ON_THE_LINE, *SPOILED_ANSWERS, *SPOILED_LEADS]
    assert sorted(played) == sorted(Fault)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.TOO_MANY_REQUESTS, 429),
        (Fault.SERVER_ERROR_HTML, 500),
        (Fault.SERVER_ERROR_JSON, 500),
        (Fault.SERVER_ERROR_MX, 500),
        (Fault.BAD_GATEWAY, 502),
        (Fault.UNAVAILABLE, 503),
        (Fault.GATEWAY_TIMEOUT, 504),
        (Fault.BAD_REQUEST, 400),
        (Fault.KEYS_REFUSED, 401),
        (Fault.FORBIDDEN, 403),
        (Fault.NOT_FOUND, 404),
        (Fault.REDIRECT, 302),
        (Fault.ERROR_IN_200, 200),
        (Fault.HTML_IN_200, 200),
        (Fault.EMPTY_BODY, 200),
    ],
)
def test_a_fault_answers_under_its_status(caller: Caller, fault: Fault, status: int) -> None:
    caller.sandbox.fail_next(fault)
    assert caller.ask(IDS).status == status
    assert len(caller.ask(IDS).leads) == 30


def test_a_server_error_without_mx_has_no_exception_type(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.SERVER_ERROR_JSON)
    assert "ExceptionType" not in caller.ask(IDS).json


def test_an_error_in_200_says_so_in_its_body(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.ERROR_IN_200)
    assert caller.ask(IDS).json["Status"] == "Error"


@pytest.mark.parametrize("fault", [Fault.HTML_IN_200, Fault.SERVER_ERROR_HTML])
def test_html_comes_as_html(caller: Caller, fault: Fault) -> None:
    caller.sandbox.fail_next(fault)
    reply = caller.ask(IDS)
    assert reply.headers["Content-Type"].startswith("text/html")
    assert reply.body.startswith(b"<!DOCTYPE html>")


def test_an_empty_body_is_empty(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.EMPTY_BODY)
    assert caller.ask(IDS).body == b""


def test_whoever_follows_a_redirect_stands_in_the_log(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.REDIRECT)
    target = caller.ask(IDS).headers["Location"]
    assert caller.send(None, path=target).status == 404
    assert caller.sandbox.arrivals[-1].target == f"POST {target}"


def test_truncated_json_comes_under_the_right_length(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.TRUNCATED_JSON)
    reply = caller.ask(IDS)
    assert int(reply.headers["Content-Length"]) == len(reply.body)
    with pytest.raises(json.JSONDecodeError):
        json.loads(reply.body)


def test_a_length_that_is_too_long_leaves_bytes_missing(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.LENGTH_TOO_LONG)
    with pytest.raises(IncompleteRead):
        caller.ask(IDS)


def test_a_length_that_is_too_short_cuts_the_json(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.LENGTH_TOO_SHORT)
    with pytest.raises(json.JSONDecodeError):
        json.loads(caller.ask(IDS).body)


def test_a_reset_comes_before_any_answer(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.RESET)
    with pytest.raises(ConnectionResetError) as error:
        caller.ask(IDS)
    assert not isinstance(error.value, RemoteDisconnected)
    assert caller.sandbox.arrivals[-1].status is None


def test_a_reset_in_mid_body_comes_after_the_head(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.RESET_MID_BODY)
    with pytest.raises((ConnectionResetError, IncompleteRead)):
        caller.ask(IDS, "ProspectID,FirstName,LastName,CreatedOn")
    assert caller.sandbox.arrivals[-1].status == 200


@pytest.mark.parametrize("fault", [Fault.SILENCE, Fault.DRIP])
def test_a_slow_server_outlasts_the_clients_patience(caller: Caller, fault: Fault) -> None:
    caller.sandbox.fail_next(fault)
    connection = caller.connect(timeout_s=0.1)
    body = caller.question(IDS, "ProspectID")
    target = f"/v2/LeadManagement.svc/Leads/Retrieve/ByIds?accessKey={caller.sandbox.access_key}"
    target += f"&secretKey={caller.sandbox.secret_key}"
    connection.request("POST", target, body, {"Content-Type": "application/json"})
    try:
        with pytest.raises(TimeoutError):
            connection.getresponse().read()
    finally:
        connection.close()


def test_duplicate_leads_come_twice(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.DUPLICATE_LEADS)
    ids = caller.ask(IDS).ids()
    assert len(ids) == 40
    assert len(set(ids)) == 30


def test_leads_come_that_were_not_asked_for(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.LEADS_NOT_ASKED_FOR)
    assert set(caller.ask(IDS).ids()) - set(IDS) == {STRANGER}


def test_leads_come_without_their_ids(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.NO_LEAD_IDS)
    assert {tuple(lead) for lead in caller.ask(IDS).leads} == {("CreatedOn",)}


def test_queued_faults_come_in_order_and_as_often_as_told(caller: Caller) -> None:
    caller.sandbox.fail_next(Fault.BAD_GATEWAY, times=2)
    caller.sandbox.fail_next(Fault.UNAVAILABLE)
    assert [caller.ask(IDS).status for _ in range(4)] == [502, 502, 503, 200]


def test_a_share_of_the_calls_fails(caller: Caller) -> None:
    behaviour = Behaviour(max_calls=None, fault=Fault.BAD_GATEWAY, fault_share=0.2)
    caller.sandbox.behaviour = behaviour
    statuses = [caller.ask(IDS[:1]).status for _ in range(100)]
    assert 18 <= statuses.count(502) <= 22


def test_the_rate_limit_goes_before_faults(caller: Caller) -> None:
    caller.sandbox.behaviour = replace(caller.sandbox.behaviour, max_calls=1)
    caller.ask(IDS)
    caller.sandbox.fail_next(Fault.BAD_GATEWAY)
    assert caller.ask(IDS).status == 429
