"""A cell with an error such as #N/A is neither blank nor gone."""

from __future__ import annotations

import io
import struct

import pytest
import xlsxwriter

from lsq.sheets.parsing import error_cells
from lsq.sheets.parsing.parse import parse_sheet
from tests.sheets.malicious.packing import ods, record, xls, xlsb, xlsx

NOTE = "Cells with an error, such as #N/A, seem to be in this {}: they are read as blank, and below"


def workbook(cells: list[str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Leads")
        for row, cell in enumerate(cells):
            if cell.startswith("#"):
                sheet.write_formula(row, 0, "=VLOOKUP(1,A1,1)", None, cell)
            else:
                sheet.write_string(row, 0, cell)
        sheet.insert_image(0, 5, "x.png", {"image_data": io.BytesIO(PNG)})
    return out.getvalue()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d4944415478da63fcffff3f0300050001ff9f3d0d8c0000000049454e44ae426082"
)


def test_errors_of_an_xlsx_are_text_and_those_at_the_end_are_rows(ids: list[str]) -> None:
    cells = [ids[0], "#DIV/0!", ' t="e"', ids[1], "#N/A", "#N/A", "#N/A"]
    sheet = parse_sheet(workbook(["Lead ID", *cells]), name="x.xlsx")
    assert sheet.table["Lead ID"].to_pylist() == cells
    assert sheet.notes == ()


def test_a_tag_that_is_torn_between_two_pieces_is_told_too() -> None:
    xml = b'<c r="A1" t="e"><v>#N/A</v></c><x:c t=\'e\'/>' * 3
    whole = xml.replace(b't="e"', b't="str"').replace(b"t='e'", b"t='str'")
    for size in range(1, len(xml)):
        pieces = [xml[at : at + size] for at in range(0, len(xml), size)]
        assert b"".join(error_cells._as_text(pieces)) == whole  # noqa: SLF001
    text = b"<" + b' t="e"' * 200_000
    assert b"".join(error_cells._as_text([text, text])) == text * 2  # noqa: SLF001


def test_inline_text_that_looks_like_an_error_stays() -> None:
    inline = '<row r="1"><c r="A1" t="inlineStr"><is><t>a t="e" b</t></is></c></row>'
    data = xlsx(inline + '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>')
    assert parse_sheet(data, name="x").table.to_pylist() == [{'a t="e" b': "#REF!"}]


@pytest.mark.parametrize(
    "attributes",
    [
        'office:value-type="string" office:string-value="" calcext:value-type="error"',
        'office:value-type="float" office:value="0" calcext:value-type="error"',
        'office:value-type="string" office:string-value=""',
    ],
)
def test_errors_of_an_ods_are_text(attributes: str) -> None:
    space = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    rows = "".join(
        f"<table:table-row><table:table-cell {space} {kind}><text:p>{text}</text:p>"
        "</table:table-cell></table:table-row>"
        for kind, text in (('office:value-type="string"', "Id"), (attributes, "#N/A"))
    )
    assert parse_sheet(ods(rows), name="x.ods").table.to_pylist() == [{"Id": "#N/A"}]


def xls_with(*cells: bytes) -> bytes:
    def one(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind: int) -> bytes:
        return one(0x809, struct.pack("<4HII", 0x600, kind, 0, 0, 0, 6))

    head = begin(5)
    place = len(head) + 4 + 10 + 4
    head += one(0x85, struct.pack("<I4B", place, 0, 0, 2, 0) + b"S1") + one(10)
    return xls(head + begin(0x10) + b"".join(cells) + one(10))


def notes_of(data: bytes) -> list[str]:
    return [note for note in parse_sheet(data, name="x").notes if "column names" not in note]


NUMBER = struct.pack("<5Hd", 0x203, 14, 0, 0, 0, 1.0)
ERROR = struct.pack("<5HBB", 0x205, 8, 1, 0, 0, 0x2A, 1)
FORMULA = struct.pack("<5H", 0x06, 22, 1, 0, 0) + b"\2\0\x2a\0\0\0\xff\xff" + bytes(8)


@pytest.mark.parametrize(("cell", "notes"), [(ERROR, 1), (FORMULA, 1), (b"", 0)])
def test_errors_of_an_xls_are_told_of(cell: bytes, notes: int) -> None:
    told = notes_of(xls_with(NUMBER, cell))
    assert [note.startswith(NOTE.format("XLS")) for note in told] == [True] * notes


def test_errors_of_an_xlsb_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = {(0, 0): 1.0, (1, 0): 2.0}
    assert notes_of(xlsb(cells)) == []
    number = record(5, struct.pack("<IId", 0, 0, 2.0))
    formula = record(11, struct.pack("<IIBH", 0, 0, 0x2A, 0) + bytes(8))
    for error in (record(3, struct.pack("<IIB", 0, 0, 0x2A)), formula):
        assert error_cells.has_errors("xl/worksheets/sheet1.bin", number + error)
    assert not error_cells.has_errors("xl/worksheets/sheet1.bin", number)
    monkeypatch.setattr(error_cells, "_IN_XLSB", error_cells.re.compile(b"\x05"))
    (note,) = notes_of(xlsb(cells))
    assert note.startswith(NOTE.format("XLSB"))
