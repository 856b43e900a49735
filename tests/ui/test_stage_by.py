"""What a click on a cell of the heat table does to the filters."""

from __future__ import annotations

import inspect
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from lsq.analysis.ages import age_bands
from lsq.analysis.breakdowns import Cross, cross
from lsq.analysis.filters import Filters, Range, apply
from lsq.analysis.schema import CREATED
from lsq.analysis.stages import STAGE
from lsq.analysis.values import Indexed, Values
from lsq.ui import stage_by
from lsq.ui.stage_by import Cells
from lsq.ui.state import Session
from tests.ui.chart_clicks import clicked

if TYPE_CHECKING:
    from collections.abc import Callable

    Click = Callable[..., Filters]

TODAY = date(2026, 11, 23)
UTC = ZoneInfo("UTC")
OWNER = "OwnerIdName"
FOUND = Cross(
    ("Prospect", "Enrolled"), ("Anita",), ("Dev", "Joy"), np.array([[3, 2], [1, 0]], dtype=np.int64)
)


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Click:
    """Return what clicks on a cell and returns the filters."""
    seen = [Filters()]

    def on(cells: Cells, *places: tuple[int, int], before: Filters | None = None) -> Filters:
        data = [list(place) for place in places]
        chart, now = "stage_by_chart", before or seen[-1]
        mine = clicked(monkeypatch, stage_by, chart, data=data, before=now)
        stage_by.filter_by_cell(cells)
        seen.append(mine.filters)
        return mine.filters

    return on


@pytest.fixture
def cells() -> Cells:
    values = Values(("Anita", "Dev", "Joy"), np.zeros(6, dtype=np.int32))
    return Cells(FOUND, OWNER, values, TODAY, UTC)


def test_a_cell_chooses_its_stage_and_its_value(click: Click, cells: Cells) -> None:
    filters = click(cells, (1, 0))
    assert (filters.chosen(STAGE), filters.chosen(OWNER)) == (("Enrolled",), ("Anita",))


def test_the_last_column_chooses_all_the_others(click: Click, cells: Cells) -> None:
    assert click(cells, (0, 1)).chosen(OWNER) == ("Dev", "Joy")


def test_a_second_click_takes_both_out_and_leaves_the_other_filters(
    click: Click, cells: Cells
) -> None:
    before = Filters().choose("Source", ["Web"])
    click(cells, (1, 0), before=before)
    assert click(cells, (1, 0)) == before


@pytest.mark.parametrize("places", [[], [(1, 1)]])
def test_a_cell_without_leads_and_no_cell_choose_nothing(
    places: list[tuple[int, int]], click: Click, cells: Cells
) -> None:
    assert click(cells, *places) == Filters()


def test_a_band_of_ages_chooses_exactly_its_leads(click: Click) -> None:
    days = ["2026-11-24", "2026-11-23", "2026-11-16", "2026-11-15", "2025-01-01", None]
    dates = pd.to_datetime(pd.Series(days), utc=True).dt.as_unit("us")
    table = Indexed(pd.DataFrame({STAGE: ["Prospect"] * 6, CREATED: dates}))
    bands = age_bands(dates, today=TODAY, zone=UTC)
    every = np.ones(6, dtype=np.bool_)
    found = cross(table, every, order=["Prospect"], by=bands, top=None)
    chosen = []
    for place in range(len(found.names)):
        filters = click(Cells(found, CREATED, bands, TODAY, UTC), (0, place), before=Filters())
        chosen.append(apply(table, filters).tolist())
        assert sum(chosen[-1]) == found.leads[0, place]
    assert np.array(chosen).sum(axis=0).tolist() == [1] * 6
    assert click(Cells(found, CREATED, bands, TODAY, UTC), (0, 0)).range(CREATED) == Range(
        CREATED, low=date(2026, 11, 16)
    )


def test_the_whole_page_follows_a_click_because_a_part_alone_would_show_old_filters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class RunAgainError(Exception):
        """What ends the run."""

    def rerun() -> None:
        raise RunAgainError

    monkeypatch.setattr(stage_by.st, "rerun", rerun)
    monkeypatch.setattr(stage_by, "session", lambda: Session(filters=Filters().choose("A", ["b"])))
    draw = inspect.unwrap(stage_by.stage_by)
    with pytest.raises(RunAgainError):
        draw(None, None, Filters())
