"""Whether the quotes of a text with cells of several lines are in order, and hide no row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from lsq.sheets.parsing.blocks import blocks_of
from lsq.sheets.parsing.writing import only_ids

if TYPE_CHECKING:
    import pyarrow as pa

    from lsq.sheets.parsing.blocks import Block
    from lsq.sheets.parsing.line import Dialect
    from lsq.sheets.parsing.writing import Writing

__all__ = ["is_sound"]

_BLOCK = 1 << 21
_LF, _CR = 10, 13
_ID = re.compile(rb"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-")
_LINE_END = re.compile(rb"\r\n|\r|\n")


def is_sound(data: bytes, writing: Writing) -> bool:
    """Tell whether the quotes of a text can be believed.

    Two stray ones can look like a pair that holds the rows between them. So a record of several
    lines must have the width of the others, and hold no second row.
    """
    if not _in_order(data, writing.dialect):
        return False
    return not any(_hides_row(block, writing) for block in blocks_of(data, writing.dialect))


def _in_order(data: bytes, dialect: Dialect) -> bool:
    """Tell whether every quote opens or closes a cell, or stands doubled within one."""
    quote = ord(dialect.quote)
    beside_quotes = [_LF, _CR, quote, *dialect.separator.encode()]
    inside = False
    for start in range(0, len(data), _BLOCK):
        # A byte more at either end, because what stands beside a quote decides.
        before = data[start - 1 : start] if start else b"\n"
        after = data[start + _BLOCK : start + _BLOCK + 1] or b"\n"
        block = np.frombuffer(before + data[start : start + _BLOCK] + after, np.uint8)
        quotes = block[1:-1] == quote
        within = (np.cumsum(quotes, dtype=np.uint8) & 1).astype(bool) ^ inside
        at = np.flatnonzero(quotes)
        beside = np.where(within[at], block[at], block[at + 2])
        if not np.isin(beside, beside_quotes).all():
            return False
        inside = bool(within[-1])
    return not inside


def _hides_row(block: Block, writing: Writing) -> bool:
    raw = np.frombuffer(block.data, np.uint8)
    ends = raw == _LF
    ends[:-1] |= (raw[:-1] == _CR) & (raw[1:] != _LF)
    lines = np.diff(np.append(0, np.cumsum(ends, dtype=np.int32))[block.begins])
    several = np.flatnonzero(lines > 1)
    if (block.widths[several] != writing.width).any():
        return True
    return any(
        _is_more(block.data[block.begins[record] : block.begins[record + 1]], writing)
        and not _is_one(block.cells[block.first[record] : block.first[record + 1]], writing)
        for record in several.tolist()
    )


def _is_one(cells: pa.StringArray, writing: Writing) -> bool:
    """Tell whether a record is one row for sure: no cell of several lines hides another's ids.

    Where rows have ids, a cell of several lines has none, or is one of several ids and no more.
    """
    return bool(writing.id_places) and not any(
        _LINE_END.search(cell.encode())
        and _ID.search(cell.encode())
        and not (place in writing.id_places and only_ids(cell))
        for place, cell in enumerate(cells.to_pylist())
    )


def _is_more(record: bytes, writing: Writing) -> bool:
    """Tell whether a record could be more than one row."""
    if len(_ID.findall(record)) > max(1, len(writing.id_places)):
        return True
    if writing.id_places:
        return False
    marks = writing.width - 1
    separator = writing.dialect.separator.encode()
    return marks > 0 and any(
        line.count(separator) == marks for line in _LINE_END.split(record)[1:-1]
    )
