"""What a file will lose is counted before it is written, and is what its writer counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from lsq.lookup.choice import Choice, Form, Rows, Shape
from lsq.lookup.files import file_parts
from lsq.lookup.losses import Losses, losses
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View
from lsq.sandbox import lead_id
from lsq.sheets.writing import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup

    Make = Callable[..., Lookup]

ODD = {
    "FirstName": ["=1+1", "x" * 40_000, "bell \a", "nul \0", "plain"],
    "Phone": ["+91-9811111111", "098", "", None, "+91 98222 22222"],
    "Score": ["7", "about 7", " ", None, "high"],
}


@pytest.fixture
def view_of(make_lookup: Make, make_table: Callable[..., LeadTable]) -> Callable[..., View]:
    """Return a maker of views of leads with these columns."""

    def make(**columns: list[str | None]) -> View:
        ids = [lead_id(number) for number in range(len(columns["FirstName"]))]
        return View(lookup=make_lookup(*ids, leads=make_table(ids, **columns)))

    return make


@pytest.fixture
def view(view_of: Callable[..., View]) -> View:
    """Five leads of which four hold something odd."""
    return view_of(**ODD)


@pytest.mark.parametrize(
    ("form", "lost"),
    [
        (Form.XLSX, Losses(cut=1, replaced=2)),
        (Form.EXCEL_CSV, Losses(replaced=1, escaped=3)),
        (Form.CSV, Losses()),
        (Form.PARQUET, Losses(left_out=2)),
        (Form.JSONL, Losses()),
    ],
)
def test_each_format_loses_what_it_cannot_hold(view: View, form: Form, lost: Losses) -> None:
    choice = Choice(form=form)
    assert losses(view, choice) == lost
    assert sum(file_parts(view, choice), Losses()) == lost


def test_a_value_that_a_file_leaves_out_counts_once_for_each_of_its_rows(
    make_lookup: Make, make_table: Callable[..., LeadTable]
) -> None:
    ids = [lead_id(number) for number in range(2)]
    leads = make_table(ids, Score=["about 7", "8"])
    view = View(lookup=make_lookup(*ids, ids[0], "no id", leads=leads))
    of = {shape: losses(view, Choice(form=Form.PARQUET, shape=shape)).left_out for shape in Shape}
    assert of == {Shape.MINE: 2, Shape.LEADS: 1}
    kept = Choice(form=Form.PARQUET, rows=Rows.FILTERED, kept=pd.Index([1]))
    assert losses(view, kept) == Losses()
    assert losses(view, Choice(form=Form.PARQUET, rows=Rows.LEDGER)) == Losses()


@pytest.mark.parametrize("form", list(Form))
def test_plain_leads_lose_nothing(view_of: Callable[..., View], form: Form) -> None:
    plain = view_of(FirstName=["Asha", None], Score=["-5", "7"])
    assert losses(plain, Choice(form=form)) == Losses()


def test_only_the_rows_of_the_file_count(view: View) -> None:
    kept = pd.Index([1, 4])
    choice = Choice(rows=Rows.SELECTED, shape=Shape.LEADS, kept=kept)
    assert losses(view, choice) == Losses(cut=1)


def test_lines_of_the_ledger_lose_nothing_of_the_leads(view: View) -> None:
    assert losses(view, Choice(form=Form.CSV, rows=Rows.LEDGER)) == Losses()


def test_a_workbook_is_counted_as_it_is_written(view: View) -> None:
    written = write_xlsx(tabs(view, Choice()))
    counted = losses(view, Choice())
    assert (counted.cut, counted.replaced) == (written.cut, written.replaced)


def test_two_choices_are_alike_if_they_ask_for_the_very_same_file() -> None:
    kept = pd.Index([1, 4])
    choice = Choice(rows=Rows.SEARCHED, kept=kept)
    assert choice.is_like(Choice(rows=Rows.SEARCHED, kept=pd.Index([1, 4])))
    assert Choice().is_like(Choice())
    assert not choice.is_like(Choice(rows=Rows.SEARCHED, kept=pd.Index([1])))
    assert not choice.is_like(Choice(rows=Rows.SEARCHED))
    assert not choice.is_like(Choice(rows=Rows.SELECTED, kept=kept))
    assert not Choice().is_like(Choice(mask=True))
