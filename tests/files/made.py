"""Lookups made by hand, whose every text is one that files have spoiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lsq import Account
from lsq.api.models import Fetched, LeadTable
from lsq.lookup.choice import Choice, Rows, Shape
from lsq.lookup.files import file_bytes
from lsq.lookup.plan import Plan
from lsq.lookup.run import settled
from lsq.lookup.view import View
from lsq.sandbox import lead_id
from lsq.sheets.id_column import find_ids
from lsq.sheets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lsq.lookup.choice import Form
    from lsq.lookup.run import Lookup

__all__ = ["ID", "made_ledger", "made_lookup", "written"]

ID = "Lead ID"
FETCHED_AT_S = 1_700_000_000.0
ACCOUNT = Account(host="api-in21.leadsquared.com", access_key="a-key", secret_key="s-key")  # noqa: S106 - made up


def made_lookup(
    first_names: Sequence[str | None],
    own: Mapping[str, Sequence[str]],
    **more: Sequence[str | None],
) -> Lookup:
    """Return a lookup of so many leads, each found in a row of a sheet.

    Args:
        first_names: Their names, as LeadSquared sent them.
        own: The sheet's columns beside the ids.
        more: Further columns of the leads, by schema name.
    """
    ids = [lead_id(number) for number in range(len(first_names))]
    return _looked_up({ID: ids, **own}, {"FirstName": list(first_names), **more})


def made_ledger(cells: Sequence[str]) -> Lookup:
    """Return a lookup of one lead, in a sheet with these cells below its id."""
    return _looked_up({ID: [lead_id(0), *cells]}, {"FirstName": ["Anita"]})


def _looked_up(
    sheet_columns: Mapping[str, Sequence[str]], lead_columns: Mapping[str, Sequence[str | None]]
) -> Lookup:
    columns = [pa.array(cells, type=pa.string()) for cells in sheet_columns.values()]
    sheet = Sheet(
        name="list.csv",
        table=pa.table(columns, names=[*sheet_columns]),
        row_numbers=np.arange(2, len(columns[0]) + 2),
    )
    cells = find_ids(sheet, column=ID)
    leads = LeadTable(
        ids=cells.ids,
        columns={"ProspectID": cells.ids, **lead_columns},
        fetched_at=[FETCHED_AT_S] * len(cells.ids),
    )
    plan = Plan(cells=cells, ids=cells.ids, left_out=(), columns=(*lead_columns,))
    return settled(sheet, plan, Fetched(leads=leads), account=ACCOUNT)


def written(
    lookup: Lookup, form: Form, *, rows: Rows = Rows.ALL, shape: Shape = Shape.MINE
) -> bytes:
    """Return the file of a lookup in one form."""
    return file_bytes(View(lookup=lookup), Choice(form=form, rows=rows, shape=shape))
