"""How far apart the cells of an XLSX worksheet lie, read from its XML piece by piece.

A worksheet with two cells, A1 and XFD1048576, makes the parser reserve room for all cells between.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["farthest", "filled"]

_LONGEST_TAG = 512

# The spelling that every spreadsheet program uses, so that a large workbook costs little time.
_COLUMN = re.compile(rb'c r="([A-Z]{1,3})\d')
_ROW = re.compile(rb'row r="(\d{1,7})"')

_FILLED = re.compile(rb'c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')


def farthest(piece: bytes) -> tuple[int, int]:
    """Return the last row and the last column, from 1, that a piece names; quick, but no more.

    Empty cells and rows that only have a style count here, and the parser leaves those out.
    """
    letters = set(_COLUMN.findall(piece))
    return max(map(int, _ROW.findall(piece)), default=0), max(map(_number, letters), default=0)


def filled(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Return the rows and the columns between the first and the last cell that holds something."""
    rows, columns = [0, 0], [0, 0]
    for text in overlapping(pieces):
        cells = _FILLED.findall(text)
        for bounds, found in (
            (rows, {int(row) for _, row in cells}),
            (columns, {_number(letters) for letters in {column for column, _ in cells}}),
        ):
            if found:
                bounds[:] = min(bounds[0] or max(found), *found), max(bounds[1], *found)
    return rows[1] - rows[0] + 1, columns[1] - columns[0] + 1


def overlapping(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield each piece with the end of the one before it, so that no tag is torn in two."""
    tail = b""
    for piece in pieces:
        yield tail + piece
        tail = piece[-_LONGEST_TAG:]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
