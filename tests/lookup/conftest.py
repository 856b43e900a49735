"""What the tests of the use case share: sheets, tables of leads and settled lookups by hand."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from lsq.api.account import Account
from lsq.api.cache import MemoryCache
from lsq.api.client import LeadSquared
from lsq.api.models import Fetched, LeadTable
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy
from lsq.lookup.plan import Plan, plan
from lsq.lookup.run import Lookup, settled
from lsq.sandbox import Behaviour, Sandbox
from lsq.sheets.id_column import IdCells, find_ids
from lsq.sheets.parsing.parse import parse_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lsq.sheets.sheet import Sheet

    MakeSheet = Callable[..., tuple[Sheet, IdCells]]

COLUMNS = ("FirstName", "ProspectStage", "Score", "CreatedOn")
QUICK = RateLimit(25, 0.05)
NOW_S = 1_700_000_000.0

ACCOUNT = Account(host="api-in21.leadsquared.com", access_key="a-key", secret_key="s-key")  # noqa: S106 - made up


@pytest.fixture
def make_sheet() -> MakeSheet:
    """Return a maker of sheets: id cells, and further columns by name."""

    def make(*cells: str, header: str = "Lead ID", **more: Sequence[str]) -> tuple[Sheet, IdCells]:
        text = io.StringIO(newline="")
        writer = csv.writer(text, quoting=csv.QUOTE_ALL)
        writer.writerow([header, *more])
        writer.writerows(zip(cells, *more.values(), strict=True))
        sheet = parse_sheet(text.getvalue().encode(), name="list.csv")
        return sheet, find_ids(sheet, column=header)

    return make


@pytest.fixture
def make_table() -> Callable[..., LeadTable]:
    """Return a maker of tables of leads with made-up values."""

    def make(ids: Sequence[str], *, age_s: Sequence[float] = (), **values: object) -> LeadTable:
        columns: dict[str, object] = {"ProspectID": list(ids)}
        columns |= {name: [f"{name} {row}" for row in range(len(ids))] for name in COLUMNS}
        columns |= {"Score": [str(row) for row in range(len(ids))]}
        columns |= {"CreatedOn": ["2026-06-01 10:00:00.000"] * len(ids)}
        columns |= values
        ages = age_s or [0.0] * len(ids)
        return LeadTable(ids=ids, columns=columns, fetched_at=[NOW_S - age for age in ages])

    return make


@pytest.fixture
def make_lookup(
    make_sheet: MakeSheet, make_table: Callable[..., LeadTable]
) -> Callable[..., Lookup]:
    """Return a maker of settled lookups; ids that no argument names were found."""

    def make(  # noqa: PLR0913 - each end of an id is one
        *cells: str,
        not_found: Sequence[str] = (),
        failed: dict[str, Exception] | None = None,
        not_asked: Sequence[str] = (),
        first: int | None = None,
        more: dict[str, Sequence[str]] | None = None,
        leads: LeadTable | None = None,
        **fetched: object,
    ) -> Lookup:
        sheet, found = make_sheet(*cells, **more or {})
        asked = found.ids[:first]
        gone = {*not_found, *(failed or {}), *not_asked}
        table = leads or make_table([lead_id for lead_id in asked if lead_id not in gone])
        wanted = Plan(cells=found, ids=asked, left_out=found.ids[len(asked) :], columns=COLUMNS)
        outcome = Fetched(
            leads=table,
            not_found=tuple(not_found),
            failed=failed or {},
            not_asked=tuple(not_asked),
            **fetched,
        )
        return settled(sheet, wanted, outcome, account=ACCOUNT)

    return make


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Run a sandbox of 10,000 leads without a rate limit."""
    with Sandbox(leads=10_000, behaviour=Behaviour(max_calls=None)) as running:
        yield running


@pytest.fixture
def cache() -> MemoryCache:
    return MemoryCache()


@pytest.fixture
def account(sandbox: Sandbox) -> Account:
    return Account(
        host=sandbox.base_url, access_key=sandbox.access_key, secret_key=sandbox.secret_key
    )


@pytest.fixture
def make_client(account: Account, cache: MemoryCache) -> Iterator[Callable[..., LeadSquared]]:
    """Return a maker of clients of the sandbox; retries hardly wait."""
    clients: list[LeadSquared] = []

    def make(**options: object) -> LeadSquared:
        quick = {"cache": cache, "limit": QUICK, "retry": RetryPolicy(base_s=0.001)}
        clients.append(LeadSquared(account, **{**quick, **options}))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def make_plan(account: Account, cache: MemoryCache) -> Callable[..., Plan]:
    """Return a maker of plans for the sandbox's account."""

    def make(cells: IdCells, **options: object) -> Plan:
        usual = {"account": account, "cache": cache, "columns": COLUMNS, "limit": QUICK}
        return plan(cells, **{**usual, **options})

    return make
