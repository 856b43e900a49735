"""From the sheet's stages to the stages now: heat in four hues, and the biggest moves."""

from __future__ import annotations

import html
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lsq.analysis.drift import SINCE, Movement
from lsq.analysis.filters import apply
from lsq.analysis.move_matrix import move_matrix
from lsq.analysis.stages import STAGE
from lsq.analysis.words import count, counted
from lsq.sheets.names import unique_names
from lsq.ui.charts.figure import as_table, chart, figure, names_axis, tick
from lsq.ui.facets import choose
from lsq.ui.palette import Palette, palette
from lsq.ui.state import session

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from lsq.analysis.drift import Moves
    from lsq.analysis.move_matrix import Cell, MoveMatrix
    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["matrix_figure", "stage_moves"]

_KEY = "moves_chart"
_LINE_PX = 36
_HEAD_PX = 80
_ANGLES = (-35, -60, -90)
_MOST_MOVES = 10
_NOT_SEEN = "rgba(128,144,160,.002)"
"""A heat map reports no click: squares laid over it do, as long as they are drawn at all."""


def stage_moves(view: View, moves: Moves) -> None:
    """Draw the matrix beside the biggest moves; nothing while no lead has moved.

    Both count the leads that all filters but their own leave, so that there is more to click.
    """
    around = apply(view.indexed, session().filters.choose(SINCE, ()))
    if not (around & moves.moved).any():
        return
    left, right = st.columns([3, 2], gap="medium")
    with left.container(border=True, height="stretch"):
        _matrix_card(view, moves, around)
    with right.container(border=True, height="stretch"):
        _biggest_moves(view, moves, around)


def _matrix_card(view: View, moves: Moves, around: Flags) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("From your file (rows) to now (columns)", anchor=False, width="content")
        st.space("stretch")
        # Drawn always, so that it keeps its place whatever the filters leave.
        every = st.toggle("All stages", key="all_stages")
    st.markdown(
        ":blue-badge[forward] :orange-badge[back] :gray-badge[dropped out] :green-badge[came back] "
        ":gray[Click a cell to filter everywhere.]"
    )
    matrix = move_matrix(moves, around, every=every)
    names = [view.drawn(STAGE, name) for name in matrix.names]
    alt = _in_words(matrix, names)
    chosen = session().filters.chosen(SINCE)
    drawn = matrix_figure(matrix, names, palette(), chosen=frozenset(chosen))
    chart(drawn, key=_KEY, alt=alt, on_click=partial(_filter_by_click, matrix))
    as_table(partial(_as_frame, matrix, names), key="moves_table", alt=alt)


def matrix_figure(
    matrix: MoveMatrix, names: list[str], colours: Palette, *, chosen: frozenset[str]
) -> go.Figure:
    """Build the figure.

    Args:
        matrix: The moves.
        names: Its stages as they may be drawn; escaped here, because Plotly reads HTML.
        colours: Of the theme.
        chosen: The moves that are filtered by; their cells have a frame.
    """
    most = max((cell.leads for cell in matrix.cells.values()), default=1)
    squares = [
        _square(place, _tint(cell, most, colours))
        | ({"line": {"width": 2, "color": colours.ink}} if chosen.issuperset(cell.moves) else {})
        for place, cell in matrix.cells.items()
    ]
    size = len(names)
    diagonal = [place for place in range(size) if (place, place) not in matrix.cells]
    written = {
        "type": "scatter",
        "mode": "text",
        "x": [*(now for _, now in matrix.cells), *diagonal],
        "y": [*(before for before, _ in matrix.cells), *diagonal],
        "text": [*(count(cell.leads) for cell in matrix.cells.values()), *["·"] * len(diagonal)],
        "hoverinfo": "skip",
    }
    return figure(
        [written, _clickable(matrix, names)],
        colours,
        shapes=squares,
        height=_LINE_PX * size + _HEAD_PX,
        margin={"l": 0, "r": 56, "t": _HEAD_PX, "b": 0},
        clickmode="event+select",
        xaxis=names_axis(names)
        | {"range": [-0.5, size - 0.5], "side": "top", "autotickangles": list(_ANGLES)},
        yaxis=names_axis(names),
    )


