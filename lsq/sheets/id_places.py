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

    Flags = npt.NDArray[np.bool_]
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
    columns: tuple[str, ...] = (column,)
    if len(sheet.starts) > 1:
        columns = tuple(_column_of_part(part, found, column) for part in _parts(sheet))
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
    """Search the other cells of damaged rows that have no lead's id in the id column's cell."""
    elsewhere = np.full(sheet.table.num_rows, -1, dtype=np.int64)
    if sheet.damage is None:
        return places._replace(elsewhere=elsewhere)
    damaged = sheet.damage.is_valid().to_numpy(zero_copy_only=False)
    others = _others_ids(found, places.columns, whole_rows=~damaged)
    leads = _without(places.found, others, rows=damaged & ~_in_place(sheet.damage))
    places = places._replace(elsewhere=elsewhere, found=leads)
    open_rows = np.flatnonzero(damaged & (leads.counts == 0))
    part_of = np.searchsorted(sheet.starts, open_rows, side="right") - 1
    words = sheet.damage.take(pa.array(open_rows)).cast(pa.string())
    is_long = pc.equal(words, Damage.LONG.value).to_numpy(zero_copy_only=False)
    names = sheet.table.column_names
    for part, column in enumerate(places.columns):
        home = names.index(column)
        for right in (True, False):
            rows = open_rows[(part_of == part) & (is_long == right)]
            for look in _nearest_first(len(names), home, right=right):
                if len(rows):
                    places = _look_into(sheet, places, rows, look, home=home, others=others)
                    rows = rows[places.found.counts[rows] == 0]
    return _with_second_rows(sheet, places, damaged=damaged, others=others)


def _in_place(damage: pa.DictionaryArray) -> Flags:
    """Tell which rows have suffered only what moves no cell, so that each id is in its column."""
    kept = [word in {Damage.NUL, Damage.UNREADABLE} for word in damage.dictionary.to_pylist()]
    codes = damage.indices.fill_null(len(kept)).to_numpy(zero_copy_only=False)
    flags: Flags = np.array([*kept, False])[codes]
    return flags


def _with_second_rows(
    sheet: Sheet, places: Places, *, damaged: Flags, others: pa.StringArray
) -> Places:
    """Find the second id where a missing line end made one row of two: it stands further right."""
    rows = np.flatnonzero(damaged)
    here = sheet.table.take(pa.array(rows))
    usual = _usual_columns(sheet, damaged)
    twice = np.zeros(len(rows), dtype=np.bool_)
    for column in here.columns[2 * usual - 2 :]:
        twice |= _filled(column)
    twice &= places.found.counts[rows] > 0
    rows, here = rows[twice], here.filter(pa.array(twice))
    was_read = _places_read(sheet, places, rows)
    for place in range(usual - 1, here.num_columns) if len(rows) and usual > 1 else ():
        unread = was_read != place
        cells = whole(here.column(place)).filter(pa.array(unread))
        read = _without(
            read_cells(cells, glued=True), others, rows=np.ones(len(cells), dtype=np.bool_)
        )
        places = places._replace(found=_merged(places.found, rows[unread], read))
    return places


def _usual_columns(sheet: Sheet, damaged: Flags) -> int:
    """Return the number of columns up to the last that has a name or holds a whole row's cell."""
    names = sheet.table.column_names
    for number in range(len(names), 0, -1):
        has_name = names[number - 1] != f"Column {number}"
        if has_name or (_filled(sheet.table.column(number - 1)) & ~damaged).any():
            return number
    return len(names)


def _places_read(sheet: Sheet, places: Places, rows: Integers) -> Integers:
    """Return for each of these rows the position of the column whose cell gave its ids."""
    place_of = {name: place for place, name in enumerate(sheet.table.column_names)}
    homes = np.array([place_of[name] for name in places.columns])
    part_of = np.searchsorted(sheet.starts, rows, side="right") - 1
    elsewhere = places.elsewhere[rows]
    return np.where(elsewhere >= 0, elsewhere, homes[part_of])


def _filled(column: pa.ChunkedArray) -> Flags:
    filled: Flags = pc.greater(pc.binary_length(column), 0).to_numpy()
    return filled


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


def _without(found: Found, others: pa.StringArray, *, rows: Flags) -> Found:
    """Leave out in these rows the ids that are others': their cells have moved."""
    if not len(others):
        return found
    cell = np.repeat(np.arange(len(found.counts)), found.counts)
    known = pc.is_in(found.ids, value_set=others).to_numpy(zero_copy_only=False) & rows[cell]
    counts = np.bincount(cell[~known], minlength=len(found.counts)).astype(np.int32)
    return Found(counts, found.ids.filter(pa.array(~known)), found.repairs)


def _only(found: Found, cells: Flags) -> Found:
    """Leave out the ids of all other cells."""
    ids = found.ids.filter(pa.array(np.repeat(cells, found.counts)))
    return Found(found.counts * cells, ids, found.repairs)


def _nearest_first(columns: int, home: int, *, right: bool) -> list[tuple[int, ...]]:
    """Order the places to look: the id column's cell, it with a neighbour, the others by distance.

    Two cells make one where a separator stands inside an id. A cell too many moves the id to the
    right; anything else, such as a separator that is missing, moves it to the left.
    """

    def far(place: int) -> tuple[int, bool]:
        return abs(place - home), (place < home) == right

    nearest = sorted(range(columns), key=far)
    pairs = [(home, home + 1), (home - 1, home)]
    joined = [pair for pair in pairs if pair[0] >= 0 and pair[1] < columns]
    return [(home,), *joined, *((place,) for place in nearest if place != home)]


def _look_into(  # noqa: PLR0913  # what is searched, and what does not count
    sheet: Sheet,
    places: Places,
    rows: Integers,
    look: tuple[int, ...],
    *,
    home: int,
    others: pa.StringArray,
) -> Places:
    """Read one cell, or two as one, of each of these rows, none of which has an id so far."""
    texts = [whole(sheet.table.column(place).take(pa.array(rows))) for place in look]
    cells = pc.binary_join_element_wise(*texts, "")
    if (pc.max(pc.binary_length(cells)).as_py() or 0) < SHORTEST:
        return places
    read = read_cells(cells, glued=True)
    read = _without(read, others, rows=np.ones(len(rows), dtype=np.bool_))
    if len(look) > 1:  # together they are one id only if each alone is none
        read = _only(read, ~np.any([read_cells(text, glued=True).counts for text in texts], axis=0))
    hit = np.flatnonzero(read.counts)
    if not len(hit):
        return places
    is_hit = np.zeros(len(places.cells), dtype=np.bool_)
    is_hit[rows[hit]] = True
    places.elsewhere[rows[hit]] = -1 if home in look else look[0]
    return places._replace(
        cells=pc.replace_with_mask(places.cells, pa.array(is_hit), cells.take(pa.array(hit))),
        found=_merged(places.found, rows, read),
    )


def _merged(found: Found, rows: Integers, more: Found) -> Found:
    """Put further ids of some rows behind those that they have."""
    counts = found.counts.copy()
    of_found = np.repeat(np.arange(len(counts)), found.counts)
    of_more = np.repeat(rows, more.counts)
    counts[rows] += more.counts
    order = np.argsort(np.concatenate([of_found, of_more]), kind="stable")
    ids = pa.concat_arrays([found.ids, more.ids]).take(pa.array(order))
    return Found(counts, ids, found.repairs + more.repairs)
