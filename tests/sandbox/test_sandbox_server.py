"""The server: how it starts, waits, logs and stops."""

from __future__ import annotations

import json
import socket
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import RemoteDisconnected
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Behaviour, Fault, Sandbox, lead_id

if TYPE_CHECKING:
    from http.client import HTTPConnection

    from tests.sandbox.conftest import Caller

IDS = [lead_id(number) for number in range(100)]


def post(connection: HTTPConnection, body: str, **keys: str) -> None:
    """Send the documented call over an open connection."""
    keys = keys or {"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}
    target = f"/v2/LeadManagement.svc/Leads/Retrieve/ByIds?{urlencode(keys)}"
    connection.request("POST", target, body, {"Content-Type": "application/json"})


def wait_for_arrival(sandbox: Sandbox) -> None:
    """Return when the sandbox has read its first call's body; fail when it does not."""
    deadline_s = monotonic() + 5
    while not (sandbox.arrivals and sandbox.arrivals[0].ids):
        assert monotonic() < deadline_s
        Event().wait(0.01)


def test_it_listens_on_loopback_only(sandbox: Sandbox) -> None:
    assert urlsplit(sandbox.base_url).hostname == "127.0.0.1"


def test_it_listens_on_the_port_it_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Sandbox(port=port) as sandbox:
        assert sandbox.base_url == f"http://127.0.0.1:{port}"
        with pytest.raises(OSError, match="in use"):
            Sandbox(port=port).start()


def test_it_has_no_address_before_it_runs() -> None:
    with pytest.raises(RuntimeError, match="call start"):
        _ = Sandbox().base_url


def test_starting_and_stopping_twice_is_harmless() -> None:
    sandbox = Sandbox()
    assert sandbox.start() is sandbox
    address = sandbox.base_url
    assert sandbox.start().base_url == address
    sandbox.stop()
    sandbox.stop()


def test_its_keys_are_of_the_real_shape() -> None:
    assert ACCESS_KEY.startswith("u$r")
    assert len(SECRET_KEY) == 40
    assert (Sandbox.access_key, Sandbox.secret_key) == (ACCESS_KEY, SECRET_KEY)


def test_a_million_leads_cost_nothing_until_asked_for() -> None:
    with Sandbox() as sandbox:
        from_caller = sandbox.arrivals
    assert from_caller == ()


def test_one_connection_serves_many_calls(caller: Caller) -> None:
    connection = caller.connect()
    try:
        for _ in range(3):
            post(connection, caller.question(IDS, "ProspectID"))
            assert len(json.loads(connection.getresponse().read())["Leads"]) == 100
            first = connection.sock
            assert first is not None
        post(connection, "{}")
        assert connection.getresponse().read()
        assert connection.sock is first
    finally:
        connection.close()


def test_answers_on_a_kept_connection_do_not_stall(caller: Caller) -> None:
    connection = caller.connect()
    times_s = []
    try:
        for _ in range(20):
            start_s = monotonic()
            post(connection, caller.question(IDS[:1], "ProspectID"))
            connection.getresponse().read()
            times_s.append(monotonic() - start_s)
    finally:
        connection.close()
    assert sorted(times_s)[10] < 0.03


def test_an_answer_comes_after_the_latency_and_not_much_later(caller: Caller) -> None:
    caller.sandbox.behaviour = Behaviour(latency_s=0.2)
    start_s = monotonic()
    caller.ask(IDS)
    assert 0.2 <= monotonic() - start_s < 0.5
    call = caller.sandbox.arrivals[-1]
    assert call.answered_s is not None
    assert 0.2 <= call.answered_s - call.arrived_s < 0.4


def test_jitter_differs_from_call_to_call(caller: Caller) -> None:
    caller.sandbox.behaviour = Behaviour(jitter_s=0.1)
    for _ in range(4):
        caller.ask(IDS[:1])
    waits = [(call.answered_s or 0) - call.arrived_s for call in caller.sandbox.arrivals]
    assert max(waits) - min(waits) > 0.04


def test_a_narrow_line_takes_its_time(caller: Caller) -> None:
    length = len(caller.ask(IDS).body)
    caller.sandbox.behaviour = Behaviour(bytes_per_s=length / 0.2)
    start_s = monotonic()
    assert len(caller.ask(IDS).body) == length
    assert 0.15 < monotonic() - start_s < 1


def test_calls_are_answered_side_by_side(caller: Caller) -> None:
    caller.sandbox.behaviour = Behaviour(latency_s=0.3)
    start_s = monotonic()
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: caller.ask(IDS), range(8)))
    assert [reply.status for reply in replies] == [200] * 8
    assert monotonic() - start_s < 1.2


