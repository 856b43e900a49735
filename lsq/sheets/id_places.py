"""Where the ids of each row stand: the id column, another one of a later table, or any cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.found_ids import merged, without
from lsq.sheets.many_cells import read_cells, whole
from lsq.sheets.moved_ids import find_moved, in_place
from lsq.sheets.second_rows import homes_of, with_second_rows
from lsq.sheets.table_columns import TableColumns, columns_of_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from lsq.sheets.many_cells import Found
    from lsq.sheets.sheet import Sheet

    Flags = npt.NDArray[np.bool_]
    Integers = npt.NDArray[np.int64]

__all__ = ["Places", "id_places"]


class Places(NamedTuple):
    """One cell of each row: the one that was read for its ids.

    Attributes:
        cells: String array, one per row.
        found: Their ids.
        columns: The id column of each table of the file, in their order.
        elsewhere: int64 per id: the position of the column that an id of a damaged row was found
            in; -1 where it is the id column.
        notes: Sentences on tables whose id column could not be told, or that have none.
    """

    cells: pa.StringArray
    found: Found
    columns: tuple[str, ...]
    elsewhere: Integers
    notes: tuple[str, ...] = ()


def id_places(sheet: Sheet, found: Mapping[str, Found], column: str) -> Places:
    """Find the cell of each row that holds its ids.

    Args:
        sheet: The sheet.
        found: The ids of every column that has some.
        column: The id column.
    """
    columns, notes = TableColumns((column,))
    if len(sheet.starts) > 1:
        columns, notes = columns_of_tables(sheet, found, column)
    ids = found.get(column)
    cells = ids.ids if ids is not None and ids.as_written else whole(sheet.table[column])
    if set(columns) != {column}:
        cells = pa.concat_arrays(
            whole(sheet.table[name])[part.start : part.stop]
            for name, part in zip(columns, _parts(sheet), strict=True)
        )
        ids = None
    if ids is None:
        ids = read_cells(cells)
    return _with_damaged(sheet, Places(cells, ids, columns, np.empty(0, np.int64), notes), found)


def _parts(sheet: Sheet) -> Iterator[slice]:
    ends = (*sheet.starts[1:], sheet.table.num_rows)
    yield from map(slice, sheet.starts, ends)


def _with_damaged(sheet: Sheet, places: Places, found: Mapping[str, Found]) -> Places:
    """Search the other cells of damaged rows that have no lead's id in the id column's cell."""
    if sheet.damage is None:
        return places._replace(elsewhere=np.full(len(places.found.ids), -1, dtype=np.int64))
    damaged = sheet.damage.is_valid().to_numpy(zero_copy_only=False)
    moves = damaged & ~in_place(sheet.damage)
    others = _others_ids(found, places.columns, whole_rows=~damaged)
    leads = without(places.found, others, rows=moves)
    open_rows = np.flatnonzero(damaged & (leads.counts == 0))
    moved = find_moved(
        sheet,
        open_rows,
        homes_of(sheet, places.columns, open_rows),
        damage=sheet.damage.take(pa.array(open_rows)),
        others=others,
        of_others=_columns_of_others(sheet, found, places.columns, whole_rows=~damaged),
    )
    has_moved = np.zeros(len(damaged), dtype=np.bool_)
    has_moved[moved.rows] = True
    ids, order = merged(leads, moved.rows, moved.found)
    at_home = np.full(len(leads.ids), -1, dtype=np.int64)
    places = places._replace(
        cells=pc.replace_with_mask(places.cells, pa.array(has_moved), moved.cells),
        found=ids,
        elsewhere=np.concatenate([at_home, np.repeat(moved.places, moved.found.counts)])[order],
    )
    return with_second_rows(sheet, places, found, damaged=moves, others=others)


def _columns_of_others(
    sheet: Sheet, found: Mapping[str, Found], columns: tuple[str, ...], *, whole_rows: Flags
) -> Integers:
    """Return the positions of the other columns in which whole rows hold ids."""
    others = (
        name for name in found if name not in columns and found[name].counts[whole_rows].any()
    )
    return np.array([sheet.table.column_names.index(name) for name in others], dtype=np.int64)


def _others_ids(
    found: Mapping[str, Found], columns: tuple[str, ...], *, whole_rows: Flags
) -> pa.StringArray:
    """Return the ids that stand in other columns of whole rows only: owners' ids, say."""
    mine, theirs = [pa.array([], pa.string())], [pa.array([], pa.string())]
    for name, each in found.items():
        ids = each.ids.filter(pa.array(np.repeat(whole_rows, each.counts)))
        (mine if name in columns else theirs).append(ids)
    others = pa.concat_arrays(theirs).unique()
    return others.filter(pc.invert(pc.is_in(others, value_set=pa.concat_arrays(mine))))
