"""Leads as columns of raw text: what a page holds, and what pages are put together to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import eq, lt
from typing import TYPE_CHECKING, overload

from lsq.api.text_column import TextColumn

if TYPE_CHECKING:
    from lsq.api.lead_id import LeadId

__all__ = ["LeadRow", "LeadTable"]


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
        pages = {table.ids[0]: table for table in tables if len(table)}
        joined = LeadTable.concat([pages[id_] for id_ in ids if id_ in pages])
        if joined.ids == ids:
            return joined
        place_of = {id_: place for place, id_ in enumerate(ids)}
        places = [place_of[id_] for id_ in joined.ids]
        if all(map(lt, places, places[1:])):
            return joined
        return joined.take(sorted(range(len(places)), key=places.__getitem__))


def _taken(values: Sequence[str | None], rows: Sequence[int]) -> TextColumn:
    at_hand = list(values)  # cut out once, not once more for every row
    return TextColumn([at_hand[row] for row in rows])
