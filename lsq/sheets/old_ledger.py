"""A file of ours that comes back as a sheet: its ids are known, and no column has to be found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.names import LEDGER_COLUMNS
from lsq.sheets.outcomes import OUTCOME_WORDS

if TYPE_CHECKING:
    from lsq.sheets.saved_setup import SavedSetup
    from lsq.sheets.sheet import Sheet

__all__ = ["as_asked"]


def as_asked(sheet: Sheet, column: str | None) -> tuple[Sheet, str | None]:
    """Return the sheet whose ids are to be found, and the column when it is known.

    A file with a set-up names it. A ledger, or those of its lines that were downloaded, has the
    column `id`; where that is empty, `value` says why: the cell was blank or no id, unless somebody
    has mended it since.
    """
    setup = sheet.setup
    if column is None and setup is not None:
        sheet, column = _with_further_ids(sheet, setup), setup.id_column
    table = sheet.table
    if column not in {None, "id"} or tuple(table.column_names) != LEDGER_COLUMNS:
        return sheet, column
    words = pa.array(OUTCOME_WORDS, type=pa.string())
    if not pc.all(pc.is_in(table["outcome"], value_set=words), min_count=0).as_py():
        return sheet, column
    ids = pc.if_else(pc.equal(table["id"], ""), table["value"], table["id"])
    return replace(sheet, table=table.set_column(2, "id", ids)), "id"


def _with_further_ids(sheet: Sheet, setup: SavedSetup) -> Sheet:
    """Put the ids of further tables into the one column in which they are looked for."""
    table, name = sheet.table, setup.id_column
    for further in setup.further_id_columns:
        ids = pc.if_else(pc.equal(table[name], ""), table[further], table[name])
        table = table.set_column(table.column_names.index(name), name, ids)
    return replace(sheet, table=table)
