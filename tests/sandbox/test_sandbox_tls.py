"""The sandbox over TLS."""

from __future__ import annotations

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from lsq.sandbox import Sandbox
from tests.api.certificates import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def safe(authority: Authority) -> Iterator[Sandbox]:
    """A sandbox that speaks TLS."""
    with Sandbox(tls=authority.context()) as running:
        yield running


def status(connection: HTTPConnection) -> int:
    """Return the status of a call without keys."""
    try:
        connection.request("POST", "/v2/LeadManagement.svc/Leads/Retrieve/ByIds", b"")
        return connection.getresponse().status
    finally:
        connection.close()


def test_it_answers_whoever_trusts_it(safe: Sandbox, authority: Authority) -> None:
    address = urlsplit(safe.base_url)
    assert address.scheme == "https"
    context = ssl.create_default_context(cafile=authority.path)
    assert status(HTTPSConnection(address.netloc, context=context, timeout=10)) == 401


def test_whoever_does_not_trust_it_or_speaks_plain_http_disturbs_nobody(
    safe: Sandbox, authority: Authority, capfd: pytest.CaptureFixture[str]
) -> None:
    netloc = urlsplit(safe.base_url).netloc
    with pytest.raises(ssl.SSLCertVerificationError):
        status(HTTPSConnection(netloc, context=ssl.create_default_context(), timeout=10))
    with pytest.raises((HTTPException, OSError)):
        status(HTTPConnection(netloc, timeout=10))
    assert safe.arrivals == ()
    context = ssl.create_default_context(cafile=authority.path)
    assert status(HTTPSConnection(netloc, context=context, timeout=10)) == 401
    assert capfd.readouterr().err == ""
