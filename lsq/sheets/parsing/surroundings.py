"""Whether a row of words begins another table: by what it says and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lsq.sheets.id_shape import holds_id
from lsq.sheets.parsing.column_name import names_ids, plainly_names_ids, tells_of_nothing
from lsq.sheets.parsing.table_start import looks_like_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import numpy as np
    import numpy.typing as npt

    from lsq.sheets.parsing.grid import Grid

__all__ = ["Above", "Surroundings", "trimmed"]

_LONGEST_NAME = 60
_TITLE_LINES = 3
_LINES_ABOVE = 8
_ROWS_ABOVE = 20
_ROWS_BELOW = 3


class Above(NamedTuple):
    """What stands above a row: the positions of titles, and whether an empty line does."""

    titles: tuple[int, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Looks at the records around others.

    Attributes:
        grid: The whole file.
        first: Position of its first data row.
        filled: How many cells of each record hold something.
    """

    grid: Grid
    first: int
    filled: npt.NDArray[np.int16]

    def above(self, position: int, *, after: int = -1) -> Above:
        """Find titles: lines of one cell with an empty one above, or right above the names.

        They stand below `after`.
        """
        titles: list[int] = []
        parted = 0  # of these titles, how many stand below an empty line
        gap = False
        for row in range(position - 1, max(self.first, after + 1, position - _LINES_ABOVE) - 1, -1):
            if not self.filled[row]:
                gap, parted = True, len(titles)
            elif row > self.first and self._is_title(row):
                titles.append(row)
            else:
                break
        titles = titles[:parted] if gap else [row for row in titles if self._is_phrase(row)]
        return Above(tuple(reversed(titles)) if len(titles) <= _TITLE_LINES else (), gap)

    def begins_table(
        self,
        position: int,
        cells: Sequence[str],
        current: Sequence[str],
        known: AbstractSet[str],
        above: Above,
    ) -> bool:
        """Tell whether a row is the names of another table.

        A row of words may be a row of data whose values are missing, and no row may vanish. So it
        must name a column of ids above ids or repeat names; only below a title, or below a gap with
        more names than columns so far, it need not.

        Args:
            position: That of the row.
            cells: What it holds; no id.
            current: The names of the table above; empty when it has none.
            known: All names so far, in small letters.
            above: What stands above it.
        """
        if position == self.first or not (current or self._has_ids_above(position)):
            return False
        shared = {place for place, cell in enumerate(cells) if cell.strip().casefold() in known}
        repeats = len(shared) * 2 >= len(cells)
        is_apart = self._is_apart(position, above, current)
        names = (repeats or is_apart) and _are_names(cells)
        if not (names or any(map(names_ids, cells))):
            return False
        below = self._below(position)
        ids = next(filter(None, map(_places_of_ids, below)), frozenset[int]())
        over_ids = [cells[place] for place in ids if place < len(cells)]
        if any(map(names_ids if above.gap else plainly_names_ids, over_ids)):
            return above.gap or _filled(cells) > 1
        if not (names and below):
            return False
        if repeats and (len(shared) > 1 or shared & ids):
            return any(holds_id(cell) or looks_like_value(cell) for cell in below[0])
        return is_apart and _fit(cells, below, current, has_title=bool(above.titles))

    def _is_apart(self, position: int, above: Above, current: Sequence[str]) -> bool:
        """Tell whether a row stands apart from those above it."""
        widths = self.grid.widths[position - 1 : position + 2].tolist()
        return above.gap or (not current and widths[0] != widths[1] == widths[-1])

    def _has_ids_above(self, position: int) -> bool:
        """Tell whether there is a table without names above; who chose none has rows of words."""
        rows = map(self.grid.row, range(self.first, min(position, self.first + _ROWS_ABOVE)))
        return any(map(_places_of_ids, rows))

    def _below(self, position: int) -> list[list[str]]:
        """Return the rows right below."""
        rows: list[list[str]] = []
        for row in range(position + 1, min(position + 1 + _ROWS_BELOW, len(self.filled))):
            if not self.filled[row]:
                break
            rows.append(trimmed(self.grid.row(row)))
        return rows

    def _is_phrase(self, row: int) -> bool:
        """Tell whether a line begins with several words; one may be what stands for an id."""
        return len(self.grid.row(row)[0].split()) > 1

    def _is_title(self, row: int) -> bool:
        """Tell whether a line has one cell, of words; an id alone in a line is a row."""
        if self.filled[row] != 1 or len(self.grid.columns) == 1:
            return False
        cell = "".join(self.grid.row(row))
        return bool(cell.strip()) and not (
            holds_id(cell) or looks_like_value(cell) or tells_of_nothing(cell)
        )


def trimmed(cells: Sequence[str]) -> list[str]:
    """Return the cells up to the last filled one."""
    width = max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=0)
    return list(cells[:width])


def _fit(
    cells: Sequence[str], below: list[list[str]], current: Sequence[str], *, has_title: bool
) -> bool:
    """Tell whether words stand over the ids below and over all other cells."""
    named = any(place < len(cells) and cells[place].strip() for place in _places_of_ids(below[0]))
    if not named or any(map(tells_of_nothing, cells)):
        return False
    widest = max(map(len, below))
    return widest <= len(cells) if has_title else widest == len(cells) > len(current)


def _places_of_ids(cells: Sequence[str]) -> frozenset[int]:
    return frozenset(place for place, cell in enumerate(cells) if holds_id(cell))


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _are_names(cells: Sequence[str]) -> bool:
    filled = [cell.strip().casefold() for cell in cells if cell.strip()]
    return (
        len(filled) > 1
        and len(set(filled)) == len(filled)
        and len(filled) * 2 > len(cells)
        and not any(
            looks_like_value(cell) or tells_of_nothing(cell) or len(cell) > _LONGEST_NAME
            for cell in filled
        )
    )
