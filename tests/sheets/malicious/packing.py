"""The least that a workbook of each kind needs, so that a test can fill in what is malicious."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ods", "packed", "record", "xls", "xlsb", "xlsx"]

_TYPES = "http://schemas.openxmlformats.org"
_MAIN = f"{_TYPES}/spreadsheetml/2006/main"
_RELATION = f"{_TYPES}/officeDocument/2006/relationships"
_PACKAGE = f"{_TYPES}/package/2006/relationships"
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF  # of a chain of sectors; no sector, no entry
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def packed(entries: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    """Return a zip."""
    out = io.BytesIO()
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(
    rows: bytes | str, *, strings: bytes | str = "", sheets: int = 1, **more: bytes | str
) -> bytes:
    """Return an XLSX whose worksheets all are the one with these `<row>` elements.

    Args:
        rows: What stands in `<sheetData>`.
        strings: What stands in `<sst>`.
        sheets: How many tabs name that worksheet.
        more: Whole entries instead of those made here, with "_" for each "/" of the name.
    """
    tabs = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, sheets + 1))
    entries: dict[str, bytes | str] = {
        "_rels/.rels": _root("xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">'
        f"<sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": _around("worksheet", _around("sheetData", rows)),
        "xl/sharedStrings.xml": _around("sst", strings),
    }
    entries |= {name.replace("_", "/"): content for name, content in more.items()}
    return packed(entries)


def _root(book: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="r0" Type="{_RELATION}/officeDocument" Target="{book}"/></Relationships>'
    )


def _around(tag: str, content: bytes | str) -> bytes:
    inside = content.encode() if isinstance(content, str) else content
    space = f' xmlns="{_MAIN}"' if tag != "sheetData" else ""
    return b"".join((f"<{tag}{space}>".encode(), inside, f"</{tag}>".encode()))


def ods(table: str, *, head: str = "") -> bytes:
    """Return an ODS whose one table holds these rows."""
    spaces = " ".join(f'xmlns:{n}="{_OPEN}:{n}:1.0"' for n in ("office", "table", "text"))
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"{head}<office:document-content {spaces}><office:body>"
            f'<office:spreadsheet><table:table table:name="S">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def record(kind: int, data: bytes = b"") -> bytes:
    """Return a record of an XLSB part: its kind, its length in sevens of bits, its bytes."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(data), b""
    while length >= 128:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return head + size + bytes([length]) + data


def xlsb(cells: Mapping[tuple[int, int], float]) -> bytes:
    """Return an XLSB with numbers at these rows and columns, from 0."""
    name = "S1"
    sheet = struct.pack("<II", 0, 1) + _wide("r1") + _wide(name)
    body = record(129) + record(148, struct.pack("<IIII", 0, 1_048_575, 0, 16_383)) + record(145)
    for (row, column), value in cells.items():
        body += record(0, struct.pack("<IIHBBI", row, 0, 300, 0, 0, 0))
        body += record(5, struct.pack("<IId", column, 0, value))
    body += record(146) + record(130)
    return packed(
        {
            "_rels/.rels": _root("xl/workbook.bin"),
            "xl/workbook.bin": record(131)
            + record(143)
            + record(156, sheet)
            + record(144)
            + record(132),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}">'
            f'<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.bin"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.bin": body,
        }
    )


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xls(records: bytes) -> bytes:
    """Return an XLS: an old compound file whose one stream, Workbook, holds these records."""
    sector, stream = 512, records.ljust(4096, b"\0")
    stream += bytes(-len(stream) % sector)
    count = len(stream) // sector
    fats = -(-(count + 2) // 127)
    chain = [*range(1, count), _END, _END, *[0xFFFFFFFD] * fats]
    chain += [_FREE] * (fats * 128 - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 62, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, fats, count, 0, 4096, _END, 0, _END, 0)
    head += b"".join(struct.pack("<I", count + 1 + n) for n in range(fats))
    head = head.ljust(sector, b"\xff")
    root = _entry("Root Entry", kind=5, child=1, start=_END, size=0)
    book = _entry("Workbook", kind=2, child=_FREE, start=0, size=len(stream))
    folder = (root + book).ljust(sector, b"\0")
    return head + stream + folder + b"".join(struct.pack("<I", link) for link in chain)


def _entry(name: str, *, kind: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide) + 2, kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
