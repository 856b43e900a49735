"""The lead ids of a sheet: one entry for each row, or for each id of a cell that holds several."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.api.lead_id import LeadId
from lsq.api.models import Outcome
from lsq.sheets.candidates import Candidate, choose_column, find_candidates
from lsq.sheets.id_shape import CLEAN, NO_LEAD
from lsq.sheets.outcomes import code_of, outcome_column
from lsq.sheets.rescue import Repair, read_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    import pandas as pd

    from lsq.sheets.sheet import Sheet

    Integers = npt.NDArray[np.int64]

__all__ = ["IdCells", "find_ids"]


@dataclass(frozen=True, kw_only=True, eq=False)
class IdCells:
    """The id column, entry by entry; the arrays have one length and are not to be written to.

    Attributes:
        column: Name of the id column.
        row: int64, the shown row.
        position: int64, the row's position in `Sheet.table`; repeated for a cell of several ids.
        value: String array, the cell as it stands in the sheet.
        id: String array, the normalised id; null for blank and invalid entries.
        outcome: Categorical of `OUTCOME_WORDS`: to fetch, duplicate, blank or not an id.
        first_row: int64, the shown row that a duplicate repeats; -1 for all others.
        reason: String array, why an entry is not an id; null for all others.
        repairs: What was repaired, in words that follow a number, to how many entries.
        candidates: The columns with ids in them, best first.
        rows: Data rows of the sheet.
    """

    column: str
    row: Integers
    position: Integers
    value: pa.StringArray
    id: pa.StringArray
    outcome: pd.Categorical[str]
    first_row: Integers
    reason: pa.StringArray
    repairs: Mapping[str, int]
    candidates: tuple[Candidate, ...]
    rows: int

    @cached_property
    def ids(self) -> tuple[LeadId, ...]:
        """The distinct ids, in the order in which they first stand in the sheet."""
        return tuple(map(LeadId, self.id.drop_null().unique().to_pylist()))

    @property
    def extra_ids(self) -> int:
        """Entries beyond one per row: a cell with k ids adds k - 1."""
        return len(self.row) - self.rows

    def count(self, outcome: Outcome) -> int:
        """Count the entries with this outcome."""
        return int((self.outcome.codes == code_of(outcome)).sum())


def find_ids(sheet: Sheet, *, column: str | None = None) -> IdCells:
    """Find the column of lead ids, or take the named one, and read every cell of it.

    Raises:
        SheetError: No column holds ids, or none has that name.
    """
    candidates = find_candidates(sheet.table)
    column = choose_column(sheet, candidates, column=column)
    values = sheet.table[column].combine_chunks()
    position, ids, reason, repairs = _read_cells(values)
    row = sheet.row_numbers[position]
    outcome, first_row = _outcomes(ids, reason, row)
    return IdCells(
        column=column,
        row=row,
        position=position,
        value=values if len(position) == len(values) else values.take(position),
        id=ids,
        outcome=outcome,
        first_row=first_row,
        reason=reason,
        repairs=repairs,
        candidates=candidates,
        rows=sheet.table.num_rows,
    )


def _read_cells(
    values: pa.StringArray,
) -> tuple[Integers, pa.StringArray, pa.StringArray, dict[str, int]]:
    """Read clean ids all at once and the other cells one by one, then merge them in order."""
    shaped = pc.and_(pc.match_substring_regex(values, pattern=CLEAN), pc.not_equal(values, NO_LEAD))
    clean = shaped.to_numpy(zero_copy_only=False)
    clean_ids = pc.utf8_lower(values.filter(shaped))
    readings = [read_cell(text) for text in values.filter(pc.invert(shaped)).to_pylist()]

    entries_per_row = np.ones(len(values), dtype=np.int64)
    entries_per_row[~clean] = [max(1, len(reading.ids)) for reading in readings]
    position = np.repeat(np.arange(len(values)), entries_per_row)

    merged = np.empty(len(position), dtype=np.int64)
    from_clean = clean[position]
    merged[from_clean] = np.arange(len(clean_ids))
    merged[~from_clean] = np.arange(len(clean_ids), len(position))
    rest = [lead_id for reading in readings for lead_id in reading.ids or (None,)]
    reasons = [reading.reason for reading in readings for _ in reading.ids or (None,)]
    ids = pa.concat_arrays([clean_ids, pa.array(rest, type=pa.string())]).take(merged)
    none = pa.nulls(len(clean_ids), type=pa.string())
    reason = pa.concat_arrays([none, pa.array(reasons, type=pa.string())]).take(merged)

    repairs = Counter({r.repair: 0 for r in readings if r.repair})
    for reading in readings:
        if reading.repair:
            repairs[reading.repair] += len(reading.ids)
    capitals = pc.sum(pc.not_equal(clean_ids, values.filter(shaped))).as_py() or 0
    if capitals:
        repairs[Repair.CASE] += capitals
    return position, ids, reason, dict(repairs.most_common())


def _outcomes(
    ids: pa.StringArray, reason: pa.StringArray, row: Integers
) -> tuple[pd.Categorical[str], Integers]:
    indices = ids.dictionary_encode().indices
    has_id = indices.is_valid().to_numpy(zero_copy_only=False)
    number = indices.fill_null(0).to_numpy()  # of the distinct id, in order of appearance
    entries = np.flatnonzero(has_id)
    first_entry = np.zeros(len(ids), dtype=np.int64)
    # Written backwards, so that the first entry of each id is the one that stays.
    first_entry[number[entries[::-1]]] = entries[::-1]
    repeated = has_id & (first_entry[number] != np.arange(len(ids)))

    codes = np.full(len(ids), code_of(Outcome.BLANK), dtype=np.int8)
    codes[reason.is_valid().to_numpy(zero_copy_only=False)] = code_of(Outcome.INVALID)
    codes[has_id] = code_of(Outcome.TO_FETCH)
    codes[repeated] = code_of(Outcome.DUPLICATE)
    first_row = np.where(repeated, row[first_entry[number]], -1)
    return outcome_column(codes), first_row
