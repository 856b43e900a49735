"""What is too large, or a bomb, is refused in a sentence."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from lsq.sheets.errors import SheetError
from lsq.sheets.limits import Limits
from lsq.sheets.parsing import workbook_in
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.sheet import PASTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet


def refusal(data: bytes, limits: Limits = Limits()) -> SheetError:  # noqa: B008  # frozen
    with pytest.raises(SheetError) as caught:
        parse_sheet(data, name="leads.xlsx", limits=limits)
    return caught.value


def workbook(cells: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Leads")
        for place, text in cells.items():
            sheet.write_string(place, text)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_each_limit_is_named_with_the_files_figure(sheet_of: Callable[..., Sheet]) -> None:
    with pytest.raises(SheetError, match=r"^leads.csv is 5 bytes; the limit is 4\."):
        sheet_of("Id\n1\n", limits=Limits(max_bytes=4))
    with pytest.raises(SheetError, match=r"^leads.csv has 3 rows; the limit is 2\."):
        sheet_of("Id\na\nb\nc\n", limits=Limits(max_rows=2))
    with pytest.raises(SheetError, match=r"4 rows × 3 columns = 12 cells; the limit is 11\."):
        sheet_of("a,b,c\n" + "1,2,3\n" * 3, limits=Limits(max_cells=11))
    with pytest.raises(SheetError, match=r"has 20,001 columns; the limit is 16,384\."):
        sheet_of("a" + "," * 20_000 + "\n1\n")


def test_the_sentences_agree_in_number(sheet_of: Callable[..., Sheet]) -> None:
    with pytest.raises(SheetError, match=r"spans 4 rows × 1 column = 4 cells; the limit is 2\."):
        sheet_of("a\n1\n2\n3\n", limits=Limits(max_cells=2))
    limits = Limits(max_bytes=1_000_000, max_rows=0, max_cells=0)
    with pytest.raises(SheetError, match=r"^a\.csv is 2\.0 MB; the limit is 1\.0 MB\."):
        limits.check_bytes("a.csv", 2_000_000)
    with pytest.raises(SheetError, match=r"^The pasted ids are 1,000,001 bytes; the limit is 1,0"):
        limits.check_bytes(PASTED, 1_000_001)
    with pytest.raises(SheetError, match=r"^The pasted ids have 1 row; the limit is 0\."):
        limits.check_rows(PASTED, 1)
    with pytest.raises(SheetError, match=r"^The pasted ids have 20,000 columns; the limit is 16"):
        limits.check_cells(PASTED, rows=1, columns=20_000)
    with pytest.raises(SheetError, match=r"^The pasted ids span 1 row × 1 column = 1 cell; the"):
        limits.check_cells(PASTED, rows=1, columns=1)


def test_an_honest_file_has_twice_the_time_it_takes() -> None:
    limits = Limits(max_processor_s=60)
    assert limits.processor_s(100) == 3
    assert limits.processor_s(4_000_000) >= 2 * 3.0  # 20,000 × 60 in an XLSX
    assert limits.processor_s(9_000_000) >= 2 * 5.9  # 50,000 × 60 in an XLSX
    assert limits.processor_s(100_000_000) == 60


def test_a_file_at_its_limits_is_read(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of("a,b\n1,2\n3,4\n", limits=Limits(max_bytes=12, max_rows=2, max_cells=6))
    assert sheet.table.num_rows == 2


def test_far_too_many_rows_are_counted_and_not_kept(sheet_of: Callable[..., Sheet]) -> None:
    with pytest.raises(SheetError, match=r"has 5,001 rows; the limit is 10\."):
        sheet_of("Id\n" + "1\n" * 5000, limits=Limits(max_rows=10))


def test_a_small_workbook_that_names_the_last_cell_is_refused_before_it_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook_in, "load_workbook", lambda *_: pytest.fail("loaded"))
    bomb = workbook({"A1": "Lead ID", "XFD1048576": "x"})
    error = refusal(bomb)
    assert len(bomb) < 7000
    assert "1,048,576 rows × 16,384 columns = 17,179,869,184 cells" in error.title
    assert "the limit is 20,000,000" in error.title


def test_empty_cells_far_out_that_only_have_a_style_are_no_reason_to_refuse() -> None:
    def style(_: str, xml: bytes) -> bytes:
        far = b'<row r="1048576" spans="1:2"><c r="XFD1048576" s="1"/></row></sheetData>'
        return xml.replace(b"</sheetData>", far)

    data = repacked(workbook({"A1": "Id", "B2": "x"}), style)
    assert b"XFD" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert parse_sheet(data, name="leads.xlsx").table.shape == (1, 2)


@pytest.mark.parametrize("declaration", [b"<!DOCTYPE a [", b'<!ENTITY a "b">'])
def test_xml_that_declares_entities_is_refused(declaration: bytes) -> None:
    def declare(name: str, xml: bytes) -> bytes:
        return xml.replace(b"?>", b"?>" + declaration, 1) if "styles" in name else xml

    error = refusal(repacked(workbook({"A1": "a"}), declare))
    assert error.advice.startswith("Its XML declares entities of its own")


def test_entries_that_lie_on_top_of_each_other_are_called_broken() -> None:
    data = workbook({"A1": "a" * 30_000})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = max(entry.compress_size for entry in archive.infolist())
    bomb = data.replace(size.to_bytes(4, "little"), (len(data) + size).to_bytes(4, "little"))
    assert "broken workbook" in refusal(bomb).title


def test_an_entry_that_would_leave_its_folder_is_called_broken() -> None:
    out = io.BytesIO(workbook({"A1": "a"}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/../../evil", b"")
    assert "broken workbook" in refusal(out.getvalue()).title


def test_a_workbook_that_only_declares_a_large_extent_is_read() -> None:
    def declare(_: str, xml: bytes) -> bytes:
        return xml.replace(b'<dimension ref="A1:B2"/>', b'<dimension ref="A1:XFD1048576"/>')

    data = repacked(workbook({"A1": "Id", "B2": "x"}), declare)
    assert parse_sheet(data, name="leads.xlsx").table.shape == (1, 2)


def test_a_zip_bomb_is_refused_by_what_it_really_inflates_to() -> None:
    def inflate(name: str, xml: bytes) -> bytes:
        return xml + bytes(30_000_000) if name.endswith("styles.xml") else xml

    error = refusal(repacked(workbook({"A1": "a"}), inflate))
    assert error.title == "leads.xlsx unpacks to 30 MB or more; the limit for its size is 7 MB."


def test_a_zip_that_lies_about_its_sizes_is_counted_by_inflating() -> None:
    honest = repacked(
        workbook({"A1": "a"}), lambda name, xml: xml + bytes(9_000_000) if "styles" in name else xml
    )
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        size = next(e.file_size for e in archive.infolist() if "styles" in e.filename)
    lying = honest.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    assert "unpacks to 5 MB or more; the limit for its size is 5 MB." in refusal(lying).title


def test_too_many_files_inside_are_refused() -> None:
    out = io.BytesIO(workbook({"A1": "a"}))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(1200):
            archive.writestr(f"xl/media/{number}", b"")
    assert "files inside; the limit is 1,000." in refusal(out.getvalue()).title


def test_a_zip_without_a_workbook_is_not_a_sheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("leads.csv", "Id\n1\n")
    error = refusal(out.getvalue())
    assert error.title == "leads.xlsx is not a sheet."
    assert "zip without a workbook" in error.advice


@pytest.mark.parametrize("length", [10, 400, 3000])
def test_a_broken_workbook_is_called_broken(length: int) -> None:
    assert "broken workbook" in refusal(workbook({"A1": "a" * 3000})[:length]).title


def test_damaged_compression_is_called_broken() -> None:
    data = bytearray(workbook({"A1": "Lead ID"}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    start = entry.header_offset + 30 + len(entry.filename)
    data[start : start + 8] = b"\xff" * 8
    assert "broken workbook" in refusal(bytes(data)).title


def test_an_unknown_compression_is_called_broken() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", zlib.compress(b"a"))
    assert "broken workbook" in refusal(out.getvalue()).title
