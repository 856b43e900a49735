"""A server as it starts, pages to visit on it, and sessions whose leads are already here."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lsq.analysis.catalog import Catalog
from lsq.api.account import Account
from lsq.api.cache import GatedCache, NoCache
from lsq.api.lead_id import LeadId
from lsq.api.models import Fetched, FetchStats, LeadTable
from lsq.api.rate_limit import RateLimit
from lsq.lookup.job import Job
from lsq.lookup.plan import plan
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Sandbox
from lsq.sandbox.ids import lead_id
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from lsq.ui import accounts, front, jobs, preparing
from lsq.ui import fields as account_fields
from lsq.ui.state import Session
from tests.ui.scripted import WAIT_S, Scripted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lsq.api.models import Field, Progress
    from lsq.lookup.run import Lookup

NOBODY = {"is_logged_in": False}
_ASK = account_fields.ask


@pytest.fixture(autouse=True)
def sandboxes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Sandbox]]:
    """Leave nothing of this machine or of another test; list the demo accounts that were begun."""
    for name in [name for name in os.environ if name.startswith("LSQ_")]:
        monkeypatch.delenv(name)
    begun: list[Sandbox] = []

    def note(**options: Any) -> Sandbox:  # noqa: ANN401 - passed on as they come
        begun.append(Sandbox(**options))
        return begun[-1]

    monkeypatch.setattr(accounts, "Sandbox", note)
    monkeypatch.setattr(accounts, "DEMO_LATENCY_S", 0.0)
    # Else every test leaves threads behind that wait.
    for room in (accounts, front, jobs, preparing):
        monkeypatch.setattr(room, "sweep", lambda _chore: None)
    # Nobody asks an account for its columns unless the test is about that: calls are counted.
    monkeypatch.setattr(account_fields, "ask", lambda _client: ())
    st.cache_data.clear()
    st.cache_resource.clear()
    yield begun
    for sandbox in begun:
        sandbox.stop()


@pytest.fixture
def fields_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let accounts be asked for their columns."""
    monkeypatch.setattr(account_fields, "ask", _ASK)


def draw(page: str) -> None:
    """Draw one page; AppTest runs this source as a script, so it imports for itself."""
    from importlib import import_module  # noqa: PLC0415 - the script's only way

    import_module(f"pages.{page}").page()


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """Return what opens a page in a session of its own and runs it once."""

    def open_page(
        page: str,
        *,
        mine: Session | None = None,
        secrets: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        state: Mapping[str, Any] | None = None,
        **browser: Any,  # noqa: ANN401 - user, theme, timezone
    ) -> AppTest:
        at = AppTest.from_function(draw, args=(page,), default_timeout=WAIT_S)
        # Given nothing, AppTest would read the secrets file of this machine.
        at.secrets.update(secrets or {"nothing": "set"})
        at.user = dict(browser.pop("user", NOBODY))
        at.query_params.update(query or {})
        at.context.update({"timezone": "Asia/Kolkata", "theme": "light", **browser})
        for key, value in {"leadsheet": mine, **(state or {})}.items():
            if value is not None:
                at.session_state[key] = value
        return at.run()

    return open_page


@pytest.fixture
def said() -> Callable[[AppTest], str]:
    """Return what joins every text that a page sends to the browser, a line each."""
    return lambda at: "\n".join(text for node in _nodes(at) for text in _texts(node))


@pytest.fixture
def keys_of() -> Callable[[AppTest], list[str]]:
    """Return what lists the keys of a page's widgets, one for each time it is drawn."""

    def find(at: AppTest) -> list[str]:
        ids = [text for node in _nodes(at) for text in _texts(node) if text.startswith("$$ID-")]
        return [text.split("-", 2)[2] for text in ids if not text.endswith("-None")]

    return find


def _nodes(at: AppTest) -> list[Any]:
    nodes = (getattr(node, "proto", None) for node in at._tree)  # noqa: SLF001 - the whole tree
    return [node for node in nodes if node is not None]