def _square(place: tuple[int, int], tint: str) -> dict[str, object]:
    before, now = place
    return {
        "type": "rect",
        "layer": "below",
        "x0": now - 0.48,
        "x1": now + 0.48,
        "y0": before - 0.47,
        "y1": before + 0.47,
        "fillcolor": tint,
        "line": {"width": 0},
    }


def _tint(cell: Cell, most: int, colours: Palette) -> str:
    """Return the colour of a cell: its direction's, the stronger the more leads."""
    hues = {
        Movement.FORWARD: colours.hue,
        Movement.BACK: colours.lost,
        Movement.DROPPED_OUT: colours.dropped,
        Movement.CAME_BACK: colours.won,
    }
    if cell.movement not in hues:
        return colours.tint(colours.dropped, 0.15)
    return colours.tint(hues[cell.movement], 0.15 + 0.85 * cell.leads / most)


def _clickable(matrix: MoveMatrix, names: list[str]) -> dict[str, object]:
    """Return the squares that take the clicks: their number is that of the cell."""
    hover = [
        f"{tick(names[before])} → {tick(names[now])}<br>"
        f"{counted(cell.leads, 'lead')}, {html.escape(cell.movement)}"
        for (before, now), cell in matrix.cells.items()
    ]
    marker = {"symbol": "square", "size": 32, "color": _NOT_SEEN}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [now for _, now in matrix.cells],
        "y": [before for before, _ in matrix.cells],
        "customdata": list(range(len(matrix.cells))),
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": marker,
        "unselected": {"marker": {"opacity": 1}},
    }


def _filter_by_click(matrix: MoveMatrix) -> None:
    """Take the clicked cell's moves into the filters; a second click on it takes them out."""
    points = st.session_state[_KEY]["selection"]["points"]
    cells = list(matrix.cells.values())
    numbers = [int(point["customdata"]) for point in points if "customdata" in point]
    moves = tuple(move for number in numbers if number < len(cells) for move in cells[number].moves)
    if moves:
        same = set(session().filters.chosen(SINCE)) == set(moves)
        choose(SINCE, () if same else moves)


def _as_frame(matrix: MoveMatrix, names: list[str]) -> pd.DataFrame:
    """Write the matrix as a table, a row per stage of the sheet; blank where nobody went."""
    leads = pd.DataFrame(matrix.leads, dtype="Int64")
    leads = leads.where(leads > 0)
    columns = unique_names(["In your file", *names])
    frame = leads.set_axis(columns[1:], axis="columns")
    frame.insert(0, columns[0], pd.Series(names, dtype="str"))
    return frame


def _in_words(matrix: MoveMatrix, names: list[str]) -> str:
    """Say the biggest moves in a sentence."""
    biggest = sorted(matrix.cells.items(), key=lambda found: -found[1].leads)[:_MOST_MOVES]
    parts = [
        f"{names[before]} to {names[now]} {count(cell.leads)} ({cell.movement})"
        for (before, now), cell in biggest
    ]
    moved = sum(cell.leads for cell in matrix.cells.values())
    return f"{counted(moved, 'lead')} moved stage; the biggest moves: {'; '.join(parts)}."


def _biggest_moves(view: View, moves: Moves, around: Flags) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Biggest moves", anchor=False, width="content")
    pairs = moves.biggest(around).head(_MOST_MOVES)
    names = [view.drawn(STAGE, stage.name) for stage in moves.stages]
    ends = zip(pairs["before"], pairs["now"], strict=True)
    table = pd.DataFrame(
        {
            "Move": pd.Series([f"{names[b]} → {names[n]}" for b, n in ends], dtype="str"),
            "Leads": pairs["leads"],
        }
    )
    most = int(table["Leads"].max())
    st.dataframe(
        table,
        hide_index=True,
        row_height=_LINE_PX,
        height="content",
        column_config={
            "Leads": st.column_config.ProgressColumn(format="%d", min_value=0, max_value=most)
        },
        alt=f"The {counted(len(table), 'biggest move')}",
    )
