"""Tables that stand below each other in one file, laid onto one table; rows of a wrong width."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.damage import Damage
from lsq.sheets.names import column_names
from lsq.sheets.parsing.grid import DAMAGES, empty_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lsq.sheets.limits import Limits
    from lsq.sheets.parsing.grid import Grid

    Codes = npt.NDArray[np.int8]
    Flags = npt.NDArray[np.bool_]

__all__ = ["LaidOut", "Part", "lay_out"]

_NEARLY_ALL = 0.8


class Part(NamedTuple):
    """One table of a file: its names (none without), and the records from its first row on."""

    header: list[str]
    begin: int
    end: int


class LaidOut(NamedTuple):
    """The one table, and what the layout showed.

    Attributes:
        table: As `Sheet.table`.
        damage: Per record of the file the code of its damage, -1 without.
        width: The number of cells that nearly every row of the first table has; None when they
            differ more.
    """

    table: pa.Table
    damage: Codes
    width: int | None


def lay_out(
    grid: Grid, parts: Sequence[Part], *, kept: Flags, name: str, limits: Limits
) -> LaidOut:
    """Put the parts below each other: a column goes to that of the same name, or to a new one.

    Args:
        grid: The file.
        parts: Its tables, in their order.
        kept: Per record whether it is a row of data.
        name: File name, for the error.
        limits: What is too much.

    Raises:
        SheetError: Too many cells, because each part has columns that the others lack.
    """
    damage = grid.damage.copy()
    names: list[str] = []
    known: dict[str, list[int]] = {}
    places: list[list[int]] = []
    for part in parts:
        filled = _filled_width(grid, part, kept)
        width = min(filled, max(_width(grid, part, kept), _named_width(part.header)))
        _mark_ragged(grid, part, width=width, kept=kept, damage=damage)
        own = column_names(part.header[:filled], width=filled)
        places.append(_places(own, names, known))
    limits.check_cells(name, rows=int(kept.sum()), columns=len(names))
    columns = _columns(grid, parts, places, kept=kept, width=len(names))
    return LaidOut(pa.table(columns, names=names), damage, _even_width(grid, parts[0], kept))


def _places(own: list[str], names: list[str], known: dict[str, list[int]]) -> list[int]:
    """Return the place of each column of a part in the one table, adding the names it lacks.

    Args:
        own: The names of the part.
        names: Those of the one table so far; no name stands there twice.
        known: The places of each name, whatever its case.
    """
    places: dict[int, None] = {}
    for name in own:
        same = known.setdefault(name.strip().casefold(), [])
        place = next((place for place in same if place not in places), len(names))
        if place == len(names):
            names.append(_unlike(name, names) if same else name)
            same.append(place)
            known.setdefault(names[-1].strip().casefold(), [place])  # a number may make it new
        places[place] = None
    return list(places)


def _unlike(name: str, names: list[str]) -> str:
    """Return the name, with a number where it stands there already."""
    numbered = (f"{name} ({number})" for number in count(len(names) + 1))
    return next(each for each in chain((name,), numbered) if each not in names)


def _columns(
    grid: Grid, parts: Sequence[Part], places: list[list[int]], *, kept: Flags, width: int
) -> list[pa.ChunkedArray]:
    """Return the columns of the one table, empty where a part lacks one."""
    pieces: list[list[pa.StringArray]] = [[] for _ in range(width)]
    ends = [0] * width
    rows = 0
    for part, where in zip(parts, places, strict=True):
        begin, rows = rows, rows + int(kept[part.begin : part.end].sum())
        for column, place in zip(grid.columns, where, strict=False):
            pieces[place] += [empty_cells(begin - ends[place]), *_kept_cells(column, part, kept)]
            ends[place] = rows
    for end, cells in zip(ends, pieces, strict=True):
        cells.append(empty_cells(rows - end))
    return [pa.chunked_array([c for c in cells if len(c)], type=pa.string()) for cells in pieces]


def _kept_cells(column: pa.ChunkedArray, part: Part, kept: Flags) -> list[pa.StringArray]:
    rows = kept[part.begin : part.end]
    cells = column.slice(part.begin, part.end - part.begin)
    chunks: list[pa.StringArray] = (cells if rows.all() else cells.filter(pa.array(rows))).chunks
    return chunks


def _filled_width(grid: Grid, part: Part, kept: Flags) -> int:
    """Return the number of columns, but for those at the end that hold nothing and have no name.

    A separator at the end of every line makes such a column.
    """
    width = len(grid.columns)
    while width > 1 and not (part.header[width - 1 : width] or [""])[0].strip():
        cells = _kept_cells(grid.columns[width - 1], part, kept)
        if any(pc.max(pc.binary_length(some)).as_py() for some in cells):
            break
        width -= 1
    return width


def _named_width(header: list[str]) -> int:
    """Return the number of columns up to the last one with a name."""
    return max((place for place, name in enumerate(header, 1) if name.strip()), default=0)


def _even_width(grid: Grid, part: Part, kept: Flags) -> int | None:
    usual = _width(grid, part, kept)
    widths = grid.widths[part.begin : part.end][kept[part.begin : part.end]]
    even = np.count_nonzero(widths == usual) >= _NEARLY_ALL * np.count_nonzero(widths)
    return min(usual, _filled_width(grid, part, kept)) if usual and even else None


def _width(grid: Grid, part: Part, kept: Flags) -> int:
    """Return how many cells most rows of a part have."""
    widths = grid.widths[part.begin : part.end][kept[part.begin : part.end]]
    counts = np.bincount(widths[widths > 0], minlength=1)
    return int(np.argmax(counts))


def _mark_ragged(grid: Grid, part: Part, *, width: int, kept: Flags, damage: Codes) -> None:
    here = slice(part.begin, part.end)
    widths = grid.widths[here]
    whole = kept[here] & (damage[here] < 0) & (widths > 0)
    short = whole & (widths < width)
    # Where most rows end in a separator too many it is a habit, in a few rows it may be damage.
    long = whole & (widths > max(width, _width(grid, part, kept)))
    damage[here][short] = DAMAGES.index(Damage.SHORT)
    damage[here][long] = DAMAGES.index(Damage.LONG)
