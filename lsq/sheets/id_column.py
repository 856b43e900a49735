"""The lead ids of a sheet: one entry for each row, or for each id of a cell that holds several."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.api.lead_id import LeadId
from lsq.api.models import Outcome
from lsq.sheets.candidates import Candidate, choose_column, find_candidates, read_columns
from lsq.sheets.cut_list import ALL_READ, ONE_READ, as_list
from lsq.sheets.id_names import doubt_of_name
from lsq.sheets.id_places import id_places
from lsq.sheets.many_cells import why_no_id
from lsq.sheets.old_ledger import as_asked
from lsq.sheets.outcomes import code_of, outcome_column
from lsq.sheets.same_ids import first_entries
from lsq.sheets.split_cells import one_each
from lsq.sheets.unasked import unasked_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    import pandas as pd

    from lsq.sheets.sheet import Sheet

    Integers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

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
        first: int64, the position among the entries of the first one with the same id, which for
            that one is its own; -1 without an id.
        repairs: What was repaired, in words that follow a number, to how many entries.
        candidates: The columns with ids in them, best first.
        rows: Data rows of the sheet.
        columns: The id column of each table of the file, `column` mostly.
        elsewhere: Dictionary array of column names per entry: where the ids of a damaged row were
            found when it was not the id column, else null; None when there is no such row.
        damage: Dictionary array per entry of what is wrong with its row, or null; None when all
            rows are whole.
    """

    column: str
    row: Integers
    position: Integers
    value: pa.StringArray
    id: pa.StringArray
    outcome: pd.Categorical[str]
    first_row: Integers
    reason: pa.StringArray
    first: Integers
    repairs: Mapping[str, int]
    candidates: tuple[Candidate, ...]
    rows: int
    columns: tuple[str, ...] = ()
    elsewhere: pa.DictionaryArray | None = None
    damage: pa.DictionaryArray | None = None
    unasked: pa.DictionaryArray | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def ids(self) -> tuple[LeadId, ...]:
        """The distinct ids, in the order in which they first stand in the sheet."""
        return tuple(map(LeadId, self.distinct.to_pylist()))

    @property
    def distinct(self) -> pa.StringArray:
        """The distinct ids as an array; the id array itself when there are no others."""
        is_first = self.first == np.arange(len(self.first))
        return self.id if is_first.all() else self.id.filter(pa.array(is_first))

    @property
    def extra_ids(self) -> int:
        """Entries beyond one per row: a cell with k ids adds k - 1."""
        return len(self.row) - self.rows

    def count(self, outcome: Outcome) -> int:
        """Count the entries with this outcome."""
        return int((self.outcome.codes == code_of(outcome)).sum())


def find_ids(sheet: Sheet, *, column: str | None = None) -> IdCells:
    """Find the column of lead ids, or take the one that is named, or that a file of ours names.

    Raises:
        TieError: Several columns look equally like lead ids.
        SheetError: No column holds ids, or none has that name.
    """
    sheet, column = as_asked(sheet, column)
    found = read_columns(sheet.table)
    listed = as_list(sheet, found)
    if listed is not None and column is None:
        sheet, found = listed, read_columns(listed.table)
    candidates = find_candidates(sheet, found)
    chosen = choose_column(sheet, candidates, found, column=column)
    doubt = _doubt(sheet, chosen, asked=column is not None, is_list=listed is not None)
    places = one_each(sheet, id_places(sheet, found, chosen))
    counts, ids = places.found.counts, places.found.ids
    position, value, row = np.arange(len(counts)), places.cells, sheet.row_numbers
    if (counts > 1).any():
        position = np.repeat(position, np.maximum(counts, 1))
        value, row = value.take(pa.array(position)), row[position]
    elsewhere = places.elsewhere
    if not counts.all():
        elsewhere = np.full(len(position), -1, dtype=np.int64)
        elsewhere[counts[position] > 0] = places.elsewhere
        ids = _with_gaps(ids, counts[position] > 0)
    reason = _reasons(value, ids)
    first = first_entries(ids)
    unasked = unasked_ids(sheet, found, places.found, columns=places.columns)
    outcome, first_row = _outcomes(first, reason, row)
    return IdCells(
        column=chosen,
        row=row,
        position=position,
        value=value,
        id=ids,
        outcome=outcome,
        first_row=first_row,
        reason=reason,
        first=first,
        repairs={word: n for word, n in places.found.repairs.most_common() if n},
        candidates=candidates,
        rows=sheet.table.num_rows,
        columns=places.columns,
        elsewhere=_names(sheet, elsewhere),
        damage=None if sheet.damage is None else sheet.damage.take(pa.array(position)),
        unasked=_names(sheet, unasked[position]),
        notes=(*doubt, *places.notes),
    )


def _doubt(sheet: Sheet, column: str, *, asked: bool, is_list: bool) -> tuple[str, ...]:
    if is_list:
        return (ONE_READ if asked else ALL_READ,)
    return () if asked or not sheet.names_sure else doubt_of_name(column)


def _with_gaps(ids: pa.StringArray, has_id: Flags) -> pa.StringArray:
    at = np.cumsum(has_id) - 1
    return ids.take(pa.array(at, mask=~has_id))


def _reasons(value: pa.StringArray, ids: pa.StringArray) -> pa.StringArray:
    reasons = pa.nulls(len(ids), type=pa.string())
    if not ids.null_count:
        return reasons
    without = ids.is_null()
    return pc.replace_with_mask(reasons, without, why_no_id(value.filter(without)))


def _names(sheet: Sheet, at: Integers) -> pa.DictionaryArray | None:
    if (at < 0).all():
        return None
    indices = pa.array(at, type=pa.int32(), mask=at < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(sheet.table.column_names, pa.string()))


def _outcomes(
    first: Integers, reason: pa.StringArray, row: Integers
) -> tuple[pd.Categorical[str], Integers]:
    has_id = first >= 0
    repeated = has_id & (first != np.arange(len(first)))
    codes = np.full(len(first), code_of(Outcome.BLANK), dtype=np.int8)
    codes[reason.is_valid().to_numpy(zero_copy_only=False)] = code_of(Outcome.INVALID)
    codes[has_id] = code_of(Outcome.TO_FETCH)
    codes[repeated] = code_of(Outcome.DUPLICATE)
    first_row = np.full(len(first), -1, dtype=np.int64)
    first_row[repeated] = row[first[repeated]]
    return outcome_column(codes), first_row
