"""How a text file is written, and what in it are ids: what all that split it go by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsq.sheets.id_shape import ID_IN_TEXT, SHORTEST

if TYPE_CHECKING:
    from lsq.sheets.parsing.line import Dialect

__all__ = ["SEPARATORS", "Writing", "only_ids", "shape_of"]

SEPARATORS = (",", ";", "\t", "|")
"""In the order in which a tie is decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How a file is written.

    Attributes:
        dialect: Separator, quote and escape.
        width: Cells of most rows.
        id_places: The positions in which half of the rows, or more, have a cell of ids.
        spaced: Whether a space follows each separator and so belongs to it.
    """

    dialect: Dialect
    width: int = 1
    id_places: tuple[int, ...] = ()
    spaced: bool = False


def shape_of(rows: list[list[str]]) -> tuple[int, tuple[int, ...]]:
    """Return the cells of most rows, and the positions in which half of these have ids, or more.

    Half, because the names are a row too, and a file may have but one more.
    """
    widths = Counter(map(len, rows))
    width = max(widths, key=lambda width: (widths[width], width)) if widths else 1
    ids = Counter(
        place
        for row in rows
        if len(row) == width
        for place, cell in enumerate(row)
        if only_ids(cell)
    )
    return width, tuple(sorted(place for place, n in ids.items() if n * 2 >= widths[width]))


def only_ids(cell: str) -> bool:
    """Tell whether a cell holds ids and nothing else but what people put around them."""
    return len(cell) >= SHORTEST and not ID_IN_TEXT.sub("", cell).strip("{}[]\"' \t\r\n;,|/")
