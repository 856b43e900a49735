"""One record of a text file: a line, or several when a quoted cell holds line ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsq.sheets.parsing.line import LINE_ENDS, split_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lsq.sheets.parsing.line import Dialect, Split

__all__ = ["Record", "read_record"]

_MOST_LINES = 200
_LONGEST = 40_000
"""Characters of the longest cell that a spreadsheet program keeps, and some: 32,767."""


class Record(NamedTuple):
    """How many lines a record takes, and its cells."""

    lines: int
    split: Split


def read_record(
    line: str,
    following: Iterable[str],
    dialect: Dialect,
    *,
    like_row: Callable[[list[str]], bool],
) -> Record:
    """Read the record that begins with `line`.

    A quoted cell that its line does not close goes on in the next lines, unless these look like
    rows of their own: then the quote is a stray one, and no row is swallowed.

    Args:
        line: With its line end.
        following: The lines after it, with their line ends.
        dialect: What marks the cells.
        like_row: Whether these cells look like a whole row of the table.
    """
    alone = split_line(line.rstrip(LINE_ENDS), dialect)
    if alone.open is None:
        return Record(1, alone)
    swallowed, is_row = 0, like_row(alone.cells)
    text, loose = line, None
    for number, more in enumerate(following, 2):
        swallowed += like_row(split_line(more.rstrip(LINE_ENDS), dialect).cells)
        text += more
        if swallowed > (not is_row) or number > _MOST_LINES or len(text) > _LONGEST:
            break
        if dialect.quote in more:
            whole = split_line(text.rstrip(LINE_ENDS), dialect)
            closed = whole.open is None and _spans_lines(whole.cells[alone.open])
            sound = not swallowed or (like_row(whole.cells) and not whole.stray)
            if closed and sound and not whole.stray:
                return Record(number, whole)
            if closed and sound and loose is None:
                loose = Record(number, whole)
    return loose or Record(1, alone)


def _spans_lines(cell: str) -> bool:
    return any(end in cell for end in LINE_ENDS)
