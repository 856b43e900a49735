"""Two rows in one line, because the line end between them is missing: both give their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.found_ids import merged, without
from lsq.sheets.id_shape import SHORTEST
from lsq.sheets.many_cells import read_cells, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from lsq.sheets.id_places import Places
    from lsq.sheets.many_cells import Found
    from lsq.sheets.sheet import Sheet

    Flags = npt.NDArray[np.bool_]
    Integers = npt.NDArray[np.int64]

__all__ = ["homes_of", "with_second_rows"]


def with_second_rows(
    sheet: Sheet,
    places: Places,
    found: Mapping[str, Found],
    *,
    damaged: Flags,
    others: pa.StringArray,
) -> Places:
    """Find the second id where a missing line end made one row of two: it stands further right.

    Args:
        sheet: The sheet.
        places: Where the ids of each row stand.
        found: The ids of every column that has some.
        damaged: Which rows may be two.
        others: Ids of something else than a lead.
    """
    rows = np.flatnonzero(damaged)
    here = sheet.table.take(pa.array(rows))
    usual = _usual_columns(sheet, damaged)
    # Where rows hold other ids too, one of those may have moved to the right: then only a second
    # row that is seen to its end is believed.
    end = 2 * usual - 2 if _beside_others(found, places.columns, ~damaged) else usual
    twice = np.zeros(len(rows), dtype=np.bool_)
    for column in here.columns[end:]:
        twice |= _filled(column)
    twice &= places.found.counts[rows] > 0
    rows, here = rows[twice], here.filter(pa.array(twice))
    if not len(rows) or usual < 2:  # noqa: PLR2004  # a list of one column
        return places
    ends = np.cumsum(places.found.counts)
    elsewhere = places.elsewhere[ends[rows] - 1]  # the ids of a row are all of one cell so far
    was_read = np.where(elsewhere >= 0, elsewhere, homes_of(sheet, places.columns, rows))
    at, place, read = _read_from(here, usual - 1, was_read, others=others)
    merged_ids, order = merged(places.found, rows[at], read)
    of_ids = np.concatenate([places.elsewhere, np.repeat(place, read.counts)])
    return places._replace(found=merged_ids, elsewhere=of_ids[order])


def homes_of(sheet: Sheet, columns: tuple[str, ...], rows: Integers) -> Integers:
    """Return for each of these rows the position of its table's id column.

    Args:
        sheet: The sheet.
        columns: The id column of each table of the file.
        rows: Positions of rows.
    """
    place_of = {name: place for place, name in enumerate(sheet.table.column_names)}
    homes = np.array([place_of[name] for name in columns])
    part_of = np.searchsorted(sheet.starts, rows, side="right") - 1
    of_rows: Integers = homes[part_of]
    return of_rows


def _read_from(
    here: pa.Table, first: int, was_read: Integers, *, others: pa.StringArray
) -> tuple[Integers, Integers, Found]:
    """Read the cells from this column on that were not read before.

    Returns:
        The row in `here` and the column of each cell that was read, and the ids of those cells.
    """
    none = np.empty(0, dtype=np.int64)
    rows, places, texts = [none], [none], [pa.array([], pa.string())]
    for place in range(first, here.num_columns):
        column = here.column(place)
        is_long = pc.binary_length(column).to_numpy() >= SHORTEST
        at = np.flatnonzero(is_long & (was_read != place))
        if len(at):
            rows.append(at)
            places.append(np.full(len(at), place))
            texts.append(whole(column.take(pa.array(at))))
    at, cells = np.concatenate(rows), pa.concat_arrays(texts)
    order = np.argsort(at, kind="stable")
    cells = cells.take(pa.array(order))
    read = read_cells(cells, glued=True)
    read = without(read, others, rows=np.ones(len(cells), dtype=np.bool_))
    return at[order], np.concatenate(places)[order], read


def _beside_others(found: Mapping[str, Found], columns: tuple[str, ...], whole_rows: Flags) -> bool:
    """Tell whether whole rows hold ids in other columns too."""
    return any(
        bool(each.counts[whole_rows].any()) for name, each in found.items() if name not in columns
    )


def _usual_columns(sheet: Sheet, damaged: Flags) -> int:
    """Return the number of columns up to the last that has a name or holds a whole row's cell."""
    names = sheet.table.column_names
    for number in range(len(names), 0, -1):
        has_name = names[number - 1] != f"Column {number}"
        if has_name or (_filled(sheet.table.column(number - 1)) & ~damaged).any():
            return number
    return len(names)


def _filled(column: pa.ChunkedArray) -> Flags:
    filled: Flags = pc.greater(pc.binary_length(column), 0).to_numpy()
    return filled
