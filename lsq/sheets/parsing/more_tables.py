"""Rows of names further down: the same ones once more, or those of another table below."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow.compute as pc

from lsq.sheets.id_shape import holds_id
from lsq.sheets.parsing.surroundings import Surroundings, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pyarrow as pa

    from lsq.sheets.parsing.grid import Grid

__all__ = ["Further", "find_further"]

_BODY_SAMPLE = 200
_MOST_LOOKED_AT = 20_000


class Further(NamedTuple):
    """What stands below a table's first row and is no data.

    Attributes:
        repeated: Positions of rows that repeat the names.
        tables: For each further table the position of its row of names.
        titles: Positions of the lines that stand above the names of either.
    """

    repeated: tuple[int, ...] = ()
    tables: tuple[int, ...] = ()
    titles: tuple[int, ...] = ()


def find_further(grid: Grid, *, header: Sequence[str], first: int) -> Further:
    """Find the names that stand below `first`.

    Args:
        grid: The whole file.
        header: The names of its first table; empty when it has none.
        first: Position of its first data row.
    """
    filled = _filled_cells(grid)
    around = Surroundings(grid, first, filled)
    suspects = _suspects(grid, first=first, header=header, filled=filled)
    repeats = suspects[_repeats(grid, header)[suspects]]
    others = np.setdiff1d(suspects, repeats, assume_unique=True)
    further = _look_at(around, others, header)
    if further.tables:  # among several tables, whose names these are depends on where they stand
        return _look_at(around, suspects, header)
    titles = {*further.titles, *_titles(around, repeats[filled[repeats - 1] <= 1])}
    repeated = np.union1d(repeats, np.array(further.repeated, dtype=np.int64))
    return Further(tuple(repeated.tolist()), (), tuple(sorted(titles)))


def _look_at(
    around: Surroundings, positions: npt.NDArray[np.int64], header: Sequence[str]
) -> Further:
    current = trimmed(header)
    known = set(_folded(current))
    repeated: list[int] = []
    tables: list[int] = []
    titles: list[int] = []
    last = -1  # the names seen last; right below them stands data
    for position in positions[:_MOST_LOOKED_AT].tolist():
        cells = trimmed(around.grid.row(position))
        if any(map(holds_id, cells)):
            continue
        above = around.above(position, after=last)
        if current and _folded(cells) == _folded(current):
            repeated.append(position)
            titles += above.titles if above.gap else ()
            last = position
        elif position - 1 != last and around.begins_table(position, cells, current, known, above):
            tables.append(position)
            titles += above.titles
            current = cells
            last = position
            known.update(_folded(cells))
    return Further(tuple(repeated), tuple(tables), tuple(titles))


def _titles(around: Surroundings, positions: npt.NDArray[np.int64]) -> list[int]:
    lines = map(around.above, positions[:_MOST_LOOKED_AT].tolist())
    return [title for above in lines if above.gap for title in above.titles]


def _repeats(grid: Grid, header: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Tell which records repeat the names letter by letter."""
    same = np.full(len(grid.widths), any(name.strip() for name in header))
    for place, column in enumerate(grid.columns):
        if same.any():
            name = header[place] if place < len(header) else ""
            same &= pc.equal(column, name).to_numpy()
    return same


def _filled_cells(grid: Grid) -> npt.NDArray[np.int16]:
    """Count the cells of each record that hold something; two are as good as more."""
    filled = np.zeros(len(grid.widths), dtype=np.int16)
    for column in grid.columns:
        filled += pc.greater(pc.binary_length(column), 0).to_numpy()
    return filled


def _suspects(
    grid: Grid, *, first: int, header: Sequence[str], filled: npt.NDArray[np.int16]
) -> npt.NDArray[np.int64]:
    """Return the records worth a look: after a gap or title, of a new width, or of words."""
    parted = np.zeros(len(filled), dtype=bool)
    titled = (filled[:-1] == 1) & (filled[1:] > 1)
    parted[1:] = (filled[1:] > 0) & ((filled[:-1] == 0) | titled | (np.diff(grid.widths) != 0))
    named = np.zeros(len(filled), dtype=bool)
    if places := [place for place, name in enumerate(header) if name.strip()]:
        column = grid.columns[places[0]]
        named |= pc.equal(column, header[places[0]]).to_numpy()
    for column in _id_columns(grid, first):
        words = pc.and_not(
            pc.greater(pc.binary_length(column), 0),
            pc.match_substring_regex(column, pattern="[0-9]"),
        )
        named |= words.to_numpy()
    found = np.flatnonzero(parted | named)
    return found[found >= first]


def _id_columns(grid: Grid, first: int) -> list[pa.ChunkedArray]:
    """Return the column with the most ids in the first rows, if any has some."""
    end = min(first + _BODY_SAMPLE, len(grid.widths))
    rows = (grid.row(row) for row in range(first, end))
    ids = Counter(place for row in rows for place, cell in enumerate(row) if holds_id(cell))
    return [grid.columns[place] for place, _ in ids.most_common(1)]


def _folded(cells: Sequence[str]) -> list[str]:
    return [cell.strip().casefold() for cell in cells]
