"""Bytes of text to characters: byte order mark, else UTF-8, else Windows-1252.

Guessing libraries were tried and made names wrong in silence; this order is right wherever it can
be known, and says so in a note where it cannot.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from lsq.sheets.errors import SheetError

__all__ = ["Decoded", "decode", "has_mark"]

# UTF-32 stands first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """Text without its mark, the codec's name, and notes for the reader."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def has_mark(data: bytes) -> bool:
    """Say whether the bytes begin with a byte order mark, which only text has."""
    return _marked(data) is not None


def decode(data: bytes, *, name: str, encoding: str | None = None) -> Decoded:
    """Decode a text file.

    Args:
        data: The whole file.
        name: File name, for the error.
        encoding: The codec that a person chose, or None.

    Raises:
        SheetError: The chosen codec does not exist.
    """
    known = encoding or _marked(data)
    if known is not None:
        return _decode_as(data, name=name, encoding=known)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text, encoding, notes = _decode_as(data, name=name, encoding="cp1252")
    doubt = "Not UTF-8, so read as Windows-1252; if names look wrong, choose another encoding."
    return Decoded(text, encoding, (doubt, *notes))


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _decode_as(data: bytes, *, name: str, encoding: str) -> Decoded:
    notes: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except LookupError as error:
        title = f"{name} cannot be read as {encoding}: there is no encoding of that name."
        raise SheetError(title, "Choose another one, such as utf-8 or cp1252.") from error
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        notes = (f"{lost:,} characters could not be read as {encoding} and show as \ufffd.",)
    return Decoded(text.removeprefix("\ufeff"), encoding, notes)
