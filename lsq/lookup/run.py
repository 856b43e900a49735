"""From a sheet and a plan to its leads: the one line that page and command line share."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from lsq.analysis.frames import leads_frame, raw_frame, unread
from lsq.api.models import Fetched, LeadTable
from lsq.lookup.earlier import replaced_columns
from lsq.lookup.masking import Masking
from lsq.lookup.own_columns import entry_of_each_lead, own_frame, own_matches, own_names
from lsq.lookup.report import oddities
from lsq.lookup.row_labels import LEADS_ROW, ROW
from lsq.sheets.ledger import settle
from lsq.sheets.names import unique_names
from lsq.sheets.spare_memory import give_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from threading import Event

    from lsq.analysis.matching import Match
    from lsq.api.account import Account
    from lsq.api.client import LeadSquared
    from lsq.api.models import Progress
    from lsq.lookup.plan import Plan
    from lsq.sheets.ledger import Ledger
    from lsq.sheets.sheet import Sheet

__all__ = ["ROW", "Lookup", "run", "settled"]


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """A sheet with what became of its ids.

    Attributes:
        sheet: The analyst's rows, as read.
        plan: What was asked for; `plan.cells` holds the ids of the sheet.
        fetched: The ledger of distinct ids, and the leads, over this and the earlier fetches.
        ledger: The ledger of the sheet's rows; its sums have been checked.
        host: Host name of the account that answered.
        account: Fingerprint of that account; leads of two accounts are never put together.
        account_name: What people call it, or "".
        finished_at: Seconds since the epoch.
        partial: Whether the fetch still runs, and this is only what had come.
    """

    sheet: Sheet
    plan: Plan
    fetched: Fetched
    ledger: Ledger
    host: str
    account: str
    finished_at: float
    partial: bool = False
    account_name: str = ""

    @cached_property
    def leads(self) -> pd.DataFrame:
        """One row per lead in the sheet's order, typed: see `analysis.frames.leads_frame`."""
        leads = self.fetched.leads
        return leads_frame(leads, kinds=self.plan.catalog.kinds(leads.columns))

    @cached_property
    def unread(self) -> Mapping[str, int]:
        """How many dates and numbers could not be read, by column: see `analysis.frames.unread`."""
        return unread(self.fetched.leads, self.leads)

    @cached_property
    def unread_text(self) -> pd.DataFrame:
        """The columns of `unread` as the text that came, by their schema names."""
        leads = self.fetched.leads
        came = {name: leads.columns[name] for name in self.unread}
        return raw_frame(replace(leads, columns=came))

    @cached_property
    def own(self) -> Mapping[str, str]:
        """The analyst's own columns: see `lookup.own_columns.own_names`."""
        return own_names(self)

    @cached_property
    def kept_columns(self) -> Sequence[str]:
        """The sheet's columns that files keep: see `lookup.earlier.replaced_columns`."""
        replaced = replaced_columns(self)
        return [name for name in self.sheet.table.column_names if name not in replaced]

    @cached_property
    def lead_columns(self) -> Mapping[str, str]:
        """The schema name of each column of `leads`, in their order, by its name in `table`.

        The two differ where an account has a column called `ROW`, which stands beside ours there.
        """
        names = [str(name) for name in self.leads]
        *_, beside = unique_names([*(name for name in names if name != ROW), LEADS_ROW])
        return {beside if name == ROW else name: name for name in names}

    @cached_property
    def masking(self) -> Masking:
        """How phones and e-mails are masked where the viewer wants them so."""
        return Masking(self)

    @cached_property
    def table(self) -> pd.DataFrame:
        """`leads` between `ROW`, the sheet's row that first holds the id, and the own columns."""
        leads = self.leads.set_axis([*self.lead_columns], axis="columns")
        row = pd.Series(self.plan.cells.row[entry_of_each_lead(self)], name=ROW, index=leads.index)
        return pd.concat([row, leads, own_frame(self)], axis="columns")

    @cached_property
    def oddities(self) -> Sequence[str]:
        """What was odd about the answers, a sentence each: see `lookup.report.oddities`."""
        return tuple(oddities(self))

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """Which own columns are an older state: see `lookup.own_columns.own_matches`."""
        return own_matches(self)


def run(
    sheet: Sheet,
    plan: Plan,
    *,
    client: LeadSquared,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
) -> Lookup:
    """Fetch what `plan` says and settle every row of `sheet`.

    Failures of single calls are part of the result; so is an error that ended the run early
    (`fetched.stopped_by`). Nothing that came is lost in either case.
    """
    give_back()  # what reading the sheet took
    fetched = client.leads_by_id(
        plan.ids,
        columns=plan.columns,
        on_progress=on_progress,
        stop=stop,
        refresh=plan.refresh,
    )
    lookup = settled(sheet, plan, fetched, account=client.account)
    give_back()  # what the answers took
    return lookup


def settled(
    sheet: Sheet, plan: Plan, fetched: Fetched, *, account: Account, partial: bool = False
) -> Lookup:
    """Put one fetch, the earlier one of the same account that it completes, and the sheet together.

    Args:
        sheet: The analyst's rows.
        plan: What was asked for.
        fetched: What came of it.
        account: Whose leads; only its names are kept.
        partial: Whether the fetch still runs.
    """
    whole = _completed(plan, fetched)
    return Lookup(
        sheet=sheet,
        plan=plan,
        fetched=whole,
        ledger=settle(plan.cells, whole),
        host=account.server,
        account=account.fingerprint,
        account_name=account.name,
        finished_at=time.time(),
        partial=partial,
    )


def _completed(plan: Plan, fetched: Fetched) -> Fetched:
    """Add the ids that a trial left out, and what the earlier fetch had settled."""
    not_asked = (*fetched.not_asked, *plan.left_out)
    if plan.earlier is None:
        return replace(fetched, not_asked=not_asked)
    missing = {*plan.earlier.not_found, *fetched.not_found}
    leads = LeadTable.in_order([plan.earlier.leads, fetched.leads], plan.cells.ids)
    return replace(
        fetched,
        stats=plan.earlier.stats + fetched.stats,
        leads=leads or fetched.leads,  # of no lead at all, its columns are still known
        not_found=tuple(lead_id for lead_id in plan.cells.ids if lead_id in missing),
        not_asked=not_asked,
    )
