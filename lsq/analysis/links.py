"""What a link carries of the filters: so much that it repeats the view, and nothing of a person.

Values of coded columns (stages, sources, choices, flags), ranges of numbers and days, and the
direction in which leads have moved. Never names, owners, phones, e-mails, ids, search text, free
text or anything of the analyst's own columns. A facet or range is carried whole or not at all.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lsq.analysis.columns import STANDARD_NAMES, Kind
from lsq.analysis.drift import MOVEMENT, SINCE, Movement
from lsq.analysis.filters import Filters, Range
from lsq.analysis.masks import masked_text
from lsq.analysis.scales import FIRST_DAY, LAST_DAY, number_of
from lsq.analysis.stages import STAGE
from lsq.analysis.text import BLANK

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from lsq.analysis.filters import Bound, Facet

__all__ = ["MOST_CHARACTERS", "RESERVED", "SHORT", "Links"]

SHORT: Mapping[str, str] = MappingProxyType(
    {STAGE: "stage", "Source": "source", MOVEMENT: "movement"}
)
"""Columns that a link calls by another name than their own."""

RESERVED = frozenset({"job", "cols", "sort", "embed", "embed_options", *SHORT.values()})
"""Names in an address that stand for something else than a column."""

MOST_CHARACTERS = 2000
_MOST_VALUES = 60
_LONGEST = 100
_NOT = ".not"
_TO = ".."
_IN = "@"
_CODED = frozenset({Kind.CHOICE, Kind.FLAG})
_SCALES = frozenset({Kind.NUMBER, Kind.DATE})
_NAME = re.compile(r"[A-Za-z]\w{0,79}", re.ASCII)
_FORM = re.compile(r"mx\d*_\w+", re.ASCII)
_ZONE = re.compile(r"[A-Za-z]\w*(?:[/+-]\w+)*", re.ASCII)
_UNSPOKEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What a link may carry of one table.

    Attributes:
        columns: The columns of the table.
        kind: What a column holds.
        private: Whether a column is about persons; asked of those that could be carried.
        person: Whether a value is a person's name: sources may be people who referred a lead.
        own: The analyst's own columns; a link knows nothing of them.
        zone: In which days of a link that names none are taken up, by its IANA name.
    """

    columns: Collection[str]
    kind: Callable[[str], Kind]
    private: Callable[[str], bool]
    person: Callable[[str], bool] = lambda _value: False
    own: Collection[str] = ()
    zone: str = "UTC"

    def write(self, filters: Filters) -> dict[str, list[str]]:
        """Return the parameters of a link, at most 2,000 characters of them in all."""
        written: dict[str, list[str]] = {}
        for found in (*map(self._of_facet, filters.facets), *map(self._of_range, filters.ranges)):
            if _length({**written, **found}) <= MOST_CHARACTERS:
                written |= found
        return written

    def read(self, query: Mapping[str, Sequence[str]]) -> Filters:
        """Take up the parameters of a link; all that `write` would not write is ignored."""
        filters = Filters()
        named = {SHORT.get(column, column): column for column in self.columns}
        for name, column in named.items():
            given = {not_: tuple(dict.fromkeys(query.get(name + not_, ()))) for not_ in ("", _NOT)}
            if not any(given.values()) or not self._carried(column):
                continue
            for not_, values in given.items():
                filters = self._taken(filters, column, values, excluded=bool(not_))
        return filters

    def _taken(
        self, filters: Filters, column: str, values: Sequence[str], *, excluded: bool
    ) -> Filters:
        if self.kind(column) in _SCALES:
            ours = values and not excluded
            return filters.limit(self._range(column, values)) if ours else filters
        ours = values and self._may_be_told(column, values)
        return filters.choose(column, values, excluded=excluded) if ours else filters

    def is_ours(self, name: str) -> bool:
        """Tell by its form whether a parameter of an address says a filter, of any table."""
        column = name.removesuffix(_NOT)
        if column in RESERVED:
            return column in SHORT.values()
        known = column in STANDARD_NAMES or _FORM.fullmatch(column)
        return bool(known) or (column in self.columns and column not in self.own)

    def _carried(self, column: str) -> bool:
        if column in self.own:
            return False
        if column in SHORT:
            return True
        usable = column not in {*RESERVED, SINCE} and _NAME.fullmatch(column)
        known = self.kind(column) in _CODED | _SCALES
        return bool(usable) and known and not self.private(column)

    def _of_facet(self, facet: Facet) -> dict[str, list[str]]:
        carried = facet.column in self.columns and self._carried(facet.column)
        coded = carried and self.kind(facet.column) not in _SCALES
        if not coded or not self._may_be_told(facet.column, facet.chosen):
            return {}
        name = SHORT.get(facet.column, facet.column) + (_NOT if facet.excluded else "")
        return {name: list(facet.chosen)}

    def _may_be_told(self, column: str, values: Sequence[str]) -> bool:
        """Tell whether values are few and short, and none a person or holding a phone or e-mail."""
        if column == MOVEMENT:
            return set(values) <= set(Movement)
        few = 0 < len(values) <= _MOST_VALUES and all(map(_is_plain, values))
        return few and (column == STAGE or not any(map(self.person, values)))

    def _of_range(self, wanted: Range) -> dict[str, list[str]]:
        column = wanted.column
        carried = column in self.columns and self._carried(column)
        if not carried or self.kind(column) not in _SCALES:
            return {}
        zone = f"{_IN}{wanted.zone}" if self.kind(column) is Kind.DATE else ""
        ends = [f"{_written(wanted.low)}{_TO}{_written(wanted.high)}{zone}"]
        if wanted.low is None and wanted.high is None:
            ends = []
        return {column: [*ends, *([BLANK] if wanted.blank else [])]}

    def _range(self, column: str, values: Sequence[str]) -> Range:
        """Read a range; an end that cannot be read is open."""
        days = self.kind(column) is Kind.DATE
        given = next((value for value in values if _TO in value), "")
        ends, _, zone = given[:_LONGEST].partition(_IN)
        low, _, high = ends.partition(_TO)
        first, last = (_day(end) if days else _number(end) for end in (low, high))
        zone = (zone if _is_zone(zone) else self.zone) if days else "UTC"
        return Range(column, first, last, blank=BLANK in values, zone=zone)


def _is_plain(value: str) -> bool:
    """Tell whether a value is short and no mask would change it."""
    short = 0 < len(value) <= _LONGEST
    return short and not _UNSPOKEN.search(value) and masked_text(value) == value


def _length(query: Mapping[str, Sequence[str]]) -> int:
    return sum(len(quote_plus(f"{name}={value}")) + 1 for name in query for value in query[name])


def _written(bound: Bound) -> str:
    if bound is None or isinstance(bound, date):
        return "" if bound is None else bound.isoformat()
    return str(int(bound)) if float(bound).is_integer() else repr(float(bound))


def _number(text: str) -> float | None:
    number = number_of(text)
    return None if math.isnan(number) else number


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _is_zone(name: str) -> bool:
    try:
        return bool(_ZONE.fullmatch(name)) and bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
