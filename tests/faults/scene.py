"""One lookup as a user makes it, from the sheet to the files, with a server that misbehaves."""

from __future__ import annotations

import csv
import io
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lsq.api.account import Account
from lsq.api.cache import MemoryCache
from lsq.api.client import LeadSquared
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy
from lsq.lookup import sentences
from lsq.lookup.choice import Choice, Form
from lsq.lookup.files import file_bytes
from lsq.lookup.plan import plan
from lsq.lookup.report import fetch_report
from lsq.lookup.run import run
from lsq.lookup.view import View
from lsq.sandbox import Behaviour, Fault, Sandbox, lead_id
from lsq.sandbox.behaviour import Order
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from tests.faults.invariants import assert_invariants
from tests.faults.reading_back import read_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pytest

    from lsq.api.errors import LsqError
    from lsq.api.models import Fetched
    from lsq.lookup.run import Lookup
    from lsq.sandbox.arrivals import Arrival
    from lsq.sheets.id_column import IdCells
    from lsq.sheets.sheet import Sheet

IDS = tuple(lead_id(number) for number in range(12))
UNKNOWN = lead_id(10**6)
COLUMNS = (
    "FirstName", "LastName", "Source", "mx_City", "Score",
    "CreatedOn", "ModifiedOn", "ProspectActivityDate_Max",
)  # fmt: skip
UTC = ZoneInfo("UTC")
QUICK = RateLimit(25, 0.05)
USUAL = Behaviour(
    max_calls=None, window_s=0.05, order=Order.AS_ASKED, drip_s=0.02, slow_s=0.3, bytes_per_s=None
)

BUSY_S = 10.0
"""How much later than its deadline a run may end.

This tells a run that ends from one that hangs. Other tests run on the same processors and take as
much of them as they need; that deadlines are kept to the tenth is tested where they are made.
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a lookup was to do, as its bounds need it.

    Attributes:
        batch: Ids in one call.
        within_s: The most seconds it may take.
        bad_ids: How many ids spoil their call.
        missing: How many ids the first answers leave out.
    """

    batch: int = 1000
    within_s: float = 2.0 + BUSY_S
    bad_ids: int = 0
    missing: int = 0


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What came of a lookup.

    Attributes:
        lookup: The lookup itself.
        report: Its JSON report.
        said: What the page and the command line say of it.
        files: Every form of its file, read back: a dict for every row.
        raw_files: The same as bytes.
        calls: What arrived at the sandbox meanwhile.
        fresh: Ids that needed no call.
        took_s: How long the run took.
        asked: Its bounds.
    """

    lookup: Lookup
    report: Mapping[str, Any]
    said: sentences.Said
    files: Mapping[Form, list[dict[str, Any]]]
    raw_files: Mapping[Form, bytes]
    calls: tuple[Arrival, ...]
    fresh: int
    took_s: float
    asked: Asked

    @property
    def fetched(self) -> Fetched:
        """The ledger of distinct ids."""
        return self.lookup.fetched

    @property
    def found(self) -> list[str]:
        """The ids whose lead is here."""
        return list(self.fetched.leads.ids)

    @property
    def errors(self) -> list[LsqError]:
        """All that went wrong for good."""
        stopped_by = self.fetched.stopped_by
        return [*self.fetched.failed.values(), *([stopped_by] if stopped_by else [])]

    @property
    def kinds(self) -> set[type[LsqError]]:
        """The classes of what went wrong for good."""
        return {type(error) for error in self.errors}

    def first(self) -> Mapping[str, str | None]:
        """Return the lead of the first id."""
        return self.fetched.leads[0]


class Scene:
    """A sandbox, and users who look leads up in it; every lookup's invariants are checked."""

    def __init__(self, sandbox: Sandbox, log: pytest.LogCaptureFixture) -> None:
        """Watch `sandbox`, which runs, and everything that is logged."""
        self.sandbox = sandbox
        self.log = log
        self.cache = MemoryCache()
        self.account = Account(
            host=sandbox.base_url
            if sandbox.base_url.startswith("http:")
            else "api.leadsquared.com",
            access_key=sandbox.access_key,
            secret_key=sandbox.secret_key,
        )
        self.call_at(sandbox.base_url)

    def call_at(self, base_url: str) -> None:
        """Call this address from now on, also one that `Account` itself forbids."""
        object.__setattr__(self.account, "base_url", base_url)

    def behave(self, **switches: Any) -> None:  # noqa: ANN401 - values of any switch
        """Turn switches of the sandbox; all others are as usual."""
        self.sandbox.behaviour = replace(USUAL, **switches)

    def fails(self, *faults: Fault) -> None:
        """Let every call fail from now on."""
        self.behave(faults=faults, fault_share=1.0)

    @contextmanager
    def client(
        self,
        *,
        batch: int = 1000,
        deadline_s: float = 2.0,
        silence_s: float | None = None,
        limit: RateLimit = QUICK,
    ) -> Iterator[LeadSquared]:
        """Lend a client that hardly waits before it tries again."""
        with LeadSquared(
            self.account,
            cache=self.cache,
            limit=limit,
            batch=batch,
            deadline_s=deadline_s,
            silence_s=silence_s,
            retry=RetryPolicy(base_s=0.001, cap_s=0.01),
        ) as client:
            yield client

    def sheet(self, ids: Sequence[str] = IDS) -> tuple[Sheet, IdCells]:
        """Return a sheet of these ids with a duplicate, a blank and a row without an id."""
        text = io.StringIO(newline="")
        rows = [*ids, f"{{{ids[0].strip().upper()}}}", "", "see email"]
        csv.writer(text).writerows([["Lead ID", "Mine"], *([cell, "x"] for cell in rows)])
        sheet = parse_sheet(text.getvalue().encode(), name="list.csv")
        return sheet, find_ids(sheet, column="Lead ID")

    def look_up(
        self,
        ids: Sequence[str] = IDS,
        *,
        deadline_s: float = 2.0,
        silence_s: float | None = None,
        limit: RateLimit = QUICK,
        earlier: Fetched | None = None,
        **bounds: int,
    ) -> Seen:
        """Look a sheet up the whole way, and check what must hold whatever the server does.

        Args:
            ids: The ids of the sheet.
            deadline_s: The client's deadline for a call.
            silence_s: After which silence it gives an attempt up, if not after the usual one.
            limit: The account's rate limit as the client knows it.
            earlier: Complete this fetch.
            bounds: Further values of `Asked`.
        """
        asked = Asked(within_s=deadline_s + BUSY_S, **bounds)
        sheet, cells = self.sheet(ids)
        planned = plan(
            cells,
            account=self.account,
            cache=self.cache,
            columns=COLUMNS,
            limit=limit,
            batch=asked.batch,
            earlier=earlier,
        )
        before = len(self.sandbox.arrivals)
        limits = {"deadline_s": deadline_s, "silence_s": silence_s, "limit": limit}
        with self.client(batch=asked.batch, **limits) as client:
            start_s = time.monotonic()
            lookup = run(sheet, planned, client=client)
            took_s = time.monotonic() - start_s
        raw_files = {
            form: file_bytes(View(lookup=lookup), Choice(form=form, zone=UTC)) for form in Form
        }
        seen = Seen(
            lookup=lookup,
            report=fetch_report(lookup),
            said=sentences.outcome(lookup, now=time.time()),
            files={form: read_back(form, data) for form, data in raw_files.items()},
            raw_files=raw_files,
            calls=self.sandbox.arrivals[before:],
            fresh=planned.fresh,
            took_s=took_s,
            asked=asked,
        )
        assert_invariants(seen, log=self.log)
        return seen
