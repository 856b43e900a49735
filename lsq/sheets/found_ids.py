"""What was found in many cells, with ids left out or further ones put behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.many_cells import Found

if TYPE_CHECKING:
    import numpy.typing as npt

    Flags = npt.NDArray[np.bool_]
    Integers = npt.NDArray[np.int64]

__all__ = ["merged", "without"]


def without(found: Found, others: pa.StringArray, *, rows: Flags) -> Found:
    """Leave out in these rows the ids that are others': their cells have moved."""
    if not len(others):
        return found
    cell = np.repeat(np.arange(len(found.counts)), found.counts)
    known = pc.is_in(found.ids, value_set=others).to_numpy(zero_copy_only=False) & rows[cell]
    counts = np.bincount(cell[~known], minlength=len(found.counts)).astype(np.int32)
    return Found(counts, found.ids.filter(pa.array(~known)), found.repairs)


def merged(found: Found, rows: Integers, more: Found) -> tuple[Found, Integers]:
    """Put further ids of some rows behind those that they have; a row may be named repeatedly.

    Returns:
        All ids, and for each of them its position among those of `found` and then of `more`.
    """
    if not len(more.ids):
        return found, np.arange(len(found.ids))
    counts = found.counts.copy()
    of_found = np.repeat(np.arange(len(counts)), found.counts)
    of_more = np.repeat(rows, more.counts)
    np.add.at(counts, rows, more.counts)
    order = np.argsort(np.concatenate([of_found, of_more]), kind="stable")
    ids = pa.concat_arrays([found.ids, more.ids]).take(pa.array(order))
    return Found(counts, ids, found.repairs + more.repairs), order
