"""Which rows are looked at: values of columns and ranges, as one value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from lsq.analysis.scales import day_bounds, only_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lsq.analysis.values import Flags, Indexed

__all__ = ["Bound", "Facet", "Filters", "Range", "Sieve", "apply"]

Bound: TypeAlias = float | date | None
"""One end of a range; None leaves it open."""


@dataclass(frozen=True, slots=True)
class Facet:
    """Values chosen in one column: the rows that have any of them stay, or just those go.

    Attributes:
        column: The column's schema name.
        chosen: The values, each once; "(blank)" stands for none. Without any, every row stays.
        excluded: Whether the rows that have one of the values go.
    """

    column: str
    chosen: tuple[str, ...] = ()
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers or days that stay, both ends included.

    Attributes:
        column: The column's schema name.
        low: The least number or the first day.
        high: The greatest number or the last day.
        blank: Whether rows without a value stay too; with both ends open, they alone.
        zone: Where the days begin and end, by its IANA name; not used for columns of days
            without times, which begin everywhere alike, nor for numbers.
    """

    column: str
    low: Bound = None
    high: Bound = None
    blank: bool = False
    zone: str = "UTC"

    def __bool__(self) -> bool:
        """Say whether it can keep any row out."""
        return self.blank or self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Filters:
    """All that is chosen: a row stays when every facet and every range let it.

    Attributes:
        facets: At most one a column, in the order first chosen.
        ranges: At most one a column, in the order first chosen.
    """

    facets: tuple[Facet, ...] = ()
    ranges: tuple[Range, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything is filtered."""
        return bool(any(f.chosen for f in self.facets) or self.ranges)

    @property
    def columns(self) -> frozenset[str]:
        """The columns that have a facet or a range."""
        return frozenset([f.column for f in self.facets] + [r.column for r in self.ranges])

    def facet(self, column: str) -> Facet:
        """Return what is chosen in a column; an empty facet when it is left alone."""
        return next((each for each in self.facets if each.column == column), Facet(column))

    def chosen(self, column: str) -> tuple[str, ...]:
        """Return the values chosen in a column, () when it is left alone."""
        return self.facet(column).chosen

    def range(self, column: str) -> Range:
        """Return the range of a column, open at both ends when it is left alone."""
        return next((each for each in self.ranges if each.column == column), Range(column))

    def choose(self, column: str, values: Sequence[str], *, excluded: bool = False) -> Filters:
        """Return these filters with exactly `values` chosen in `column`; none leaves it alone."""
        return self._with(Facet(column, tuple(dict.fromkeys(values)), excluded))

    def tick(self, column: str, values: Collection[str], *, on: bool) -> Filters:
        """Return these filters with `values` chosen in `column`, or not, beside its others."""
        facet = self.facet(column)
        kept = [value for value in facet.chosen if on or value not in values]
        chosen = tuple(dict.fromkeys([*kept, *(values if on else ())]))
        return self._with(replace(facet, chosen=chosen))

    def exclude(self, column: str, *, on: bool) -> Filters:
        """Return these filters with the values chosen in `column` kept out, or kept."""
        return self._with(replace(self.facet(column), excluded=on))

    def invert(self, column: str, values: Sequence[str]) -> Filters:
        """Return these filters with those of `values` chosen in `column` that were not."""
        facet = self.facet(column)
        chosen = tuple(value for value in dict.fromkeys(values) if value not in facet.chosen)
        return self._with(replace(facet, chosen=chosen))

    def limit(self, wanted: Range) -> Filters:
        """Return these filters with this range for its column; ends given crosswise are turned."""
        low, high = wanted.low, wanted.high
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            wanted = replace(wanted, low=high, high=low)
        others = {each.column: each for each in self.ranges}
        others[wanted.column] = wanted
        return replace(self, ranges=tuple(filter(None, others.values())))

    def without(self, column: str) -> Filters:
        """Return these filters with the column left alone."""
        return self.choose(column, ()).limit(Range(column))

    def _with(self, facet: Facet) -> Filters:
        others = {each.column: each for each in self.facets}
        others[facet.column] = facet
        kept = (each for each in others.values() if each.chosen or each.excluded)
        return replace(self, facets=tuple(kept))


class Sieve:
    """Filters at work on a table: what each lets through is found out once.

    A facet or range of a column that the table does not have cannot tell rows apart and lets all of
    them stay.
    """

    def __init__(self, table: Indexed, filters: Filters) -> None:
        """Find out which rows each filter lets through."""
        self.table, self.filters = table, filters
        self._passed: list[tuple[str, Flags]] = [
            *((f.column, _by_facet(table, f)) for f in filters.facets if _works(table, f)),
            *((r.column, _by_range(table, r)) for r in filters.ranges if r.column in table),
        ]

    @cached_property
    def kept(self) -> Flags:
        """The rows that all filters let through."""
        return self._all(flags for _, flags in self._passed)

    def without(self, column: str) -> Flags:
        """Return the rows that all filters but those of one column let through."""
        others = [flags for name, flags in self._passed if name != column]
        return self.kept if len(others) == len(self._passed) else self._all(others)

    def _all(self, passed: Iterable[Flags]) -> Flags:
        stays = np.ones(len(self.table), dtype=np.bool_)
        for flags in passed:
            stays &= flags
        return stays


def apply(table: Indexed, filters: Filters) -> Flags:
    """Mark the rows that stay: one flag per row, see `Sieve`."""
    return Sieve(table, filters).kept


def _works(table: Indexed, facet: Facet) -> bool:
    return bool(facet.chosen) and facet.column in table


def _by_facet(table: Indexed, facet: Facet) -> Flags:
    return table.values(facet.column).having(facet.chosen) ^ facet.excluded


def _by_range(table: Indexed, wanted: Range) -> Flags:
    numbers = table.numbers(wanted.column)
    blank = np.isnan(numbers)
    if wanted.low is None and wanted.high is None:
        return blank if wanted.blank else np.ones(len(table), dtype=np.bool_)
    zone = "UTC" if only_days(table.frame[wanted.column]) else wanted.zone
    low, high = _ends(wanted, zone=zone)
    # A missing value is in no range: every comparison with it is false.
    inside = (numbers >= low) & (numbers <= high)
    return inside | blank if wanted.blank else inside


def _ends(wanted: Range, *, zone: str) -> tuple[float, float]:
    """Return both ends as numbers; days as microseconds since the epoch, the last one's end too."""
    low, high = wanted.low, wanted.high
    if isinstance(low, date):
        low, _ = day_bounds(low, zone)
    if isinstance(high, date):
        _, high = day_bounds(high, zone)
    return -np.inf if low is None else low, np.inf if high is None else high
