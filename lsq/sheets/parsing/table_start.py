"""Where the table starts: preamble lines above it, and the row or rows of names."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, takewhile
from operator import itemgetter
from statistics import median_high
from typing import TYPE_CHECKING, NamedTuple

from lsq.sheets.id_shape import holds_id

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
    there is one of the right width. When the first full row holds an id, or looks like values, the
    table has no row of names. Rows right below the names that have words where all others have
    digits are names too.
    """
    with_ids = [i for i, record in enumerate(records) if any(map(holds_id, record))]
    body = [records[i] for i in with_ids[:_BODY_SAMPLE]] or records
    fullness = _fullness(body)
    width = max(Counter(map(len, body)).items(), key=itemgetter(1), default=(0, 0))[0]
    rows = set(with_ids)
    for enough in (fullness // 2 + 1, (fullness + 1) // 2):
        full = [i for i, record in enumerate(records) if len(_filled(record)) >= enough]
        no_row = takewhile(lambda i: i not in rows or len(records[i]) != width, full)
        above = [i for i in no_row if i not in rows]
        if above:
            right_width = (i for i in above if len(records[i]) == width)
            position = next(right_width, above[0])
            if not _looks_like_names(_filled(records[position])):
                return Start((), position)
            return _with_more_names(records, position)
    return Start((), with_ids[0] if with_ids else 0)


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
    return words >= _ENOUGH_WORDS and not any(map(_DIGIT.search, cells))


_ENOUGH_WORDS = 2
"""One word among digits can be a bad value, such as "unknown" for an id."""


def looks_like_value(cell: str) -> bool:
    """Tell whether a cell holds a number, date, phone or e-mail address."""
    return _VALUE.fullmatch(cell.strip()) is not None


def _with_more_names(records: Sequence[Sequence[str]], position: int) -> Start:
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
