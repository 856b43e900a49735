"""Rows without an id in their id column, but with one elsewhere: nobody asks it, so it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.id_names import name_looks
from lsq.sheets.second_rows import homes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from lsq.sheets.many_cells import Found
    from lsq.sheets.sheet import Sheet

    Flags = npt.NDArray[np.bool_]
    Integers = npt.NDArray[np.int64]

__all__ = ["unasked_ids"]


def unasked_ids(
    sheet: Sheet, found: Mapping[str, Found], asked: Found, *, columns: tuple[str, ...]
) -> Integers:
    """Return for each row without an id the column that holds one all the same; -1 for no column.

    Ids that are asked for another row do not count, nor do those of columns of other ids, which
    stand beside the lead ids of other rows: owners', say.

    Args:
        sheet: The sheet.
        found: The ids of every column that has some.
        asked: The lead ids of each row.
        columns: The id column of each table of the file.
    """
    places = np.full(sheet.table.num_rows, -1, dtype=np.int64)
    if asked.counts.all():
        return places
    table = np.searchsorted(sheet.starts, np.arange(len(places)), side="right") - 1
    with_leads = np.bincount(table[asked.counts > 0], minlength=len(sheet.starts)) > 0
    # Of a later table without any lead id there is a note of its own.
    is_open = (asked.counts == 0) & (with_leads[table] | (len(sheet.starts) == 1))
    names = sheet.table.column_names
    homes = homes_of(sheet, columns, np.arange(len(places)))
    rows, ids, of_column = [np.empty(0, np.int64)], [pa.array([], pa.string())], [np.empty(0, int)]
    for name, each in found.items():
        place = names.index(name)
        row = np.repeat(np.flatnonzero(each.counts), each.counts[each.counts > 0])
        away = is_open[row] & (homes[row] != place)
        if away.any() and not _is_of_others(sheet, name, each, asked, table):
            here, beside = each.ids.filter(pa.array(away)), each.ids.filter(pa.array(~away))
            known = pc.is_in(here, value_set=beside).to_numpy(zero_copy_only=False)
            ids.append(here.filter(pa.array(~known)))
            rows.append(row[away][~known])
            of_column.append(np.full(len(rows[-1]), place))
    known = pc.is_in(pa.concat_arrays(ids), value_set=asked.ids).to_numpy(zero_copy_only=False)
    # The leftmost column is named: what is written last stays.
    places[np.concatenate(rows)[~known][::-1]] = np.concatenate(of_column)[~known][::-1]
    return places


def _is_of_others(sheet: Sheet, name: str, each: Found, asked: Found, table: Integers) -> bool:
    """Tell whether a column holds ids beside those of most rows, and not the same ones."""
    has = asked.counts > 0
    both = np.flatnonzero(has & (each.counts > 0))
    if not len(both):
        return False
    mine, theirs = (
        one.ids.take(pa.array((np.cumsum(one.counts) - one.counts)[both])) for one in (asked, each)
    )
    if 2 * (pc.sum(pc.equal(mine, theirs)).as_py() or 0) >= len(both):
        return False
    if sheet.names_sure and name_looks(name) < 0:
        return True
    in_tables = np.isin(table, table[both])
    return 2 * len(both) >= int(np.count_nonzero(has & in_tables))