def test_of_many_calls_at_once_no_more_than_the_limit_get_through(caller: Caller) -> None:
    caller.sandbox.behaviour = Behaviour(max_calls=5, window_s=60)
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(lambda _: caller.ask(IDS[:1]).status, range(12)))
    assert sorted(statuses) == [200] * 5 + [429] * 7


def test_the_log_tells_each_calls_times_status_and_ids(caller: Caller) -> None:
    before_s = monotonic()
    caller.ask(IDS[:2])
    caller.send("{}")
    first, second = caller.sandbox.arrivals
    assert first.target == "POST /v2/LeadManagement.svc/Leads/Retrieve/ByIds"
    assert (first.number, first.status, first.ids) == (0, 200, tuple(IDS[:2]))
    assert first.answered_s is not None
    assert before_s <= first.arrived_s <= first.answered_s <= second.arrived_s <= monotonic()
    assert (second.number, second.status, second.ids) == (1, 400, ())


def test_the_log_forgets_the_oldest_calls_when_ids_grow_too_many(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsq.sandbox.arrivals._IDS_KEPT", 250)
    for _ in range(5):
        caller.ask(IDS)
    assert [call.number for call in caller.sandbox.arrivals] == [3, 4]


def test_the_log_holds_no_key(caller: Caller) -> None:
    caller.ask(IDS[:1])
    assert SECRET_KEY not in repr(caller.sandbox.arrivals)


def test_a_new_behaviour_holds_from_the_next_call_on(caller: Caller) -> None:
    assert caller.ask(IDS[:1]).status == 200
    caller.sandbox.behaviour = replace(caller.sandbox.behaviour, max_calls=0)
    assert caller.sandbox.behaviour.max_calls == 0
    assert caller.ask(IDS[:1]).status == 429


@pytest.mark.parametrize(
    "behaviour", [Behaviour(fault=Fault.SILENCE, fault_share=1), Behaviour(latency_s=60)]
)
def test_a_stop_ends_every_wait(behaviour: Behaviour, sandbox: Sandbox, caller: Caller) -> None:
    sandbox.behaviour = behaviour
    connection = caller.connect()
    try:
        post(connection, caller.question(IDS, "ProspectID"))
        wait_for_arrival(sandbox)
        start_s = monotonic()
        sandbox.stop()
        with pytest.raises((RemoteDisconnected, ConnectionError)):
            connection.getresponse()
        assert monotonic() - start_s < 2
    finally:
        connection.close()


def test_a_stop_hangs_up_on_kept_connections(sandbox: Sandbox, caller: Caller) -> None:
    connection = caller.connect()
    body = caller.question(IDS, "ProspectID")
    try:
        post(connection, body)
        connection.getresponse().read()
        sandbox.stop()
        assert connection.sock is not None
        assert connection.sock.recv(1) == b""
    finally:
        connection.close()


def test_it_survives_clients_that_hang_up_on_it(
    caller: Caller, capsys: pytest.CaptureFixture[str]
) -> None:
    caller.sandbox.behaviour = Behaviour(latency_s=0.05, bytes_per_s=5000)
    for _ in range(3):
        connection = caller.connect()
        post(connection, caller.question(IDS, "ProspectID"))
        connection.close()
    caller.sandbox.behaviour = Behaviour()
    assert len(caller.ask(IDS).leads) == 100
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\x16\x03\x01 hello over TLS\r\n\r\n",
        b"POST http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 99\r\n\r\nshort",
        b"BREW /pot HTTP/1.1\r\n\r\n",
    ],
)
def test_it_survives_what_is_no_call_at_all(
    sent: bytes, caller: Caller, capsys: pytest.CaptureFixture[str]
) -> None:
    address = urlsplit(caller.sandbox.base_url)
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(sent)
        # Closed with a reset, as a client that is killed does.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert len(caller.ask(IDS).leads) == 100
    assert capsys.readouterr() == ("", "")


def test_serving_forever_ends_with_a_stop() -> None:
    sandbox = Sandbox()
    thread = Thread(target=sandbox.serve_forever)
    with sandbox:
        thread.start()
    thread.join(timeout=5)
    assert not thread.is_alive()
