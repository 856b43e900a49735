"""A text whose quotes are in order to its cells, a block at a time.

The structure is found with array operations over the bytes: all marks are ASCII, and in UTF-8 no
byte of another character looks like one. So a million rows take a fraction of a second, and no
Python object stands for a cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from lsq.sheets.parsing.line import Dialect

    Integers = npt.NDArray[np.int64]

__all__ = ["Block", "blocks_of", "split_block"]

BLOCK = 1 << 18
_ENDLESS = 1 << 22  # cells after which a record is refused without waiting for its end
_LF, _CR, _NUL = 10, 13, 0


class Block(NamedTuple):
    """Some records of a text.

    Attributes:
        data: The bytes they stand in.
        cells: Their cells, one after the other, quotes taken off and NUL characters left out.
        first: int64, one more than records: where in `cells` each record begins.
        begins: int64, one more than records: where in `data` each record begins.
    """

    data: bytes
    cells: pa.StringArray
    first: Integers
    begins: Integers

    @property
    def widths(self) -> npt.NDArray[np.int32]:
        """int32, the number of each record's cells; 0 for an empty line."""
        lengths = np.frombuffer(self.cells.buffers()[1], np.int32, count=len(self.cells) + 1)
        widths = np.diff(self.first)
        empty = lengths[self.first[:-1] + 1] == lengths[self.first[:-1]]
        return np.where((widths == 1) & empty, 0, widths).astype(np.int32)

    def records_of(self, places: Integers) -> Integers:
        """Return the positions of the records in which these places of `data` are."""
        return np.unique(np.searchsorted(self.begins, places, side="right") - 1)

    def text(self, record: int) -> str:
        """Return a record as it is written, without its line end."""
        raw = self.data[self.begins[record] : self.begins[record + 1]]
        return raw.decode("utf-8", "replace").rstrip("\r\n")


def blocks_of(data: bytes, dialect: Dialect) -> Iterator[Block]:
    """Split a text into blocks that end where a record ends."""
    at, size = 0, BLOCK
    while at < len(data):
        chunk = data[at : at + size]
        if at + size >= len(data) and not chunk.endswith((b"\n", b"\r")):
            chunk += b"\n"
        block = split_block(chunk, dialect, last=at + size >= len(data))
        if block is None:
            size *= 2
            continue
        yield block
        at += len(block.data)
        size = BLOCK


def split_block(chunk: bytes, dialect: Dialect, *, last: bool = True) -> Block | None:
    """Split what begins with a record, up to the end of the last record that ends in it.

    Args:
        chunk: UTF-8, the quotes in order.
        dialect: What marks the cells.
        last: Whether the text ends with it.

    Returns:
        None when no record ends in it; one without end is cut off, far beyond all limits.
    """
    raw = np.frombuffer(chunk, np.uint8)
    dropped, outside = _quotes(raw, dialect, any_quote=dialect.quote.encode() in chunk)
    marks = (raw == _LF) | (raw == _CR)
    for separator in dialect.separator.encode():
        marks |= raw == separator
    marks &= outside
    dropped |= marks
    if b"\0" in chunk:
        dropped |= raw == _NUL
    at = np.flatnonzero(marks)
    kinds = raw[at]
    # The carriage return of CRLF ends nothing; one that ends the chunk may be half of it.
    half = (kinds[:-1] == _CR) & (kinds[1:] == _LF) & (at[1:] == at[:-1] + 1)
    ending = np.append(~half, True)[: len(at)]
    at, kinds = at[ending], kinds[ending]
    ends = np.flatnonzero((kinds == _LF) | (kinds == _CR))
    if not last and len(ends) and at[ends[-1]] == len(raw) - 1 and kinds[ends[-1]] == _CR:
        ends = ends[:-1]
    if not len(ends):
        if len(at) <= _ENDLESS:
            return None
        ends = np.array([len(at) - 1])
    at = at[: ends[-1] + 1]
    size = int(at[-1]) + 1
    dropped = dropped[:size]
    offsets = np.zeros(len(at) + 1, dtype=np.int32)
    if np.count_nonzero(dropped) == len(at):
        offsets[1:] = at - np.arange(len(at))
    else:
        offsets[1:] = at - np.cumsum(dropped, dtype=np.int32)[at] + 1
    kept = raw[:size][~dropped]
    return Block(
        data=chunk[:size],
        cells=pa.StringArray.from_buffers(len(at), pa.py_buffer(offsets), pa.py_buffer(kept)),
        first=np.append(0, ends + 1),
        begins=np.append(0, at[ends] + 1),
    )


def _quotes(
    raw: npt.NDArray[np.uint8], dialect: Dialect, *, any_quote: bool
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which bytes are quotes that are no text, and which bytes are outside quotes."""
    if not any_quote:
        return np.zeros(len(raw), dtype=bool), np.ones(len(raw), dtype=bool)
    quotes = raw == ord(dialect.quote)
    outside = (np.cumsum(quotes, dtype=np.uint8) & 1) == 0
    text = quotes[1:] & quotes[:-1] & outside[:-1] & ~outside[1:]  # the second of a doubled one
    dropped = quotes.copy()
    dropped[1:] &= ~text
    return dropped, outside
