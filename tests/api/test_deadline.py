"""The watchdog by itself, on sockets that nobody else uses."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from lsq.api.deadline import Deadline
from tests.api.attempts import assert_on_time

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - names are enough


def watchdogs() -> int:
    return sum(thread.name == "deadline" for thread in threading.enumerate())


def test_who_waits_for_a_socket_is_woken_when_the_time_is_over() -> None:
    def attempt() -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs, Deadline(0.3) as deadline:
            deadline.watch(ours)
            assert ours.recv(1) == b""
            assert deadline.is_over

    assert_on_time(attempt, due_s=0.3)


def test_who_waits_to_send_is_woken_when_the_time_is_over() -> None:
    def attempt() -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs, Deadline(0.3) as deadline:
            deadline.watch(ours)
            with pytest.raises(BrokenPipeError):
                ours.sendall(bytes(10_000_000))

    assert_on_time(attempt, due_s=0.3)


def test_a_socket_that_comes_too_late_is_shut_at_once(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    with Deadline(0.0) as deadline:
        deadline.watch(pair[0])
        assert pair[0].recv(1) == b""


def test_a_socket_whose_attempt_ended_in_time_is_left_alone(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    with Deadline(0.05) as deadline:
        deadline.watch(pair[0])
    with Deadline(0.1) as later:
        threading.Event().wait(0.11)
        assert later.is_over
    pair[1].send(b"x")
    assert pair[0].recv(1) == b"x"


def test_only_the_socket_named_last_is_shut(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    other, end = socket.socketpair()
    with other, end, Deadline(0.05) as deadline:
        deadline.watch(pair[0])
        deadline.watch(other)
        assert other.recv(1) == b""
        pair[1].send(b"x")
        assert pair[0].recv(1) == b"x"


def test_a_shorter_deadline_that_begins_later_ends_first() -> None:
    def attempt() -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs, Deadline(60.0), Deadline(0.3) as deadline:
            deadline.watch(ours)
            assert ours.recv(1) == b""

    assert_on_time(attempt, due_s=0.3)


def test_attempts_at_the_same_time_share_one_thread_and_end_each_in_their_own_time() -> None:
    with ExitStack() as stack:
        begun_s, waits = time.monotonic(), []
        for number in range(25):
            ours, theirs = (stack.enter_context(end) for end in socket.socketpair())
            deadline = stack.enter_context(Deadline(0.1 + number / 100))
            deadline.watch(ours)
            waits.append((ours, theirs, deadline))
        assert watchdogs() == 1
        for ours, _, deadline in waits:
            assert ours.recv(1) == b""
            assert 0.0 <= time.monotonic() - begun_s - deadline.within_s < 0.5
    assert watchdogs() == 0


def test_a_thousand_attempts_leave_neither_thread_nor_file(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    threads, files = threading.active_count(), open_files()
    for _ in range(1000):
        with Deadline(60.0) as deadline:
            deadline.watch(pair[0])
        assert threading.active_count() == threads
    assert open_files() == files


def test_threads_that_come_and_go_leave_no_watchdog() -> None:
    def attempts() -> None:
        for _ in range(100):
            with Deadline(60.0):
                pass

    threads = [threading.Thread(target=attempts) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert watchdogs() == 0


def test_a_watchdog_is_called_off_when_the_attempt_raises() -> None:
    with pytest.raises(KeyError), Deadline(60.0):
        raise KeyError
    assert watchdogs() == 0


def test_every_address_of_a_name_is_tried_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        addresses = [
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", (f"127.0.0.{n}", port)) for n in (2, 1)
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: addresses)
        with Deadline(5.0) as deadline, deadline.connect("a", port, each_s=1.0) as opened:
            assert opened.getpeername() == ("127.0.0.1", port)


@pytest.mark.parametrize("name", ["no-such-host.invalid", "a..b", "a" * 64 + ".example"])
def test_a_name_that_nobody_knows_is_an_error_of_the_look_up(name: str) -> None:
    with Deadline(20.0) as deadline, pytest.raises(socket.gaierror):
        deadline.connect(name, 80, each_s=1.0)


def test_a_refused_connection_is_told_and_leaves_no_file() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    files = open_files()
    with Deadline(5.0) as deadline, pytest.raises(ConnectionRefusedError):
        deadline.connect("127.0.0.1", port, each_s=1.0)
    assert open_files() == files


def test_no_address_is_tried_after_the_time_is_over() -> None:
    with Deadline(0.0) as deadline, pytest.raises(TimeoutError):
        deadline.connect("127.0.0.1", 1, each_s=1.0)
