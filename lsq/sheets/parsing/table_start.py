"""Where the table starts: preamble lines above it, and the row or rows of names."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, takewhile
from operator import itemgetter
from statistics import median_high
from typing import TYPE_CHECKING, NamedTuple

from lsq.sheets.id_shape import ID_IN_TEXT, holds_id
from lsq.sheets.parsing.column_name import names_ids, names_leads, tells_of_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Start", "digit_columns", "find_start", "is_names", "looks_like_value"]

_BODY_SAMPLE = 50
_MOST_NAME_ROWS = 3
_MOSTLY = 0.9
_VALUE = re.compile(r"[+(]?\d[\d ,./:()+-]*%?|\S+@\S+\.\S+")
"""A number, date, phone or e-mail address: hardly ever the name of a column."""

_DIGIT = re.compile(r"\d")


class Start(NamedTuple):
    """Positions in the records: of the rows of names (none without), of the first data row."""

    names: tuple[int, ...]
    first: int


def find_start(records: Sequence[Sequence[str]]) -> Start:
    """Find the row of names: the first row without ids, as full as the rows below.

    A line that is mostly empty beside the rows below is preamble; so is one of another width where
    there is one of the right width. A row in which an id stands alone in a cell is never preamble.
    When the first full row holds an id, or looks like values, the table has no row of names. Rows
    right below the names that have words where all others have digits are names too.
    """
    with_ids = [i for i, record in enumerate(records) if any(map(holds_id, record))]
    body = [records[i] for i in with_ids[:_BODY_SAMPLE]] or records
    first = _first_row(records, with_ids)
    position = _names_above(records, first, body)
    run = list(takewhile(lambda record: _is_like(record, records[first]), records[first:]))
    if run and (position is None or len(records[position]) != _usual_width(body)):
        # Rows of another width than most may be a table of their own, above a longer one.
        own = _names_above(records, first, run)
        if own is not None and (position is None or len(run) > 1):
            position, body = own, run
    if position is None:
        return Start((), with_ids[0] if with_ids else 0)
    names = records[position]
    if not (_looks_like_names(_filled(names)) or _named_ids(names, _places_of_ids(body))):
        return Start((), position)
    return _with_more_names(records, position)


def _names_above(
    records: Sequence[Sequence[str]], first: int, body: Sequence[Sequence[str]]
) -> int | None:
    """Return the position of the row of names above `first` that fits these rows."""
    fullness, width, places = _fullness(body), _usual_width(body), _places_of_ids(body)
    for enough in (fullness // 2 + 1, (fullness + 1) // 2):
        full = [i for i in range(first) if len(_filled(records[i])) >= enough]
        rows = {i for i in full if any(map(holds_id, records[i]))}
        no_row = takewhile(lambda i: i not in rows or len(records[i]) != width, full)  # noqa: B023 - used at once
        above = [i for i in no_row if i not in rows]
        if above:
            fits = [i for i in above if len(records[i]) == width]
            named = (i for i in (*fits, *above) if _named_ids(records[i], places))
            return next(named, (fits or above)[0])
    return None


def _first_row(records: Sequence[Sequence[str]], with_ids: Sequence[int]) -> int:
    """Return the position of the first record that is surely a row: of ids alone, or named so."""
    places = _places_of_ids(records[i] for i in with_ids[:_BODY_SAMPLE])
    named: dict[int, int] = {}
    for position, record in enumerate(records):
        for place in _named_ids(record, places):
            named.setdefault(place, position)
    for position in with_ids:
        record = records[position]
        own = _places_of_ids([record])
        if _is_row(record) or any(named.get(place, position) < position for place in own):
            return position
    return len(records)


def _places_of_ids(records: Iterable[Sequence[str]]) -> set[int]:
    return {place for record in records for place, cell in enumerate(record) if holds_id(cell)}


def _named_ids(record: Sequence[str], places: Iterable[int]) -> list[int]:
    """Return those places of ids whose cells here name them; numbers beside them are names then."""
    cells = ((place, record[place]) for place in places if place < len(record))
    return [p for p, cell in cells if names_ids(cell) or names_leads(cell)]


def _usual_width(records: Sequence[Sequence[str]]) -> int:
    return max(Counter(map(len, records)).items(), key=itemgetter(1), default=(0, 0))[0]


def _is_row(record: Sequence[str]) -> bool:
    """Tell whether an id stands alone in a cell; text in one cell, such as a title, may hold one.

    Without white space it may also be part of a link, among other cells.
    """
    alone = len(_filled(record)) == 1
    return any(
        holds_id(cell) and (_is_id(cell) or not (alone or any(map(str.isspace, cell.strip()))))
        for cell in record
    )


def _is_id(cell: str) -> bool:
    return not any(map(str.isalnum, ID_IN_TEXT.sub("", cell)))


def _is_like(record: Sequence[str], other: Sequence[str]) -> bool:
    return len(record) == len(other) and any(map(holds_id, record))


def digit_columns(records: Iterable[Sequence[str]]) -> tuple[int, ...]:
    """Return the columns of which nearly every filled cell has a digit: ids, dates, numbers."""
    filled: dict[int, int] = {}
    with_digit: dict[int, int] = {}
    for record in records:
        for place, cell in enumerate(record):
            if cell.strip():
                filled[place] = filled.get(place, 0) + 1
                with_digit[place] = with_digit.get(place, 0) + (_DIGIT.search(cell) is not None)
    return tuple(
        sorted(place for place, count in filled.items() if with_digit[place] >= count * _MOSTLY)
    )


def is_names(record: Sequence[str], digits: Sequence[int]) -> bool:
    """Tell whether a row has words, and no digit, in at least two of the columns of digits."""
    cells = [record[place] for place in digits if place < len(record)]
    words = sum(bool(cell.strip()) for cell in cells)
    odd = any(_DIGIT.search(cell) or tells_of_nothing(cell) for cell in cells)
    return words >= _ENOUGH_WORDS and not odd


_ENOUGH_WORDS = 2
"""One word among digits can be a bad value, such as "unknown" for an id."""


def looks_like_value(cell: str) -> bool:
    """Tell whether a cell holds a number, date, phone or e-mail address."""
    return _VALUE.fullmatch(cell.strip()) is not None


def _with_more_names(records: Sequence[Sequence[str]], position: int) -> Start:
    if _are_all_names(records[position]):
        return Start((position,), position + 1)
    below = position + _MOST_NAME_ROWS
    digits = digit_columns(islice(records, below, below + _BODY_SAMPLE))
    last = position
    for row in range(position + 1, min(below, len(records))):
        if any(map(holds_id, records[row])) or not is_names(records[row], digits):
            break
        last = row
    return Start(tuple(range(position, last + 1)), last + 1)


def _fullness(records: Iterable[Sequence[str]]) -> int:
    """Return how many cells of a row are filled, typically."""
    filled = (len(cells) for record in records if (cells := _filled(record)))
    counts = list(islice(filled, _BODY_SAMPLE))
    return median_high(counts) if counts else 0


def _filled(record: Sequence[str]) -> list[str]:
    return [cell for cell in record if cell.strip()]


def _looks_like_names(cells: Sequence[str]) -> bool:
    return sum(map(looks_like_value, cells)) * 2 < len(cells)


def _are_all_names(record: Sequence[str]) -> bool:
    """Tell whether no column needs another row to be named: each has a name, one is that of ids."""
    names = [cell.strip().casefold() for cell in record]
    while names and not names[-1]:  # a separator at the end of the line
        names.pop()
    return all(names) and len(set(names)) == len(names) and any(map(names_ids, record))
