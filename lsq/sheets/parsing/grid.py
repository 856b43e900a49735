"""Everything that stands in a file, as columns of text: what `tabulate` finds the table in."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.damage import Damage
from lsq.sheets.parsing.blocks import blocks_of
from lsq.sheets.parsing.even import even_columns, stretches
from lsq.sheets.parsing.other_marks import split_otherwise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from lsq.sheets.limits import Limits
    from lsq.sheets.parsing.blocks import Block
    from lsq.sheets.parsing.mend import Mended
    from lsq.sheets.parsing.writing import Writing

    Widths = npt.NDArray[np.int32]
    Codes = npt.NDArray[np.int8]

__all__ = ["DAMAGES", "Grid", "empty_cells", "grid_of_rows", "grid_of_text"]

DAMAGES = tuple(Damage)
"""The words that the codes of `Grid.damage` stand for."""

_ABOVE_THE_TABLE = 1_000  # lines that may stand there; the data rows are counted exactly later
_ROWS_AT_ONCE = 10_000
_TOGETHER = 8  # pieces that are put together
_REPLACEMENT = "\ufffd".encode()


class Grid(NamedTuple):
    """Every record of a file.

    Attributes:
        columns: String columns of one length, the number of records; "" where a record has no cell.
        widths: int32, the number of cells of each record; 0 for an empty line.
        damage: int8, position in `DAMAGES` of what a record had; -1 where it is whole.
    """

    columns: list[pa.ChunkedArray]
    widths: Widths
    damage: Codes

    def row(self, position: int) -> list[str]:
        """Return the cells of one record, without those that it does not have."""
        width = int(self.widths[position])
        return [column[position].as_py() for column in self.columns[:width]]

    def upto(self, end: int) -> Grid:
        """Return the grid without the records from `end` on."""
        columns = [column.slice(0, end) for column in self.columns]
        return Grid(columns, self.widths[:end], self.damage[:end])

    def head(self, records: int) -> list[list[str]]:
        """Return the cells of the first records."""
        columns = [column.slice(0, records).to_pylist() for column in self.columns]
        rows = zip(*columns, strict=True)
        return [list(row[:width]) for row, width in zip(rows, self.widths.tolist(), strict=False)]


def grid_of_text(
    mended: Mended, writing: Writing, *, lost: bool = False, name: str, limits: Limits
) -> Grid:
    """Split a text whose quotes are in order.

    Args:
        mended: The text.
        writing: How it is written.
        lost: Whether replacement characters stand in it for some that could not be read.
        name: File name, for the error.
        limits: What is too much.

    Raises:
        SheetError: Too many rows or cells; found on the way, so that memory stays bounded.
    """
    marks = {b"\0": Damage.NUL, **({_REPLACEMENT: Damage.UNREADABLE} if lost else {})}
    made = _Maker(name, limits, most_rows=limits.max_rows + _ABOVE_THE_TABLE)
    for stretch in stretches(mended.data, writing.dialect):
        is_whole = not any(mark in stretch for mark in marks)
        columns = is_whole and even_columns(stretch, writing.dialect, width=writing.width)
        if columns:
            widths = _even_widths(columns)
            made.expect(widths)
            made.add(columns, widths)
            continue
        for block in blocks_of(stretch, writing.dialect):
            split, damage = split_otherwise(block, writing)
            widths = split.widths
            made.expect(widths)
            made.add(_columns(split, widths), widths, _codes(block, damage, len(widths), marks))
    grid = made.grid()
    for record, words in mended.damage.items():
        grid.damage[record] = DAMAGES.index(words)
    return grid


def grid_of_rows(rows: Iterable[list[str]], *, name: str, limits: Limits) -> Grid:
    """Take rows of a workbook, which are as long as one another.

    Raises:
        SheetError: Too many cells.
    """
    made = _Maker(name, limits)
    rows = iter(rows)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        widths = np.fromiter(map(len, some), dtype=np.int32, count=len(some))
        made.expect(widths)
        width = _widest(widths)
        even = some if (widths == width).all() else [_filled_up(row, width) for row in some]
        columns = [pa.array(column, type=pa.string()) for column in zip(*even, strict=True)]
        made.add(columns, widths)
    return made.grid()


class _Piece(NamedTuple):
    """Some records of a `Grid`, as wide as they need to be."""

    columns: list[pa.StringArray]
    widths: Widths
    damage: Codes


class _Maker:
    """Puts columns together that come piece by piece."""

    def __init__(self, name: str, limits: Limits, *, most_rows: int | None = None) -> None:
        self._name = name
        self._limits = limits
        self._most_rows = most_rows
        self._pieces: list[_Piece] = []
        self._joined: list[_Piece] = []
        self._rows = self._widest = 0

    def expect(self, widths: Widths) -> None:
        """Refuse what would be too much, before it is made."""
        self._rows += len(widths)
        self._widest = max(self._widest, _widest(widths))
        if self._most_rows is not None and self._rows > self._most_rows:
            self._limits.check_rows(self._name, self._rows)
        self._limits.check_cells(self._name, rows=self._rows, columns=self._widest)

    def add(
        self, columns: list[pa.StringArray], widths: Widths, damage: Codes | None = None
    ) -> None:
        """Add the records that were expected below the others; without `damage` they are whole."""
        codes = np.full(len(widths), -1, dtype=np.int8) if damage is None else damage
        self._pieces.append(_Piece(columns, widths, codes))
        if len(self._pieces) == _TOGETHER:
            self._join()

    def grid(self) -> Grid:
        """Return all."""
        self._join()
        joined, columns = self._joined, range(self._widest)
        return Grid(
            [pa.chunked_array(_column(joined, place), type=pa.string()) for place in columns],
            np.concatenate([np.empty(0, np.int32), *(piece.widths for piece in joined)]),
            np.concatenate([np.empty(0, np.int8), *(piece.damage for piece in joined)]),
        )

    def _join(self) -> None:
        """Make a large piece of small ones: it has pages of memory that it shares with nobody."""
        if not self._pieces:
            return
        columns = range(max(len(piece.columns) for piece in self._pieces))
        joined = _Piece(
            [pa.concat_arrays(_column(self._pieces, place)) for place in columns],
            np.concatenate([piece.widths for piece in self._pieces]),
            np.concatenate([piece.damage for piece in self._pieces]),
        )
        self._joined.append(joined)
        self._pieces.clear()


def _column(pieces: list[_Piece], place: int) -> list[pa.StringArray]:
    """Return the cells of one column, empty ones of a piece that is less wide."""
    return [
        piece.columns[place] if place < len(piece.columns) else empty_cells(len(piece.widths))
        for piece in pieces
    ]


def _widest(widths: Widths) -> int:
    return int(np.max(widths)) if len(widths) else 0


def _even_widths(columns: list[pa.StringArray]) -> Widths:
    """Return the widths of records with one cell in each column; a single empty one is no cell."""
    if len(columns) == 1:
        filled: Widths = pc.greater(pc.binary_length(columns[0]), 0).cast(pa.int32()).to_numpy()
        return filled
    return np.full(len(columns[0]), len(columns), dtype=np.int32)


def empty_cells(rows: int) -> pa.StringArray:
    """Return a column of "", made without `pa.repeat`, which would import pandas."""
    return pa.StringArray.from_buffers(rows, pa.py_buffer(bytes(4 * rows + 4)), pa.py_buffer(b""))


def _filled_up(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _columns(block: Block, widths: Widths) -> list[pa.StringArray]:
    cells, first = block.cells, block.first[:-1]
    width = _widest(widths)
    if (widths == width).all():
        return [cells.take(pa.array(first + place)) for place in range(width)]
    cells = pa.concat_arrays([cells, empty_cells(1)])
    none = len(cells) - 1
    return [
        cells.take(pa.array(np.where(place < widths, first + place, none)))
        for place in range(width)
    ]


def _codes(
    block: Block, damage: dict[int, Damage], records: int, marks: Mapping[bytes, Damage]
) -> Codes:
    codes = np.full(records, -1, dtype=np.int8)
    for mark, words in marks.items():
        # A stretch of them is one find: a disk that was full leaves millions.
        places = [run.start() for run in re.finditer(b"(?:%s)+" % re.escape(mark), block.data)]
        if places:
            codes[block.records_of(np.array(places))] = DAMAGES.index(words)
    for record, words in damage.items():
        codes[record] = DAMAGES.index(words)
    return codes
