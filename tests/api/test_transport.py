"""One HTTP attempt, against a server that answers every call with the same bytes."""

from __future__ import annotations

import gzip
import json
import logging
import re
import socket
import threading
import time
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from lsq.api.account import Account
from lsq.api.errors import BadReply, LsqError, NoAnswer, UnsafeConnection
from lsq.api.lead_id import LeadId
from lsq.api.transport import MIB, Transport
from lsq.api.wire import by_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lsq.api.wire import Reply

ACCESS_KEY = "u$r0marker+access/key="
SECRET_KEY = "0marker0secret" * 3


class Server:
    """Answers every connection's first call with the pieces it was given, then hangs up."""

    def __init__(self, *pieces: bytes, gap_s: float = 0.0) -> None:
        """Listen on a free port of loopback."""
        self.pieces, self.gap_s = pieces, gap_s
        self.requests: list[bytes] = []
        self.stop = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        """Serve one connection after the other until closed."""
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                with connection, suppress(OSError):
                    self.requests.append(_request(connection))
                    for piece in self.pieces:
                        connection.sendall(piece)
                        self.stop.wait(self.gap_s)

    def close(self) -> None:
        """Stop listening and wait for the last connection."""
        self.stop.set()
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()


def _request(connection: socket.socket) -> bytes:
    """Read one whole request: a connection that is closed before is reset, not ended."""
    sent = b""
    while piece := connection.recv(65536):
        sent += piece
        head, _, body = sent.partition(b"\r\n\r\n")
        length = re.search(rb"Content-Length: (\d+)", head)
        is_tls = sent[:1] == b"\x16"
        if is_tls or (length and len(body) >= int(length[1])):
            break
    return sent


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Return a starter of servers."""
    servers: list[Server] = []

    def start(*pieces: bytes, gap_s: float = 0.0) -> Server:
        servers.append(Server(*pieces, gap_s=gap_s))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


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


def test_an_answer_comes_with_status_headers_body_and_time(
    serve: Callable[..., Server],
) -> None:
    before_s = time.time()
    reply = send(serve(whole(b"[]", "X-Odd: Value", status="418 Odd")).base_url)
    assert (reply.status, reply.headers["x-odd"], reply.body) == (418, "Value", b"[]")
    assert before_s <= reply.came_at <= time.time()


def test_the_request_goes_out_as_built(serve: Callable[..., Server]) -> None:
    server = serve(whole(b"[]"))
    send(server.base_url)
    sent, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert sent.startswith(b"POST /v2/LeadManagement.svc/Leads/Retrieve/ByIds?accessKey=u%24r0")
    assert b"Content-Type: application/json" in sent
    assert json.loads(body)["SearchParameters"] == {"LeadIds": ["a"]}


def test_the_head_of_an_answer_is_told_before_its_body_is_whole(
    serve: Callable[..., Server],
) -> None:
    server = serve(head("Content-Length: 2"), b"[", b"]", gap_s=0.1)
    account = Account(host=server.base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    transport, told_s = Transport(account), list[float]()
    request = by_ids(account, [LeadId("a")], ["ProspectID"])
    transport.send(request, answered=lambda: told_s.append(time.monotonic()))
    transport.close()
    assert len(told_s) == 1
    assert time.monotonic() - told_s[0] > 0.05


def test_a_zipped_body_is_unpacked(serve: Callable[..., Server]) -> None:
    reply = send(serve(whole(gzip.compress(b"[1]"), "Content-Encoding: gzip")).base_url)
    assert reply.body == b"[1]"


def test_a_body_in_chunks_is_joined(serve: Callable[..., Server]) -> None:
    chunks = head("Transfer-Encoding: chunked") + b"1\r\n[\r\n1\r\n]\r\n0\r\n\r\n"
    assert send(serve(chunks).base_url).body == b"[]"


def test_a_redirect_is_an_answer_and_not_followed(serve: Callable[..., Server]) -> None:
    elsewhere = serve(whole(b"[]"))
    answer = whole(b"", f"Location: {elsewhere.base_url}/", status="307 Temporary Redirect")
    assert send(serve(answer).base_url).status == 307
    assert elsewhere.requests == []


def test_a_cookie_is_not_sent_back(serve: Callable[..., Server]) -> None:
    server = serve(whole(b"[]", "Set-Cookie: session=1; Path=/"))
    account = Account(host=server.base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    transport = Transport(account)
    for _ in range(2):
        transport.send(by_ids(account, [LeadId("a")], ["ProspectID"]))
    transport.close()
    assert b"Cookie" not in server.requests[1]


def test_proxies_of_the_environment_are_not_used(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(whole(b"[]"))
    monkeypatch.setenv("http_proxy", proxy.base_url)
    monkeypatch.setenv("no_proxy", "")
    assert send(serve(whole(b"[2]")).base_url).body == b"[2]"
    assert proxy.requests == []


CUT = {
    "nothing": b"",
    "a wrong head": b"SSH-2.0\r\n",
    "half a body": head("Content-Length: 10") + b"[",
    "half a chunk": head("Transfer-Encoding: chunked") + b"9\r\n[",
    "a wrong chunk": head("Transfer-Encoding: chunked") + b"zz\r\n[]",
    "a wrong zip": whole(b"not zipped", "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("answer", CUT.values(), ids=CUT)
def test_an_answer_that_is_not_whole_is_no_answer(
    serve: Callable[..., Server], answer: bytes
) -> None:
    server = serve(answer)
    with pytest.raises(NoAnswer, match=r"127\.0\.0\.1:\d+ (closed|sent)"):
        send(server.base_url)


def test_a_silent_server_is_given_up(serve: Callable[..., Server]) -> None:
    server = serve(head("Content-Length: 10"), b"[]", gap_s=5.0)
    started_s = time.monotonic()
    with pytest.raises(NoAnswer, match="did not answer in time"):
        send(server.base_url, read_s=0.2)
    assert time.monotonic() - started_s < 2


@pytest.mark.parametrize("start", [head("Content-Length: 999"), head("X-Until: closed")])
def test_a_dripping_body_does_not_outlive_the_deadline(
    serve: Callable[..., Server], start: bytes
) -> None:
    server = serve(start, *[b" "] * 999, gap_s=0.05)
    started_s = time.monotonic()
    with pytest.raises(NoAnswer, match=r"did not finish its answer in 0\.4 s"):
        send(server.base_url, deadline_s=0.4)
    assert time.monotonic() - started_s < 1.5


def test_a_body_over_the_cap_is_not_read(serve: Callable[..., Server]) -> None:
    with pytest.raises(BadReply, match="more than 1 MiB"):
        send(serve(whole(b" " * (MIB + 1))).base_url, max_body_bytes=MIB)


def test_a_small_zip_that_unpacks_over_the_cap_is_not_read(
    serve: Callable[..., Server],
) -> None:
    bomb = gzip.compress(b" " * (8 * MIB))
    with pytest.raises(BadReply, match="more than 1 MiB"):
        send(serve(whole(bomb, "Content-Encoding: gzip")).base_url, max_body_bytes=MIB)


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
    assert "no-such-host.invalid could not be found" in error.title


def test_a_server_without_tls_is_an_unsafe_connection(serve: Callable[..., Server]) -> None:
    server = serve(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    error = failure_of(https_to(server.base_url.removeprefix("http://")))
    assert isinstance(error, UnsafeConnection)
    assert "not trusted" in error.title


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
