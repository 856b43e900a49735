"""Tables that stand below each other in one file, laid onto one table; rows of a wrong width."""

from __future__ import annotations

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


def lay_out(grid: Grid, parts: Sequence[Part], *, kept: Flags) -> LaidOut:
    """Put the parts below each other: a column goes to that of the same name, or to a new one.

    Args:
        grid: The file.
        parts: Its tables, in their order.
        kept: Per record whether it is a row of data.
    """
    damage = grid.damage.copy()
    names: list[str] = []
    places: list[list[int]] = []
    for part in parts:
        filled = _filled_width(grid, part)
        width = min(filled, max(_width(grid, part, kept), _named_width(part.header)))
        _mark_ragged(grid, part, width=width, kept=kept, damage=damage)
        own = column_names(part.header[:filled], width=filled)
        places.append(_places(own, names))
    columns = [
        pa.chunked_array(
            [
                chunk
                for part, where in zip(parts, places, strict=True)
                for chunk in _piece(grid, part, where, column, kept).chunks
            ],
            type=pa.string(),
        )
        for column in range(len(names))
    ]
    return LaidOut(pa.table(columns, names=names), damage, _even_width(grid, parts[0], kept))


def _places(own: list[str], names: list[str]) -> list[int]:
    """Return the place of each column of a part in the one table, adding the names it lacks."""
    known = {name.strip().casefold(): place for place, name in enumerate(names)}
    places: list[int] = []
    for name in own:
        place = known.pop(name.strip().casefold(), None)
        if place is None:
            place = len(names)
            names.append(name if name not in names else f"{name} ({place + 1})")
        places.append(place)
    return places


def _piece(grid: Grid, part: Part, where: list[int], column: int, kept: Flags) -> pa.ChunkedArray:
    rows = kept[part.begin : part.end]
    if column not in where:
        return pa.chunked_array([empty_cells(int(rows.sum()))])
    cells = grid.columns[where.index(column)].slice(part.begin, part.end - part.begin)
    return cells if rows.all() else cells.filter(pa.array(rows))


def _filled_width(grid: Grid, part: Part) -> int:
    """Return the number of columns, but for those at the end that hold nothing and have no name.

    A separator at the end of every line makes such a column.
    """
    width = len(grid.columns)
    while width > 1 and not (part.header[width - 1 : width] or [""])[0].strip():
        cells = grid.columns[width - 1].slice(part.begin, part.end - part.begin)
        if len(cells) and pc.max(pc.binary_length(cells)).as_py():
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
    return min(usual, _filled_width(grid, part)) if usual and even else None


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
    long = whole & (widths > width)
    for record in np.flatnonzero(long).tolist():
        long[record] = any(grid.row(part.begin + record)[width:])
    damage[here][short] = DAMAGES.index(Damage.SHORT)
    damage[here][long] = DAMAGES.index(Damage.LONG)
