"""A file's records to a table of text: names, row numbers, damaged rows, tables below others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.errors import SheetError
from lsq.sheets.id_shape import LOOSE, SPACES
from lsq.sheets.parsing.grid import DAMAGES
from lsq.sheets.parsing.more_tables import find_further
from lsq.sheets.parsing.notes import notes_on_ids, structure_notes
from lsq.sheets.parsing.parts import Part, lay_out
from lsq.sheets.parsing.table_start import Start, find_start

if TYPE_CHECKING:
    import numpy.typing as npt

    from lsq.sheets.limits import Limits
    from lsq.sheets.parsing.grid import Grid

__all__ = ["Tabulated", "tabulate"]

_HEAD = 1_200
"""Records among which the table must begin."""

_ROWS_AT_ONCE = 50_000
_SEEN = f"[^{SPACES}]"


class Tabulated(NamedTuple):
    """The parts of a `Sheet` that the records decide; documented there."""

    table: pa.Table
    row_numbers: npt.NDArray[np.int64]
    header_row: int
    names_sure: bool
    damage: pa.DictionaryArray | None
    starts: tuple[int, ...]
    notes: tuple[str, ...]


def tabulate(
    grid: Grid, *, name: str, limits: Limits, first_row: int = 1, header_row: int | None = None
) -> Tabulated:
    """Build the table.

    Args:
        grid: Every record of the file, wholly empty ones included.
        name: File name, for the errors.
        limits: For the rows below the names.
        first_row: The shown row of the first record.
        header_row: The shown row of the names, 0 for none; None to find it.

    Raises:
        SheetError: Nothing is filled in, too many rows, or there is no row `header_row`.
    """
    end = _last_filled(grid) + 1
    if not end:
        title = f"{name} is empty."
        raise SheetError(title, "Drop a sheet that holds lead ids.")
    grid = grid.upto(end)
    start = _start(grid, name=name, first_row=first_row, header_row=header_row)
    header = _header(grid, start.names)
    further = find_further(grid, header=header, first=start.first)
    left_out = {*further.repeated, *further.tables, *further.titles}
    limits.check_rows(name, end - start.first - len(left_out))
    begins = (start.first, *(table + 1 for table in further.tables))
    headers = (header, *map(grid.row, further.tables))
    parts = list(map(Part, headers, begins, (*begins[1:], end)))
    kept = np.ones(end, dtype=bool)
    kept[: start.first] = False
    kept[list(left_out)] = False
    laid = lay_out(grid, parts, kept=kept, name=name, limits=limits)
    positions = np.flatnonzero(kept)
    starts = tuple(np.searchsorted(positions, begins).tolist())
    damage = _damage(laid.damage[positions])
    row_numbers = np.add(positions, first_row, out=positions)
    doubts = _doubts(grid, start, width=laid.width, first_row=first_row)
    return Tabulated(
        table=laid.table,
        row_numbers=row_numbers,
        header_row=first_row + start.names[0] if start.names else 0,
        names_sure=not doubts,
        damage=damage,
        starts=starts,
        notes=(
            *structure_notes(start, further, first_row=first_row),
            *notes_on_ids([first_row + row for row in _with_ids(grid, ~kept)]),
            *doubts,
        ),
    )


def _last_filled(grid: Grid) -> int:
    """Return the position of the last record with anything in it but white space, or -1."""
    end = len(grid.widths)
    while end:
        begin = max(0, end - _ROWS_AT_ONCE)
        seen = np.zeros(end - begin, dtype=bool)
        for column in grid.columns:
            cells = column.slice(begin, end - begin)
            if pc.max(pc.binary_length(cells)).as_py():
                seen |= pc.match_substring_regex(cells, pattern=_SEEN).to_numpy()
        if seen.any():
            return begin + int(np.flatnonzero(seen)[-1])
        end = begin
    return -1


def _start(grid: Grid, *, name: str, first_row: int, header_row: int | None) -> Start:
    if header_row is None:
        return find_start(grid.head(_HEAD))
    if header_row == 0:
        return Start((), 0)
    position = header_row - first_row
    if not 0 <= position < len(grid.widths):
        title = f"{name} has no row {header_row:,} to take the column names from."
        last = first_row + len(grid.widths) - 1
        raise SheetError(title, f"Its filled rows are {first_row:,} to {last:,}.")
    return Start((position,), position + 1)


def _header(grid: Grid, rows: tuple[int, ...]) -> list[str]:
    """Return the names of the columns; those of several rows are joined."""
    return [" ".join(dict.fromkeys(filter(None, parts))) for parts in _names(grid, rows)]


def _names(grid: Grid, rows: tuple[int, ...]) -> list[tuple[str, ...]]:
    """Return for each column what stands in the rows of names."""
    cells = [grid.row(row) for row in rows]
    width = max(map(len, cells), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in cells]
    return list(zip(*filled, strict=True))


def _with_ids(grid: Grid, among: npt.NDArray[np.bool_]) -> list[int]:
    """Return those of these records in which the shape of an id can be seen."""
    rows = np.flatnonzero(among)
    seen = np.zeros(len(rows), dtype=bool)
    for column in grid.columns:
        cells = column.filter(pa.array(among))  # `take` would put the whole column together first
        seen |= pc.match_substring_regex(cells, pattern=LOOSE).to_numpy()
    found: list[int] = rows[seen].tolist()
    return found


def _doubts(grid: Grid, start: Start, *, width: int | None, first_row: int) -> tuple[str, ...]:
    """Tell why the names may not stand over their own columns."""
    if not start.names:
        return ()
    row = start.names[-1]
    cells = grid.row(row)
    names = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    if width not in (None, names, len(cells)) and len(start.names) == 1:
        why = f"{_counted(names, 'name')} for {_counted(width or 0, 'column')}"
    elif grid.damage[row] >= 0:
        why = DAMAGES[grid.damage[row]]
    else:
        return ()
    return (f"Row {first_row + row:,} has {why}: check that each name stands over its column.",)


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def _damage(codes: npt.NDArray[np.int8]) -> pa.DictionaryArray | None:
    if (codes < 0).all():
        return None
    indices = pa.array(codes, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array([*DAMAGES], type=pa.string()))
