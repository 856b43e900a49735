"""Rows of names further down: the same ones once more, or those of another table below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow.compute as pc

from lsq.sheets.id_shape import holds_id
from lsq.sheets.parsing.table_start import digit_columns, is_names, looks_like_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lsq.sheets.parsing.grid import Grid

__all__ = ["Further", "find_further"]

_BODY_SAMPLE = 200
_MOST_LOOKED_AT = 20_000
_LONGEST_NAME = 60
_TITLE_LINES = 3
_NO_NAMES = {"n/a", "na", "nil", "none", "null", "unknown", "tbd", "-", "?"}


class Further(NamedTuple):
    """What stands below a table's first row and is no data.

    Attributes:
        repeated: Positions of rows that repeat the names.
        tables: For each further table the position of its row of names.
        titles: Positions of the lines that stand above a further table.
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
    digits = digit_columns(grid.row(i) for i in range(first, _end(grid, first)))
    digits = digits if len(digits) > 1 else ()
    empty = _empty(grid)
    suspects = _suspects(grid, first=first, header=header, digits=digits, empty=empty)
    repeats = suspects[_repeats(grid, header)[suspects]]
    others = np.setdiff1d(suspects, repeats, assume_unique=True)
    further = _look_at(grid, others, header, digits, first=first, empty=empty)
    if further.tables:  # among several tables, whose names these are depends on where they stand
        return _look_at(grid, suspects, header, digits, first=first, empty=empty)
    repeated = np.union1d(repeats, np.array(further.repeated, dtype=np.int64))
    return further._replace(repeated=tuple(repeated.tolist()))


def _look_at(  # noqa: PLR0913 - what there is to see
    grid: Grid,
    positions: npt.NDArray[np.int64],
    header: Sequence[str],
    digits: Sequence[int],
    *,
    first: int,
    empty: npt.NDArray[np.bool_],
) -> Further:
    current = _trimmed(header)
    repeated: list[int] = []
    tables: list[int] = []
    titles: list[int] = []
    for position in positions[:_MOST_LOOKED_AT].tolist():
        cells = _trimmed(grid.row(position))
        after_gap = position > 0 and bool(empty[position - 1])
        if current and _same(cells, current):
            repeated.append(position)
        elif _begins_table(grid, position, cells, current, digits, after_gap=after_gap):
            tables.append(position)
            titles += _titles_above(grid, position, first=first, empty=empty)
            current = cells
    return Further(tuple(repeated), tuple(tables), tuple(titles))


def _repeats(grid: Grid, header: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Tell which records repeat the names letter by letter."""
    same = np.full(len(grid.widths), any(name.strip() for name in header))
    for place, column in enumerate(grid.columns):
        if same.any():
            name = header[place] if place < len(header) else ""
            same &= pc.equal(column, name).to_numpy()
    return same


def _end(grid: Grid, first: int) -> int:
    return min(first + _BODY_SAMPLE, len(grid.widths))


def _empty(grid: Grid) -> npt.NDArray[np.bool_]:
    """Tell of each record whether it holds nothing."""
    empty = np.ones(len(grid.widths), dtype=bool)
    for column in grid.columns:
        empty &= pc.equal(pc.binary_length(column), 0).to_numpy()
    return empty


def _suspects(
    grid: Grid,
    *,
    first: int,
    header: Sequence[str],
    digits: Sequence[int],
    empty: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """Return the records worth a look: after a gap, of a new width, or with names in them."""
    after_gap = np.zeros(len(empty), dtype=bool)
    after_gap[1:] = ~empty[1:] & (empty[:-1] | (np.diff(grid.widths) != 0))
    named = np.zeros(len(empty), dtype=bool)
    if filled := [place for place, name in enumerate(header) if name.strip()]:
        column = grid.columns[filled[0]]
        named |= pc.equal(column, header[filled[0]]).to_numpy()
    if digits:
        column = grid.columns[digits[0]]
        words = pc.and_not(
            pc.greater(pc.binary_length(column), 0),
            pc.match_substring_regex(column, pattern="[0-9]"),
        )
        named |= words.to_numpy()
    found = np.flatnonzero(after_gap | named)
    return found[found >= first]


def _begins_table(  # noqa: PLR0913 - each is a sign
    grid: Grid,
    position: int,
    cells: list[str],
    current: list[str],
    digits: Sequence[int],
    *,
    after_gap: bool,
) -> bool:
    """Tell whether these are names of other columns, with data right below."""
    if not _are_names(cells) or position + 1 >= len(grid.widths):
        return False
    below = _trimmed(grid.row(position + 1))
    if not any(holds_id(cell) or looks_like_value(cell) for cell in below):
        return False
    if is_names(cells, digits):
        return True
    known = {name.strip().casefold() for name in current}
    shared = sum(cell.strip().casefold() in known for cell in cells)
    if shared * 2 >= len(cells):
        return True
    return after_gap and len(cells) != len(current) and len(below) == len(cells)


def _are_names(cells: list[str]) -> bool:
    filled = [cell.strip().casefold() for cell in cells if cell.strip()]
    return (
        len(filled) > 1
        and len(set(filled)) == len(filled)
        and len(filled) * 2 > len(cells)
        and not any(
            holds_id(cell)
            or looks_like_value(cell)
            or cell in _NO_NAMES
            or len(cell) > _LONGEST_NAME
            for cell in filled
        )
    )


def _titles_above(
    grid: Grid, position: int, *, first: int, empty: npt.NDArray[np.bool_]
) -> list[int]:
    """Return the lines of one cell between an empty line and a table's names."""
    titles: list[int] = []
    above = position - 1
    while above > first and len(titles) < _TITLE_LINES and not empty[above]:
        if sum(bool(cell.strip()) for cell in grid.row(above)) != 1:
            return []
        titles.insert(0, above)
        above -= 1
    return titles if empty[above] else []


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Return the cells up to the last filled one."""
    width = max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=0)
    return list(cells[:width])


def _same(cells: Sequence[str], names: Sequence[str]) -> bool:
    return [cell.strip().casefold() for cell in cells] == [
        name.strip().casefold() for name in names
    ]
