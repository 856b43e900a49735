"""What a workbook says beside its leads: what has changed, what could not be held, whose it is."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest

from lsq.lookup.choice import Choice, Form, Rows, Shape
from lsq.lookup.files import file_bytes
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View
from lsq.sandbox import lead_id
from lsq.sheets.writing import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup

IDS = tuple(lead_id(number) for number in range(4))
KOLKATA = ZoneInfo("Asia/Kolkata")
STAGES = ["Prospect", "Contacted", "Qualified", "Enrolled"]


@pytest.fixture
def moved(make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]) -> Lookup:
    """Return leads of which the second and the last are in another stage than the sheet says."""
    was = ["Prospect", "Prospect", "Qualified", "Lost"]
    phones = ["+91-9876543210", "+91-9876543211", "+91-9876543212", "+91-9876543213"]
    own = {"Stage": was, "Phone": [*phones[:3], "+91-9876500000"]}
    leads = make_table(IDS, ProspectStage=STAGES, Phone=phones)
    return make_lookup(*IDS, more=own, leads=leads)


def frames(lookup: Lookup, choice: Choice) -> dict[str, pd.DataFrame]:
    return {tab.name: tab.frame for tab in tabs(View(lookup=lookup), choice)}


def about(lookup: Lookup, choice: Choice) -> dict[str, str]:
    book = openpyxl.load_workbook(io.BytesIO(file_bytes(View(lookup=lookup), choice)))
    return dict(book["About"].iter_rows(min_row=2, values_only=True))


def test_what_changed_since_the_file_stands_lead_by_lead_old_beside_new(moved: Lookup) -> None:
    since = frames(moved, Choice(zone=KOLKATA))["Since your file"]
    assert since.to_dict("list") == {
        "Row": [3, 5],
        "ProspectID": [IDS[1], IDS[3]],
        "FirstName": ["FirstName 1", "FirstName 3"],
        "Movement": ["moved forward", "came back"],
        "Stage · your file": ["Prospect", "Lost"],
        "Stage · now": ["Contacted", "Enrolled"],
        "Phone · your file": ["+91-9876543211", "+91-9876500000"],
        "Phone · now": ["+91-9876543211", "+91-9876543213"],
    }


@pytest.mark.parametrize("shape", Shape)
def test_a_file_of_some_leads_says_what_changed_of_those(moved: Lookup, shape: Shape) -> None:
    choice = Choice(rows=Rows.FILTERED, shape=shape, kept=pd.Index([0, 1]))
    assert frames(moved, choice)["Since your file"]["Row"].tolist() == [3]
    assert about(moved, choice)["Since your file"] == "1 of 2 leads changed"
    none = replace(choice, kept=pd.Index([0]))
    assert "Since your file" not in frames(moved, none)
    assert about(moved, none)["Since your file"] == "nothing changed"


def test_a_masked_file_masks_what_changed(moved: Lookup) -> None:
    since = frames(moved, Choice(mask=True))["Since your file"]
    assert not since.map(lambda cell: "98765" in str(cell)).any(axis=None)
    assert since["Stage · now"].tolist() == ["Contacted", "Enrolled"]


def test_without_an_older_state_nothing_is_said_of_changes(
    make_lookup: Callable[..., Lookup],
) -> None:
    lookup = make_lookup(*IDS)
    assert "Since your file" not in frames(lookup, Choice())
    assert "Since your file" not in about(lookup, Choice())


def test_lines_of_the_ledger_come_with_about_alone(moved: Lookup) -> None:
    assert list(frames(moved, Choice(rows=Rows.LEDGER))) == ["Whole ledger", "About"]
    assert "Since your file" not in about(moved, Choice(rows=Rows.LEDGER))


def test_times_that_changed_stand_in_the_zone_that_the_header_names(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    leads = make_table(IDS, ProspectStage=STAGES)
    own = {"CreatedOn": ["2026-06-01 10:00:00"] * 3 + ["2026-05-01 10:00:00"]}
    since = frames(make_lookup(*IDS, more=own, leads=leads), Choice(zone=KOLKATA))[
        "Since your file"
    ]
    assert since["Created · your file"].tolist() == ["2026-05-01 10:00:00"]
    now = since["Created · now (Asia/Kolkata)"].tolist()
    assert now == [pd.Timestamp("2026-06-01 15:30")]


def test_about_says_whose_account_it_is_and_where(moved: Lookup) -> None:
    said = about(replace(moved, account_name="Our India account"), Choice())
    assert (said["Account"], said["Host"]) == ("Our India account", "api-in21.leadsquared.com")
    assert "Account" not in about(moved, Choice())


def test_about_counts_and_names_what_was_cut_and_replaced(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    names = ["x" * 40_000, "a\x0bb", "fine", "c\ufffe"]
    lookup = make_lookup(*IDS, leads=make_table(IDS, FirstName=names))
    said = about(lookup, Choice(shape=Shape.LEADS))
    assert said["Cut"] == "1 text at the end of a cell: Leads!B2"
    assert (
        said["Replaced"] == "2 cells with “\ufffd” for what no workbook holds: Leads!B3, Leads!B5"
    )


def test_about_names_twenty_cells_and_counts_the_rest(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    ids = tuple(lead_id(number) for number in range(23))
    lookup = make_lookup(*ids, leads=make_table(ids, FirstName=["\x01"] * 23))
    said = about(lookup, Choice(shape=Shape.LEADS))["Replaced"]
    assert said.startswith("23 cells with ")
    assert said.endswith(", Leads!B21 and 3 more")


def test_about_says_where_a_full_worksheet_goes_on(moved: Lookup) -> None:
    sheets = tabs(View(lookup=moved), Choice())
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(sheets, max_sheet_rows=3).data))
    assert book.sheetnames[:2] == ["Leads", "Leads (2)"]
    said = dict(book[book.sheetnames[-1]].iter_rows(min_row=2, values_only=True))
    assert said["Goes on in"].startswith("Leads (2), Stages (2)")


def test_what_is_no_date_or_number_stands_in_the_workbook_as_it_came(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    odd = {"Score": ["7", "many", "", "9.5"], "CreatedOn": ["soon", *["2026-06-01 10:00:00"] * 3]}
    lookup = make_lookup(*IDS, leads=make_table(IDS, **odd))
    data = file_bytes(View(lookup=lookup), Choice(shape=Shape.LEADS, zone=KOLKATA))
    header, *rows = openpyxl.load_workbook(io.BytesIO(data))["Leads"].iter_rows(values_only=True)
    cells = pd.DataFrame(rows, columns=header)
    assert cells["Score"].tolist() == [7, "many", None, 9.5]
    at = pd.Timestamp("2026-06-01 15:30")
    assert cells["CreatedOn (Asia/Kolkata)"].tolist() == ["soon", at, at, at]


def test_what_is_no_number_is_masked_where_files_are(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    lookup = make_lookup(*IDS, leads=make_table(IDS, Score=["7", "a@b.example", "8", "9"]))
    choice = Choice(form=Form.XLSX, shape=Shape.LEADS, mask=True)
    data = file_bytes(View(lookup=lookup), choice)
    cells = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data))["Leads"]["D"]]
    assert (cells[0], cells[1], cells[3:]) == ("Score", 7, [8, 9])
    assert "a@b" not in cells[2]


def test_about_names_a_hundred_columns_and_counts_the_rest(moved: Lookup) -> None:
    names = tuple(f"mx_{number}" for number in range(103))
    lookup = replace(moved, plan=replace(moved.plan, columns=names))
    said = about(lookup, Choice())["Columns fetched"]
    assert said.startswith("mx_0, mx_1, ")
    assert said.endswith(", mx_99 and 3 more")
