"""What crosses rooms: frozen dataclasses of columns, never lists of dicts or of row objects."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from lsq.api.lead_table import LeadRow, LeadTable
from lsq.api.text_column import TextColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.api.errors import LsqError
    from lsq.api.lead_id import LeadId

__all__ = [
    "FetchStats",
    "Fetched",
    "Field",
    "LeadRow",
    "LeadTable",
    "Oddities",
    "Outcome",
    "Progress",
    "TextColumn",
]


class Outcome(StrEnum):
    """What became of one entry of a sheet; the words stand in ledgers, files and reports."""

    FOUND = "found"
    NOT_FOUND = "not found"
    FAILED = "failed"
    NOT_ASKED = "not asked"
    DUPLICATE = "duplicate"
    BLANK = "blank"
    INVALID = "not an id"
    TO_FETCH = "to fetch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddities:
    """What was odd about answers whose leads could be used all the same.

    Attributes:
        unasked: Leads that came without being asked for; they are left out.
        repeated: Leads that came more than once; the one modified last is kept.
        doubled: Objects, leads mostly, with two values under one key; the last one holds.
        damaged: Values with U+FFFD in place of what could not be read.
        miscounted: Answers whose own count of leads was not how many came.
    """

    unasked: int = 0
    repeated: int = 0
    doubled: int = 0
    damaged: int = 0
    miscounted: int = 0

    def __add__(self, other: Oddities) -> Oddities:
        """Count those of several answers."""
        both = ((each.name, (self, other)) for each in fields(self))
        return Oddities(**{name: sum(getattr(one, name) for one in two) for name, two in both})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of an account's leads, as the account itself describes it.

    Attributes:
        name: Its schema name.
        label: What the account calls it.
        type: LeadSquared's DataType, such as Text, Number, Date, Phone or Select; "" if unsaid.
        options: The values to choose from, in the order sent.
    """

    name: str
    label: str
    type: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchStats:
    """What a fetch cost and what was odd about its answers.

    Attributes:
        calls: Attempts that went to the server, retries included.
        retries: Attempts that repeated an earlier one.
        limited: Answers that said the account's rate limit was exceeded.
        from_cache: Leads that were still fresh and not asked for.
        elapsed_s: From the call to the result, in seconds.
        odd: What was odd about the answers.
        max_calls: Calls per window in force at the end, learned from refusals.
        window_s: That window, in seconds.
        alone_calls: Calls per window that it kept to, its part of the limit, while that could not
            be shared with other processes; 0 if it always could.
    """

    calls: int = 0
    retries: int = 0
    limited: int = 0
    from_cache: int = 0
    elapsed_s: float = 0.0
    odd: Oddities = field(default_factory=Oddities)
    max_calls: int = 0
    window_s: float = 0.0
    alone_calls: int = 0

    def __add__(self, later: FetchStats) -> FetchStats:
        """Say what two fetches cost, one after the other; the limit is that of the later one."""
        limit = later if later.max_calls else self
        return FetchStats(
            calls=self.calls + later.calls,
            retries=self.retries + later.retries,
            limited=self.limited + later.limited,
            from_cache=self.from_cache + later.from_cache,
            elapsed_s=self.elapsed_s + later.elapsed_s,
            odd=self.odd + later.odd,
            max_calls=limit.max_calls,
            window_s=limit.window_s,
            alone_calls=later.alone_calls or self.alone_calls,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The ledger of one fetch: every distinct id asked for is in exactly one of the four.

    Attributes:
        leads: The leads that came or were still fresh, in the order asked.
        not_found: Ids that LeadSquared left out of its answer, asked twice.
        failed: Ids whose call failed, each with its error.
        not_asked: Ids whose turn had not come when the fetch stopped.
        stats: What it cost.
        stopped_by: The error that ended the run early (keys refused, say), or None.
    """

    leads: LeadTable
    not_found: tuple[LeadId, ...] = ()
    failed: Mapping[LeadId, LsqError] = field(default_factory=dict)
    not_asked: tuple[LeadId, ...] = ()
    stats: FetchStats = field(default_factory=FetchStats)
    stopped_by: LsqError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A look at a running fetch.

    Attributes:
        done: Ids settled so far (returned or from the cache, not found, failed).
        total: Distinct ids of the run.
        leads: Leads here so far, those from the cache included.
        from_cache: How many of them were still fresh and not asked for.
        calls_answered: Calls that came back, failures included.
        calls_planned: Calls the run expects to make, as known now.
        retried: Attempts that repeated an earlier one.
        limited: Refusals by the rate limit so far.
        waiting_s: Seconds until the limiter lets the next call go; 0 while calls are free.
        free_calls: Calls free in the window now.
        max_calls: Calls per window in force.
        window_s: That window, in seconds.
        alone: Whether the limit cannot be shared with other processes at the moment, so that
            `max_calls` is this one's part of it.
        elapsed_s: Since the start of the run, in seconds.
    """

    done: int = 0
    total: int = 0
    leads: int = 0
    from_cache: int = 0
    calls_answered: int = 0
    calls_planned: int = 0
    retried: int = 0
    limited: int = 0
    waiting_s: float = 0.0
    free_calls: int = 0
    max_calls: int = 0
    window_s: float = 0.0
    alone: bool = False
    elapsed_s: float = 0.0
