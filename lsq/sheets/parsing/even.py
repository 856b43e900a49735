"""Stretches of a text whose records are all as wide as one another, split by Arrow's reader.

That is most of most files, and Arrow does it several times as quickly as `blocks`, to which
everything else is left: rows of another width, empty lines, and what is damaged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import csv

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsq.sheets.parsing.line import Dialect

__all__ = ["even_columns", "stretches"]

STRETCH = 1 << 20
_BACK = 100  # ends of lines that are tried; a cell of more lines than that makes a stretch longer
_MARK = b"\xef\xbb\xbf"  # Arrow would take it off, and it is text here
_EMPTY_LINES = (b"\n\n", b"\n\r", b"\r\r")  # which Arrow takes for rows of empty cells


def stretches(data: bytes, dialect: Dialect) -> Iterator[bytes]:
    """Cut a text whose quotes are in order into stretches that end where a record ends."""
    at, size = 0, STRETCH
    while at < len(data):
        end = len(data) if at + size >= len(data) else _end(data, at, at + size, dialect)
        if end:
            yield data[at:end]
            at, size = end, STRETCH
        else:
            size *= 2


def _end(data: bytes, begin: int, end: int, dialect: Dialect) -> int:
    """Return where the last record that ends in a part of the text ends; 0 if none is found."""
    quote = dialect.quote.encode()
    # Without line feeds the lines end in carriage returns; the very last may be half of a CRLF.
    line_end, last = (b"\n", end) if data.find(b"\n", begin, end) >= 0 else (b"\r", end - 1)
    at = data.rfind(line_end, begin, last) + 1
    quotes = data.count(quote, begin, at)
    for _ in range(_BACK):
        if quotes % 2 == 0:
            break
        before = data.rfind(line_end, begin, at - 1) + 1
        quotes -= data.count(quote, before, at)
        at = before
    return at if quotes % 2 == 0 else 0


def even_columns(data: bytes, dialect: Dialect, *, width: int) -> list[pa.StringArray] | None:
    """Split records that are all of one width.

    Args:
        data: Whole records in UTF-8, the quotes in order.
        dialect: What marks the cells.
        width: How many cells each must have.

    Returns:
        The columns; None when a record is of another width, empty, or holds NUL characters.
    """
    if not dialect.separator or b"\0" in data or data.startswith((_MARK, b"\n", b"\r")):
        return None
    if any(lines in data for lines in _EMPTY_LINES):
        return None
    names = [str(place) for place in range(width)]
    reading = csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names)
    marks = csv.ParseOptions(
        delimiter=dialect.separator,
        quote_char=dialect.quote,
        newlines_in_values=True,
        ignore_empty_lines=False,
    )
    as_text = csv.ConvertOptions(
        check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
    )
    try:
        table = csv.read_csv(pa.BufferReader(data), reading, marks, as_text)
    except pa.ArrowInvalid:
        return None
    return [column.combine_chunks() for column in table.columns]
