"""The beginning of a text file, read in one way or another: what the vote in `dialect` is about."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from lsq.sheets.parsing.blocks import split_block
from lsq.sheets.parsing.line import LINE_ENDS, lines_of
from lsq.sheets.parsing.record import Records
from lsq.sheets.parsing.sound import is_sound
from lsq.sheets.parsing.writing import Writing, only_ids, shape_of

if TYPE_CHECKING:
    from lsq.sheets.parsing.line import Dialect

__all__ = ["Sample", "has_ids", "read_sample", "sample_of"]

_BYTES = 100_000
_LINES = 300


class Sample(NamedTuple):
    """The beginning of a text: its bytes, some of its filled lines, and whether that is not all."""

    data: bytes
    lines: list[str]
    is_cut: bool


def sample_of(data: bytes) -> Sample:
    """Take the beginning of a text in UTF-8."""
    head = data[:_BYTES]
    lines = lines_of(head.decode("utf-8", "replace"))
    if len(data) > len(head) and len(lines) > 1:
        lines.pop()  # cut in two
    filled = [line for line in lines if line.strip()]
    return Sample(head, filled[:_LINES], is_cut=len(data) > len(head))


def read_sample(sample: Sample, dialect: Dialect) -> tuple[list[list[str]], int]:
    """Return the rows of a sample, and how many have a quote where none should be."""
    rows = _read_strictly(sample, dialect)
    if rows is not None:
        return rows, 0
    records = Records(dialect, has_ids)
    rows, stray, at = [], 0, 0
    while at < len(sample.lines):
        record = records.read(sample.lines[at], islice(sample.lines, at + 1, None))
        rows.append(record.split.cells)
        stray += record.split.stray
        at += record.lines
    return rows, stray


def _read_strictly(sample: Sample, dialect: Dialect) -> list[list[str]] | None:
    """Read by the quotes alone, if some cells have several lines and all quotes are in order.

    Then a cell may be of any length; what else is read, line by line, must guess where it ends.
    """
    if dialect.backslash or dialect.quote.encode() not in sample.data:
        return None
    block = split_block(sample.data, dialect, last=not sample.is_cut)
    if block is None:
        return None
    cells = block.cells.to_pylist()
    records = [cells[begin:end] for begin, end in pairwise(block.first.tolist())]
    rows = [row for row in records if any(map(str.strip, row))]
    if not any(end in cell for row in rows for cell in row for end in LINE_ENDS):
        return None
    width, id_places = shape_of(rows)
    writing = Writing(dialect=dialect, width=width, id_places=id_places)
    return rows[:_LINES] if is_sound(block.data, writing) else None


def has_ids(cells: list[str]) -> bool:
    """Tell whether these may be the cells of a row; how wide one is shows only in the end."""
    return any(map(only_ids, cells))
