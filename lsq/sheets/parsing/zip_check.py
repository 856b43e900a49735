"""A zipped workbook's true size, known before anything parses it.

A 1 KB workbook that names only the cells A1 and XFD1048576 makes the parser ask for 549 GB, and
the process is gone; a few hundred KB of zeros inflate to gigabytes. What a zip says of itself can
lie, so every entry is inflated here, piece by piece and counted, and every cell reference read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from lsq.sheets.errors import SheetError, not_a_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsq.sheets.limits import Limits

__all__ = ["check_zip"]

_MAX_ENTRIES = 1_000
_MAX_INFLATED_PER_BYTE = 8  # of Limits.max_bytes: a sheet's XML is about that much longer as text
_MAX_RATIO = 200
_SMALL = 5_000_000  # bytes to which anything may inflate without a question of ratio
_PIECE = 1 << 20
_LONGEST_TAG = 256

_WORKBOOKS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,7})[\"']")


def check_zip(data: bytes, *, name: str, limits: Limits) -> None:
    """Refuse a zip that is no workbook, or one that would grow beyond the limits.

    Raises:
        SheetError: With the limit and the file's figure.
    """
    entries = _entries(data, name=name)
    if not any(entry.filename.lower() in _WORKBOOKS for entry in entries):
        raise not_a_sheet(name, "It is a zip without a workbook in it. Unpack it first.")
    if len(entries) > _MAX_ENTRIES:
        title = f"{name} holds {len(entries):,} files inside; the limit is {_MAX_ENTRIES:,}."
        raise SheetError(title, "Copy the list into a new workbook and drop that.")
    inflated = 0
    for entry in entries:
        extent = _Extent()
        for piece in _inflate(data, entry, name=name):
            inflated += len(piece)
            _check_growth(inflated, size=len(data), name=name, limits=limits)
            extent.read(piece)
        limits.check_cells(name, rows=extent.rows, columns=extent.columns)


def _entries(data: bytes, *, name: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise _broken(name) from error


def _broken(name: str) -> SheetError:
    title = f"{name} is a broken workbook."
    return SheetError(title, "Open it in a spreadsheet program, save it anew and drop that.")


def _check_growth(inflated: int, *, size: int, name: str, limits: Limits) -> None:
    allowed = min(limits.max_bytes * _MAX_INFLATED_PER_BYTE, max(size * _MAX_RATIO, _SMALL))
    if inflated > allowed:
        title = f"{name} unpacks to more than {allowed / 1e6:,.0f} MB, the limit for its size."
        raise SheetError(title, "Save the list as CSV and drop that.")


def _inflate(data: bytes, entry: zipfile.ZipInfo, *, name: str) -> Iterator[bytes]:
    """Inflate an entry without believing the size that the zip declares for it."""
    header = data[entry.header_offset : entry.header_offset + 30]
    start = entry.header_offset + 30
    start += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise _broken(name)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not inflater.eof:
            yield inflater.decompress(packed, _PIECE)
            packed = inflater.unconsumed_tail
        yield inflater.flush(_PIECE)
    except zlib.error as error:
        raise _broken(name) from error


class _Extent:
    """The last row and column that an entry's XML names, read piece by piece."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self._tail = b""

    def read(self, piece: bytes) -> None:
        text = self._tail + piece
        cells = _CELL.findall(text)
        rows = {row for _, row in cells} | set(_ROW.findall(text))
        self.rows = max(self.rows, max(map(int, rows), default=0))
        letters = {column for column, _ in cells}
        self.columns = max(self.columns, max(map(_column_number, letters), default=0))
        self._tail = text[-_LONGEST_TAG:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
