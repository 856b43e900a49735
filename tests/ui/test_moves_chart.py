"""The matrix of moves: four hues, a frame around what is filtered, and what a click does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go
import pytest

from lsq.analysis.filters import Filters
from lsq.analysis.move_matrix import Cell, MoveMatrix
from lsq.analysis.moves import SINCE, Movement
from lsq.ui import changes_moves
from lsq.ui.charts.moves import moves_figure
from lsq.ui.palette import DARK, LIGHT, Palette
from tests.ui.chart_clicks import clicked

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("Prospect", "<b>Won</b>", "Lost", "Others")
CELLS = {
    (0, 1): Cell(8, Movement.FORWARD, ("Prospect → Won",)),
    (1, 0): Cell(4, Movement.BACK, ("Won → Prospect",)),
    (0, 2): Cell(1200, Movement.DROPPED_OUT, ("Prospect → Lost",)),
    (2, 0): Cell(1, Movement.CAME_BACK, ("Lost → Prospect",)),
    (3, 3): Cell(2, Movement.OTHERWISE, ("Odd → Other", "Other → Odd")),
}
MATRIX = MoveMatrix(NAMES, CELLS)


def drawn(colours: Palette = LIGHT, chosen: Sequence[str] = ()) -> go.Figure:
    return moves_figure(MATRIX, NAMES, colours, chosen=frozenset(chosen))


def rgb(colour: str) -> tuple[int, ...]:
    if colour.startswith("#"):
        return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return tuple(int(part) for part in colour.removeprefix("rgba(").split(",")[:3])


def test_plotly_finds_no_mistake_in_it() -> None:
    assert go.Figure(drawn(chosen=["Prospect → Won"]).to_plotly_json()).data


def test_cells_stand_by_row_then_and_column_now_with_their_leads() -> None:
    cells, stayed = drawn().data
    assert [*zip(cells.y, (base + 0.5 for base in cells.base), strict=True)] == list(CELLS)
    assert list(cells.text) == ["8", "4", "1,200", "1", "2"]
    assert list(stayed.x) == [0, 1, 2]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_each_direction_has_its_hue(colours: Palette) -> None:
    found = [rgb(colour) for colour in drawn(colours).data[0].marker.color]
    hues = (colours.hue, colours.lost, colours.dropped, colours.won, colours.dropped)
    assert found == [rgb(hue) for hue in hues]


def test_the_pointer_is_told_all_of_a_cell_escaped() -> None:
    told = drawn().data[0].hovertext[0]
    assert told == "<b>Prospect → &lt;b&gt;Won&lt;/b&gt;</b><br>8 leads, moved forward"
    assert drawn().layout.xaxis.ticktext[1] == "&lt;b&gt;Won&lt;/b&gt;"


def test_only_cells_all_of_whose_moves_are_filtered_by_have_a_frame() -> None:
    assert not drawn().layout.shapes
    assert not drawn(chosen=["Odd → Other"]).layout.shapes
    (frame,) = drawn(chosen=["Odd → Other", "Other → Odd"]).layout.shapes
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (2.5, 3.5, 2.5, 3.5)


@pytest.mark.parametrize(
    ("numbers", "before", "after"),
    [
        ([0], (), ("Prospect → Won",)),
        ([0], ("Prospect → Won",), ()),
        ([4], ("Prospect → Won",), ("Odd → Other", "Other → Odd")),
        ([], ("Prospect → Won",), ("Prospect → Won",)),
        ([99], (), ()),
    ],
)
def test_a_click_filters_by_the_cell_s_moves_and_a_second_one_takes_them_out(
    numbers: list[int],
    before: tuple[str, ...],
    after: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = Filters().choose(SINCE, before)
    mine = clicked(monkeypatch, changes_moves, "moves_chart", data=numbers, before=chosen)
    changes_moves._filter_by_click(MATRIX)  # noqa: SLF001 - AppTest cannot click into a chart
    assert mine.filters.chosen(SINCE) == after


def test_a_click_on_a_move_that_is_kept_out_lets_it_in(monkeypatch: pytest.MonkeyPatch) -> None:
    kept_out = Filters().choose(SINCE, ["Prospect → Won"], excluded=True)
    mine = clicked(monkeypatch, changes_moves, "moves_chart", data=[0], before=kept_out)
    changes_moves._filter_by_click(MATRIX)  # noqa: SLF001 - AppTest cannot click into a chart
    facet = mine.filters.facet(SINCE)
    assert (facet.chosen, facet.excluded) == (("Prospect → Won",), False)
