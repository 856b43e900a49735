"""A line of a text file to its cells, forgiving: a quote in a wrong place spoils no other cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

__all__ = ["LINE_ENDS", "Dialect", "Split", "join_cells", "lines_of", "may_close", "split_line"]

LINE_ENDS = "\r\n"
"""The characters that end a line: LF, CRLF or CR."""

_INCHES = r"(?<![\w:.,/-])\d{1,3}(?:\.\d+)?\""
_KEPT_TEXT = r'\A="[^"]*"\Z'  # written so that Excel keeps it as text
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    r"""What marks the cells of a line.

    Attributes:
        separator: One character, or "" for one cell a line.
        quote: The character around cells that hold separators or line ends.
        backslash: Whether `\"` is a quote inside such a cell, as `""` always is.
    """

    separator: str = ","
    quote: str = '"'
    backslash: bool = False


class Split(NamedTuple):
    """A line's cells.

    Attributes:
        cells: With their quotes taken off.
        stray: Whether a quote stands where none should, and was kept as text.
        open: Position of a quoted cell that is not closed, so that it may go on in the next line;
            its quote is kept as text. None when all are closed.
        unclosed: Positions of all quoted cells that are not closed, or may be closed further down.
    """

    cells: list[str]
    stray: bool = False
    open: int | None = None
    unclosed: tuple[int, ...] = ()


class _Patterns(NamedTuple):
    begin: re.Pattern[str]
    needs_quotes: re.Pattern[str]
    proper: re.Pattern[str]
    closed: re.Pattern[str]
    unended: re.Pattern[str]
    close: re.Pattern[str]
    escape: re.Pattern[str]
    mark: re.Pattern[str]


def lines_of(text: str) -> list[str]:
    """Cut a text into lines with their ends, at LF, CRLF and CR only."""
    return _LINE.findall(text)


def split_line(line: str, dialect: Dialect) -> Split:
    """Split a line without its end; line ends inside quotes are text."""
    separator, quote = dialect.separator, dialect.quote
    if quote not in line:
        return Split(line.split(separator) if separator else [line])
    patterns, begins = _patterns(dialect), (quote, " ")
    cells: list[str] = []
    unclosed: list[int] = []
    at, stray = 0, False
    first = opened = None
    while True:
        begin = patterns.begin.match(line, at) if line.startswith(begins, at) else None
        cell = None
        if begin is not None:
            cell = patterns.proper.match(line, begin.end())
            if cell is None:
                stray = True
                cell = patterns.closed.match(line, begin.end())
            opened = len(cells) if cell is None else None
            goes_on = patterns.unended.match(line, begin.end()) is not None
            if goes_on and first is None:
                first = len(cells)
            if goes_on or cell is None:
                unclosed.append(len(cells))
        if cell is not None:
            cells.append(patterns.escape.sub(quote, cell.group(1)))
            end = cell.end()
        else:
            end = line.find(separator, at) if separator else -1
            end = len(line) if end < 0 else end
            cells.append(line[at:end])
            if quote in cells[-1]:
                stray |= quote in patterns.mark.sub("", cells[-1])
        if end >= len(line):
            return Split(cells, stray, opened if first is None else first, tuple(unclosed))
        at = end + 1


def may_close(line: str, dialect: Dialect) -> bool:
    """Tell whether a quoted cell that is open where the line begins may end in it."""
    return _patterns(dialect).close.search(line.rstrip(LINE_ENDS)) is not None


def join_cells(cells: list[str], dialect: Dialect) -> str:
    """Write cells as a line that has one reading only."""
    quote, needs_quotes = dialect.quote, _patterns(dialect).needs_quotes.search
    return dialect.separator.join(
        f"{quote}{cell.replace(quote, quote * 2)}{quote}" if needs_quotes(cell) else cell
        for cell in cells
    )


@lru_cache(maxsize=64)
def _patterns(dialect: Dialect) -> _Patterns:
    quote, separator = re.escape(dialect.quote), re.escape(dialect.separator)
    end = rf"[ ]*(?={separator}|\Z)" if separator else r"[ ]*\Z"
    # A quote that begins the next cell ends the search, so that no cell swallows the others.
    within = rf"(?!{separator}[ ]*{quote})." if separator else "."
    inside = rf"[^{quote}]++|{quote}{quote}"
    if dialect.backslash:
        inside = rf"[^{quote}\\]++|\\.|{quote}{quote}"
    return _Patterns(
        begin=re.compile(rf"[ ]*{quote}"),
        needs_quotes=re.compile(rf"[{quote}\n\r{separator}]"),
        proper=re.compile(rf"((?:{inside})*+){quote}{end}", re.DOTALL),
        closed=re.compile(rf"((?:{within})*?){quote}{end}", re.DOTALL),
        unended=re.compile(rf"(?:{inside})*+\Z", re.DOTALL),
        close=re.compile(rf"{quote}{end}"),
        escape=re.compile(rf"{quote}{quote}|\\{quote}" if dialect.backslash else quote * 2),
        # Inches and seconds of arc are written with the one, names with the other.
        mark=re.compile(f"{_INCHES}|{_KEPT_TEXT}" if quote == '"' else rf"(?<=.){quote}(?=.)"),
    )
