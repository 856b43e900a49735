"""Workbooks to text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter
from python_calamine import PasswordError

from lsq.sheets.errors import SheetError
from lsq.sheets.parsing import workbook_in
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.sheet import Choices, Worksheet


def workbook(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def test_cells_are_read_as_a_person_would_write_them(ids: list[str]) -> None:
    moment = dt.datetime(2026, 6, 14, 9, 12)  # noqa: DTZ001  # sheets know no zone
    data = workbook(Leads=[["Id", "Zip", "N", "When", "Ok"], [ids[0], "007", 5, moment, True]])
    sheet = parse_sheet(data, name="leads.csv")
    assert sheet.table.to_pylist() == [
        {"Id": ids[0], "Zip": "007", "N": "5", "When": "2026-06-14 09:12:00", "Ok": "TRUE"}
    ]
    assert (sheet.worksheet, sheet.separator, sheet.encoding) == ("Leads", None, None)


def test_rows_above_the_first_filled_cell_are_counted(ids: list[str]) -> None:
    data = workbook(Leads=[[], [], ["", "Id", "Name"], ["", ids[0], "a"], [], ["", ids[1], "b"]])
    sheet = parse_sheet(data, name="x.xlsx")
    assert sheet.row_numbers.tolist() == [4, 5, 6]
    assert sheet.header_row == 3
    assert sheet.table.to_pylist()[1] == {"Id": "", "Name": ""}


def test_the_worksheet_with_the_most_ids_is_read(ids: list[str]) -> None:
    data = workbook(
        About=[["hello"]], Few=[["Id"], [ids[0]]], Leads=[["Id"], [ids[1]], [ids[2]]], Empty=[]
    )
    sheet = parse_sheet(data, name="x.xlsx")
    assert sheet.worksheet == "Leads"
    assert sheet.worksheets == (
        Worksheet("About", 1), Worksheet("Few", 2, ids=1), Worksheet("Leads", 3, ids=2),
        Worksheet("Empty", 0),
    )  # fmt: skip


def test_a_named_worksheet_is_read(ids: list[str]) -> None:
    data = workbook(Few=[["Id"], [ids[0]]], Leads=[["Id"], [ids[1]], [ids[2]]])
    few = parse_sheet(data, name="x.xlsx", choices=Choices(worksheet="Few"))
    assert few.table["Id"].to_pylist() == [ids[0]]
    with pytest.raises(
        SheetError, match=r"x.xlsx has no worksheet named June\. It has: Few, Leads"
    ):
        parse_sheet(data, name="x.xlsx", choices=Choices(worksheet="June"))


def test_a_workbook_without_anything_is_empty() -> None:
    with pytest.raises(SheetError, match=r"^x\.xlsx is empty\."):
        parse_sheet(workbook(Leads=[]), name="x.xlsx")


def test_a_locked_workbook_is_called_locked() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(SheetError, match=r"^x\.xlsx is locked with a password\."):
        parse_sheet(locked, name="x.xlsx")


def test_an_old_file_that_is_no_workbook_is_called_broken() -> None:
    with pytest.raises(SheetError, match=r"^x\.xls is not a sheet\. It looks like a workbook"):
        parse_sheet(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name="x.xls")


class PanicException(BaseException):
    """What the Rust parser's panics look like from Python."""


@pytest.mark.parametrize(
    ("raised", "sentence"),
    [(PasswordError("locked"), "is locked with a password"), (PanicException("oops"), "broken")],
)
def test_the_parsers_failures_become_sentences(
    raised: BaseException, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise raised

    monkeypatch.setattr(workbook_in, "load_workbook", fail)
    with pytest.raises(SheetError, match=sentence):
        parse_sheet(workbook(Leads=[["Id"]]), name="x.xlsx")


def test_an_interrupt_is_not_taken_for_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workbook_in, "load_workbook", interrupt)
    with pytest.raises(KeyboardInterrupt):
        parse_sheet(workbook(Leads=[["Id"]]), name="x.xlsx")


def test_a_spreadsheet_of_libreoffice_is_read(ids: list[str]) -> None:
    cells = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p>'
        "</table:table-cell></table:table-row>"
        for text in ("Lead ID", ids[0])
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    assert parse_sheet(out.getvalue(), name="x").table.to_pylist() == [{"Lead ID": ids[0]}]
