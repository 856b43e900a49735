"""Bodies: whole, zipped, in chunks, too long, and larger than they look."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import BadReply
from lsq.api.transport import MIB
from tests.api.attempts import failure_of, send, transport_to
from tests.api.raw_server import head, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.raw_server import Server

LARGE = bytes(range(256)) * 4096  # 1 MiB


def in_chunks(body: bytes, *lines: str, size: int) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (*parts, b""))
    return head("Transfer-Encoding: chunked", *lines) + chunks


def in_pieces(answer: bytes, size: int) -> list[bytes]:
    return [answer[start : start + size] for start in range(0, len(answer), size)]


ZIPPED = gzip.compress(LARGE)
ANSWERS = {
    "with a length": whole(LARGE),
    "until the end": head("X-Until: closed") + LARGE,
    "in small chunks": in_chunks(LARGE, size=1000),
    "in one chunk": in_chunks(LARGE, size=len(LARGE)),
    "zipped": whole(ZIPPED, "Content-Encoding: gzip"),
    "zipped, in capitals": whole(ZIPPED, "Content-Encoding: GZIP"),
    "zipped, in tiny chunks": in_chunks(ZIPPED, "Content-Encoding: gzip", size=7),
    "zipped in two members": whole(
        gzip.compress(LARGE[:9]) + gzip.compress(LARGE[9:]), "Content-Encoding: gzip"
    ),
    "deflated": whole(zlib.compress(LARGE), "Content-Encoding: deflate"),
    "deflated without a head": whole(zlib.compress(LARGE)[2:-4], "Content-Encoding: deflate"),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("size", [4_000_000, 9973])
def test_all_of_a_body_comes(serve: Callable[..., Server], answer: bytes, size: int) -> None:
    assert send(serve(*in_pieces(answer, size)).base_url).body == LARGE


def test_what_exceeds_the_stated_length_is_no_part_of_this_answer_or_the_next(
    serve: Callable[..., Server],
) -> None:
    server = serve(whole(b"[]") + b"left over", later=[whole(b"[1]")])
    with transport_to(server.base_url) as (transport, request):
        assert transport.send(request).body == b"[]"
        server.pieces = (whole(b"[1]"),)
        assert transport.send(request).body == b"[1]"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "zstd", "gzip,deflate,gzip", "x-odd"])
@pytest.mark.parametrize("status", ["200 OK", "401 Unauthorized"])
def test_what_cannot_be_unpacked_comes_as_it_is_with_its_status(
    serve: Callable[..., Server], encoding: str, status: str
) -> None:
    packed = gzip.compress(gzip.compress(b"[]"))
    server = serve(whole(packed, f"Content-Encoding: {encoding}", status=status))
    reply = send(server.base_url)
    assert (reply.status, reply.body) == (int(status[:3]), packed)


def test_a_body_over_the_cap_is_not_read(serve: Callable[..., Server]) -> None:
    error = failure_of(serve(whole(b" " * (MIB + 1))).base_url, max_body_bytes=MIB)
    assert isinstance(error, BadReply)
    assert "sent more than 1 MiB at once" in error.title


BOMBS = {
    "zipped": whole(gzip.compress(bytes(99 * MIB), 1), "Content-Encoding: gzip"),
    "deflated": whole(zlib.compress(bytes(99 * MIB), 1), "Content-Encoding: deflate"),
    "of a redirect": whole(
        gzip.compress(bytes(99 * MIB), 1),
        "Content-Encoding: gzip",
        "Location: http://127.0.0.1/",
        status="302 Found",
    ),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_zip_that_is_larger_than_it_looks_is_not_unpacked(
    serve: Callable[..., Server], bomb: bytes
) -> None:
    server = serve(bomb)
    tracemalloc.start()
    try:
        error = failure_of(server.base_url, max_body_bytes=MIB)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(error, BadReply)
    assert peak_bytes < 2 * MIB


def test_a_zip_of_thousands_of_empty_members_takes_no_longer_than_the_deadline(
    serve: Callable[..., Server],
) -> None:
    server = serve(whole(gzip.compress(b"") * 200_000, "Content-Encoding: gzip"))
    with transport_to(server.base_url, deadline_s=9.0) as (transport, request):
        assert transport.send(request).body == b""
