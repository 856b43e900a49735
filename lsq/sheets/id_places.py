"""Where the ids of each row stand: the id column, another one of a later table, or any cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.candidates import name_looks
from lsq.sheets.damage import Damage
from lsq.sheets.id_shape import SHORTEST
from lsq.sheets.many_cells import Found, read_cells, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from lsq.sheets.sheet import Sheet

    Integers = npt.NDArray[np.int64]

__all__ = ["Places", "id_places"]


class Places(NamedTuple):
    """One cell of each row: the one that was read for its ids.

    Attributes:
        cells: String array, one per row.
        found: Their ids.
        columns: The id column of each table of the file, in their order.
        elsewhere: int64 per row: the position of the column that a damaged row's ids were found
            in; -1 where it is the id column.
    """

    cells: pa.StringArray
    found: Found
    columns: tuple[str, ...]
    elsewhere: Integers


def id_places(sheet: Sheet, found: Mapping[str, Found], column: str) -> Places:
    """Find the cell of each row that holds its ids.

    Args:
        sheet: The sheet.
        found: The ids of every column that has some.
        column: The id column.
    """
    columns = tuple(_column_of_part(part, found, column) for part in _parts(sheet)) or (column,)
    cells, ids = whole(sheet.table[column]), found.get(column)
    if set(columns) != {column}:
        cells = pa.concat_arrays(
            whole(sheet.table[name])[part.start : part.stop]
            for name, part in zip(columns, _parts(sheet), strict=True)
        )
        ids = None
    if ids is None:
        ids = read_cells(cells)
    return _with_damaged(sheet, Places(cells, ids, columns, np.empty(0, np.int64)), found)


def _parts(sheet: Sheet) -> Iterator[slice]:
    ends = (*sheet.starts[1:], sheet.table.num_rows)
    yield from map(slice, sheet.starts, ends)


def _column_of_part(part: slice, found: Mapping[str, Found], column: str) -> str:
    ids = {name: int(np.count_nonzero(each.counts[part])) for name, each in found.items()}
    if ids.get(column) or not any(ids.values()):
        return column
    return max(ids, key=lambda name: (ids[name], name_looks(name)))


def _with_damaged(sheet: Sheet, places: Places, found: Mapping[str, Found]) -> Places:
    """Search the other cells of damaged rows that have no id in the id column's cell."""
    elsewhere = np.full(sheet.table.num_rows, -1, dtype=np.int64)
    places = places._replace(elsewhere=elsewhere)
    if sheet.damage is None:
        return places
    damaged = sheet.damage.is_valid().to_numpy(zero_copy_only=False)
    open_rows = np.flatnonzero(damaged & (places.found.counts == 0))
    names = sheet.table.column_names
    start_of_part = np.searchsorted(sheet.starts, open_rows, side="right") - 1
    words = sheet.damage.take(pa.array(open_rows)).cast(pa.string())
    to_the_right = pc.equal(words, Damage.LONG.value).to_numpy(zero_copy_only=False)
    for part, column in enumerate(places.columns):
        for right in (True, False):
            rows = open_rows[(start_of_part == part) & (to_the_right == right)]
            for name in _nearest_first(names, names.index(column), right=right):
                if len(rows):
                    places = _look_into(sheet, places, rows, name, found)
                    rows = rows[places.found.counts[rows] == 0]
    return places


def _nearest_first(names: list[str], at: int, *, right: bool) -> list[str]:
    """Order the columns by their distance; of two, the one towards which cells have moved first.

    A cell too many moves the id to the right; anything else, such as a separator that is missing,
    moves it to the left.
    """

    def far(place: int) -> tuple[int, bool]:
        return abs(place - at), (place < at) == right

    return [names[place] for place in sorted(range(len(names)), key=far)]


def _look_into(
    sheet: Sheet, places: Places, rows: Integers, name: str, found: Mapping[str, Found]
) -> Places:
    """Read one cell of each of these rows, none of which has an id so far."""
    cells = sheet.table[name].take(pa.array(rows)).combine_chunks()
    if (pc.max(pc.binary_length(cells)).as_py() or 0) < SHORTEST:
        return places
    read = read_cells(cells, glued=True)
    if name in found and name not in places.columns:
        read = _without_its_own(sheet, read, found[name], places.found)
    hit = np.flatnonzero(read.counts)
    if not len(hit):
        return places
    at = rows[hit]
    is_hit = np.zeros(len(places.cells), dtype=np.bool_)
    is_hit[at] = True
    own = sheet.table.column_names.index(name)
    part = np.searchsorted(sheet.starts, at, side="right") - 1
    homes = np.array([sheet.table.column_names.index(column) for column in places.columns])
    places.elsewhere[at] = np.where(homes[part] == own, -1, own)
    return places._replace(
        cells=pc.replace_with_mask(places.cells, pa.array(is_hit), cells.take(pa.array(hit))),
        found=_merged(places.found, rows, read),
    )


def _without_its_own(sheet: Sheet, read: Found, column: Found, leads: Found) -> Found:
    """Leave out ids that stand in that column in whole rows too: they are owners', not leads."""
    assert sheet.damage is not None  # noqa: S101  # only damaged rows are searched
    whole = sheet.damage.is_null().to_numpy(zero_copy_only=False)
    others = column.ids.filter(pa.array(np.repeat(whole, column.counts)))
    known = pc.and_not(
        pc.is_in(read.ids, value_set=others), pc.is_in(read.ids, value_set=leads.ids)
    ).to_numpy(zero_copy_only=False)
    cell = np.repeat(np.arange(len(read.counts)), read.counts)
    counts = np.bincount(cell[~known], minlength=len(read.counts)).astype(np.int32)
    return Found(counts, read.ids.filter(pa.array(~known)), read.repairs)


def _merged(found: Found, rows: Integers, more: Found) -> Found:
    """Put the ids of some rows, which had none, between those of the others."""
    counts = found.counts.copy()
    of_found = np.repeat(np.arange(len(counts)), found.counts)
    of_more = np.repeat(rows, more.counts)
    counts[rows] = more.counts
    order = np.argsort(np.concatenate([of_found, of_more]), kind="stable")
    ids = pa.concat_arrays([found.ids, more.ids]).take(pa.array(order))
    return Found(counts, ids, found.repairs + more.repairs)
