"""A ledger of ours is a sheet again, with the same ids and the same counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.models import Outcome
from lsq.sheets.id_column import IdCells, find_ids
from lsq.sheets.ledger import settle
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.sheet import Choices
from lsq.sheets.writing import Tab, write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from lsq.sheets.sheet import Sheet

FORMS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": lambda frame: write_csv(frame).data,
    "excel.csv": lambda frame: write_csv(frame, for_excel=True).data,
    "xlsx": lambda frame: write_xlsx([Tab("Whole ledger", frame)]).data,
}
COUNTED = (Outcome.TO_FETCH, Outcome.DUPLICATE, Outcome.INVALID, Outcome.BLANK)


def dropped_back(frame: pd.DataFrame, form: str) -> IdCells:
    return find_ids(parse_sheet(FORMS[form](frame), name=f"ledger.{form}"))


def figures(cells: IdCells) -> list[object]:
    return [cells.ids, *(cells.count(outcome) for outcome in COUNTED)]


@pytest.mark.parametrize("form", FORMS)
def test_ids_and_counts_are_the_same(
    sheet_of: Callable[..., Sheet], ids: list[str], form: str
) -> None:
    a, b, c, d = ids[:4]
    text = f"Id;N\n{a};1\n{b}, {c};2\n;3\n{{{a}}};4\n=1+1;5\n{d[:-1]};6\nhttps://x/?LeadID={d};7\n"
    cells = find_ids(sheet_of(text))
    frame = settle(cells, None).frame
    again = dropped_back(frame, form)
    assert again.column == "id"
    assert figures(again) == figures(cells)
    assert settle(again, None).frame["outcome"].tolist() == frame["outcome"].tolist()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("outcome", COUNTED)
def test_the_rows_of_one_outcome_can_be_dropped_back_in(
    sheet_of: Callable[..., Sheet], ids: list[str], form: str, outcome: Outcome
) -> None:
    ledger = settle(find_ids(sheet_of(f"Id;N\n{ids[0]};1\n;2\n{ids[0]};3\noops;4\n")), None)
    again = dropped_back(ledger.of(outcome), form)
    assert len(again.ids) == (outcome in {Outcome.TO_FETCH, Outcome.DUPLICATE})
    assert again.count(Outcome.INVALID) == (outcome is Outcome.INVALID)
    assert again.count(Outcome.BLANK) == (outcome is Outcome.BLANK)


def test_a_value_mended_in_the_ledger_counts(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    lines = [
        "row,value,id,outcome,detail",
        f"2,{ids[0]},,not an id,too short",
        f"3,x,{ids[1]},found,",
    ]
    assert find_ids(sheet_of("\n".join(lines))).ids == (ids[0], ids[1])


def test_another_sheet_with_these_columns_is_no_ledger(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    lines = ["row,value,id,outcome,detail", *(f"{n},{i},{n},won," for n, i in enumerate(ids[:5]))]
    assert find_ids(sheet_of("\n".join(lines))).column == "value"
    chosen = ["row,value,id,outcome,detail", f"2,{ids[0]},,not an id,", f"3,x,{ids[1]},found,"]
    assert find_ids(sheet_of("\n".join(chosen)), column="value").ids == (ids[0],)


guid = st.integers(1, 6).map(lambda n: f"{n:08x}-0000-4000-8000-{n:012x}")
cell = st.one_of(
    guid,
    guid.map(str.upper),
    st.sampled_from(["", "oops", "{", "="]),
    st.tuples(guid, guid).map("; ".join),
)


@given(st.lists(cell, min_size=1, max_size=12))
def test_every_ledger_comes_back_as_it_was(values: list[str]) -> None:
    text = "Id,N\n" + "".join(f'"{value}",x\n' for value in values)
    choices = Choices(separator=",", header_row=1)
    cells = find_ids(parse_sheet(text.encode(), name="x.csv", choices=choices), column="Id")
    data = write_csv(settle(cells, None).frame).data
    again = find_ids(parse_sheet(data, name="ledger.csv"))
    assert figures(again) == figures(cells)
