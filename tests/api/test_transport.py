"""One HTTP attempt, against a server that answers every call with the same bytes."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.api.attempts import send, transport_to
from tests.api.raw_server import head, whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.raw_server import Server


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
    told_s: list[float] = []
    with transport_to(server.base_url) as (transport, request):
        transport.send(request, answered=lambda: told_s.append(time.monotonic()))
    assert len(told_s) == 1
    assert time.monotonic() - told_s[0] > 0.05


def test_a_redirect_is_an_answer_and_not_followed(serve: Callable[..., Server]) -> None:
    elsewhere = serve(whole(b"[]"))
    answer = whole(b"", f"Location: {elsewhere.base_url}/", status="307 Temporary Redirect")
    assert send(serve(answer).base_url).status == 307
    assert elsewhere.requests == []


def test_a_cookie_is_not_sent_back(serve: Callable[..., Server]) -> None:
    server = serve(whole(b"[]", "Set-Cookie: session=1; Path=/"))
    with transport_to(server.base_url) as (transport, request):
        for _ in range(2):
            transport.send(request)
    assert b"Cookie" not in server.requests[1]


def test_proxies_of_the_environment_are_not_used(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(whole(b"[]"))
    monkeypatch.setenv("http_proxy", proxy.base_url)
    monkeypatch.setenv("no_proxy", "")
    assert send(serve(whole(b"[2]")).base_url).body == b"[2]"
    assert proxy.requests == []


def test_a_netrc_file_is_not_used(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password something\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server = serve(whole(b"[]"))
    send(server.base_url)
    assert b"Authorization" not in server.requests[0]


@pytest.mark.parametrize("location", ["http://[::1", "http://:::/", "\udcff\udcfe", "//"])
def test_a_redirect_to_nowhere_is_an_answer(serve: Callable[..., Server], location: str) -> None:
    start = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
    server = serve(start + location.encode(errors="surrogateescape") + b"\r\n\r\n")
    assert send(server.base_url).status == 302


def test_only_what_this_client_can_unpack_is_asked_for(serve: Callable[..., Server]) -> None:
    server = serve(whole(b"[]"))
    send(server.base_url)
    assert b"\r\nAccept-Encoding: gzip\r\n" in server.requests[0]
    assert b"\r\nUser-Agent: leadsheet\r\n" in server.requests[0]


def test_the_limiter_hears_of_the_answer_in_the_thread_that_sends(
    serve: Callable[..., Server],
) -> None:
    told: list[int] = []
    with transport_to(serve(whole(b"[]")).base_url) as (transport, request):
        transport.send(request, answered=lambda: told.append(threading.get_ident()))
    assert told == [threading.get_ident()]


def test_threads_do_not_mix_up_their_attempts(serve: Callable[..., Server]) -> None:
    servers = [serve(whole(str(n).encode()), later=[whole(str(n).encode())]) for n in range(8)]
    bodies: dict[int, set[bytes]] = {}

    def ask(number: int) -> None:
        with transport_to(servers[number].base_url) as (transport, request):
            bodies[number] = {transport.send(request).body for _ in range(20)}

    threads = [threading.Thread(target=ask, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == {number: {str(number).encode()} for number in range(8)}
