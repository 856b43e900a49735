"""Leads as they stand in a file or in Redis: one JSON text a lead, on the shelf of its columns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from types import NoneType
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from lsq.api.models import LeadTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lsq.api.lead_id import LeadId

__all__ = ["CHUNK", "Entry", "Shelf", "chunks", "decoded", "encoded"]

CHUNK = 1000
"""Leads that are read at a time, so that many of them never stand decoded twice."""

Item = TypeVar("Item")

_in_json = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Shelf:
    """What leads that were fetched with the same columns have in common.

    Attributes:
        columns: The names of their values, sorted.
        absent: Those that came back for no lead of their page, sorted.
    """

    columns: tuple[str, ...]
    absent: tuple[str, ...] = ()

    @staticmethod
    def of(page: LeadTable) -> Shelf:
        """Return the shelf on which the leads of a page stand."""
        return Shelf(tuple(sorted(page.columns)), tuple(sorted(page.absent)))

    @staticmethod
    def read(text: str | bytes) -> Shelf:
        """Read what `written` returned."""
        columns, absent = json.loads(text)
        return Shelf(tuple(columns), tuple(absent))

    def written(self) -> str:
        """Return the shelf as one line of ASCII, the same for equal shelves."""
        return _in_json([self.columns, self.absent])

    def holds(self, columns: Sequence[str]) -> bool:
        """Tell whether its leads have all of `columns`."""
        return set(self.columns).issuperset(columns)


class Entry(NamedTuple):
    """One lead as it was kept."""

    id: LeadId
    shelf: Shelf
    fetched_at: float
    values: str


def chunks(items: Sequence[Item], size: int = CHUNK) -> Iterator[Sequence[Item]]:
    """Cut `items` into parts of at most `size`, in order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def encoded(page: LeadTable, shelf: Shelf) -> Iterator[str]:
    """Yield the values of every lead as a JSON list in ASCII, in the order of the shelf."""
    return map(_in_json, zip(*(page.columns[name] for name in shelf.columns), strict=True))


def decoded(entries: Sequence[Entry], columns: Sequence[str]) -> LeadTable:
    """Return entries as a table of `columns`.

    Raises:
        ValueError: For an entry that is not what `encoded` wrote.
    """
    rows = json.loads(f"[{','.join([entry.values for entry in entries])}]")
    if len(rows) != len(entries) or not all(type(row) is list for row in rows):
        message = "not one list of values a lead"
        raise ValueError(message)
    parts, together = [], iter(rows)
    for shelf, run in groupby(entries, key=attrgetter("shelf")):
        same = list(run)
        parts.append(_table(same, shelf, list(islice(together, len(same))), columns))
    return LeadTable.concat(parts)


def _table(
    entries: Sequence[Entry], shelf: Shelf, rows: list[list[object]], columns: Sequence[str]
) -> LeadTable:
    by_name = dict(zip(shelf.columns, zip(*rows, strict=True), strict=True))
    return LeadTable(
        ids=[entry.id for entry in entries],
        columns={name: _texts(by_name[name]) for name in columns},
        fetched_at=[entry.fetched_at for entry in entries],
        absent=frozenset(shelf.absent).intersection(columns),
    )


def _texts(values: Sequence[object]) -> Sequence[str | None]:
    if not {str, NoneType}.issuperset(map(type, values)):
        message = "a value that is no text"
        raise ValueError(message)
    return cast("Sequence[str | None]", values)
