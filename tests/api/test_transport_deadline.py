"""Whatever a server does, an attempt ends in time, on real sockets."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import NoAnswer, Unreachable
from tests.api.attempts import assert_on_time, failure_on_time, transport_to
from tests.api.raw_server import head, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.api.certificates import Authority
    from tests.api.raw_server import Server

DEADLINE_S = 0.4

SLOW = {
    "silence": [b""],
    "a head that drips": [b"HTTP/1.1 200 OK\r\n", *[b"X-Drip: 1\r\n"] * 999],
    "a status line that drips": [b"HTTP/1.1 ", *[b"2"] * 999],
    "endless interim answers": [b"HTTP/1.1 100 Continue\r\n\r\n"] * 999,
    "a body without end that drips": [head("X-Until: closed"), *[b" "] * 999],
    "chunks that drip": [head("Transfer-Encoding: chunked"), *[b"1\r\n \r\n"] * 999],
    "a chunk's length that drips": [head("Transfer-Encoding: chunked"), *[b"0"] * 999],
    "trailers that drip": [head("Transfer-Encoding: chunked"), b"0\r\n", *[b"X: 1\r\n"] * 999],
    "a body that stalls": [head("Content-Length: 9"), b" "],
    "a zipped body that stalls": [head("Content-Length: 99", "Content-Encoding: gzip"), b"\x1f"],
}


def gap_s_of(pieces: list[bytes]) -> float:
    return 0.02 if len(pieces) > 9 else 5.0


def assert_cut_off_in_time(base_url: str) -> None:
    error = failure_on_time(base_url, due_s=DEADLINE_S, deadline_s=DEADLINE_S)
    assert type(error) is NoAnswer
    assert "did not finish its answer in 0.4 s" in error.title


@pytest.mark.parametrize("pieces", SLOW.values(), ids=SLOW)
def test_a_slow_answer_is_cut_off_in_time(
    serve: Callable[..., Server], pieces: list[bytes]
) -> None:
    server = serve(*pieces, gap_s=gap_s_of(pieces))
    assert_cut_off_in_time(server.base_url)


@pytest.mark.parametrize("pieces", SLOW.values(), ids=SLOW)
def test_a_slow_answer_over_tls_is_cut_off_in_time(
    serve: Callable[..., Server], authority: Authority, pieces: list[bytes]
) -> None:
    server = serve(*pieces, gap_s=gap_s_of(pieces), tls=authority.context())
    assert_cut_off_in_time(server.base_url)
    assert server.requests


HANDSHAKES = {
    "silence": [b""],
    "a record that drips": [b"\x16\x03\x03\x40\x00", *[b"\x02"] * 999],
    "half the head of a record": [b"\x16\x03"],
}


@pytest.mark.parametrize("pieces", HANDSHAKES.values(), ids=HANDSHAKES)
def test_a_slow_handshake_is_cut_off_in_time(
    serve: Callable[..., Server], pieces: list[bytes]
) -> None:
    server = serve(*pieces, gap_s=5.0 if len(pieces) == 1 else 0.05)
    base_url = server.base_url.replace("http:", "https:")
    assert_cut_off_in_time(base_url)


@contextmanager
def nobody_accepts() -> Iterator[str]:
    """Give the address of a server whose queue is full, so that connecting to it takes for ever."""
    with socket.socket() as server, socket.socket() as first, socket.socket() as second:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for filler in (first, second):
            filler.setblocking(False)  # noqa: FBT003 - the socket's own signature
            filler.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_connection_that_does_not_come_about_is_cut_off_in_time() -> None:
    with nobody_accepts() as base_url:
        assert_cut_off_in_time(base_url)


def test_a_server_that_does_not_accept_in_time_is_unreachable() -> None:
    with nobody_accepts() as base_url:
        error = failure_on_time(base_url, due_s=0.3, connect_s=0.3)
    assert isinstance(error, Unreachable)
    assert "it did not react in time" in error.title


def test_a_server_that_does_not_read_is_cut_off_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        base_url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with transport_to(base_url, deadline_s=DEADLINE_S) as (transport, request):
            long = replace(request, body=b" " * 20_000_000)

            def attempt() -> None:
                with pytest.raises(NoAnswer, match="did not finish its answer"):
                    transport.send(long)

            assert_on_time(attempt, due_s=DEADLINE_S)


def test_a_connection_that_is_used_again_is_watched_too(serve: Callable[..., Server]) -> None:
    server = serve(whole(b"[]"), later=[b"HTTP/1.1 200 OK\r\n", *[b"X: 1\r\n"] * 999], gap_s=0.02)
    with transport_to(server.base_url) as (transport, request):
        for connections in range(1, 5):
            transport.send(request)
            started_s = time.monotonic()
            with pytest.raises(NoAnswer, match="did not finish its answer"):
                transport.send(request, within_s=DEADLINE_S)
            took_s = time.monotonic() - started_s
            assert server.connections == connections
            if took_s <= 1.1 * DEADLINE_S:
                break
    assert DEADLINE_S <= took_s <= 1.1 * DEADLINE_S


@pytest.mark.parametrize("pieces", SLOW.values(), ids=SLOW)
def test_a_connection_that_was_cut_is_not_used_again(
    serve: Callable[..., Server], pieces: list[bytes]
) -> None:
    server = serve(*pieces, gap_s=gap_s_of(pieces))
    with transport_to(server.base_url) as (transport, request):
        with pytest.raises(NoAnswer):
            transport.send(request, within_s=0.1)
        server.pieces, server.gap_s = (whole(b"[]"),), 0.0
        server.stop.set()
        assert transport.send(request).body == b"[]"
    assert server.connections == 2


def test_a_body_that_cannot_be_whole_in_time_is_given_up_at_half_time(
    serve: Callable[..., Server],
) -> None:
    server = serve(head("Content-Length: 9999"), *[b" "] * 999, gap_s=0.02)
    error = failure_on_time(server.base_url, due_s=0.3, deadline_s=0.6)
    assert type(error) is NoAnswer
    assert "answers too slowly to finish in 0.6 s" in error.title


def test_a_slow_body_that_will_be_whole_in_time_is_waited_for(serve: Callable[..., Server]) -> None:
    server = serve(head("Content-Length: 10"), *[b" "] * 10, gap_s=0.07)
    with transport_to(server.base_url, deadline_s=1.0) as (transport, request):
        assert transport.send(request).body == b" " * 10


def test_an_attempt_may_get_less_time_than_its_transport(serve: Callable[..., Server]) -> None:
    with transport_to(serve(b"", gap_s=5.0).base_url) as (transport, request):

        def attempt() -> None:
            with pytest.raises(NoAnswer, match=r"did not finish its answer in 60 s"):
                transport.send(request, within_s=0.3)

        assert_on_time(attempt, due_s=0.3)


def test_an_attempt_never_gets_more_time_than_its_transport(serve: Callable[..., Server]) -> None:
    server = serve(b"", gap_s=5.0)
    with (
        transport_to(server.base_url, deadline_s=0.3) as (transport, request),
        pytest.raises(NoAnswer, match=r"in 0\.3 s"),
    ):
        transport.send(request, within_s=9.0)


@pytest.mark.parametrize("within_s", [0.0, -1.0])
def test_without_time_nothing_is_sent(serve: Callable[..., Server], within_s: float) -> None:
    server = serve(whole(b"[]"))
    with (
        transport_to(server.base_url) as (transport, request),
        pytest.raises(NoAnswer, match="did not finish its answer in"),
    ):
        transport.send(request, within_s=within_s)
    assert server.connections == 0


def test_a_thousand_attempts_leave_no_thread(serve: Callable[..., Server]) -> None:
    server = serve(whole(b"[]"), later=[whole(b"[]")])
    threads = threading.active_count()
    with transport_to(server.base_url) as (transport, request):
        for _ in range(1000):
            transport.send(request)
            assert threading.active_count() == threads
    assert server.connections == 1


@pytest.mark.parametrize("pieces", SLOW.values(), ids=SLOW)
def test_the_limiter_hears_once_that_no_head_will_come(
    serve: Callable[..., Server], pieces: list[bytes]
) -> None:
    server = serve(*pieces, gap_s=gap_s_of(pieces))
    told: list[str] = []
    with transport_to(server.base_url) as (transport, request):
        with pytest.raises(NoAnswer):
            transport.send(request, within_s=0.1, answered=lambda: told.append("answered"))
        assert told == ["answered"]
