"""Everything that stands in a file, as columns of text: what `tabulate` finds the table in."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from lsq.sheets.damage import Damage
from lsq.sheets.parsing.blocks import blocks_of
from lsq.sheets.parsing.other_marks import split_otherwise

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from lsq.sheets.limits import Limits
    from lsq.sheets.parsing.blocks import Block
    from lsq.sheets.parsing.dialect import Writing
    from lsq.sheets.parsing.mend import Mended

    Widths = npt.NDArray[np.int32]

__all__ = ["DAMAGES", "Grid", "empty_cells", "grid_of_rows", "grid_of_text"]

DAMAGES = tuple(Damage)
"""The words that the codes of `Grid.damage` stand for."""

_ABOVE_THE_TABLE = 1_000  # lines that may stand there; the data rows are counted exactly later
_ROWS_AT_ONCE = 10_000
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
    damage: npt.NDArray[np.int8]

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
    marks = [(b"\0", Damage.NUL), *([(_REPLACEMENT, Damage.UNREADABLE)] if lost else [])]
    made = _Maker()
    codes: list[npt.NDArray[np.int8]] = []
    records = 0
    for block in blocks_of(mended.data, writing.dialect):
        split, damage = split_otherwise(block, writing)
        widths = split.widths
        if records + len(widths) > limits.max_rows + _ABOVE_THE_TABLE:
            limits.check_rows(name, records + len(widths))
        made.check(widths, name=name, limits=limits)
        made.add(_columns(split, widths), widths)
        codes.append(_codes(block, damage, len(widths), marks=marks))
        records += len(widths)
    damage_of = np.concatenate(codes) if codes else np.empty(0, dtype=np.int8)
    for record, words in mended.damage.items():
        damage_of[record] = DAMAGES.index(words)
    return made.grid(damage_of)


def grid_of_rows(rows: Iterable[list[str]], *, name: str, limits: Limits) -> Grid:
    """Take rows of a workbook, which are as long as one another.

    Raises:
        SheetError: Too many cells.
    """
    made = _Maker()
    rows = iter(rows)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        widths = np.fromiter(map(len, some), dtype=np.int32, count=len(some))
        made.check(widths, name=name, limits=limits)
        width = _widest(widths)
        even = some if (widths == width).all() else [_filled_up(row, width) for row in some]
        columns = [pa.array(column, type=pa.string()) for column in zip(*even, strict=True)]
        made.add(columns, widths)
    return made.grid()


class _Maker:
    """Puts columns together that come piece by piece, each piece as wide as it needs to be."""

    def __init__(self) -> None:
        self._pieces: list[tuple[list[pa.StringArray], Widths]] = []
        self._rows = self._widest = 0

    def check(self, widths: Widths, *, name: str, limits: Limits) -> None:
        """Refuse what would be too much, before it is made."""
        self._rows += len(widths)
        self._widest = max(self._widest, _widest(widths))
        limits.check_cells(name, rows=self._rows, columns=self._widest)

    def add(self, columns: list[pa.StringArray], widths: Widths) -> None:
        """Add records below the others."""
        self._pieces.append((columns, widths))

    def grid(self, damage: npt.NDArray[np.int8] | None = None) -> Grid:
        """Return all; without `damage` every record is whole."""
        widths = [widths for _, widths in self._pieces]
        columns = [
            pa.chunked_array(
                [
                    columns[place] if place < len(columns) else empty_cells(len(widths))
                    for columns, widths in self._pieces
                ],
                type=pa.string(),
            )
            for place in range(self._widest)
        ]
        return Grid(
            columns=columns,
            widths=np.concatenate(widths) if widths else np.empty(0, dtype=np.int32),
            damage=np.full(self._rows, -1, dtype=np.int8) if damage is None else damage,
        )


def _widest(widths: Widths) -> int:
    return int(np.max(widths)) if len(widths) else 0


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
    block: Block, damage: dict[int, Damage], records: int, *, marks: list[tuple[bytes, Damage]]
) -> npt.NDArray[np.int8]:
    codes = np.full(records, -1, dtype=np.int8)
    for mark, words in marks:
        # A stretch of them is one find: a disk that was full leaves millions.
        places = [run.start() for run in re.finditer(b"(?:%s)+" % re.escape(mark), block.data)]
        if places:
            codes[block.records_of(np.array(places))] = DAMAGES.index(words)
    for record, words in damage.items():
        codes[record] = DAMAGES.index(words)
    return codes
