"""What a session lets go of: a fetch that is left behind is stopped and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.models import Progress
from lsq.ui.jobs import registry

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
