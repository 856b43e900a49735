"""How an attempt fails: as no answer or an unsafe connection, and never with a key in it."""

from __future__ import annotations

import logging
import socket
import traceback
from typing import TYPE_CHECKING

import pytest

from lsq.api.account import Account
from lsq.api.errors import LsqError, NoAnswer, UnsafeConnection
from lsq.api.lead_id import LeadId
from lsq.api.transport import Transport
from lsq.api.wire import by_ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.wire import Reply
    from tests.api.raw_server import Server

ACCESS_KEY = "u$r0marker+access/key="
SECRET_KEY = "0marker0secret" * 3


def head(*lines: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def whole(body: bytes, *lines: str, status: str = "200 OK") -> bytes:
    return head(f"Content-Length: {len(body)}", *lines, status=status) + body


def send(base_url: str, **limits: float) -> Reply:
    account = Account(host=base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    transport = Transport(account, **limits)  # type: ignore[arg-type]
    try:
        return transport.send(by_ids(account, [LeadId("a")], ["ProspectID"]))
    finally:
        transport.close()


CUT = {
    "nothing": b"",
    "a wrong head": b"SSH-2.0\r\n",
    "half a body": head("Content-Length: 10") + b"[",
    "half a chunk": head("Transfer-Encoding: chunked") + b"9\r\n[",
    "a wrong chunk": head("Transfer-Encoding: chunked") + b"zz\r\n[]",
    "a wrong zip": whole(b"not zipped", "Content-Encoding: gzip"),
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def https_to(server: str) -> Account:
    """Return an account that is called over https at `server`, which `Account` itself forbids."""
    account = Account(host="api.leadsquared.com", access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    object.__setattr__(account, "base_url", f"https://{server}")
    return account


def failure_of(account: Account) -> LsqError:
    transport = Transport(account, connect_s=2.0)
    try:
        with pytest.raises(LsqError) as caught:
            transport.send(by_ids(account, [LeadId("a")], ["ProspectID"]))
    finally:
        transport.close()
    return caught.value


def test_a_refused_connection_is_no_answer() -> None:
    base_url = f"http://127.0.0.1:{free_port()}"
    error = failure_of(Account(host=base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY))
    assert isinstance(error, NoAnswer)
    assert "could not be reached" in error.title


def test_an_unknown_name_is_no_answer() -> None:
    error = failure_of(https_to("no-such-host.invalid"))
    assert isinstance(error, NoAnswer)
    assert "No answer from no-such-host.invalid: it could not be found" in error.title


def test_a_server_without_tls_is_an_unsafe_connection(serve: Callable[..., Server]) -> None:
    server = serve(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    error = failure_of(https_to(server.base_url.removeprefix("http://")))
    assert isinstance(error, UnsafeConnection)
    assert "does not speak TLS" in error.title


def test_no_failure_carries_a_key_in_text_cause_or_context(
    serve: Callable[..., Server], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    closed = f"http://127.0.0.1:{free_port()}"
    accounts = [
        https_to("no-such-host.invalid"),
        https_to(serve(b"x").base_url.removeprefix("http://")),
        *(
            Account(host=base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
            for base_url in (closed, *(serve(answer).base_url for answer in CUT.values()))
        ),
    ]
    for account in accounts:
        error = failure_of(account)
        assert error.__context__ is None
        assert error.__cause__ is None
        assert "marker" not in "".join(traceback.format_exception(error)) + repr(vars(error))
    assert "marker" not in caplog.text


def test_a_half_head_is_logged_without_keys(
    serve: Callable[..., Server], caplog: pytest.LogCaptureFixture
) -> None:
    # urllib3 warns of such heads, and its warning has the whole address.
    assert send(serve(b"HTTP/1.1 200 OK\r\nContent-").base_url).body == b""
    assert "Failed to parse headers (url=http://127.0.0.1" in caplog.text
    assert "marker" not in caplog.text
