"""What a session lets go of: a fetch that is left behind is stopped and forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lsq.analysis.catalog import Catalog
from lsq.analysis.stages import STAGE, Stage, StageRole
from lsq.api.models import Field, Progress
from lsq.ui.jobs import registry
from lsq.ui.panel import Panel
from lsq.ui.table_look import Look

if TYPE_CHECKING:
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Visit

OWNER = "whoever began it"


@pytest.fixture
def running(fetch_of: FetchOf) -> Session:
    """A session whose fetch runs and is registered."""
    mine = fetch_of(columns={"FirstName": ["A"]}, progress=Progress(total=1))
    registry().add(mine.job, owner=OWNER)
    return mine


def test_a_job_that_is_dropped_is_stopped_and_found_by_nobody(running: Session) -> None:
    job = running.job
    assert registry().find(job.token, owner=OWNER) is job
    running.filters = running.filters.choose("FirstName", ["A"])
    running.drop_job()
    assert job.snapshot().stopping
    assert registry().find(job.token, owner=OWNER) is None
    assert (running.job, running.lookup(), running.running) == (None, None, False)
    assert not running.filters
    assert running.sheet is not None


def test_change_sheet_during_a_fetch_stops_it(visit: Visit, running: Session) -> None:
    job = running.job
    at = visit("lookup", mine=running, state={"columns": ["FirstName"]})
    assert at.query_params["job"] == job.token
    at.button(key="change_sheet").click().run()
    assert job.snapshot().stopping
    assert registry().find(job.token, owner=OWNER) is None
    assert "job" not in at.query_params
    assert at.title[0].value == "Look up a sheet of lead ids"


def test_without_a_job_there_is_nothing_to_drop(running: Session) -> None:
    job, running.job = running.job, None
    running.drop_job()
    assert not job.snapshot().stopping
    assert registry().find(job.token, owner=OWNER) is job


def test_no_lead_stays_in_memory_with_the_panel_of_a_dropped_fetch(
    visit: Visit, fetch_of: FetchOf
) -> None:
    mine = fetch_of(columns={"OwnerIdName": ["Anita Rao", "Sana"]})
    visit("leads", mine=mine)
    assert mine.panel.offered is not None
    assert mine.panel.drawn
    link = mine.panel.link
    mine.drop_job()
    assert mine.panel == Panel(link=link)
    assert link is not None
    assert mine.view is None


@pytest.mark.parametrize("listed", [True, False])
def test_the_order_of_stages_outlives_a_sheet_only_where_the_account_lists_them(
    fetch_of: FetchOf,
    monkeypatch: pytest.MonkeyPatch,
    listed: bool,  # noqa: FBT001 - a case
) -> None:
    fields = [Field(name=STAGE, label="Stage", options=("New", "Old"))] if listed else []
    mine = fetch_of(columns={STAGE: ["New"]})
    monkeypatch.setattr(mine.job, "plan", replace(mine.job.plan, catalog=Catalog.of(fields)))
    mine.stages = order = (Stage("New", StageRole.OPEN),)
    mine.drop_job()
    assert mine.stages is order
    mine.job = fetch_of(columns={STAGE: ["New"]}).job
    monkeypatch.setattr(mine.job, "plan", replace(mine.job.plan, catalog=Catalog.of(fields)))
    mine.drop_sheet()
    assert mine.stages == (order if listed else None)
    mine.drop_sheet()
    assert mine.stages == (order if listed else None)


def test_a_dropped_sheet_leaves_nothing_of_it(fetch_of: FetchOf) -> None:
    mine = fetch_of(columns={"FirstName": ["A"]})
    mine.matches = ()
    mine.drop_sheet()
    assert (mine.sheet, mine.cells, mine.dropped, mine.matches, mine.job) == (None,) * 5


def test_another_sheet_shows_its_own_columns_beside_those_chosen(fetch_of: FetchOf) -> None:
    mine = fetch_of(columns={"FirstName": ["A"]})
    mine.look = Look(columns=("FirstName",))
    mine.take(mine.sheet, mine.cells)
    assert mine.look == Look(columns=("FirstName",), with_own=True)
