"""Workbooks that open properly, with nothing live in them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
from python_calamine import load_workbook

from lsq.sheets import xlsx_sheets
from lsq.sheets.errors import SheetError
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.writing import BarChart, Tab, Written, write_xlsx
from lsq.sheets.xlsx_out import lost_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet


def opened(frame: pd.DataFrame, chart: BarChart | None = None) -> Worksheet:
    data = write_xlsx([Tab("Leads", frame, chart=chart)]).data
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
    sheet = opened(pd.DataFrame({"A long column name": ["x"], "Text": ["y" * 500], "C": ["z"]}))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C2"
    assert sheet.column_dimensions["A"].width > len("A long column name")
    assert sheet.column_dimensions["B"].width < 60
    two = opened(pd.DataFrame({"What": ["x"], "Value": ["y" * 500]}))
    assert 90 < two.column_dimensions["B"].width < 110


def test_nothing_runs_and_nothing_links() -> None:
    naughty = ["=1+1", "+91-98765", "@x", "https://evil.example", "mailto:a@b.in", "{=1}", "12"]
    data = write_xlsx([Tab("Leads", pd.DataFrame({"=a": naughty}))]).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
        assert not any("rels" in name and "sheet1" in name for name in archive.namelist())
    assert b"<f>" not in xml
    assert b"hyperlink" not in xml
    assert column(pd.DataFrame({"a": naughty})) == naughty


def test_what_numbers_and_dates_cannot_hold_is_text_and_the_rest_of_the_column_is_not() -> None:
    assert column(pd.DataFrame({"n": [2**60, 1]})) == ["1152921504606846976", 1]
    assert column(pd.DataFrame({"n": [float("inf"), 1.0]})) == ["inf", 1]
    assert column(pd.DataFrame({"n": [1j]})) == ["1j"]
    old = pd.DataFrame({"d": pd.to_datetime(["1850-01-01", "2026-01-01"])})
    assert column(old) == ["1850-01-01 00:00:00", dt.datetime(2026, 1, 1)]  # noqa: DTZ001
    zoned = pd.DataFrame({"d": pd.to_datetime(["2026-01-01"], utc=True)})
    assert column(zoned) == ["2026-01-01 00:00:00+00:00"]


def test_a_number_that_excel_takes_for_nought_is_text_and_nought_is_a_number() -> None:
    values = [5e-324, -1e-310, 2.2250738585072014e-308, 0.0]
    expected = ["5e-324", "-1e-310", 2.2250738585072014e-308, 0]
    assert column(pd.DataFrame({"n": values})) == expected
    missing = pd.DataFrame({"n": pd.array([None, *values], dtype="Float64")})
    assert column(missing) == [None, *expected]


def test_times_in_nanoseconds_reach_as_far_as_nanoseconds_do() -> None:
    last = pd.Series(["2262-04-11T23:47:16"], dtype="datetime64[ns]")
    assert column(pd.DataFrame({"d": last})) == [dt.datetime(2262, 4, 11, 23, 47, 16)]  # noqa: DTZ001


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
    assert (written.replaced, written.replaced_at) == (3, ("Leads!A2", "Leads!A3"))
    back = parse_sheet(written.data, name="x.xlsx").table["t"].to_pylist()
    assert back == ["a\ufffdb\ufffd", "c\ufffd", "d\ufffd", "fine\t\n"]


def test_text_is_cut_where_a_cell_ends_and_marked_and_counted() -> None:
    texts = ["x" * 40_000, "😀" * 20_000, "y" * 32_767]
    written = write_xlsx([Tab("Leads", pd.DataFrame({"n": range(3), "t": texts}))])
    assert (written.cut, written.cut_at) == (2, ("Leads!B2", "Leads!B3"))
    back = parse_sheet(written.data, name="x.xlsx").table["t"].to_pylist()
    assert [len(text.encode("utf-16-le")) // 2 for text in back] == [32_767, 32_766, 32_767]
    assert [text.endswith("[cut: a cell holds 32,767 characters]") for text in back] == [1, 1, 0]
    assert [text.startswith(text[0] * 16_000) for text in back] == [True] * 3


def test_a_long_table_goes_on_in_the_next_worksheet() -> None:
    written = write_xlsx([Tab("Leads", pd.DataFrame({"n": range(5)}))], max_sheet_rows=3)
    book = openpyxl.load_workbook(io.BytesIO(written.data))
    assert book.sheetnames == ["Leads", "Leads (2)", "Leads (3)"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["n", 0, 1],
        ["n", 2, 3],
        ["n", 4],
    ]
    assert written.continued == ("Leads (2)", "Leads (3)")


def test_a_table_too_wide_for_a_worksheet_is_refused() -> None:
    wide = pd.DataFrame([range(16_385)])
    with pytest.raises(SheetError, match=r"Leads has 16,385 columns; XLSX holds 16,384\."):
        write_xlsx([Tab("Leads", wide)])


def test_a_table_without_rows_or_columns_is_written() -> None:
    assert opened(pd.DataFrame({"a": pd.Series(dtype="str")})).max_row == 1
    assert opened(pd.DataFrame()).max_row == 1


SPECIAL = ["<r>rich</r>", "a & b", "_x0041_", "_x005F_x0041_", "\r", "a\r\nb", " x ", "]]>"]


def test_what_means_something_to_xml_or_excel_stays_itself() -> None:
    data = write_xlsx([Tab("Leads", pd.DataFrame({text: [text] for text in SPECIAL}))]).data
    rows = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows == [SPECIAL, SPECIAL]


def test_names_that_become_one_are_numbered_and_counted() -> None:
    names = pd.Index(["a\x01b", "a\x02b", "c\ud800"], dtype="object")
    frame = pd.DataFrame([[1, 2, 3]], columns=names)
    written = write_xlsx([Tab("Leads", frame)])
    header, _ = load_workbook(io.BytesIO(written.data)).get_sheet_by_index(0).to_python()
    assert header == ["a\ufffdb", "a\ufffdb (2)", "c\ufffd"]
    assert (written.replaced, written.replaced_at) == (3, ("Leads!A1", "Leads!B1"))


def test_days_are_written_as_days_and_times_as_times() -> None:
    days = pd.to_datetime(["2026-01-01", None])
    sheet = opened(pd.DataFrame({"Day": days, "At": days + pd.Timedelta("1h")}))
    assert [cell.number_format for cell in sheet[2]] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"]
    assert [cell.value for cell in sheet[3]] == [None, None]


def test_a_text_between_times_or_numbers_stays() -> None:
    at = pd.Timestamp("2026-06-14 09:12")
    values = {"At": [at, "soon", None], "N": [7, "many", None], "Mixed": [7, at, "x"]}
    sheet = opened(pd.DataFrame(values, dtype="object"))
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [at, 7, "7"],
        ["soon", "many", "2026-06-14 09:12:00"],
        [None, None, "x"],
    ]
    assert [cell.data_type for cell in sheet[2]] == ["d", "n", "s"]


def test_a_chart_is_drawn_beside_its_rows_and_holds_their_numbers() -> None:
    frame = pd.DataFrame({"Stage": ["<r>New</r>", "Won"], "Leads": [3, 4]})
    chart = BarChart(title="Leads by stage", names="Stage", lengths="Leads")
    data = write_xlsx([Tab("Stages", frame, chart=chart)]).data
    (drawn,) = openpyxl.load_workbook(io.BytesIO(data))["Stages"]._charts  # noqa: SLF001
    (bars,) = drawn.series
    assert (bars.cat.strRef.f, bars.val.numRef.f) == ("Stages!$A$2:$A$3", "Stages!$B$2:$B$3")
    assert [point.v for point in bars.cat.strRef.strCache.pt] == ["<r>New</r>", "Won"]
    assert [point.v for point in bars.val.numRef.numCache.pt] == [3, 4]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "sharedStrings" in name]


def test_a_chart_of_no_rows_is_not_drawn() -> None:
    chart = BarChart(title="Leads by stage", names="Stage", lengths="Leads")
    sheet = opened(pd.DataFrame({"Stage": [], "Leads": []}), chart=chart)
    assert sheet._charts == []  # noqa: SLF001


def test_a_chart_is_left_out_where_a_name_is_too_long_for_a_label() -> None:
    chart = BarChart(title="Leads by stage", names="Stage", lengths="Leads")
    for letters, charts in ((255, 1), (256, 0)):
        frame = pd.DataFrame({"Stage": ["New", "x" * letters], "Leads": [3, 4]})
        assert len(opened(frame, chart=chart)._charts) == charts  # noqa: SLF001


def test_the_last_rows_of_a_tab_know_what_the_tabs_before_it_lost() -> None:
    def last(lost: Written) -> pd.DataFrame:
        return pd.DataFrame({"What": ["Cut"], "Value": [", ".join(lost.cut_at)]})

    about = Tab("About", pd.DataFrame({"What": ["Made by"], "Value": ["us"]}), last=last)
    written = write_xlsx([Tab("Leads", pd.DataFrame({"t": ["x" * 40_000]})), about])
    sheet = openpyxl.load_workbook(io.BytesIO(written.data))["About"]
    assert [*sheet.iter_rows(min_row=2, values_only=True)] == [
        ("Made by", "us"),
        ("Cut", "Leads!A2"),
    ]
    assert sheet.auto_filter.ref is None


def test_a_very_large_worksheet_tells_the_archive_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def extracts() -> list[int]:
        data = write_xlsx([Tab("Leads", pd.DataFrame({"n": range(5)}))]).data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [
                entry.extract_version for entry in archive.infolist() if "sheet1" in entry.filename
            ]

    assert extracts() == [20]
    monkeypatch.setattr(xlsx_sheets, "_LARGE_BYTES", 300)
    assert extracts() == [45]


@pytest.mark.parametrize("values", [["&" * 60] * 4, pd.Categorical(["<" * 60] * 4)], ids=["t", "c"])
def test_what_xml_adds_counts_for_the_size_of_a_worksheet(
    monkeypatch: pytest.MonkeyPatch, values: Sequence[str]
) -> None:
    frame = pd.DataFrame({"t": values})
    monkeypatch.setattr(xlsx_sheets, "_LARGE_BYTES", 1400)
    monkeypatch.setattr(xlsx_sheets, "_SURE_BYTES", 250)
    assert xlsx_sheets.is_large(frame)
    assert not xlsx_sheets.is_large(frame.iloc[:1])


def test_no_column_is_wider_than_a_program_allows() -> None:
    frame = pd.DataFrame({"d" * 300: pd.to_datetime(["2026-01-01 10:00"]), "b": [1], "c": [2]})
    assert opened(frame).column_dimensions["A"].width < 60


def test_names_that_are_too_long_to_be_numbered_are_cut() -> None:
    header = ["x" * 40_000, "x" * 40_001]
    data = write_xlsx([Tab("Leads", pd.DataFrame([[1, 2]], columns=header))]).data
    names, _ = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [len(name) for name in names] == [32_767, 32_767]


def test_stages_called_like_numbers_are_no_numbers_in_the_chart() -> None:
    frame = pd.DataFrame({"Stage": ["nan", "inf"], "Leads": [3, 4]})
    chart = BarChart(title="Leads by stage", names="Stage", lengths="Leads")
    data = write_xlsx([Tab("Stages", frame, chart=chart)]).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"nan" not in archive.read("xl/charts/chart1.xml")


def test_losses_are_counted_without_writing_as_they_are_with() -> None:
    frame = pd.DataFrame({"a\x01": ["x" * 40_000, "b\x02"], "n": [2**60, 1]})
    about = Tab("About", pd.DataFrame({"What": ["\x03"], "Value": ["y"]}), last=told_back)
    tabs = [Tab("Leads", frame), about]
    written = write_xlsx(tabs)
    assert lost_in(tabs) == replace(written, data=b"")
    assert (written.cut, written.replaced) == (1, 3)
    cells = load_workbook(io.BytesIO(written.data)).get_sheet_by_name("About").to_python()
    assert cells[-1] == ["Replaced", "Leads!A1, Leads!A3, About!A2"]


def told_back(lost: Written) -> pd.DataFrame:
    return pd.DataFrame({"What": ["Replaced"], "Value": [", ".join(lost.replaced_at)]})


def test_rows_of_the_first_tab_are_told_as_they_are_written() -> None:
    told: list[int] = []
    frame = pd.DataFrame({"n": range(12_000)})
    tabs = [Tab("Leads", frame), Tab("More", frame)]
    write_xlsx(tabs, on_rows=told.append, max_sheet_rows=9001)
    assert told == [5000, 9000, 12_000]


def test_wide_rows_are_written_in_smaller_parts() -> None:
    frame = pd.DataFrame([[*range(1000)]] * 1050)
    told: list[int] = []
    data = write_xlsx([Tab("Leads", frame)], on_rows=told.append).data
    assert told == [1000, 1050]
    rows = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[1:] == frame.to_numpy().tolist()
