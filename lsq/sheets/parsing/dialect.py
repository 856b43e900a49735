"""How a text file is written: what separates its cells, what quotes them, how wide its rows are.

`csv.Sniffer` finds the dash of a GUID in a plain column of ids, or raises; so the vote is our own.
Each way of writing reads a sample of the text; it scores by how many rows agree on a width, and by
how many then have a cell that holds ids and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lsq.sheets.parsing.line import Dialect
from lsq.sheets.parsing.sample import has_ids, read_sample, sample_of
from lsq.sheets.parsing.writing import SEPARATORS, Writing, only_ids, shape_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.sheets.parsing.sample import Sample

__all__ = ["find_writing", "split_declaration"]

_SMALL_WORDS = {"", "and", "or", "&", "+", "-", "/", ",", ";"}
_SPACES_COUNT = 0.9
"""Of the lines that must agree before a space is believed to separate cells: names hold spaces."""
_FIELD = r'"[^"]*(?:""[^"]*)*"'
_ALL_QUOTED = re.compile(rf"{_FIELD}(?:[,;\t|]{_FIELD})+[\r\n]*")
"""A row of several cells, each in quotes: apostrophes in it are the cells' own."""


class _Reading(NamedTuple):
    """A sample, read in one way."""

    dialect: Dialect
    rows: list[list[str]]
    score: float


def split_declaration(data: bytes) -> tuple[bytes, str | None]:
    """Take off the line `sep=;` that Excel obeys and does not show.

    Returns:
        The rest of the text, and the declared separator or None.
    """
    line, end, _ = data[:10].replace(b"\r\n", b"\n").replace(b"\r", b"\n").partition(b"\n")
    declared = line.strip(b"\"'").decode(errors="replace")
    if end and declared.lower().startswith("sep=") and len(declared) == len("sep=;"):
        return re.split(b"\r\n|\r|\n", data, maxsplit=1)[1], declared[-1]
    return data, None


def find_writing(data: bytes, *, separator: str | None = None) -> Writing:
    """Find how a text is written; a separator that is known already is not doubted.

    Args:
        data: The whole text in UTF-8.
        separator: One character, "" for one cell a line, or None to find it.
    """
    sample = sample_of(data)
    separators = _candidates(sample.lines) if separator is None else [separator]
    ways = [
        (quote, backslash)
        for quote in _quotes(sample.lines)
        for backslash in ((False, True) if f"\\{quote}".encode() in data else (False,))
    ]
    readings = [
        _read(sample, Dialect(separator=mark, quote=quote, backslash=backslash))
        for mark in separators
        for quote, backslash in ways
        if quote != mark
    ]
    if any(map(_is_table, readings)):
        readings = [each for each in readings if each.dialect.separator != " "]
    best = max(readings, key=lambda reading: reading.score)  # the first of equals
    if separator is None and _is_list(best):
        best = _read(sample, replace(best.dialect, separator=""))
    width, id_places = shape_of(best.rows)
    return Writing(
        dialect=best.dialect,
        width=width,
        id_places=id_places,
        spaced=_is_spaced(sample.lines, best.dialect),
    )


def _candidates(lines: Sequence[str]) -> list[str]:
    """Return the separators that stand in the sample, none at all, and last a space."""
    there = [mark for mark in SEPARATORS if any(mark in line for line in lines)]
    return [*there, "", " "]


def _quotes(lines: Sequence[str]) -> tuple[str, ...]:
    """Return what may quote cells, in the order in which a tie is decided."""
    if sum(map(bool, map(_ALL_QUOTED.fullmatch, lines))) * 2 > len(lines):
        return ('"',)
    begins = dict.fromkeys("\"'", 0)
    for line in lines:
        for quote in begins:
            begins[quote] += line.startswith(quote) or any(
                mark + quote in line for mark in SEPARATORS
            )
    if begins["'"] * 2 > len(lines):
        return ("'", '"')
    return ('"', "'") if begins["'"] > begins['"'] else ('"',)


def _read(sample: Sample, dialect: Dialect) -> _Reading:
    rows, stray = read_sample(sample, dialect)
    score = (_agreement(rows, dialect) - stray / 4) / len(rows) if rows else -1.0
    return _Reading(dialect, rows, score)


def _is_table(reading: _Reading) -> bool:
    """Tell whether nearly all rows agree on several cells, by a mark that is no space."""
    if reading.dialect.separator in {"", " "}:
        return False
    width, _ = shape_of(reading.rows)
    even = sum(len(row) == width for row in reading.rows)
    return width > 1 and even >= len(reading.rows) * _SPACES_COUNT


def _is_spaced(lines: Sequence[str], dialect: Dialect) -> bool:
    if dialect.separator in {"", " "}:
        return False
    plain = [line for line in lines if dialect.quote not in line] or lines
    after = [cell[:1] for line in plain for cell in line.split(dialect.separator)[1:]]
    filled = [first for first in after if first.strip("\r\n")]
    return bool(filled) and filled.count(" ") >= len(filled) * _SPACES_COUNT


def _agreement(rows: list[list[str]], dialect: Dialect) -> float:
    """Count the rows that agree on a width, and those with ids."""
    if not dialect.separator:
        whole = sum(not any(mark in row[0] for mark in SEPARATORS) for row in rows)
        return whole + _with_ids(rows)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return -len(rows)
    most = widths.most_common(1)[0][1]
    if dialect.separator == " " and (
        most < len(rows) * _SPACES_COUNT or any(map(_is_enumeration, rows))
    ):
        return -len(rows)
    return most + _with_ids(rows) - (0.5 if dialect.separator == " " else 0)


def _is_enumeration(row: list[str]) -> bool:
    """Tell whether several ids stand in a line with nothing but small words between them."""
    others = [cell for cell in row if not only_ids(cell)]
    return len(row) - len(others) > 1 and all(cell.lower() in _SMALL_WORDS for cell in others)


def _with_ids(rows: list[list[str]]) -> int:
    """Count the rows that have a cell of ids and nothing else but what people put between."""
    return sum(map(has_ids, rows))


def _is_list(reading: _Reading) -> bool:
    """Tell whether the cells are one long list of ids, in lines of any length.

    Several lines of one width can as well be a table of two columns of ids.
    """
    several = [row for row in reading.rows if len(row) > 1]
    ids = [row for row in several if all(only_ids(cell) for cell in row if cell.strip())]
    one_width = len({len(row) for row in several}) == 1 and len(reading.rows) > 1
    return bool(several) and len(ids) == len(several) and not (one_width and len(several) > 1)
