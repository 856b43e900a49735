"""Cost before spend: what a fetch will ask for, in calls, seconds and memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsq.analysis.catalog import STANDARD, Catalog

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.api.cache import LeadCache
    from lsq.api.lead_id import LeadId
    from lsq.api.models import Fetched
    from lsq.api.rate_limit import RateLimit
    from lsq.sheets.id_column import IdCells

__all__ = ["Plan", "plan"]

ANSWER_S = 0.6
"""What one answer of 1,000 leads is taken to need, until there is one to measure."""

BYTES_A_LEAD = 800
"""Peak memory for one lead up to the written workbook, its values apart."""

BYTES_A_VALUE = 50
"""The same for one value of a lead, its id being one: tests/benchmarks/memory.py."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one fetch will ask for and cost.

    Attributes:
        cells: The ids of the sheet, with the outcome of every entry.
        ids: Distinct ids to be looked up in this fetch, in the sheet's order.
        left_out: Distinct ids that a trial of the first few leaves for later.
        columns: Schema names of the columns to fetch.
        fresh: How many of `ids` the cache can answer.
        calls: Calls that will be made if nothing fails and every id exists.
        seconds: About how long they take at the account's limit.
        memory_bytes: About how much memory the result takes.
        refresh: Whether leads that are still fresh are asked for all the same.
        share: The part of the account's rate limit that this fetch may use.
        earlier: The fetch that this one completes, or None.
        catalog: What the account calls its columns and what they hold.
    """

    cells: IdCells
    ids: tuple[LeadId, ...]
    left_out: tuple[LeadId, ...] = ()
    columns: tuple[str, ...]
    fresh: int = 0
    calls: int = 0
    seconds: float = 0.0
    memory_bytes: int = 0
    refresh: bool = False
    share: float = 1.0
    earlier: Fetched | None = None
    catalog: Catalog = STANDARD


def plan(  # noqa: PLR0913 - every argument is one line of the cost
    cells: IdCells,
    *,
    account: Account,
    cache: LeadCache,
    columns: tuple[str, ...],
    limit: RateLimit,
    batch: int = 1000,
    refresh: bool = False,
    first: int | None = None,
    share: float = 1.0,
    earlier: Fetched | None = None,
    catalog: Catalog = STANDARD,
) -> Plan:
    """Work out what a fetch will ask for, without any call.

    Args:
        cells: The ids of the sheet.
        account: Whose leads they are; the cache is kept apart by account.
        cache: Leads that may still be fresh.
        columns: Schema names of the columns to fetch.
        limit: Calls that the account allows in a window, as known now.
        batch: Ids in one call.
        refresh: Ask also for leads that are still fresh.
        first: Look up only the first so many ids.
        share: The part of the limit that this fetch may use; the rest stays free for others.
        earlier: Complete this fetch: only what it left failed or not asked is looked up.
        catalog: What is known of the account's columns.
    """
    wanted = cells.ids if earlier is None else _unsettled(cells, earlier)
    ids = wanted if first is None else wanted[:first]
    fresh = 0 if refresh else cache.count(account, ids, columns)
    calls = -(-(len(ids) - fresh) // batch)
    windows = max(0, calls - 1) // max(1, int(limit.max_calls * share))
    return Plan(
        cells=cells,
        ids=ids,
        left_out=wanted[len(ids) :],
        columns=columns,
        fresh=fresh,
        calls=calls,
        seconds=windows * limit.window_s + (ANSWER_S if calls else 0.0),
        memory_bytes=len(cells.ids) * (BYTES_A_LEAD + (len(columns) + 1) * BYTES_A_VALUE),
        refresh=refresh,
        share=share,
        earlier=earlier,
        catalog=catalog,
    )


def _unsettled(cells: IdCells, earlier: Fetched) -> tuple[LeadId, ...]:
    """Return the ids that `earlier` left failed or not asked, in the sheet's order."""
    unsettled = {*earlier.failed, *earlier.not_asked}
    return tuple(lead_id for lead_id in cells.ids if lead_id in unsettled)
