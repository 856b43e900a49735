"""Cells that hold an error such as #N/A: the parser gives them as empty, and they are not.

In XLSX and ODS the error stands in the XML as text, so there the cell is made one of text before
the parser sees it. In XLSB and XLS it is one byte among others: there they are told of.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["errors_as_text", "errors_note", "has_errors"]

_WORKSHEETS = ("xl/worksheets/", "content.xml")
_READ = (".xml", ".rels", "mimetype")  # the rest, such as pictures, no parser of cells looks at
_IN_XML = re.compile(rb"""\st=["']e["']|string-value=["']["']|value-type=["']error["']""")
_SEEN_IN_XML = (b't="e"', b"t='e'", b'string-value=""', b"string-value=''", b'"error"', b"'error'")
_XLSX_KIND = re.compile(rb"""t=(["'])e\1""")
_XLSX_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?\s$")
_ODS_CELL = re.compile(rb"<(?:\w+:)?table-cell\s[^<>]*>")
_ODS_EMPTY = re.compile(rb"""\soffice:string-value=["']["']""")
_ODS_ERROR = re.compile(rb"""\scalcext:value-type=["']error["']""")
_ODS_VALUE = re.compile(rb"""\soffice:(?:value|string-value|value-type)=(?:"[^"]*"|'[^']*')""")
_LONGEST_TAG = 65_536
_LONGEST_CELL_TAG = 512  # what stands between "<c" and the kind

_CODE = rb"[\x00\x07\x0f\x17\x1d\x24\x2a\x2b]"  # #NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A
_IN_XLSB = re.compile(
    rb"(?:\x03\x09|\x0b[\x0b-\x7f]|\x0b[\x80-\xff][\x01-\x7f])"  # cell or formula, its length
    rb".[\x00-\x3f]\x00\x00.{3}\x00" + _CODE,  # column, style
    re.DOTALL,
)
_IN_XLS = re.compile(
    rb"\x05\x02\x08\x00.{6}" + _CODE + rb"\x01"  # a cell of an error
    rb"|\x06\x00.{8}\x02\x00" + _CODE + rb".{3}\xff\xff",  # a formula that gives one
    re.DOTALL,
)
_XLS = b"\xd0\xcf\x11\xe0"


def has_errors(entry: str, text: bytes) -> bool:
    """Say whether this piece of a file inside a workbook may hold a cell with an error."""
    if not entry.startswith(_WORKSHEETS):
        return False
    if entry.endswith(".bin"):
        return _IN_XLSB.search(text) is not None
    # Most files have none, and are looked through ten times as quickly for plain bytes.
    return any(mark in text for mark in _SEEN_IN_XML) and _IN_XML.search(text) is not None


def errors_as_text(
    data: bytes,
    entries: Iterable[str],
    inflated: Callable[[zipfile.ZipInfo], Iterator[bytes]],
) -> bytes:
    """Return the workbook with its errors as cells of text, as the spreadsheet program shows them.

    Args:
        data: The workbook.
        entries: Names of those files inside in which there may be some.
        inflated: Gives the pieces of a file inside.
    """
    told = {entry for entry in entries if entry.endswith(".xml")}
    if not told:
        return data
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            if entry.filename.endswith(_READ):
                with new.open(entry.filename, "w", force_zip64=True) as file:
                    pieces = inflated(entry)
                    file.writelines(_as_text(pieces) if entry.filename in told else pieces)
    return out.getvalue()


def _as_text(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        text = rest + piece
        torn = text.rfind(b"<")
        if torn < 0 or len(text) - torn > _LONGEST_TAG:
            torn = len(text)
        rest = text[torn:]
        yield _ODS_CELL.sub(_ods_cell, _XLSX_KIND.sub(_xlsx_kind, text[:torn]))
    yield _ODS_CELL.sub(_ods_cell, _XLSX_KIND.sub(_xlsx_kind, rest))


def _xlsx_kind(kind: re.Match[bytes]) -> bytes:
    """Make an error a text, if this stands in the tag of a cell and not in somebody's words."""
    before = kind.string[max(kind.start() - _LONGEST_CELL_TAG, 0) : kind.start()]
    before = before[max(before.rfind(b"<"), 0) :]
    return kind[0].replace(b"e", b"str") if _XLSX_CELL.match(before) else kind[0]


def _ods_cell(cell: re.Match[bytes]) -> bytes:
    tag = cell[0]
    if not _ODS_ERROR.search(tag):
        return _ODS_EMPTY.sub(b"", tag)
    tag = _ODS_VALUE.sub(b"", tag)
    return tag.replace(b"table-cell", b'table-cell office:value-type="string"', 1)


def errors_note(data: bytes, entries: Iterable[str]) -> tuple[str, ...]:
    """Say so where cells with an error are lost, because the parser gives them as empty.

    Args:
        data: The workbook.
        entries: Names of the files inside in which there may be some.
    """
    kind = "XLSB" if any(entry.endswith(".bin") for entry in entries) else ""
    if data.startswith(_XLS) and _IN_XLS.search(data):
        kind = "XLS"
    if not kind:
        return ()
    seem = f"Cells with an error, such as #N/A, seem to be in this {kind}"
    read = "they are read as blank, and below the last filled row not at all"
    return (f"{seem}: {read}. Save it as XLSX to have them listed.",)
