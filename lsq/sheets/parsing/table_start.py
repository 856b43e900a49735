"""Where the table starts: preamble lines above it, and whether a row of names is there."""

from __future__ import annotations

import re
from itertools import islice
from statistics import median_high
from typing import TYPE_CHECKING, NamedTuple

from lsq.sheets.id_shape import holds_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Start", "find_start"]

_BODY_SAMPLE = 50
_VALUE = re.compile(r"[+(]?\d[\d ,./:()+-]*%?|\S+@\S+\.\S+")
"""A number, date, phone or e-mail address: hardly ever the name of a column."""


class Start(NamedTuple):
    """Positions in the records: of the row of names (None without one), of the first data row."""

    header: int | None
    first: int


def find_start(records: Sequence[Sequence[str]]) -> Start:
    """Find the row of names: the first row without ids, as full as the rows below.

    A line that is mostly empty beside the rows below is preamble. When the first full row holds
    an id, or looks like values, the table has no row of names.
    """
    with_ids = next((i for i, record in enumerate(records) if any(map(holds_id, record))), None)
    fullness = _fullness(islice(records, with_ids or 0, None))
    for enough in (fullness // 2 + 1, (fullness + 1) // 2):
        for position, record in enumerate(islice(records, with_ids)):
            cells = _filled(record)
            if cells and len(cells) >= enough:
                named = _looks_like_names(cells)
                return Start(position, position + 1) if named else Start(None, position)
    return Start(None, 0)


def _fullness(records: Iterable[Sequence[str]]) -> int:
    """Return how many cells of a row are filled, typically."""
    filled = (len(cells) for record in records if (cells := _filled(record)))
    counts = list(islice(filled, _BODY_SAMPLE))
    return median_high(counts) if counts else 0


def _filled(record: Sequence[str]) -> list[str]:
    return [cell for cell in record if cell.strip()]


def _looks_like_names(cells: Sequence[str]) -> bool:
    values = sum(_VALUE.fullmatch(cell.strip()) is not None for cell in cells)
    return values * 2 < len(cells)
