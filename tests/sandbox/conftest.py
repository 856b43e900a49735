"""A running sandbox, and a plain client for it made of the standard library only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest

from lsq.sandbox import Behaviour, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PATH = "/v2/LeadManagement.svc/Leads/Retrieve/ByIds"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Reply:
    """An answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 -- whatever the server sent
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def leads(self) -> list[dict[str, str | None]]:
        """The leads in the body; none when there is no such key."""
        return self.json.get("Leads", [])

    def ids(self) -> list[str | None]:
        """The leads' ids, in the order they came."""
        return [lead["ProspectID"] for lead in self.leads]


class Caller:
    """Calls one sandbox, each call over a connection of its own."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Call `sandbox`, with its own keys unless told otherwise."""
        self.sandbox = sandbox
        self.keys = {"accessKey": sandbox.access_key, "secretKey": sandbox.secret_key}

    def connect(self, timeout_s: float = 10) -> HTTPConnection:
        """Return a connection that the test closes."""
        return HTTPConnection(urlsplit(self.sandbox.base_url).netloc, timeout=timeout_s)

    def question(self, ids: Sequence[str], columns: str, size: int = 1000, page: int = 1) -> str:
        """Return the documented body."""
        return json.dumps(
            {
                "SearchParameters": {"LeadIds": list(ids)},
                "Columns": {"Include_CSV": columns},
                "Paging": {"PageIndex": page, "PageSize": size},
            }
        )

    def send(
        self,
        body: str | bytes | None,
        *,
        method: str = "POST",
        path: str = PATH,
        keys: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """Send one call and read its answer to the end."""
        connection = self.connect()
        target = f"{path}?{urlencode(self.keys if keys is None else keys)}"
        try:
            connection.request(method, target, body, JSON if headers is None else headers)
            response = connection.getresponse()
            return Reply(response.status, dict(response.headers), response.read())
        finally:
            connection.close()

    def ask(
        self,
        ids: Sequence[str],
        columns: str = "ProspectID,CreatedOn",
        *,
        size: int = 1000,
        page: int = 1,
    ) -> Reply:
        """Ask for leads as documented."""
        return self.send(self.question(ids, columns, size, page))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of 10,000 leads without a rate limit."""
    with Sandbox(leads=10_000, behaviour=Behaviour(max_calls=None)) as running:
        yield running


@pytest.fixture
def caller(sandbox: Sandbox) -> Caller:
    """A client of `sandbox`."""
    return Caller(sandbox)
