"""A zipped workbook's true size, known before anything parses it.

A few hundred KB of zeros inflate to gigabytes, and what a zip says of itself can lie: so every
entry is inflated here, piece by piece, counted and looked at. What these checks do not know, the
caps of the worker process catch; here it is said in better words.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lsq.sheets.errors import SheetError, not_a_sheet
from lsq.sheets.limits import MB
from lsq.sheets.parsing.error_cells import has_errors
from lsq.sheets.parsing.extent import farthest, filled, overlapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsq.sheets.limits import Limits

__all__ = ["check_zip", "inflate"]

_MAX_RATIO = 200
_SMALL = 5 * MB  # to which anything may inflate without a question of ratio
_PIECE = 1 << 20
_PACKED_PIECE = 1 << 17

_WORKBOOKS = ("xl/", "content.xml")
_XML = (".xml", ".rels")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")  # no spreadsheet program writes them; XML bombs do


def check_zip(data: bytes, *, name: str, limits: Limits) -> frozenset[str]:
    """Refuse a zip that is no workbook, or one that would grow beyond the limits.

    Returns:
        Names of the files inside in which cells with an error may be.

    Raises:
        SheetError: With the limit and the file's figure.
    """
    entries = _entries(data, name=name)
    if not any(entry.filename.lower().startswith(_WORKBOOKS) for entry in entries):
        raise not_a_sheet(name, "It is a zip without a workbook in it. Unpack it first.")
    limits.check_entries(name, len(entries))
    _check_honest(entries, size=len(data), name=name)
    allowed = min(limits.max_inflated_bytes, max(len(data) * _MAX_RATIO, _SMALL))
    _check_growth(sum(entry.file_size for entry in entries), allowed, name=name)
    inflated, errors = 0, set()
    for entry in entries:
        far = [(0, 0)]
        for text in overlapping(inflate(data, entry, name=name)):
            inflated += len(text)
            _check_growth(inflated, allowed, name=name)
            if entry.filename.lower().endswith(_XML):
                _check_declarations(text, name=name)
                far.append(farthest(text))
            if entry.filename not in errors and has_errors(entry.filename, text):
                errors.add(entry.filename)
        rows, columns = map(max, zip(*far, strict=True))
        if limits.exceeded_by(rows=rows, columns=columns):
            rows, columns = filled(inflate(data, entry, name=name))
            limits.check_cells(name, rows=rows, columns=columns)
    return frozenset(errors)


def _entries(data: bytes, *, name: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise _broken(name) from error


def _check_honest(entries: list[zipfile.ZipInfo], *, size: int, name: str) -> None:
    """Refuse entries that lie on top of each other or want to leave the folder they are in."""
    escaping = any(".." in PurePosixPath(entry.filename).parts for entry in entries)
    if escaping or sum(entry.compress_size for entry in entries) > size:
        raise _broken(name)


def _broken(name: str) -> SheetError:
    title = f"{name} is a broken workbook."
    return SheetError(title, "Open it in a spreadsheet program, save it anew and drop that.")


def _check_growth(inflated: int, allowed: int, *, name: str) -> None:
    if inflated > allowed:
        title = (
            f"{name} unpacks to {inflated / MB:,.0f} MB or more; "
            f"the limit for its size is {allowed / MB:,.0f} MB."
        )
        raise SheetError(title, "Save the list as CSV and drop that.")


def _check_declarations(text: bytes, *, name: str) -> None:
    if any(declaration in text for declaration in _DECLARATIONS):
        why = "Its XML declares entities of its own, as no spreadsheet program does. Save it anew."
        raise not_a_sheet(name, why)


def inflate(data: bytes, entry: zipfile.ZipInfo, *, name: str) -> Iterator[bytes]:
    """Inflate an entry without believing the size that the zip declares for it."""
    header = data[entry.header_offset : entry.header_offset + 30]
    start = entry.header_offset + 30
    start += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise _broken(name)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _PACKED_PIECE):
            rest = bytes(packed[at : at + _PACKED_PIECE])
            while rest:
                yield inflater.decompress(rest, _PIECE)
                rest = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise _broken(name) from error
