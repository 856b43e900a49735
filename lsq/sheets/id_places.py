"""Where the ids of each row stand: the id column, another one of a later table, or any cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.candidates import name_looks
from lsq.sheets.damage import Damage
from lsq.sheets.found_ids import merged, only, without
from lsq.sheets.id_shape import SHORTEST
from lsq.sheets.many_cells import read_cells, whole
from lsq.sheets.second_rows import with_second_rows

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
    leads = without(places.found, others, rows=damaged & ~_in_place(sheet.damage))
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
    return with_second_rows(sheet, places, found, damaged=damaged, others=others)


def _in_place(damage: pa.DictionaryArray) -> Flags:
    """Tell which rows have suffered only what moves no cell, so that each id is in its column."""
    kept = [word in {Damage.NUL, Damage.UNREADABLE} for word in damage.dictionary.to_pylist()]
    codes = damage.indices.fill_null(len(kept)).to_numpy(zero_copy_only=False)
    flags: Flags = np.array([*kept, False])[codes]
    return flags


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
    read = without(read, others, rows=np.ones(len(rows), dtype=np.bool_))
    if len(look) > 1:  # together they are one id only if each alone is none
        read = only(read, ~np.any([read_cells(text, glued=True).counts for text in texts], axis=0))
    hit = np.flatnonzero(read.counts)
    if not len(hit):
        return places
    is_hit = np.zeros(len(places.cells), dtype=np.bool_)
    is_hit[rows[hit]] = True
    places.elsewhere[rows[hit]] = -1 if home in look else look[0]
    return places._replace(
        cells=pc.replace_with_mask(places.cells, pa.array(is_hit), cells.take(pa.array(hit))),
        found=merged(places.found, rows, read),
    )
