"""From the sheet's stages to the stages now: a matrix of moves, heat in four hues."""

from __future__ import annotations

import html
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

import pandas as pd

from lsq.analysis.moves import Movement
from lsq.analysis.words import count, counted
from lsq.ui.charts.figure import (
    LINE_PX,
    as_table,
    cells,
    chart,
    figure,
    names_axis,
    tick,
    top_axis,
)
from lsq.ui.palette import Palette, palette

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import plotly.graph_objects as go

    from lsq.analysis.move_matrix import Cell, MoveMatrix

__all__ = ["moves_chart", "moves_figure"]

_HEAD_PX, _BESIDE_PX = 80, 56
_ANGLES = (-35, -60, -90)
_FAINTEST = 0.15
_MOST_SAID = 10


def moves_chart(
    matrix: MoveMatrix,
    names: Sequence[str],
    *,
    key: str,
    chosen: frozenset[str],
    on_click: Callable[[], None],
) -> None:
    """Draw the matrix and offer it as a table.

    Args:
        matrix: The moves.
        names: Its stages as they may be drawn.
        key: Its key on the page.
        chosen: The moves that are filtered by.
        on_click: Called when a cell is clicked; its `customdata` is its number in `matrix.cells`.
    """
    alt = _in_words(matrix, names)
    drawn = moves_figure(matrix, names, palette(), chosen=chosen)
    chart(drawn, key=key, alt=alt, on_click=on_click)
    as_table(partial(_as_frame, matrix, names), key=f"{key}_table", alt=alt)


def moves_figure(
    matrix: MoveMatrix, names: Sequence[str], colours: Palette, *, chosen: frozenset[str]
) -> go.Figure:
    """Build the figure.

    Args:
        matrix: The moves.
        names: Its stages as they may be drawn; escaped here, because Plotly reads HTML.
        colours: Of the theme.
        chosen: The moves that are filtered by; their cells have a frame.
    """
    most = max((cell.leads for cell in matrix.cells.values()), default=1)
    drawn = cells(
        list(matrix.cells),
        colours=colours,
        tints=[_tint(cell, most, colours) for cell in matrix.cells.values()],
        texts=[count(cell.leads) for cell in matrix.cells.values()],
        told=_told(matrix, names),
        numbers=range(len(matrix.cells)),
    )
    return figure(
        [drawn, _stayed(matrix)],
        colours,
        shapes=[
            _frame(place, colours)
            for place, cell in matrix.cells.items()
            if chosen.issuperset(cell.moves)
        ],
        barmode="overlay",
        clickmode="event+select",
        height=LINE_PX * len(names) + _HEAD_PX,
        margin={"l": 0, "r": _BESIDE_PX, "t": _HEAD_PX, "b": 0},
        xaxis=top_axis([tick(name) for name in names], angles=_ANGLES),
        yaxis=names_axis(names),
    )


def _frame(place: tuple[int, int], colours: Palette) -> dict[str, object]:
    """Return the frame of a cell that is filtered by."""
    before, now = place
    sides = {"x0": now - 0.5, "x1": now + 0.5, "y0": before - 0.5, "y1": before + 0.5}
    return {"type": "rect", "line": {"width": 2, "color": colours.ink}, **sides}


def _stayed(matrix: MoveMatrix) -> dict[str, object]:
    """Return a dot for each cell of leads that stand where they stood."""
    places = [place for place in range(len(matrix.names)) if (place, place) not in matrix.cells]
    return {
        "type": "scatter",
        "mode": "text",
        "x": places,
        "y": places,
        "text": ["·"] * len(places),
        "hoverinfo": "skip",
    }


def _told(matrix: MoveMatrix, names: Sequence[str]) -> list[str]:
    """Say all of each cell, for the pointer; escaped, because Plotly reads HTML."""
    return [
        f"<b>{html.escape(names[before])} → {html.escape(names[now])}</b><br>"
        f"{counted(cell.leads, 'lead')}, {cell.movement}"
        for (before, now), cell in matrix.cells.items()
    ]


def _tint(cell: Cell, most: int, colours: Palette) -> str:
    """Return the colour of a cell: its direction's, the stronger the more leads."""
    hues = {
        Movement.FORWARD: colours.hue,
        Movement.BACK: colours.lost,
        Movement.DROPPED_OUT: colours.dropped,
        Movement.CAME_BACK: colours.won,
    }
    if cell.movement not in hues:
        return colours.tint(colours.dropped, _FAINTEST)
    return colours.tint(hues[cell.movement], _FAINTEST + (1 - _FAINTEST) * cell.leads / most)


def _as_frame(matrix: MoveMatrix, names: Sequence[str]) -> pd.DataFrame:
    """Write every cell as a row, in stage order: it fits any width, and says the direction."""
    rows = [
        (names[before], names[now], cell.leads, str(cell.movement))
        for (before, now), cell in sorted(matrix.cells.items(), key=itemgetter(0))
    ]
    return pd.DataFrame(rows, columns=["In your file", "Now", "Leads", "Direction"])


def _in_words(matrix: MoveMatrix, names: Sequence[str]) -> str:
    """Say the biggest moves in a sentence."""
    biggest = sorted(matrix.cells.items(), key=lambda found: -found[1].leads)[:_MOST_SAID]
    parts = [
        f"{names[before]} to {names[now]} {count(cell.leads)} ({cell.movement})"
        for (before, now), cell in biggest
    ]
    moved = sum(cell.leads for cell in matrix.cells.values())
    return f"{counted(moved, 'lead')} moved stage; the biggest moves: {'; '.join(parts)}."
