"""What the API's tests share: an account, made-up replies, clients of a sandbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from lsq.api.account import Account
from lsq.api.client import LeadSquared
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy
from lsq.api.wire import Reply
from lsq.sandbox import Behaviour, Sandbox
from tests.api.certificates import Authority
from tests.api.raw_server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ACCESS_KEY = "u$r0marker+access/key="
SECRET_KEY = "5ecret0marker5ecret0marker5ecret0marker5"  # noqa: S105 - made up, opens nothing


@pytest.fixture
def account() -> Account:
    """Return an account whose keys have every character that is written differently in a URL."""
    return Account(host="api-in21.leadsquared.com", access_key=ACCESS_KEY, secret_key=SECRET_KEY)


@pytest.fixture
def reply() -> Callable[..., Reply]:
    """Return a maker of replies: of any status, of bytes or of a value written as JSON."""

    def make(body: object, status: int = 200, **headers: str) -> Reply:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Reply(status, named, raw, 1_700_000_000.0)

    return make


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Run a sandbox of a million leads without a rate limit."""
    with Sandbox(behaviour=Behaviour(max_calls=None)) as running:
        yield running


@pytest.fixture
def connect() -> Iterator[Callable[..., LeadSquared]]:
    """Return a maker of clients for a base URL or a sandbox; retries hardly wait."""
    clients: list[LeadSquared] = []

    def make(where: Sandbox | str, *, auth: str = "query", **options: object) -> LeadSquared:
        host, keys = where, (ACCESS_KEY, SECRET_KEY)
        if isinstance(where, Sandbox):
            host, keys = where.base_url, (where.access_key, where.secret_key)
        account = Account(host=host, access_key=keys[0], secret_key=keys[1], auth=auth)
        quick = {"limit": RateLimit(25, 0.05), "retry": RetryPolicy(base_s=0.001)}
        clients.append(LeadSquared(account, **{**quick, **options}))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Return a starter of servers."""
    servers: list[Server] = []

    def start(*pieces: bytes, **options: Any) -> Server:  # noqa: ANN401 - the server's own
        servers.append(Server(*pieces, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Return an authority for certificates, which transports made from now on trust alone."""
    made = Authority(tmp_path)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(made.path))
    return made
