"""How an attempt fails, and never with a key in it."""

from __future__ import annotations

import errno
import logging
import os
import socket
import traceback
from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import NoAnswer, Unreachable
from tests.api.attempts import failure_of, failure_on_time, send, transport_to
from tests.api.raw_server import head, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.raw_server import Server

CUT = {
    "nothing": b"",
    "a wrong head": b"SSH-2.0\r\n",
    "half a status line": b"HTTP/1.1 2",
    "a status that is no number": b"HTTP/1.1 abc OK\r\n\r\n",
    "a head with too many lines": head(*["X: 1"] * 200),
    "a line that is too long": head("X: " + "x" * 100_000),
    "half a body": head("Content-Length: 10") + b"[",
    "half a chunk": head("Transfer-Encoding: chunked") + b"9\r\n[",
    "no last chunk": head("Transfer-Encoding: chunked") + b"2\r\n[]\r\n",
    "a wrong chunk": head("Transfer-Encoding: chunked") + b"zz\r\n[]",
    "two lengths": head("Content-Length: 2", "Content-Length: 3") + b"[]",
    "a wrong zip": whole(b"not zipped", "Content-Encoding: gzip"),
    "a wrong deflation": whole(b"not deflated", "Content-Encoding: deflate"),
}


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("resets", [False, True])
@pytest.mark.parametrize("answer", CUT.values(), ids=CUT)
def test_an_answer_that_is_not_whole_is_no_answer(
    serve: Callable[..., Server],
    answer: bytes,
    resets: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    error = failure_of(serve(answer, resets=resets).base_url)
    assert type(error) is NoAnswer
    assert "it closed the connection before" in error.title or "be unpacked" in error.title


def test_a_server_that_was_silent_for_too_long_is_given_up(serve: Callable[..., Server]) -> None:
    server = serve(head("Content-Length: 10"), b"[]", gap_s=5.0)
    error = failure_on_time(server.base_url, due_s=0.2, read_s=0.2)
    assert type(error) is NoAnswer
    assert "it did not answer in time" in error.title


def test_a_connection_that_failed_is_not_used_again(serve: Callable[..., Server]) -> None:
    server = serve(whole(b"[]"), later=[CUT["a wrong chunk"]])
    with transport_to(server.base_url) as (transport, request):
        transport.send(request)
        with pytest.raises(NoAnswer):
            transport.send(request)
        assert transport.send(request).body == b"[]"
    assert server.connections == 2


def test_a_refused_connection_is_unreachable() -> None:
    error = failure_of(closed_port())
    assert isinstance(error, Unreachable)
    assert "it could not be reached: it refused the connection." in error.title


def test_no_route_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    address = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("255.255.255.255", 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [address])
    error = failure_of("http://nowhere.example")
    assert isinstance(error, Unreachable)
    assert "it could not be reached: there is no way to it." in error.title


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_too_many_open_files_are_this_computer_s_and_not_the_server_s(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    base_url = serve(whole(b"[]")).base_url
    monkeypatch.setattr("lsq.api.deadline.socket.socket", full)
    error = failure_of(base_url)
    assert type(error) is NoAnswer
    assert error.title == (
        f"No call could be made to {base_url.removeprefix('http://')}: "
        "this computer has too many files open."
    )
    assert error.advice == "Close other programs, or allow more open files (ulimit -n)."


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", ["no-such-host.invalid", "a..b"])
def test_an_unknown_name_is_unreachable(scheme: str, name: str) -> None:
    error = failure_of(f"{scheme}://{name}")
    assert isinstance(error, Unreachable)
    assert "it could not be found: its name is unknown to the network." in error.title


def test_no_failure_carries_a_key_in_text_cause_or_context(
    serve: Callable[..., Server], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    servers = [serve(answer).base_url for answer in CUT.values()]
    for base_url in ("https://no-such-host.invalid", closed_port(), *servers):
        error = failure_of(base_url)
        assert error.__context__ is None
        assert error.__cause__ is None
        assert "marker" not in "".join(traceback.format_exception(error)) + repr(vars(error))
    assert "marker" not in caplog.text


def test_a_half_head_leaves_nothing_in_the_log(
    serve: Callable[..., Server], caplog: pytest.LogCaptureFixture
) -> None:
    # urllib3 warns of such heads, with the whole address and a traceback that has it too.
    assert send(serve(b"HTTP/1.1 200 OK\r\nContent-").base_url).body == b""
    assert caplog.text == ""
