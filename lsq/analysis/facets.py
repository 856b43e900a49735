"""Which columns deserve a facet or a range, and the values of a facet with their live counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.columns import CONTACT_KINDS, STANDARD_NAMES, Kind
from lsq.analysis.drift import MOVEMENT, SINCE
from lsq.analysis.schema import ACTIVITY, CREATED
from lsq.analysis.stages import STAGE
from lsq.analysis.text import BLANK

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from lsq.analysis.filters import Sieve
    from lsq.analysis.values import Indexed

__all__ = ["Offer", "Sorting", "counted", "offer", "span", "tab_separated"]

_FIRST = (STAGE, "OwnerIdName", "Source", MOVEMENT)
_FIRST_RANGES = ("Score", CREATED, ACTIVITY)
_FEW, _MANY = 50, 1000
_FEW_OF_A_SMALL_SHEET = 20
_NEVER = frozenset({Kind.ID, *CONTACT_KINDS, Kind.NAME, Kind.LINK})
_RUNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NO_RANGE = frozenset({"Row", "Latitude", "Longitude"})


class Sorting(StrEnum):
    """In which order the values of a facet stand."""

    ORDER = "Order"
    COUNT = "Count"
    NAME = "Name"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a table can be filtered by.

    Attributes:
        facets: Columns whose few values repeat, the likeliest first.
        more_facets: Columns of more values, up to 1,000, that still repeat.
        ranges: The columns of numbers and days that people ask for first.
        more_ranges: All other columns of numbers and days.
        groups: The analyst's further columns: too many values to tick, but leads can be counted by
            them; numbers, and texts of which at least one repeats.
    """

    facets: tuple[str, ...]
    more_facets: tuple[str, ...]
    ranges: tuple[str, ...]
    more_ranges: tuple[str, ...]
    groups: tuple[str, ...] = ()


def offer(
    table: Indexed,
    *,
    kind: Callable[[str], Kind],
    own: Collection[str] = (),
    private: Callable[[str], bool] = lambda _: False,
) -> Offer:
    """Say what a table can be filtered by.

    Stage, owner, source and movement come first, then the analyst's own columns, then the others.
    Ids, names, phones, e-mails and links never become facets. That a column holds phones or e-mails
    is only guessed by its name, `Email sent`, unless it is a standard one: its content decides.

    Args:
        table: One row per lead.
        kind: What a column holds.
        own: The analyst's own columns; those whose values are all numbers may have a range.
        private: Whether the content of a column turned out to be phones or e-mails.
    """
    named = [str(column) for column in table.frame]
    order = dict.fromkeys([*_FIRST, *(name for name in named if name in own), *named])
    asked = [name for name in order if name in table and _may_be_asked(name, kind, private)]
    spans = {name for name in asked if _has_span(table, name, own)}
    sizes = {
        name: size
        for name in asked
        if (size := _distinct(table, name, as_kind=kind(name), of_few=name not in spans))
    }
    few = [name for name in sizes if name in _FIRST or (sizes[name] <= _FEW and name != SINCE)]
    scales = [name for name in asked if name not in few and name in spans]
    first = [name for name in _FIRST_RANGES if name in scales]
    many = [name for name in sizes if name not in few and name not in scales]
    rest = [name for name in asked if name in own and name not in {*few, *many}]
    return Offer(
        facets=tuple(few),
        more_facets=tuple(many),
        ranges=tuple(first),
        more_ranges=tuple(name for name in scales if name not in first),
        groups=tuple(name for name in rest if name in scales or _repeats(table, name)),
    )


