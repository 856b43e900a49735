"""How a file was read, in the words of the controls that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.analysis.words import counted
from lsq.lookup.reading_notes import SEPARATORS

if TYPE_CHECKING:
    from lsq.sheets.sheet import Sheet, Worksheet

__all__ = [
    "ENCODINGS",
    "SEPARATORS_OFFERED",
    "described",
    "encoding_word",
    "header_row_words",
    "separator_word",
    "worksheet_words",
]

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "cp1252": "Windows-1252, Western",
    "cp1250": "Windows-1250, Central Europe",
    "iso8859-1": "ISO-8859-1, Western",
    "iso8859-2": "ISO-8859-2, Central Europe",
    "iso8859-15": "ISO-8859-15, Western with €",
    "cp1251": "Windows-1251, Cyrillic",
    "koi8-r": "KOI8-R, Cyrillic",
    "cp1253": "Windows-1253, Greek",
    "cp1254": "Windows-1254, Turkish",
    "cp1255": "Windows-1255, Hebrew",
    "cp1256": "Windows-1256, Arabic",
    "cp1258": "Windows-1258, Vietnamese",
    "cp874": "Windows-874, Thai",
    "cp932": "Shift-JIS, Japanese",
    "gb18030": "GB18030, Chinese",
    "big5": "Big5, Chinese",
    "cp949": "Windows-949, Korean",
    "mac-roman": "Mac Roman",
    "cp437": "DOS 437",
    "utf-16": "UTF-16 with a byte order mark",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32 with a byte order mark",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
}
SEPARATORS_OFFERED = {mark: word.capitalize() for mark, word in SEPARATORS.items()}


def described(sheet: Sheet) -> str:
    """Write how a sheet was read: `UTF-8, semicolon, column names in row 3`."""
    parts = [encoding_word(sheet.encoding)] if sheet.encoding else []
    if sheet.separator:
        parts.append(separator_word(sheet.separator))
    if sheet.worksheet:
        parts.append(f"worksheet {sheet.worksheet}")
    row = sheet.header_row
    parts.append(f"column names in row {row:,}" if row else "no column names")
    return ", ".join(parts)


def encoding_word(name: str | None) -> str:
    """Name an encoding, and who writes it: `Windows-1250, Central Europe`."""
    return ENCODINGS.get(name or "", name or "")


def separator_word(mark: str | None) -> str:
    """Name a separator: `Semicolon`."""
    return SEPARATORS_OFFERED.get(mark or "", f"“{mark}”") + ("" if mark else ": one cell a line")


def header_row_words(row: str | None) -> str:
    """Say where the column names stand: `Row 3`."""
    return "None: numbered columns" if row == "0" else f"Row {row}"


def worksheet_words(worksheet: Worksheet) -> str:
    """Name a worksheet with its size: `North · 1,200 rows · 1,198 ids`."""
    rows, ids = counted(worksheet.rows, "row"), counted(worksheet.ids, "id")
    return f"{worksheet.name} · {rows} · {ids}"
