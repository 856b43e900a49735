"""One record of a text file: a line, or several when a quoted cell holds line ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lsq.sheets.parsing.line import LINE_ENDS, may_close, split_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lsq.sheets.parsing.line import Dialect, Split

__all__ = ["Record", "Records"]

_MOST_LINES = 200
_LONGEST = 40_000
"""Characters of the longest cell that a spreadsheet program keeps, and some: 32,767."""

_MOST_AHEAD = 3_000_000
_EACH_AHEAD = 4
"""For so many characters of a file one more may be read ahead in vain."""


class Record(NamedTuple):
    """How many lines a record takes, and its cells."""

    lines: int
    split: Split


@dataclass(slots=True)
class Records:
    """Reads the records of a file; what it reads ahead in vain is bounded.

    Attributes:
        dialect: What marks the cells.
        like_row: Whether these cells look like a whole row of the table.
    """

    dialect: Dialect
    like_row: Callable[[list[str]], bool]
    _ahead: int = _MOST_AHEAD  # characters that may still be read ahead

    def read(self, line: str, following: Iterable[str], alone: Split | None = None) -> Record:
        """Read the record that begins with `line`.

        A quoted cell that its line does not close goes on in the next lines, unless these look
        like rows of their own: then the quote is a stray one, and no row is swallowed.

        Args:
            line: With its line end.
            following: The lines after it, with their line ends.
            alone: The line's cells, if they are known.
        """
        alone = alone or split_line(line.rstrip(LINE_ENDS), self.dialect)
        self._ahead = min(self._ahead + len(line) // _EACH_AHEAD, _MOST_AHEAD)
        if alone.open is None:
            return Record(1, alone)
        return self._read_on(line, following, alone) or Record(1, alone)

    def _read_on(self, line: str, following: Iterable[str], alone: Split) -> Record | None:
        """Return the record whose open cell is closed in a following line; None if none is."""
        if self._ahead < 0:
            return None
        before = self._ahead
        swallowed, is_row = 0, self.like_row(alone.cells)
        text, loose = line, None
        for number, more in enumerate(following, 2):
            swallowed += self.like_row(split_line(more.rstrip(LINE_ENDS), self.dialect).cells)
            text += more
            self._ahead -= len(more)
            if swallowed > (not is_row) or number > _MOST_LINES or len(text) > _LONGEST:
                break
            if may_close(more, self.dialect):
                whole = split_line(text.rstrip(LINE_ENDS), self.dialect)
                self._ahead -= len(text)
                closed = whole.open is None and _spans_lines(whole, alone.unclosed)
                sound = not swallowed or (self.like_row(whole.cells) and not whole.stray)
                if closed and sound and not whole.stray:
                    self._ahead = before
                    return Record(number, whole)
                if closed and sound and loose is None:
                    loose = Record(number, whole)
            if self._ahead < 0:
                break
        return loose


def _spans_lines(whole: Split, places: Iterable[int]) -> bool:
    """Tell whether one of the cells that were open is closed now, in a later line."""
    return any(
        end in cell
        for place in places
        for cell in whole.cells[place : place + 1]
        for end in LINE_ENDS
        if place not in whole.unclosed
    )
