"""Cells of several ids, whatever became of them, beside columns called as ours: all come back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.api.errors import ServerFailed
from lsq.api.models import Fetched, LeadTable
from lsq.lookup.choice import Form
from lsq.lookup.plan import Plan
from lsq.lookup.run import settled
from lsq.sandbox import lead_id
from lsq.sheets.id_column import find_ids
from lsq.sheets.names import column_names
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.sheet import Sheet
from tests.files.made import ACCOUNT, FETCHED_AT_S, ID, written

if TYPE_CHECKING:
    from lsq.lookup.run import Lookup

IDS = tuple(lead_id(number) for number in range(5))
NAMES = (
    "Note", "Outcome", "Outcome (2)", "Outcome (LeadSquared)", "ProspectID", "FirstName",
    "firstname", "FirstName (LeadSquared)", "Score (2)", "Row", "id", "",
)  # fmt: skip
TEXTS = st.sampled_from(["", "n", "=1", "'=1", "found", "failed", "007", "पुणे"])
CELLS = st.one_of(
    st.lists(st.sampled_from(IDS), min_size=1, max_size=3).map("; ".join),
    st.sampled_from(["", "no id"]),
)


@st.composite
def lookups(draw: st.DrawFn) -> Lookup:
    """Return a lookup of a few cells of ids, of which some came, some failed and so on."""
    ids = [draw(st.sampled_from(IDS)), *draw(st.lists(CELLS, max_size=5))]
    own = draw(st.lists(st.sampled_from(NAMES), max_size=3))
    cells = [draw(st.lists(TEXTS, min_size=len(ids), max_size=len(ids))) for _ in own]
    names = column_names([ID, *own], width=1 + len(own))
    table = pa.table([pa.array(column, pa.string()) for column in (ids, *cells)], names=names)
    sheet = Sheet(name="list.csv", table=table, row_numbers=np.arange(2, len(ids) + 2))
    ends = {each: draw(st.sampled_from(["found", "not found", "failed", ""])) for each in IDS}
    scores = {each: draw(st.sampled_from(["1", "1.50", "n/a", None])) for each in IDS}
    return _fetched(sheet, ends, scores)


def _fetched(sheet: Sheet, ends: dict[str, str], scores: dict[str, str | None]) -> Lookup:
    cells = find_ids(sheet, column=None if sheet.setup else ID)
    of = {end: [each for each in cells.ids if ends[each] == end] for end in ends.values()}
    came = of.get("found", [])
    columns = {
        "ProspectID": came,
        "FirstName": ["=Asha"] * len(came),
        "Score": [scores[each] for each in came],
    }
    fetched = Fetched(
        leads=LeadTable(ids=came, columns=columns, fetched_at=[FETCHED_AT_S] * len(came)),
        not_found=tuple(of.get("not found", [])),
        failed=dict.fromkeys(of.get("failed", []), ServerFailed("It broke.")),
        not_asked=tuple(of.get("", [])),
    )
    plan = Plan(cells=cells, ids=cells.ids, columns=("FirstName", "Score"))
    return settled(sheet, plan, fetched, account=ACCOUNT)


@pytest.mark.parametrize("form", Form)
@settings(max_examples=10)
@given(first=lookups())
def test_a_file_asks_for_the_same_ids_and_is_the_same_whatever_came(
    form: Form, first: Lookup
) -> None:
    sheet = parse_sheet(written(first, form), name=f"again{form}")
    cells = find_ids(sheet, column=None if sheet.setup else ID)
    assert cells.id.to_pylist() == first.plan.cells.id.to_pylist()
    own = first.sheet.table.take(first.ledger.position)
    assert sheet.table.column_names[: own.num_columns] == own.column_names
    for name in own.column_names:
        assert sheet.table[name].to_pylist() == own[name].to_pylist()
    plan = replace(first.plan, cells=cells)
    second = settled(sheet, plan, first.fetched, account=ACCOUNT)
    third = parse_sheet(written(second, form), name=f"again{form}")
    assert third.table.equals(sheet.table)
    assert third.setup == sheet.setup
