"""What crosses rooms: frozen dataclasses of columns, never lists of dicts or of row objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from itertools import chain
from operator import eq, lt
from typing import TYPE_CHECKING, overload

from lsq.api.text_column import TextColumn

if TYPE_CHECKING:
    from lsq.api.errors import LsqError
    from lsq.api.lead_id import LeadId

__all__ = ["FetchStats", "Fetched", "LeadRow", "LeadTable", "Oddities", "Outcome", "Progress"]


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


class LeadRow(Mapping[str, str | None]):
    """One lead of a `LeadTable`: a view, holding nothing of its own."""

    __slots__ = ("_columns", "_index")

    def __init__(self, columns: Mapping[str, Sequence[str | None]], index: int) -> None:
        """View row `index` of `columns`."""
        self._columns = columns
        self._index = index

    def __getitem__(self, column: str) -> str | None:
        """Return the lead's raw text in `column`; None where LeadSquared sent null or no key."""
        return self._columns[column][self._index]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the column names."""
        return iter(self._columns)

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._columns)

    def __repr__(self) -> str:
        """Show the row as the dict it stands for."""
        return f"LeadRow({dict(self)!r})"


@dataclass(frozen=True, slots=True, eq=False)
class LeadTable(Sequence[Mapping[str, str | None]]):
    """Leads as columns of raw text; one row per lead, every id once.

    Attributes:
        ids: The lead ids, normalised, in the order asked.
        columns: `ProspectID` first, then the columns asked for in that order, then what the server
            sent unasked. Values are the raw text of the answer; None for null and for no key.
        fetched_at: When each lead came, in seconds since the epoch.
        absent: Columns asked for that came back for no lead at all: LeadSquared leaves out a name
            it does not know without saying so. They stand in `columns` as all None.

    Pages and their joins hold `TextColumn`s, which take a third of the room of lists.
    """

    ids: Sequence[LeadId] = ()
    columns: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    fetched_at: Sequence[float] = ()
    absent: frozenset[str] = frozenset()

    def __len__(self) -> int:
        """Count the leads."""
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> LeadRow: ...

    @overload
    def __getitem__(self, index: slice) -> LeadTable: ...

    def __getitem__(self, index: int | slice) -> LeadRow | LeadTable:
        """Return one lead as a view, or a part of the table."""
        rows = range(len(self.ids))[index]
        return LeadRow(self.columns, rows) if isinstance(rows, int) else self.take(rows)

    def take(self, rows: Sequence[int]) -> LeadTable:
        """Return the rows at these positions, in this order; neighbours share their pages."""
        first = rows[0] if len(rows) else 0
        end = first + len(rows)
        if first >= 0 and all(map(eq, rows, range(first, end))):
            return replace(
                self,
                ids=self.ids[first:end],
                columns={name: TextColumn(all_)[first:end] for name, all_ in self.columns.items()},
                fetched_at=self.fetched_at[first:end],
            )
        return LeadTable(
            ids=[self.ids[row] for row in rows],
            columns={name: _taken(values, rows) for name, values in self.columns.items()},
            fetched_at=[self.fetched_at[row] for row in rows],
            absent=self.absent,
        )

    @staticmethod
    def concat(tables: Sequence[LeadTable]) -> LeadTable:
        """Join tables one below the other; a column that a table lacks is None for its rows."""
        tables = [table for table in tables if len(table)]
        names = dict.fromkeys(chain.from_iterable(table.columns for table in tables))
        return LeadTable(
            ids=list(chain.from_iterable(table.ids for table in tables)),
            columns={
                name: TextColumn(
                    *(table.columns.get(name) or [None] * len(table) for table in tables)
                )
                for name in names
            },
            fetched_at=list(chain.from_iterable(table.fetched_at for table in tables)),
            absent=frozenset.intersection(*(t.absent for t in tables)) if tables else frozenset(),
        )

    @staticmethod
    def in_order(tables: Sequence[LeadTable], ids: Sequence[LeadId]) -> LeadTable:
        """Join tables whose ids are all among `ids`, each once, and put the leads in their order.

        Pages are mostly runs of the ids, so that sorting them leaves nothing else to be moved.
        """
        place_of = {id_: place for place, id_ in enumerate(ids)}
        pages = [table for table in tables if len(table)]
        pages.sort(key=lambda page: place_of[page.ids[0]])
        joined = LeadTable.concat(pages)
        places = [place_of[id_] for id_ in joined.ids]
        if all(map(lt, places, places[1:])):
            return joined
        return joined.take(sorted(range(len(places)), key=places.__getitem__))


def _taken(values: Sequence[str | None], rows: Sequence[int]) -> TextColumn:
    at_hand = list(values)  # cut out once, not once more for every row
    return TextColumn([at_hand[row] for row in rows])


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
