"""A workbook or Parquet file of ours brings its set-up along; what is read is what it names."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from lsq.sheets.errors import WorksheetTie
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.reading import read_sheet
from lsq.sheets.saved_setup import METADATA_KEY, SETUP, SavedSetup, parted
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    from collections.abc import Sequence

OURS = SavedSetup(
    worksheet="Leads",
    id_column="Id",
    outcome_column="Outcome",
    columns=("FirstName", "ProspectStage"),
    lead_columns={"FirstName": "FirstName", "ProspectStage": "ProspectStage"},
    zone="Asia/Kolkata",
)
HEADER = ["Note", "Id", "Outcome", "FirstName"]


def workbook(sheets: dict[str, Sequence[Sequence[object]]], setup: str = OURS.text()) -> bytes:
    out = io.BytesIO()
    about = [["What", "Value"], ["Made by", "Leadsheet"]]
    about += [[SETUP, part] for part in parted(setup)]
    with xlsxwriter.Workbook(out) as book:
        for name, rows in {**sheets, "About": about}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def rows(ids: Sequence[str]) -> list[list[object]]:
    return [HEADER, *([f"note {id_[:3]}", id_, "found", "Asha"] for id_ in ids)]


def test_the_worksheet_that_was_ours_is_read_without_asking(ids: list[str]) -> None:
    theirs = [["Lead ID"], *([each] for each in ids[10:13])]
    sheets = {"Mine": theirs, "Leads": rows(ids[:3]), "Other": theirs}
    sheet = read_sheet(workbook(sheets), name="again.xlsx")
    assert sheet.worksheet == "Leads"
    assert sheet.setup is not None
    assert sheet.setup.id_column == "Id"
    assert sheet.setup.columns == OURS.columns
    assert sheet.setup.lead_columns == {"FirstName": "FirstName"}
    with pytest.raises(WorksheetTie):
        parse_sheet(workbook({"A": rows(ids[:3]), "B": rows(ids[3:6])}, "{}"), name="a.xlsx")


def test_another_worksheet_that_is_chosen_has_no_set_up(ids: list[str]) -> None:
    data = workbook({"Leads": rows(ids[:3]), "Not found": rows(ids[3:5])})
    sheet = parse_sheet(data, name="a.xlsx", choices=Choices(worksheet="Not found"))
    assert (sheet.worksheet, sheet.setup, sheet.table.num_rows) == ("Not found", None, 2)


def test_a_worksheet_that_was_renamed_keeps_its_set_up(ids: list[str]) -> None:
    sheet = parse_sheet(workbook({"June": rows(ids[:3])}), name="a.xlsx")
    assert sheet.setup is not None
    assert sheet.worksheet == "June"


def test_rows_that_go_on_in_further_worksheets_are_read_whole(ids: list[str]) -> None:
    sheets = {
        "Leads": rows(ids[:3]),
        "Leads (2)": rows(ids[3:6]),
        "Leads (3)": rows(ids[6:7]),
        "Leads (4)": [["Id", "Remark"], [ids[8], "by hand"]],
    }
    named = ("Leads", "Leads (2)", "Leads (3)", "Leads (4)", "Leads (5)")
    setup = replace(OURS, further_worksheets=named)
    sheet = parse_sheet(workbook(sheets, setup.text()), name="again.xlsx")
    assert sheet.table["Id"].to_pylist() == ids[:7]
    assert sheet.row_numbers.tolist() == [2, 3, 4, 5, 6, 7, 8]
    assert sheet.notes == ("Worksheet Leads (4) also holds 1 id that is not here.",)


def test_a_copy_that_excel_calls_as_we_call_a_further_worksheet_doubles_no_rows(
    ids: list[str],
) -> None:
    sheets = {"Leads": rows(ids[:3]), "Leads (2)": rows(ids[1:5])}
    sheet = parse_sheet(workbook(sheets), name="again.xlsx")
    assert sheet.table["Id"].to_pylist() == ids[:3]
    assert sheet.notes == ("Worksheet Leads (2) also holds 2 ids that are not here.",)


def test_rows_go_on_in_no_workbook_but_ours(ids: list[str]) -> None:
    data = workbook({"Leads": rows(ids[:3]), "Leads (2)": rows(ids[3:5])}, setup="")
    assert parse_sheet(data, name="a.xlsx").table.num_rows == 3


def test_the_column_names_are_where_the_id_column_s_is(ids: list[str]) -> None:
    table = [["June", "", "", ""], ["", "", "", ""], *rows(ids[:3])]
    sheet = parse_sheet(workbook({"Leads": table}), name="a.xlsx")
    assert sheet.header_row == 3
    assert sheet.table.column_names == HEADER
    by_hand = parse_sheet(workbook({"Leads": table}), name="a.xlsx", choices=Choices(header_row=4))
    assert (by_hand.header_row, by_hand.setup) == (4, None)


@pytest.mark.parametrize("setup", ["", "{}", OURS.text()[:-5], OURS.text().replace("Id", "Key")])
def test_a_damaged_set_up_is_no_error(setup: str, ids: list[str]) -> None:
    sheet = parse_sheet(workbook({"Leads": rows(ids[:3])}, setup), name="a.xlsx")
    assert (sheet.setup, sheet.table.num_rows) == (None, 3)


def test_numbers_where_the_set_up_stood_are_no_error(ids: list[str]) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        leads, about = book.add_worksheet("Leads"), book.add_worksheet("About")
        for number, row in enumerate(rows(ids[:3])):
            leads.write_row(number, 0, row)
        about.write_row(0, 0, [SETUP, 5])
    assert parse_sheet(out.getvalue(), name="a.xlsx").setup is None


def test_parquet_keeps_it_in_the_metadata_of_its_schema(ids: list[str]) -> None:
    table = pa.table({"Id": ids[:2], "FirstName": ["a", "b"]})
    for told, expected in ((OURS.text().encode(), OURS.columns), (b"\xff{", None)):
        out = io.BytesIO()
        pq.write_table(table.replace_schema_metadata({METADATA_KEY: told}), out)
        setup = read_sheet(out.getvalue(), name="a.parquet").setup
        assert (setup and setup.columns) == expected
