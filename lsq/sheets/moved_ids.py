"""Ids of damaged rows that no longer stand in the id column's cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.damage import Damage
from lsq.sheets.found_ids import without
from lsq.sheets.id_shape import SHORTEST
from lsq.sheets.many_cells import read_cells, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from lsq.sheets.many_cells import Found
    from lsq.sheets.sheet import Sheet

    Flags = npt.NDArray[np.bool_]
    Integers = npt.NDArray[np.int64]

__all__ = ["Moved", "find_moved", "in_place"]

_HOME, _WITH_NEXT, _WITH_LAST = -3, -2, -1


class Moved(NamedTuple):
    """The cells that hold the ids of some rows, one a row.

    Attributes:
        rows: Positions of those rows in the sheet, rising.
        cells: What the ids were read from: a cell, or two as one.
        places: The position of each cell's column; -1 for the id column, alone or with another.
        found: Their ids.
    """

    rows: Integers
    cells: pa.StringArray
    places: Integers
    found: Found


class _Seen(NamedTuple):
    """Cells that may hold an id: of which rows, in which column, and how far from the id column."""

    texts: pa.StringArray
    at: Integers
    places: Integers
    ranks: Integers


def in_place(damage: pa.DictionaryArray) -> Flags:
    """Tell which rows have suffered only what moves no cell, so that each id is in its column."""
    kept = [word in {Damage.NUL, Damage.UNREADABLE} for word in damage.dictionary.to_pylist()]
    codes = damage.indices.fill_null(len(kept)).to_numpy(zero_copy_only=False)
    flags: Flags = np.array([*kept, False])[codes]
    return flags


def find_moved(  # noqa: PLR0913 - where to search, and what does not count
    sheet: Sheet,
    rows: Integers,
    homes: Integers,
    *,
    damage: pa.DictionaryArray,
    others: pa.StringArray,
    of_others: Integers,
) -> Moved:
    """Search damaged rows, the id column's cell first, then the nearest.

    Args:
        sheet: The sheet.
        rows: Positions of damaged rows without an id in the id column's cell.
        homes: For each of them the position of its id column.
        damage: What is wrong with each of them.
        others: Ids of something else than a lead.
        of_others: Positions of the columns that hold such ids.
    """
    moves = ~in_place(damage)
    right, short = (
        pc.equal(damage.cast(pa.string()), word.value).to_numpy(zero_copy_only=False)
        for word in (Damage.LONG, Damage.SHORT)
    )
    seen = _seen(sheet, rows, homes, moves=moves, right=right)
    every = read_cells(seen.texts, glued=True)
    own = np.isin(seen.places, of_others) & (short & _blank(sheet, rows, homes))[seen.at]
    own &= _stay(seen, homes, every.counts > 0)
    read = without(every, others, rows=moves[seen.at])
    hits = np.flatnonzero((read.counts > 0) & ~own)
    hits = hits[np.lexsort((seen.ranks[hits], seen.at[hits]))]
    at, first = np.unique(seen.at[hits], return_index=True)
    best = hits[first]
    cells = seen.texts.take(pa.array(best))
    # Read once more, so that repairs are counted of these alone.
    found = without(read_cells(cells, glued=True), others, rows=moves[at])
    return Moved(rows[at], cells, seen.places[best], found)


def _blank(sheet: Sheet, rows: Integers, homes: Integers) -> Flags:
    """Tell which of these rows have nothing in the id column's cell."""
    blank = np.zeros(len(rows), dtype=np.bool_)
    for home in np.unique(homes).tolist():
        at = np.flatnonzero(homes == home)
        blank[at] = pc.binary_length(sheet.table.column(home)).to_numpy()[rows[at]] == 0
    return blank


def _stay(seen: _Seen, homes: Integers, has_id: Flags) -> Flags:
    """Tell which ids of a row with too few cells cannot have come from the id column.

    A missing separator moves cells to the left, and what stood there is left of them still; where
    only the last cells are missing, none has moved.
    """
    first = np.full(len(homes), np.iinfo(np.int64).max)
    np.minimum.at(first, seen.at[has_id], seen.places[has_id])
    flags: Flags = (seen.places > homes[seen.at]) | (seen.places == first[seen.at])
    return flags


def _seen(sheet: Sheet, rows: Integers, homes: Integers, *, moves: Flags, right: Flags) -> _Seen:
    """Collect the cells that are long enough, and each pair of which one is the id column's."""
    seen = [_Seen(pa.array([], pa.string()), *[np.empty(0, dtype=np.int64)] * 3)]
    for place, column in enumerate(sheet.table.columns):
        is_long = pc.binary_length(column).to_numpy()[rows] >= SHORTEST
        at = np.flatnonzero(is_long & (moves | (homes == place)))
        if len(at):
            home = homes[at] == place
            # A cell too many moves the id to the right; anything else, such as a separator that
            # is missing, moves it to the left: of two equally near cells that one is first.
            far = 2 * np.abs(homes[at] - place) + ((place < homes[at]) == right[at])
            texts = whole(column.take(pa.array(rows[at])))
            places = np.where(home, -1, place)
            seen.append(_Seen(texts, at, places, np.where(home, _HOME, far)))
    seen += _pairs(sheet, rows, np.where(moves, homes, -2), rank=_WITH_NEXT)
    seen += _pairs(sheet, rows, np.where(moves, homes, -1) - 1, rank=_WITH_LAST)
    texts, *numbers = zip(*seen, strict=True)
    return _Seen(pa.concat_arrays(texts), *map(np.concatenate, numbers))


def _pairs(sheet: Sheet, rows: Integers, firsts: Integers, *, rank: int) -> Iterator[_Seen]:
    """Yield two cells as one where they may be an id with a separator inside.

    Args:
        sheet: The sheet.
        rows: Positions of rows.
        firsts: For each of them the position of the left cell; a negative one is none.
        rank: Of these cells among all.
    """
    for first in np.unique(firsts).tolist():
        if 0 <= first < sheet.table.num_columns - 1:
            at = np.flatnonzero(firsts == first)
            left, right = (
                pc.binary_length(sheet.table.column(place)).to_numpy()[rows[at]]
                for place in (first, first + 1)
            )
            at = at[(left > 0) & (right > 0) & (left + right >= SHORTEST)]
            if not len(at):
                continue
            two = sheet.table.select([first, first + 1]).take(pa.array(rows[at]))
            texts = [whole(column) for column in two.columns]
            # Together they are one id only if each alone is none.
            alone = np.any([read_cells(text, glued=True).counts for text in texts], axis=0)
            joined = pc.binary_join_element_wise(*texts, "").filter(pa.array(~alone))
            at = at[~alone]
            yield _Seen(joined, at, np.full(len(at), -1), np.full(len(at), rank))
