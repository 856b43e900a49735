"""One HTTP attempt, against a server that answers every call with the same bytes."""

from __future__ import annotations

import gzip
import json
import time
from typing import TYPE_CHECKING

import pytest

from lsq.api.account import Account
from lsq.api.errors import BadReply, NoAnswer
from lsq.api.lead_id import LeadId
from lsq.api.transport import MIB, Transport
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
    with pytest.raises(NoAnswer, match=r"No answer from 127\.0\.0\.1:\d+: it (closed|sent)"):
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
