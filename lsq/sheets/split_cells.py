"""Cells of several ids in a file of ours: there each stands in a row of its own for each id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.outcomes import outcome_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lsq.sheets.id_places import Places
    from lsq.sheets.sheet import Sheet

    Flags = npt.NDArray[np.bool_]

__all__ = ["one_each"]


def one_each(sheet: Sheet, places: Places) -> Places:
    """Let the j-th of k rows with one and the same cell of k ids stand for its j-th id alone.

    Only in a sheet with our outcome column, and of neighbours that are the same in all columns
    before it: there a row of k ids became k rows, which would now be k times k.

    Args:
        sheet: The sheet.
        places: The ids of its rows, as their cells have them.
    """
    counts, rows = places.found.counts, np.arange(sheet.table.num_rows)
    several = (counts > 1).any() and sheet.damage is None
    outcome = outcome_header(sheet) if several else None
    if outcome is None:
        return places
    names = sheet.table.column_names
    own = [sheet.table[name] for name in names[: names.index(outcome)]]
    first = np.flatnonzero(_begins([places.cells, *own]))
    run = np.searchsorted(first, rows, side="right") - 1
    alike = np.diff(first, append=len(rows))[run]
    split = (counts > 1) & (alike % np.maximum(counts, 1) == 0)
    nth = (rows - first[run]) % np.maximum(counts, 1)
    row = np.repeat(rows, counts)
    place = np.arange(len(row)) - (np.cumsum(counts) - counts)[row]
    kept = ~split[row] | (place == nth[row])
    found = places.found._replace(
        counts=np.where(split, 1, counts).astype(counts.dtype),
        ids=places.found.ids.filter(pa.array(kept)),
    )
    return places._replace(found=found, elsewhere=places.elsewhere[kept])


def _begins(columns: Sequence[pa.Array | pa.ChunkedArray]) -> Flags:
    """Mark the rows that are not the same as the one above in these columns."""
    begins = np.zeros(len(columns[0]), dtype=np.bool_)
    begins[0] = True
    for column in columns:
        begins[1:] |= pc.not_equal(column[1:], column[:-1]).to_numpy(zero_copy_only=False)
    return begins
