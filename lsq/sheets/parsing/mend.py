"""Damaged quotes put right, so that a text has one reading only, and which records had them.

Most files are whole, and are only looked at. In the others each line with a quote is read by
itself; what is written otherwise than it should be is written anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lsq.sheets.damage import Damage
from lsq.sheets.limits import MAX_COLUMNS
from lsq.sheets.parsing.line import LINE_ENDS, Split, join_cells, split_line
from lsq.sheets.parsing.other_marks import as_meant
from lsq.sheets.parsing.record import Records
from lsq.sheets.parsing.sound import is_sound
from lsq.sheets.parsing.writing import only_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsq.sheets.parsing.line import Dialect
    from lsq.sheets.parsing.writing import Writing

__all__ = ["Mended", "mend", "suspects"]

_BLOCK = 1 << 22
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LF, _CR = 10, 13


class Mended(NamedTuple):
    """A text whose quotes are all in order, and what damaged records had, by their position."""

    data: bytes
    damage: dict[int, Damage]


def mend(data: bytes, writing: Writing) -> Mended:
    """Put the quotes of a text in order.

    Args:
        data: The text in UTF-8.
        writing: How it is written.
    """
    lines = suspects(data, writing.dialect)
    if not lines or is_sound(data, writing):
        return Mended(data, {})
    return _Mender(data, writing).mend(lines)


def suspects(data: bytes, dialect: Dialect) -> list[int]:
    """Find the lines whose quotes do not all open, close or stand doubled in cells of that line.

    Returns:
        Where in `data` these lines begin.
    """
    quote = ord(dialect.quote)
    beside_quotes = [_LF, _CR, quote, *dialect.separator.encode()]
    found: list[int] = []
    at = 0 if dialect.quote.encode() in data else len(data)
    while at < len(data):
        block = _lines_at(data, at)
        raw = np.frombuffer(b"\n" + block + b"\n", np.uint8)
        quotes = np.flatnonzero(raw == quote)
        ends = np.flatnonzero((raw == _LF) | (raw == _CR))
        line = np.searchsorted(ends, quotes)
        number = np.arange(len(quotes))
        begins = np.append(True, line[1:] != line[:-1])[: len(quotes)]
        opens = (number - np.maximum.accumulate(np.where(begins, number, 0))) % 2 == 0
        beside = np.where(opens, raw[quotes - 1], raw[quotes + 1])
        odd = opens & np.append(begins[1:], True)[: len(quotes)]  # the line ends inside quotes
        bad = np.unique(line[odd | ~np.isin(beside, beside_quotes)])
        found += (ends[bad - 1] + at).tolist()  # one more for the line feed put in front
        at += len(block)
    return found


def _lines_at(data: bytes, at: int) -> bytes:
    """Return some megabytes of whole lines."""
    if at + _BLOCK >= len(data):
        return data[at:]
    end = data.rfind(b"\n", at, at + _BLOCK) + 1 or data.find(b"\n", at + _BLOCK) + 1
    return data[at : end or len(data)]


class _Mender:
    """Reads the suspicious lines, and writes anew what is written otherwise than it should be."""

    def __init__(self, data: bytes, writing: Writing) -> None:
        self._data = data
        self._writing = writing
        self._records = Records(writing.dialect, self._like_row)
        self._pieces: list[bytes] = []
        self._kept = 0  # up to here the text stands in `_pieces`
        self._damage: dict[int, Damage] = {}

    def mend(self, suspicious: list[int]) -> Mended:
        at = number = 0
        for start in suspicious:
            if start >= at:  # else it is within a cell of the record before
                number += _count_ends(self._data[at:start])
                at = self._record(start, number)
                number += 1
        self._pieces.append(self._data[self._kept :])
        return Mended(b"".join(self._pieces), self._damage)

    def _record(self, start: int, number: int) -> int:
        """Mend the record that begins here, and return where the next one does."""
        line = _line_at(self._data, start)
        dialect = self._writing.dialect
        if dialect.separator and line.count(dialect.separator.encode()) > MAX_COLUMNS:
            plain = line.replace(dialect.quote.encode(), b"")  # it will be refused for its width
            self._pieces += (self._data[self._kept : start], plain)
            self._kept = start + len(line)
            return self._kept
        text = line.decode()
        lines, split = 1, split_line(text.rstrip(LINE_ENDS), dialect)
        if split.open is not None or len(split.cells) != self._writing.width:
            meant = as_meant(text.rstrip(LINE_ENDS), self._writing)
            if meant is not None:
                split = Split(meant[0])
                self._damage[number] = meant[1]
            else:
                following = self._lines(start + len(line))
                lines, split = self._records.read(text, following, split)
        if split.stray:
            opened = split.open is not None and split.cells[split.open].count(dialect.quote) == 1
            self._damage[number] = Damage.OPEN_QUOTE if opened else Damage.QUOTE
        last, end = line, start + len(line)
        for _ in range(lines - 1):
            last = _line_at(self._data, end)
            end += len(last)
        line_end = last[len(last.rstrip(b"\r\n")) :]
        mended = join_cells(split.cells, dialect).encode()
        self._pieces += (self._data[self._kept : start], mended, line_end)
        self._kept = end
        return end

    def _lines(self, at: int) -> Iterator[str]:
        while at < len(self._data):
            line = _line_at(self._data, at)
            yield line.decode()
            at += len(line)

    def _like_row(self, cells: list[str]) -> bool:
        writing = self._writing
        return len(cells) == writing.width and (
            any(only_ids(cells[place]) for place in writing.id_places)
            if writing.id_places
            else writing.width > 1
        )


def _line_at(data: bytes, at: int) -> bytes:
    match = _LINE.match(data, at)
    return match.group() if match else b""


def _count_ends(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")
