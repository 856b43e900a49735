"""How the leads moved between stages: the matrix to click, and the biggest moves beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lsq.analysis.filters import Sieve
from lsq.analysis.move_matrix import move_matrix
from lsq.analysis.moves import SINCE, since_text
from lsq.analysis.stages import STAGE
from lsq.analysis.words import count, counted
from lsq.ui.charts.figure import LINE_PX
from lsq.ui.charts.moves import moves_chart
from lsq.ui.facets import choose
from lsq.ui.state import session

if TYPE_CHECKING:
    from lsq.analysis.move_matrix import MoveMatrix
    from lsq.analysis.moves import Moves
    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["stage_moves"]

_KEY = "moves_chart"
_MOST_MOVES = 10


def stage_moves(view: View, moves: Moves) -> None:
    """Draw the matrix beside the biggest moves; nothing while no lead has moved.

    Both count the leads that all filters but their own leave, so that there is more to click.
    """
    around = Sieve(view.indexed, session().filters).without(SINCE)
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
    moves_chart(
        matrix,
        names,
        key=_KEY,
        chosen=_chosen(),
        on_click=partial(_filter_by_click, matrix),
    )


def _filter_by_click(matrix: MoveMatrix) -> None:
    """Take the clicked cell's moves into the filters; a second click on it takes them out."""
    points = st.session_state[_KEY]["selection"]["points"]
    cells = list(matrix.cells.values())
    numbers = [int(point["customdata"]) for point in points if "customdata" in point]
    moves = tuple(move for number in numbers if number < len(cells) for move in cells[number].moves)
    if moves:
        choose(SINCE, () if _chosen() == set(moves) else moves)


def _chosen() -> frozenset[str]:
    """Return the moves that the filters let through; none where they keep some out."""
    facet = session().filters.facet(SINCE)
    return frozenset() if facet.excluded else frozenset(facet.chosen)


def _biggest_moves(view: View, moves: Moves, around: Flags) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Biggest moves", anchor=False, width="content")
    pairs = moves.biggest(around).head(_MOST_MOVES)
    names = [view.drawn(STAGE, stage.name) for stage in moves.stages]
    ends = zip(pairs["before"], pairs["now"], strict=True)
    written = pd.Series([since_text(names[b], names[n]) for b, n in ends], dtype="str")
    table = pd.DataFrame({"Move": written, "Leads": pairs["leads"]})
    most = int(table["Leads"].max())
    st.dataframe(
        table,
        hide_index=True,
        row_height=LINE_PX,
        height="content",
        column_config={
            "Leads": st.column_config.ProgressColumn(format="%d", min_value=0, max_value=most)
        },
        alt=_in_words(table),
    )


def _in_words(table: pd.DataFrame) -> str:
    moves = zip(table["Move"], table["Leads"], strict=True)
    said = "; ".join(f"{move} {count(leads)}" for move, leads in moves)
    return f"The {counted(len(table), 'biggest move')}: {said}."
