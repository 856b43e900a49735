"""Any text with separators, to a table of text with the row numbers people see."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.models import Outcome
from lsq.sheets.errors import SheetError
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet


def test_everything_stays_text(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    sheet = sheet_of(f"Id,A,B,C,D,E\n{ids[0]},007,1E5,TRUE,NA,12345678901234567890\n")
    assert sheet.table.to_pylist()[0] == {
        "Id": ids[0], "A": "007", "B": "1E5", "C": "TRUE", "D": "NA", "E": "12345678901234567890",
    }  # fmt: skip


def test_row_numbers_are_those_of_a_spreadsheet_program(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    sheet = sheet_of(f'Export\n\nId,Note\n{ids[0]},"two\r\nlines"\n\n{ids[1]},x\n\n\n')
    assert sheet.row_numbers.tolist() == [4, 5, 6]
    assert sheet.row_numbers.dtype == np.int64
    assert sheet.header_row == 3
    assert sheet.table["Note"].to_pylist() == ["two\r\nlines", "", "x"]
    assert "Rows 1 to 2 stand above the table and are not counted." in sheet.notes


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(
    end: str, sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    sheet = sheet_of(end.join(["Id;Name", *(f"{i};Rao" for i in ids[:3])]))
    assert sheet.table["Id"].to_pylist() == ids[:3]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("choices", [Choices(), Choices(header_row=0)], ids=["found", "chosen"])
def test_blank_lines_of_a_list_without_a_header_stay_rows(
    end: str, choices: Choices, sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    sheet = sheet_of(end.join([ids[0], "", ids[0], "", "", ids[0]]), choices=choices)
    assert sheet.header_row == 0
    assert sheet.row_numbers.tolist() == [1, 2, 3, 4, 5, 6]
    assert sheet.table.columns[0].to_pylist() == [ids[0], "", ids[0], "", "", ids[0]]
    assert not [note for note in sheet.notes if "repeat" in note]
    cells = find_ids(sheet)
    counts = [cells.count(each) for each in (Outcome.BLANK, Outcome.DUPLICATE)]
    assert (cells.rows, len(cells.ids), counts) == (6, 1, [3, 2])


def test_a_separator_at_the_end_of_each_line_makes_no_column(
    sheet_of: Callable[..., Sheet],
) -> None:
    assert sheet_of("a,b,\n1,x,\n2,y,\n").table.column_names == ["a", "b"]


def test_repeated_headers_are_left_out_and_told(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    sheet = sheet_of(f"Id,Name\n{ids[0]},a\nId,Name\n{ids[1]},b\n")
    assert sheet.row_numbers.tolist() == [2, 4]
    assert "Row 3 repeats the column names; left out." in sheet.notes


def test_excels_separator_line_is_not_a_row(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    sheet = sheet_of(f"sep=;\nId;Name\n{ids[0]};a,b,c\n")
    assert (sheet.separator, sheet.row_numbers.tolist()) == (";", [2])


def test_choices_win_over_what_was_found(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    text = f"one,two\nId,Name\n{ids[0]},Rao\n"
    assert sheet_of(text, choices=Choices(header_row=2)).table.column_names == ["Id", "Name"]
    assert sheet_of(text, choices=Choices(header_row=0)).table.num_rows == 3
    assert sheet_of(text, choices=Choices(separator=";")).table.num_columns == 1
    with pytest.raises(SheetError, match=r"“::” cannot separate the cells of leads\.csv"):
        sheet_of(text, choices=Choices(separator="::"))
    with pytest.raises(SheetError, match=r"leads.csv has no row 9 to take the column names from"):
        sheet_of(text, choices=Choices(header_row=9))


def test_a_cell_longer_than_the_csv_modules_limit_is_read(sheet_of: Callable[..., Sheet]) -> None:
    assert sheet_of("Id,Note\n1," + "x" * 300_000).table["Note"].to_pylist() == ["x" * 300_000]


def test_a_sheet_of_names_only_has_no_rows(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of("Lead ID,Name\n")
    assert sheet.table.column_names == ["Lead ID", "Name"]
    assert sheet.table.num_rows == 0


cells = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\x1f"), max_size=8
)


@given(st.lists(st.tuples(st.uuids(allow_nil=False), cells, cells), min_size=1, max_size=8))
def test_what_the_csv_module_writes_is_read_back_unchanged(
    rows: list[tuple[object, str, str]],
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([("Lead ID", "A", "B"), *rows])
    choices = Choices(separator=",", header_row=1)
    sheet = parse_sheet(out.getvalue().encode(), name="x.csv", choices=choices)
    assert [tuple(row.values()) for row in sheet.table.to_pylist()] == [
        (str(lead_id), a, b) for lead_id, a, b in rows
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_sheet_or_one_plain_refusal(data: bytes) -> None:
    try:
        sheet = parse_sheet(data, name="x.csv")
    except SheetError:
        return
    assert len(sheet.row_numbers) == sheet.table.num_rows