def _texts(message: Any) -> Iterator[str]:  # noqa: ANN401 - a message, or a value in one
    if isinstance(message, str):
        yield message
    elif hasattr(message, "ListFields"):
        for _, value in message.ListFields():
            yield from _texts(value)
    elif hasattr(message, "__iter__") and not isinstance(message, bytes):
        for value in message:
            yield from _texts(value)


@pytest.fixture
def account() -> Account:
    """An account on a port where nobody listens."""
    return Account(host="http://127.0.0.1:9", access_key=ACCESS_KEY, secret_key=SECRET_KEY)


@pytest.fixture
def ids() -> list[LeadId]:
    """The ids of the demo account's first leads."""
    return [LeadId(lead_id(number)) for number in range(100)]


@pytest.fixture
def fetch_of(account: Account, ids: list[LeadId]) -> Iterator[Callable[..., Session]]:
    """Return what makes a session whose fetch has ended, or is held while it shows a progress.

    `columns` are the leads that came, by column; then follow the numbers of ids not found and not
    asked for, and the errors of ids that failed; `fields` are what the account says of its columns;
    further names are those of `Fetched`.
    """
    clients: list[Scripted] = []

    def make(  # noqa: PLR0913 - all that makes up the end of a fetch
        *,
        columns: Mapping[str, Sequence[str | None]],
        not_found: int = 0,
        failed: Sequence[Exception] = (),
        not_asked: int = 0,
        age_s: float = 0.0,
        progress: Progress | None = None,
        text: str = "",
        name: str = "june.csv",
        absent: frozenset[str] = frozenset(),
        fields: Sequence[Field] = (),
        **more: Any,  # noqa: ANN401 - as `Fetched` wants them
    ) -> Session:
        here = len(next(iter(columns.values()), ()))
        asked = ids[: here + not_found + len(failed) + not_asked]
        sheet = parse_sheet((text or "\n".join(["Lead ID", *asked])).encode(), name=name)
        leads = LeadTable(
            ids=asked[:here],
            columns={"ProspectID": list(asked[:here]), **columns},
            fetched_at=[time.time() - age_s] * here,
            absent=absent,
        )
        rest = asked[here + not_found :]
        fetched = Fetched(
            leads=leads,
            not_found=tuple(asked[here : here + not_found]),
            failed=dict(zip(rest, failed, strict=False)),
            not_asked=tuple(rest[len(failed) :]),
            **{"stats": FetchStats(calls=1, elapsed_s=0.4, max_calls=25, window_s=5.0), **more},
        )
        clients.append(Scripted(account, fetched, progress))
        wanted = plan(
            find_ids(sheet),
            account=account,
            cache=NoCache(),
            columns=tuple(columns),
            catalog=Catalog.of(fields),
            limit=RateLimit(),
        )
        gate = GatedCache(NoCache())
        gate.put(account, leads)
        job = Job(sheet, wanted, client=clients[-1], cache=gate)
        if progress is None:
            assert job.wait(WAIT_S)
        return Session(sheet=sheet, cells=wanted.cells, job=job)

    yield make
    for client in clients:
        client.go.set()


@pytest.fixture
def lookup_of(fetch_of: Callable[..., Session]) -> Callable[..., Lookup]:
    """Return what makes the result of such a fetch."""

    def make(**given: Any) -> Lookup:  # noqa: ANN401 - as `fetch_of` takes them
        lookup = fetch_of(**given).lookup()
        assert lookup is not None
        return lookup

    return make


@pytest.fixture
def pipeline() -> dict[str, list[str | None]]:
    """Ten leads over six stages, three owners and three sources."""
    stages = ["Prospect"] * 4 + ["Contacted", "Contacted", "Enrolled", "Not interested", None]
    return {
        "FirstName": ["Asha", "Ravi", "Meera", "Kiran", "Dev", "Isha", "Om", "Tara", "Uma", "Zoya"],
        "ProspectStage": [*stages, "Weird stage"],
        "OwnerIdName": ["Anita Rao", "Sana", "Sana", "Anita Rao", "Joy"] * 2,
        "Source": ["Web", "Web", "Fair", "Fair", "Web", "Web", None, "Web", "Web", "Fair"],
        "Phone": ["+91-9811111111"] * 10,
        "CreatedOn": ["2026-06-14 03:42:00"] * 10,
    }
