"""Cells of several ids in a file of ours: there each stands in a row of its own for each id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.many_cells import whole
from lsq.sheets.our_outcome import LEADS_ID
from lsq.sheets.outcomes import outcome_header

if TYPE_CHECKING:
    import numpy.typing as npt

    from lsq.sheets.id_places import Places
    from lsq.sheets.sheet import Sheet

    Flags = npt.NDArray[np.bool_]

__all__ = ["one_each"]


def one_each(sheet: Sheet, places: Places) -> Places:
    """Let each row with a cell of several ids stand for its own one alone.

    Only in a sheet with our outcome column: there a row of k ids became k rows, which would now be
    k times k. Whatever was edited since, a row stands for the lead that came back beside it. Rows
    without one share the ids of their cell that no such row stands for: of k neighbours for k ids
    the j-th stands for the j-th. Their other cells tell nothing: older values may stand there.

    Args:
        sheet: The sheet.
        places: The ids of its rows, as their cells have them.
    """
    several = (places.found.counts > 1).any() and sheet.damage is None
    outcome = outcome_header(sheet) if several else None
    if outcome is None:
        return places
    lead = _lead_header(sheet, outcome)
    if lead is not None:
        places = _of_own_lead(places, pc.ascii_lower(whole(sheet.table[lead])))
    return _jth_of_neighbours(places)


def _lead_header(sheet: Sheet, outcome: str) -> str | None:
    """Return the header of the ids of the leads that came back; None where they are not known."""
    names = sheet.table.column_names
    if sheet.setup is not None:
        came = sheet.setup.lead_columns.items()
        return next((header for header, name in came if name == LEADS_ID), None)
    return next(iter(names[names.index(outcome) + 1 :]), None)


def _of_own_lead(places: Places, leads: pa.StringArray) -> Places:
    """Keep of each row its lead's id; without a lead, those that no row of its cell stands for.

    An id that a cell has twice counts once in a row: the other one has a row of its own.
    """
    counts, ids = places.found.counts, places.found.ids
    row = np.repeat(np.arange(len(counts)), counts)
    stands = pc.equal(ids, leads.take(pa.array(row))).to_numpy(zero_copy_only=False)
    at = np.flatnonzero(stands)
    known, first = np.unique(row[at], return_index=True)
    own = np.isin(np.arange(len(row)), at[first])
    cell, each = (
        np.asarray(texts.dictionary_encode().indices, dtype=np.int64)
        for texts in (places.cells.take(pa.array(row)), ids)
    )
    of_cell = cell * len(ids) + each
    kept = np.where(np.isin(row, known), own, ~np.isin(of_cell, of_cell[stands]))
    none_left = np.bincount(row[kept], minlength=len(counts)) == 0
    kept |= none_left[row]
    left_out = np.setdiff1d(of_cell, of_cell[kept])
    return _only(_noted(places, len(left_out)), kept)


def _noted(places: Places, left_out: int) -> Places:
    """Say how many ids of cells no row stands for: their rows are gone, or somebody added them."""
    if not left_out:
        return places
    have, are = ("has", "is") if left_out == 1 else ("have", "are")
    note = (
        f"{left_out:,} {'id' if left_out == 1 else 'ids'} in cells of several {have} no row here "
        f"and {are} not asked for: put each that you want in a row of its own."
    )
    return places._replace(notes=(*places.notes, note))


def _jth_of_neighbours(places: Places) -> Places:
    """Keep the j-th id of the j-th of k rows of one cell that still have k ids."""
    counts = places.found.counts
    at = np.flatnonzero(counts > 1)
    if not len(at):
        return places
    block = np.cumsum(_begins(places.cells))  # rows of one cell, and no other between them
    first = np.flatnonzero(np.diff(block[at], prepend=-1))
    run = np.searchsorted(first, np.arange(len(at)), side="right") - 1
    length = np.diff(first, append=len(at))[run]
    nth = np.full(len(counts), -1)
    nth[at] = np.where(length % counts[at] == 0, (np.arange(len(at)) - first[run]) % counts[at], -1)
    row = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(row)) - (np.cumsum(counts) - counts)[row]
    return _only(places, (nth[row] < 0) | (place == nth[row]))


def _only(places: Places, kept: Flags) -> Places:
    """Leave out the ids that are not kept."""
    counts = places.found.counts
    row = np.repeat(np.arange(len(counts)), counts)
    found = places.found._replace(
        counts=np.bincount(row[kept], minlength=len(counts)).astype(counts.dtype),
        ids=places.found.ids.filter(pa.array(kept)),
    )
    return places._replace(found=found, elsewhere=places.elsewhere[kept])


def _begins(cells: pa.StringArray) -> Flags:
    """Mark the rows whose cell is not the same as the one above."""
    begins = np.ones(len(cells), dtype=np.bool_)
    begins[1:] = pc.not_equal(cells[1:], cells[:-1]).to_numpy(zero_copy_only=False)
    return begins
