"""What a file is by its first bytes, never by its ending."""

from __future__ import annotations

import re
from enum import Enum

from lsq.sheets.errors import SheetError, not_a_sheet
from lsq.sheets.parsing.decode import has_mark

__all__ = ["FileKind", "kind_of"]

_ADVICE = "Save the list as CSV or XLSX and drop it again."

_FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture, film or sound"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PARE", "a locked Parquet file"),
    (b"SQLite format 3", "a SQLite database"),
)
_WEB = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<style")
_CONTROL = bytes({*range(32)} - {9, 10, 13, 27})
_SAMPLE = 65_536
_FILLED = re.compile(rb"[^\x00 \t\r\n\xef\xbb\xbf\xfe\xff]")
_NULS = re.compile(rb"\x00+")


class FileKind(Enum):
    """How a file is to be opened."""

    TEXT = "text"
    ZIP = "a zip, as xlsx, xlsm, xlsb and ods are"
    PARQUET = "a Parquet file"
    OLE = "an old compound file, as xls and locked workbooks are"


def kind_of(data: bytes, *, name: str) -> FileKind:
    """Recognise a sheet's bytes.

    Raises:
        SheetError: The file is empty, or plainly something else.
    """
    if _FILLED.search(data) is None:
        title = f"{name} is empty."
        raise SheetError(title, "Drop a sheet that holds lead ids.")
    if data.startswith(b"PK\x03\x04"):
        return FileKind.ZIP
    if data.startswith(b"PAR1"):
        return FileKind.PARQUET
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind.OLE
    _refuse_foreign(data, name=name)
    return FileKind.TEXT


def _refuse_foreign(data: bytes, *, name: str) -> None:
    for start, kind in _FOREIGN:
        if data.startswith(start):
            raise not_a_sheet(name, f"The first bytes are those of {kind}. {_ADVICE}")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_WEB):
        why = "It is a web page under a sheet's name. Open it in a spreadsheet program, then"
        raise not_a_sheet(name, f"{why} {_ADVICE[0].lower()}{_ADVICE[1:]}")
    if head.startswith(b"<?xml"):
        raise not_a_sheet(name, f"The first bytes are those of an XML document. {_ADVICE}")
    if not has_mark(data) and _is_binary(data[:_SAMPLE]):
        raise not_a_sheet(name, f"It holds binary data, not text. {_ADVICE}")


def _is_binary(sample: bytes) -> bool:
    """A stray NUL is damage to a list; one control byte in twenty is another kind of file.

    A stretch of NULs is what a disk leaves of a text that was not written to the end.
    """
    sample = _NULS.sub(b"\x00", sample)
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return b"\x00" in sample and controls * 20 > len(sample)
