"""Workbooks that open properly, with nothing live in them."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from lsq.sheets.errors import SheetError
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.writing import Tab, write_xlsx

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def opened(frame: pd.DataFrame) -> Worksheet:
    data = write_xlsx([Tab("Leads", frame)]).data
    return openpyxl.load_workbook(io.BytesIO(data))["Leads"]


def column(frame: pd.DataFrame) -> list[object]:
    return [row[0].value for row in opened(frame).iter_rows(min_row=2)]


def test_types_are_those_of_a_spreadsheet() -> None:
    at = dt.datetime(2026, 6, 14, 9, 12)  # noqa: DTZ001  # the caller has converted it
    sheet = opened(pd.DataFrame({"Id": ["007"], "N": [5], "F": [0.5], "At": [at], "Ok": [True]}))
    assert [cell.value for cell in sheet[2]] == ["007", 5, 0.5, at, True]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "d", "b"]
    assert sheet["A2"].number_format == "@"
    assert sheet["D2"].number_format == "yyyy-mm-dd hh:mm:ss"


def test_the_header_is_frozen_filtered_and_wide_enough() -> None:
    sheet = opened(pd.DataFrame({"A long column name": ["x"], "Text": ["y" * 500]}))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet.column_dimensions["A"].width > len("A long column name")
    assert sheet.column_dimensions["B"].width < 60


def test_nothing_runs_and_nothing_links() -> None:
    naughty = ["=1+1", "+91-98765", "@x", "https://evil.example", "mailto:a@b.in", "{=1}", "12"]
    data = write_xlsx([Tab("Leads", pd.DataFrame({"=a": naughty}))]).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
        assert not any("rels" in name and "sheet1" in name for name in archive.namelist())
    assert b"<f>" not in xml
    assert b"hyperlink" not in xml
    assert column(pd.DataFrame({"a": naughty})) == naughty


def test_what_numbers_and_dates_cannot_hold_is_written_as_text() -> None:
    assert column(pd.DataFrame({"n": [2**60, 1]})) == ["1152921504606846976", "1"]
    assert column(pd.DataFrame({"n": [float("inf"), 1.0]})) == ["inf", "1"]
    assert column(pd.DataFrame({"n": [1j]})) == ["1j"]
    old = pd.DataFrame({"d": pd.to_datetime(["1850-01-01", "2026-01-01"])})
    assert column(old) == ["1850-01-01 00:00:00", "2026-01-01 00:00:00"]
    zoned = pd.DataFrame({"d": pd.to_datetime(["2026-01-01"], utc=True)})
    assert column(zoned) == ["2026-01-01 00:00:00+00:00"]


def test_missing_values_are_empty_cells() -> None:
    frame = pd.DataFrame(
        {
            "text": ["a", None],
            "n": [1.0, None],
            "i": pd.array([1, None], dtype="Int64"),
            "ok": pd.array([True, None], dtype="boolean"),
            "at": pd.to_datetime(["2026-01-01", None]),
            "stage": pd.Categorical(["Open", None]),
        }
    )
    assert [cell.value for cell in opened(pd.concat([frame, frame]))[3]] == [None] * 6


def test_characters_that_xml_cannot_hold_are_replaced_and_counted() -> None:
    values = pd.Series(["a\x00b\x0b", "c\ufffe", "d\ud800", "fine\t\n"], dtype="object")
    written = write_xlsx([Tab("Leads", pd.DataFrame({"t": values}))])
    assert written.replaced == 3
    back = parse_sheet(written.data, name="x.xlsx").table["t"].to_pylist()
    assert back == ["a\ufffdb\ufffd", "c\ufffd", "d\ufffd", "fine\t\n"]


def test_text_is_cut_where_a_cell_ends_and_counted() -> None:
    written = write_xlsx(
        [Tab("Leads", pd.DataFrame({"t": ["x" * 40_000, "😀" * 20_000, "y" * 32_767]}))]
    )
    assert written.cut == 2
    lengths = [
        len(text) for text in parse_sheet(written.data, name="x.xlsx").table["t"].to_pylist()
    ]
    assert lengths == [32_767, 16_383, 32_767]


def test_a_long_table_goes_on_in_the_next_worksheet() -> None:
    written = write_xlsx([Tab("Leads", pd.DataFrame({"n": range(5)}))], max_sheet_rows=3)
    book = openpyxl.load_workbook(io.BytesIO(written.data))
    assert book.sheetnames == ["Leads", "Leads (2)", "Leads (3)"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["n", 0, 1],
        ["n", 2, 3],
        ["n", 4],
    ]


def test_a_table_too_wide_for_a_worksheet_is_refused() -> None:
    wide = pd.DataFrame([range(16_385)])
    with pytest.raises(SheetError, match=r"Leads has 16,385 columns; XLSX holds 16,384\."):
        write_xlsx([Tab("Leads", wide)])


def test_a_table_without_rows_or_columns_is_written() -> None:
    assert opened(pd.DataFrame({"a": pd.Series(dtype="str")})).max_row == 1
    assert opened(pd.DataFrame()).max_row == 1


def test_a_machine_without_a_disk_in_memory_writes_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(_: str) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(shutil, "disk_usage", none)
    assert column(pd.DataFrame({"a": ["x"]})) == ["x"]
