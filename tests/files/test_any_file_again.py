"""Any sheet, written in any form, fetched again: the same ids, the same cells, the same file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.lookup.choice import Form
from lsq.lookup.plan import Plan
from lsq.lookup.run import settled
from lsq.lookup.view import View
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from tests.files.losses import held
from tests.files.made import ACCOUNT, ID, made_lookup, written

if TYPE_CHECKING:
    from lsq.lookup.run import Lookup
    from lsq.sheets.sheet import Sheet

PIECES = (
    "=1+1", "'", '"', ",", ";", "\t", "\n", "\r", " ", "+91 98450", "007", "1e5", "_x0041_",
    "\x01", "\ufffe", "पुणे", "🗂", "a", "Outcome", "FirstName", "(LeadSquared)", "TRUE",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
NAMES = TEXTS.map(lambda text: f"N{text}")


@st.composite
def lookups(draw: st.DrawFn) -> Lookup:
    """Return a lookup of a few leads in a sheet whose every name and cell is hard to write."""
    rows = draw(st.integers(1, 4))
    cells = st.lists(TEXTS, min_size=rows, max_size=rows)
    same_name = lambda name: held(Form.XLSX, name).casefold()  # noqa: E731 - what a file tells apart
    names = draw(st.lists(NAMES, max_size=3, unique_by=same_name))
    own = {name: draw(cells) for name in names}
    return made_lookup(draw(cells), own, mx_City=draw(cells))


def again(first: Lookup, sheet: Sheet) -> Lookup:
    """Settle what was fetched with the file that was made of it."""
    cells = find_ids(sheet, column=None if sheet.setup else ID)
    plan = Plan(cells=cells, ids=cells.ids, columns=first.plan.columns)
    return settled(sheet, plan, replace(first.fetched), account=ACCOUNT)


@pytest.mark.parametrize("form", Form)
@settings(max_examples=25)
@given(first=lookups())
def test_a_file_is_the_same_after_it_was_used(form: Form, first: Lookup) -> None:
    sheet = parse_sheet(written(first, form), name=f"again{form}")
    second = again(first, sheet)
    assert second.plan.cells.ids == first.plan.cells.ids
    own = first.sheet.table
    names = [held(form, name) for name in own.column_names]
    assert sheet.table.column_names[: len(names)] == names
    for name, column in zip(names, own.columns, strict=True):
        assert sheet.table[name].to_pylist() == [held(form, cell) for cell in column.to_pylist()]
    if sheet.setup is not None:
        drift = View(lookup=second).drift
        assert drift is not None
        assert drift.untouched.all()
    third = parse_sheet(written(second, form), name=f"again{form}")
    assert third.table.equals(sheet.table)
    assert third.setup == sheet.setup
