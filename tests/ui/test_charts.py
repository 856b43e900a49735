"""The stage chart's figure, its words, and what a click on it does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lsq.analysis.filters import Filters
from lsq.analysis.stages import STAGE, stage_counts, stage_order
from lsq.analysis.text import text_series
from lsq.analysis.values import Indexed
from lsq.ui.charts import stage_bars
from lsq.ui.charts.stage_bars import stage_figure
from lsq.ui.palette import DARK, LIGHT, Palette
from tests.ui.chart_clicks import clicked

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from tests.ui.kinds import FetchOf, Visit

ORDER = ["Prospect", "Contacted", "Enrolled", "Not interested", "(blank)", "Weird stage"]


def counted(stages: Sequence[str | None]) -> pd.DataFrame:
    table = Indexed(text_series(stages).to_frame("ProspectStage"))
    return stage_counts(table, stage_order(table.frame["ProspectStage"]))


@pytest.fixture
def stages(pipeline: dict[str, list[str | None]]) -> pd.DataFrame:
    return counted(pipeline["ProspectStage"])


def test_bars_stand_in_business_order_with_counts_and_shares(stages: pd.DataFrame) -> None:
    figure = stage_figure(stages, stages["stage"], LIGHT, partial=False)
    behind, front = figure.data
    assert list(figure.layout.yaxis.ticktext) == ORDER
    assert list(figure.layout.yaxis.range) == [5.5, -0.5]
    assert list(front.x) == [4, 2, 1, 1, 1, 1]
    assert list(front.customdata) == list(range(6))
    assert front.text[0].split() == ["<b>4</b>", "40.0%"]
    assert list(behind.x) == [7, 3, 1, 0, 0, 0]


def test_while_leads_are_missing_shares_are_about(stages: pd.DataFrame) -> None:
    front = stage_figure(stages, stages["stage"], LIGHT, partial=True).data[1]
    assert all("~" in text for text in front.text)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_each_role_has_its_colour_and_unlisted_stages_a_hatching(
    colours: Palette, stages: pd.DataFrame
) -> None:
    figure = stage_figure(stages, stages["stage"], colours, partial=False)
    ramp = colours.open_ramp
    other = colours.other
    assert list(figure.data[1].marker.color) == [
        ramp[0], ramp[-1], colours.won, colours.lost, other, other,
    ]  # fmt: skip
    assert list(figure.data[1].marker.pattern.shape) == ["", "", "", "", "/", "/"]
    assert figure.layout.font.color == colours.ink


def test_names_are_escaped_because_plotly_reads_html() -> None:
    stages = counted(["<b>x</b>", "a & b"])
    figure = stage_figure(stages, stages["stage"], LIGHT, partial=False)
    assert set(figure.layout.yaxis.ticktext) == {"&lt;b&gt;x&lt;/b&gt;", "a &amp; b"}


def test_nothing_in_the_chart_shows_the_raw_names_it_carries_for_clicks(
    stages: pd.DataFrame,
) -> None:
    front = stage_figure(stages, stages["stage"], LIGHT, partial=False).data[1]
    assert front.hoverinfo in {"none", "skip"}
    assert front.hovertemplate is None


@pytest.mark.parametrize("leads", [0, 1, 28])
def test_any_number_of_stages_can_be_drawn(leads: int) -> None:
    names = [f"Stage {number}" for number in range(leads)]
    figure = stage_figure(counted(names), names, DARK, partial=False)
    assert len(figure.data[1].x) == leads
    assert figure.layout.height == 36 * max(1, leads) + 24


def test_a_chart_says_its_figures_in_words(
    visit: Visit, fetch_of: FetchOf, pipeline: dict[str, list[str | None]]
) -> None:
    at = visit("stages", mine=fetch_of(columns=pipeline))
    alt = at.get("plotly_chart")[0].proto.alt
    assert alt.startswith("10 leads by stage: Prospect 4 (40.0%); Contacted 2 (20.0%);")


def test_the_chart_follows_the_theme(
    visit: Visit, fetch_of: FetchOf, pipeline: dict[str, list[str | None]]
) -> None:
    for theme, colours in (("light", LIGHT), ("dark", DARK)):
        at = visit("stages", mine=fetch_of(columns=pipeline), theme=theme)
        figure = json.loads(at.get("plotly_chart")[0].proto.spec)
        assert figure["data"][1]["marker"]["color"][0] == colours.open_ramp[0]


@pytest.mark.parametrize(
    ("places", "before", "after"),
    [
        ([0], (), ("Prospect",)),
        ([0], ("Prospect",), ()),
        ([1], ("Prospect",), ("Contacted",)),
        ([], ("Prospect",), ("Prospect",)),
    ],
)
def test_a_click_on_a_bar_filters_by_its_stage_and_a_second_one_takes_it_out(
    places: list[int],
    before: tuple[str, ...],
    after: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = Filters().choose(STAGE, before)
    mine = clicked(monkeypatch, stage_bars, "stage_chart", data=places, before=chosen)
    stage_bars.filter_by_bar(ORDER)
    assert mine.filters.chosen(STAGE) == after
