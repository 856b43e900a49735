"""Which servers are trusted, and what is said of the others."""

from __future__ import annotations

import socket
import ssl
import traceback
from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import NoAnswer, Unreachable, UnsafeConnection
from tests.api.attempts import failure_of, failure_on_time, send
from tests.api.certificates import OTHER_HOST, Authority
from tests.api.raw_server import whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.raw_server import Server


def test_a_server_whose_certificate_is_right_is_asked(
    serve: Callable[..., Server], authority: Authority
) -> None:
    assert send(serve(whole(b"[]"), tls=authority.context()).base_url).body == b"[]"


BAD_CERTIFICATES = {
    "its certificate has expired": {"days": (-2, -1)},
    "its certificate is not valid yet": {"days": (1, 2)},
    "its certificate is made out to another host": {"host": OTHER_HOST},
    "its certificate is self-signed": {"self_signed": True},
}


@pytest.mark.parametrize(("told", "made"), BAD_CERTIFICATES.items(), ids=BAD_CERTIFICATES)
def test_a_bad_certificate_is_named_and_nothing_is_sent(
    serve: Callable[..., Server], authority: Authority, told: str, made: dict[str, object]
) -> None:
    server = serve(whole(b"[]"), tls=authority.context(**made))  # type: ignore[arg-type]
    error = failure_of(server.base_url)
    assert isinstance(error, UnsafeConnection)
    assert told in error.title
    assert ("clock" in error.advice) == ("days" in made)
    assert server.requests == []


@pytest.mark.usefixtures("authority")
@pytest.mark.parametrize("with_authority", [False, True])
def test_an_authority_that_nobody_knows_is_not_trusted(
    serve: Callable[..., Server],
    tmp_path_factory: pytest.TempPathFactory,
    with_authority: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    foreign = Authority(tmp_path_factory.mktemp("foreign"))
    error = failure_of(serve(tls=foreign.context(with_authority=with_authority)).base_url)
    assert isinstance(error, UnsafeConnection)
    assert "its certificate is signed by nobody whom this computer trusts" in error.title


def test_a_certificate_of_the_right_authority_is_not_enough_for_the_world(
    serve: Callable[..., Server], tmp_path: Path
) -> None:
    server = serve(whole(b"[]"), tls=Authority(tmp_path).context())
    assert isinstance(failure_of(server.base_url), UnsafeConnection)
    assert server.requests == []


NOT_TLS = {
    "an error page": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n",
    "one letter": b"x\r\n\r\n\r\n",
    "zeros": bytes(64),
}


@pytest.mark.parametrize("answer", NOT_TLS.values(), ids=NOT_TLS)
def test_a_server_without_tls_is_an_unsafe_connection(
    serve: Callable[..., Server], answer: bytes
) -> None:
    error = failure_of(serve(answer).base_url.replace("http:", "https:"))
    assert isinstance(error, UnsafeConnection)
    assert "is not safe: it does not speak TLS." in error.title


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_a_server_of_old_versions_only_is_an_unsafe_connection(
    serve: Callable[..., Server], authority: Authority
) -> None:
    old = authority.context()
    old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    error = failure_of(serve(tls=old).base_url)
    assert isinstance(error, UnsafeConnection)
    assert "it offers no TLS that is safe" in error.title


@pytest.mark.parametrize("resets", [False, True])
@pytest.mark.parametrize("begun", [b"", b"\x16\x03\x03\x40\x00\x02"], ids=["at once", "midway"])
def test_a_handshake_that_is_cut_off_may_be_tried_again(
    serve: Callable[..., Server],
    resets: bool,  # noqa: FBT001 - a parameter of the test
    begun: bytes,
) -> None:
    error = failure_of(serve(begun, resets=resets).base_url.replace("http:", "https:"))
    assert type(error) is NoAnswer
    assert "it hung up while the safe connection was being agreed on" in error.title


def test_a_handshake_has_the_time_of_a_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        base_url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        error = failure_on_time(base_url, due_s=0.8, connect_s=0.8)  # with the CA file to load
    assert type(error) is NoAnswer
    assert "it did not react while the safe connection was being agreed on" in error.title


def test_a_refused_connection_is_unreachable_over_tls_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base_url = f"https://127.0.0.1:{listener.getsockname()[1]}"
    assert isinstance(failure_of(base_url), Unreachable)


def test_no_failure_of_tls_carries_a_key(
    serve: Callable[..., Server], authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    plain = [serve(answer).base_url.replace("http:", "https:") for answer in (b"", b"x" * 99)]
    bad = [serve(tls=authority.context(**made)).base_url for made in BAD_CERTIFICATES.values()]  # type: ignore[arg-type]
    for base_url in (*plain, *bad):
        error = failure_of(base_url)
        assert error.__context__ is None
        assert error.__cause__ is None
        assert "marker" not in "".join(traceback.format_exception(error)) + repr(vars(error))
    assert "marker" not in caplog.text
