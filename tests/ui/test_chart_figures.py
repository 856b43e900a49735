"""The figures of Stages: what Plotly would accept, what they show, and what is escaped in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lsq.analysis.breakdowns import Cross
from lsq.analysis.stages import Stage, StageRole, stage_counts
from lsq.analysis.values import Indexed
from lsq.ui.charts.ageing import age_figure
from lsq.ui.charts.figure import as_share, tick
from lsq.ui.charts.filled import MOST_COLUMNS, _in_words, fill_figure
from lsq.ui.charts.heat import Heat, Measure, heat_figure
from lsq.ui.charts.stage_bars import stage_figure
from lsq.ui.charts.weeks import week_figure
from lsq.ui.palette import DARK, LIGHT, Palette

if TYPE_CHECKING:
    Figures = dict[str, go.Figure]

HOSTILE = "<b>x</b>"
ORDER = (Stage(HOSTILE, StageRole.OPEN), Stage("Lost & gone", StageRole.LOST))


def heat(measure: Measure = Measure.OF_COLUMN, *, partial: bool = False) -> Heat:
    leads = np.array([[3, 0], [1, 4]], dtype=np.int64)
    found = Cross((HOSTILE, "Lost & gone"), (HOSTILE,), ("y", "z"), leads)
    return Heat(
        found, found.stages, [HOSTILE, "2 others"], measure, "<i>owner</i>", partial=partial
    )


def stages() -> pd.DataFrame:
    table = Indexed(pd.DataFrame({"ProspectStage": [HOSTILE, HOSTILE, "Lost & gone"]}))
    return stage_counts(table, ORDER)


def ages() -> pd.DataFrame:
    names = [stage.name for stage in ORDER]
    frame = pd.DataFrame({"stage": names, "leads": [2, 0], "undated": [0, 1]})
    for name, days in (("low", 3), ("median", 12), ("high", 1400), ("over_30", 0.5)):
        frame[name] = pd.array([days, None], dtype="Float64")
    return frame


def weeks() -> pd.DataFrame:
    mondays = np.array(["2026-11-09", "2026-11-16"], dtype="datetime64[s]")
    return pd.DataFrame({"monday": mondays, "leads": [5, 1]})


def filled() -> pd.DataFrame:
    return pd.DataFrame({"column": [HOSTILE, "Phone"], "filled": [0, 3], "share": [0.0, 1.0]})


def figures(colours: Palette) -> Figures:
    names = [stage.name for stage in ORDER]
    return {
        "bars": stage_figure(stages(), names, colours, partial=False),
        "heat": heat_figure(heat(), colours),
        "ages": age_figure(ages(), stages(), colours, partial=False),
        "weeks": week_figure(weeks(), colours),
        "filled": fill_figure(filled(), colours, partial=False),
    }


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_plotly_accepts_every_figure_that_was_built_without_asking_it(colours: Palette) -> None:
    for drawn in figures(colours).values():
        checked = go.Figure(drawn.to_dict())
        assert checked.layout.font.color == colours.ink
        assert not checked.layout.template.layout.to_plotly_json()


def test_no_text_from_outside_is_markup_in_any_figure() -> None:
    for name, drawn in figures(LIGHT).items():
        for trace in drawn.to_dict()["data"]:
            trace.pop("customdata", None)  # never drawn
            assert HOSTILE not in str(trace), name
        assert HOSTILE not in str(drawn.to_dict()["layout"]), name
        assert "<i>owner" not in str(drawn.to_dict()), name


def test_cells_say_their_share_of_the_column_and_the_greatest_is_the_darkest() -> None:
    cells = heat_figure(heat(), LIGHT).data[0]
    assert list(cells.text) == ["75%", "", "25%", "100%"]
    colours = list(cells.marker.color)
    assert colours[3] == LIGHT.tint(LIGHT.hue, 1)
    assert colours[1] == LIGHT.tint(LIGHT.hue, 0)
    assert [list(place) for place in cells.customdata] == [[0, 0], [0, 1], [1, 0], [1, 1]]


@pytest.mark.parametrize(
    ("measure", "partial", "texts"),
    [
        (Measure.LEADS, False, ["3", "", "1", "4"]),
        (Measure.OF_STAGE, False, ["100%", "", "20%", "80%"]),
        (Measure.OF_STAGE, True, ["~100%", "", "~20%", "~80%"]),
    ],
)
def test_cells_say_what_is_asked_for(measure: Measure, partial: bool, texts: list[str]) -> None:  # noqa: FBT001 - a parameter of the test
    assert list(heat_figure(heat(measure, partial=partial), LIGHT).data[0].text) == texts


def test_the_pointer_learns_all_of_a_cell() -> None:
    told = heat_figure(heat(), LIGHT).data[0].hovertext[2]
    assert told.split("<br>") == [
        "<b>Lost &amp; gone · &lt;b&gt;x&lt;/b&gt;</b>",
        "1 lead",
        "25.0% of &lt;i&gt;owner&lt;/i&gt;",
        "20.0% of stage",
    ]


def test_a_heat_table_of_nothing_can_be_drawn() -> None:
    empty = Cross(("A",), (), (), np.zeros((1, 0), dtype=np.int64))
    drawn = heat_figure(Heat(empty, ["A"], [], Measure.OF_COLUMN, "owner"), LIGHT)
    assert len(drawn.data[0].x) == 0


def test_few_columns_have_two_lines_for_their_names_and_many_have_one() -> None:
    def heads(columns: int) -> list[str]:
        names = tuple(f"Anita Marie Rao {number}" for number in range(columns))
        leads = np.ones((1, columns), dtype=np.int64)
        found = Cross(("A",), names, (), leads)
        drawn = heat_figure(Heat(found, ["A"], names, Measure.LEADS, "owner"), LIGHT)
        return list(drawn.layout.xaxis.ticktext)

    assert heads(2)[0] == "Anita Marie<br>Rao 0"
    assert heads(7)[0] == "Anita Marie Rao 0"


def test_a_stage_without_dates_has_a_line_and_no_mark() -> None:
    drawn = age_figure(ages(), stages(), LIGHT, partial=True)
    middle, marks, texts = drawn.data
    assert list(marks.y) == [0]
    assert (list(middle.base), list(middle.x), list(marks.x)) == ([3], [1397], [12])
    assert texts.text[0].strip() == "<b>~12</b>"
    assert len(drawn.layout.yaxis.ticktext) == 2


def test_weeks_are_days_of_the_calendar_whatever_the_zone() -> None:
    assert list(week_figure(weeks(), LIGHT).data[0].x) == ["2026-11-09", "2026-11-16"]
    assert "9 Nov 2026" in week_figure(weeks(), LIGHT).data[0].hovertext[0]


def test_a_column_s_share_stands_at_the_end_of_its_line() -> None:
    assert [text.strip() for text in fill_figure(filled(), LIGHT, partial=False).data[2].text] == [
        "0.0%",
        "100.0%",
    ]


@pytest.mark.parametrize("letters", [22, 50])
def test_a_name_beside_an_axis_is_short(letters: int) -> None:
    assert len(tick("x" * letters)) == 22


def test_of_many_columns_those_drawn_are_said_and_how_many_there_are_besides() -> None:
    many = pd.DataFrame({"column": [f"C{n}" for n in range(350)], "share": [0.0] * 350})
    words = _in_words(many, partial=False)
    assert words.count("C") == MOST_COLUMNS
    assert words.endswith("C11 0.0%; and 338 more.")


def test_a_share_in_a_table_is_no_quotation() -> None:
    assert as_share(partial=False)(0.9999) == r"\>99.9%"
    assert as_share(partial=True)(0.25) == "~25.0%"