def counted(
    sieve: Sieve, column: str, *, by: Sorting = Sorting.ORDER, order: Sequence[str] = ()
) -> list[tuple[str, int]]:
    """Count for each value of a column the rows that have it and pass all other filters.

    That is what choosing the value alone would show. Values without such a row keep theirs with 0,
    so that nothing moves under the pointer; so does a chosen value that does not occur.

    Args:
        sieve: The filters at work.
        column: The column of the facet.
        by: The order of the values. By `Sorting.ORDER` the names in `order` go first, then the
            most frequent whatever is filtered.
        order: Values in business order, e.g. the stages.

    Returns:
        Each value with its count; equals stand by name, "(blank)" last.
    """
    values = sieve.table.values(column)
    totals = dict(zip(values.names, values.counts().tolist(), strict=True))
    live = dict(zip(values.names, values.counts(sieve.without(column)).tolist(), strict=True))
    names = sorted(totals, key=lambda name: (name == BLANK, name.casefold(), name))
    if by is Sorting.COUNT:
        names.sort(key=lambda name: -live[name])
    elif by is Sorting.ORDER:
        place = {name: at for at, name in enumerate(order)}
        names.sort(key=lambda name: (place.get(name, len(place)), -totals[name]))
    absent = [name for name in sieve.filters.chosen(column) if name not in totals]
    return [(name, live.get(name, 0)) for name in [*names, *absent]]


def span(table: Indexed, column: str) -> tuple[float, float]:
    """Return the least and the greatest number of a column that has some, see `Indexed.numbers`."""
    numbers = table.numbers(column)
    return float(np.nanmin(numbers)), float(np.nanmax(numbers))


def tab_separated(head: str, counts: Sequence[tuple[str, int]]) -> str:
    """Write values with their counts so that they can be pasted into a sheet.

    A text that a spreadsheet program would run as a formula gets an apostrophe before it.
    """
    rows = [(_for_a_cell(text), str(number)) for text, number in [(head, "Leads"), *counts]]
    return "\n".join("\t".join(row) for row in rows)


def _for_a_cell(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_RUNS) else line


def _may_be_asked(name: str, kind: Callable[[str], Kind], private: Callable[[str], bool]) -> bool:
    never = kind(name) in (_NEVER if name in STANDARD_NAMES else _NEVER - CONTACT_KINDS)
    return not never and (name in _FIRST or not private(name))


def _distinct(table: Indexed, name: str, *, as_kind: Kind, of_few: bool) -> int:
    """Count the distinct values of a column that may be a facet; 0 of any other.

    Args:
        table: One row per lead.
        name: The column.
        as_kind: What it holds.
        of_few: Whether most rows of a small sheet may have a value of their own, if not all have.
    """
    column = table.frame[name]
    if not isinstance(column.dtype, pd.StringDtype | pd.CategoricalDtype):
        return 0
    # Few values that repeat are a category, unless they were taken for phones.
    text = isinstance(column.dtype, pd.StringDtype) and len(column) > 2 * _MANY
    if text and (as_kind not in CONTACT_KINDS or column.nunique() > _MANY):
        return 0
    distinct = len(table.values(name).names)
    repeats = 1 < distinct <= min(_MANY, len(column) // 2)
    if not repeats and of_few and distinct <= _FEW_OF_A_SMALL_SHEET:
        repeats = _repeats(table, name)
    return distinct if repeats or name in _FIRST else 0


def _repeats(table: Indexed, name: str) -> bool:
    """Tell whether a column has several values, and not another one in each row."""
    there = table.frame[name][table.filled(name)]
    return bool(1 < there.nunique() < len(there))


def _has_span(table: Indexed, name: str, own: Collection[str]) -> bool:
    dtype = table.frame[name].dtype
    text = isinstance(dtype, pd.StringDtype | pd.CategoricalDtype)
    if name in _NO_RANGE or (text and not (name in own and _all_numbers(table, name))):
        return False
    numbers = table.numbers(name)
    there = numbers[~np.isnan(numbers)]
    return there.size > 0 and bool(np.ptp(there) > 0)


def _all_numbers(table: Indexed, name: str) -> bool:
    """Tell whether each value of a column of text is a number, blanks apart."""
    return bool((~np.isnan(table.numbers(name)) == table.filled(name)).all())
