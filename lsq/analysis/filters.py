"""Which rows are looked at: facets, and a literal search, as one value that a link can carry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.columns import Kind, kind
from lsq.analysis.text import contains

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lsq.analysis.values import Flags, Indexed

__all__ = ["IN_LINKS", "Facet", "Filters", "apply", "facet_columns", "facet_counts"]

IN_LINKS: Mapping[str, str] = MappingProxyType({"stage": "ProspectStage", "source": "Source"})
"""The only facets a link carries, by their name there: codes of the account, no personal data."""

_FIRST = ("ProspectStage", "OwnerIdName", "Source")
_MOST_VALUES = 50
_NO_FACET = frozenset({Kind.ID, Kind.PHONE, Kind.EMAIL, Kind.NAME, Kind.LINK})


@dataclass(frozen=True, slots=True)
class Facet:
    """Values chosen in one column; rows that have any of them stay.

    Attributes:
        column: The column's schema name.
        chosen: The values, each once; "(blank)" stands for none.
    """

    column: str
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """All that is chosen: a row stays when every facet and the search let it.

    Attributes:
        facets: At most one a column, in the order first chosen.
        search: Text to be found in any of `search_columns`; "" finds every row.
        search_columns: Where the search looks.
    """

    facets: tuple[Facet, ...] = ()
    search: str = ""
    search_columns: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything is chosen."""
        return bool(self.facets or self.search.strip())

    def chosen(self, column: str) -> tuple[str, ...]:
        """Return the values chosen in a column, () when it is left alone."""
        return next((facet.chosen for facet in self.facets if facet.column == column), ())

    def choose(self, column: str, values: Sequence[str]) -> Filters:
        """Return these filters with exactly `values` chosen in `column`; none leaves it alone."""
        chosen = {facet.column: facet.chosen for facet in self.facets}
        chosen[column] = tuple(dict.fromkeys(values))
        return replace(
            self, facets=tuple(Facet(name, kept) for name, kept in chosen.items() if kept)
        )

    def to_query(self) -> dict[str, list[str]]:
        """Write what a link may carry: coded values only, never names, phones or search text."""
        chosen = {name: list(self.chosen(column)) for name, column in IN_LINKS.items()}
        return {name: values for name, values in chosen.items() if values}

    @classmethod
    def from_query(cls, query: Mapping[str, str | Sequence[str]]) -> Filters:
        """Read what a link carries; everything that `to_query` would not write is ignored."""
        filters = cls()
        for name, column in IN_LINKS.items():
            values = query.get(name, ())
            filters = filters.choose(column, [values] if isinstance(values, str) else values)
        return filters


def apply(table: Indexed, filters: Filters) -> Flags:
    """Mark the rows that stay.

    Returns:
        One flag per row. A facet or search column that the table does not have cannot tell rows
        apart and lets all of them stay.
    """
    stays = np.ones(len(table), dtype=np.bool_)
    for facet in filters.facets:
        if facet.column in table:
            stays &= table.values(facet.column).having(facet.chosen)
    needle = filters.search.strip()
    columns = [column for column in filters.search_columns if column in table]
    if needle and columns:
        found = np.zeros(len(table), dtype=np.bool_)
        for column in columns:
            found |= contains(table.frame[column], needle).to_numpy()
        stays &= found
    return stays


def facet_counts(
    table: Indexed, column: str, filters: Filters, *, order: Sequence[str] = ()
) -> pd.DataFrame:
    """Count what choosing each value of a column would show.

    Values that the other filters leave without a row keep theirs with 0, so that nothing moves
    under the pointer; so does a chosen value that does not occur.

    Args:
        table: One row per lead, unfiltered.
        column: The column of the facet.
        filters: What is chosen; the choice in `column` itself is left out of account.
        order: Values that go first, in this order, e.g. the stages in business order.

    Returns:
        A row per value: `value` str, `leads` int64; after `order` the most frequent first, then
        by name.
    """
    values = table.values(column)
    totals = dict(zip(values.names, values.counts().tolist(), strict=True))
    kept = apply(table, filters.choose(column, ()))
    live = dict(zip(values.names, values.counts(kept).tolist(), strict=True))
    ordered = [value for value in order if value in totals]
    frequent = sorted(totals, key=lambda name: (-totals[name], name))
    shown = list(dict.fromkeys([*ordered, *frequent, *filters.chosen(column)]))
    return pd.DataFrame(
        {
            "value": pd.Series(shown, dtype="str"),
            "leads": np.array([live.get(name, 0) for name in shown], dtype=np.int64),
        }
    )


def facet_columns(frame: pd.DataFrame) -> tuple[str, ...]:
    """Name the columns that deserve a facet: stage, owner and source, then those of few values.

    A column of few values is text that is not a person's name, an id, a phone or an address, and
    has 2 to 50 values that repeat.
    """
    first = [column for column in _FIRST if column in frame]
    others = [str(column) for column in frame if column not in first and _deserves(frame[column])]
    return (*first, *others)


def _deserves(values: pd.Series) -> bool:
    """Say whether the values of a column are few and repeat."""
    text = isinstance(values.dtype, pd.StringDtype | pd.CategoricalDtype)
    if not text or kind(str(values.name)) in _NO_FACET:
        return False
    distinct = values.nunique()
    return 1 < distinct <= min(_MOST_VALUES, len(values) // 2)
