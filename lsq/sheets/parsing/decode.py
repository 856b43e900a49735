"""Bytes of text to UTF-8: by the byte order mark, else as UTF-8, else as Windows-1252.

Guessing libraries were tried and made names wrong in silence; this order is right wherever it can
be known, and says so in a note where it cannot.
"""

from __future__ import annotations

import codecs
import re
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
_UNMARKED = (
    (re.compile(rb"(?:[^\0]\0\0\0){4}"), "utf-32-le"),
    (re.compile(rb"(?:\0\0\0[^\0]){4}"), "utf-32-be"),
    (re.compile(rb"(?:[^\0]\0){8}"), "utf-16-le"),
    (re.compile(rb"(?:\0[^\0]){8}"), "utf-16-be"),
)
"""Plain letters in these encodings have zeros at fixed places."""

_FEW = 0.1
"""Of the characters beyond ASCII, those that may be damaged before it is another encoding."""


class Decoded(NamedTuple):
    """A decoded text.

    Attributes:
        data: In UTF-8, without its mark.
        encoding: The name of the encoding that it had.
        lost: Characters that could not be read and show as \ufffd.
        notes: Sentences for the reader.
    """

    data: bytes
    encoding: str
    lost: int = 0
    notes: tuple[str, ...] = ()


def has_mark(data: bytes) -> bool:
    """Say whether the bytes begin with a byte order mark, or with text of two or four bytes."""
    return _known(data) is not None


def decode(data: bytes, *, name: str, encoding: str | None = None) -> Decoded:
    """Decode a text file.

    Args:
        data: The whole file.
        name: File name, for the error.
        encoding: The codec that a person chose, or None.

    Raises:
        SheetError: The chosen codec does not exist.
    """
    known = encoding or _known(data)
    if known is not None:
        return _decode_as(data, name=name, encoding=known)
    if _is_utf8(data):
        return Decoded(data, "utf-8")
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost <= _FEW * sum(len(run) for run in re.findall("[^\x00-\x7f]+", text)):
        return Decoded(text.encode(), "utf-8", lost, (_lost(lost, "utf-8"),))
    doubt = "Not UTF-8, so read as Windows-1252; if names look wrong, choose another encoding."
    text_of = _decode_as(data, name=name, encoding="cp1252")
    return text_of._replace(notes=(doubt, *text_of.notes))


def _known(data: bytes) -> str | None:
    marked = (name for mark, name in _MARKS if data.startswith(mark))
    unmarked = (name for pattern, name in _UNMARKED if pattern.match(data))
    return next(marked, None) or next(unmarked, None)


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decode_as(data: bytes, *, name: str, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, ValueError) as error:
        title = f"{name} cannot be read as {encoding}: there is no encoding of that name."
        raise SheetError(title, "Choose another one, such as utf-8 or cp1252.") from error
    clean = text.removeprefix("\ufeff").encode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost:
        lost -= _already_lost(data, encoding)
    return Decoded(clean, encoding, lost, (_lost(lost, encoding),) if lost else ())


def _already_lost(data: bytes, encoding: str) -> int:
    """Count the replacement characters that stand in the file itself."""
    return data.decode(encoding, "ignore").count("\ufffd")


def _lost(count: int, encoding: str) -> str:
    characters = "1 character" if count == 1 else f"{count:,} characters"
    show = "shows" if count == 1 else "show"
    return f"{characters} could not be read as {encoding} and {show} as \ufffd."
