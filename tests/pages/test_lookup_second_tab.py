"""A second tab joins the fetch that runs; a share of the limit leaves room for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st

from lsq.api.rate_limit import RateLimit
from lsq.sandbox import Behaviour
from tests.ui.scripted import WAIT_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.lookup.job import Job
    from lsq.sandbox import Sandbox
    from tests.ui.kinds import Said, Visit

COOKIE = {"_streamlit_xsrf": f"2|{bytes(4).hex()}|{bytes(range(16)).hex()}|1700000000"}


@pytest.fixture(autouse=True)
def _one_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(st.context), "cookies", COOKIE)


@pytest.fixture
def first(visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox]) -> Iterator[AppTest]:
    """Begin a fetch of four leads that takes its time."""
    at = with_sheet(visit, ids[:4])
    sandboxes[0].behaviour = Behaviour(latency_s=30)
    at.button(key="fetch").click().run()
    yield at
    job_of(at).stop()
    assert job_of(at).wait(WAIT_S)


def with_sheet(visit: Visit, ids: list[LeadId], name: str = "a.csv", note: str = "") -> AppTest:
    text = "\n".join([f"Lead ID,Note{note}", *(f"{lead_id},{note}" for lead_id in ids)])
    return visit("lookup").file_uploader(key="sheet").upload(name, text.encode()).run()


def job_of(at: AppTest) -> Job:
    job: Job = at.session_state["leadsheet"].job
    return job


def test_a_second_tab_joins_the_fetch_that_runs(
    visit: Visit, ids: list[LeadId], first: AppTest, sandboxes: list[Sandbox]
) -> None:
    second = with_sheet(visit, ids[:4])
    second.button(key="fetch").click().run()
    assert job_of(second) is job_of(first)
    assert second.query_params["job"] == first.query_params["job"]
    assert len(sandboxes[0].arrivals) <= 1


@pytest.mark.parametrize("other", ["ids", "rows", "browser"])
def test_another_fetch_is_not_joined(
    visit: Visit, ids: list[LeadId], first: AppTest, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    if other == "browser":
        cookie = {"_streamlit_xsrf": COOKIE["_streamlit_xsrf"].replace("0f|", "ff|")}
        monkeypatch.setattr(type(st.context), "cookies", cookie)
    note = "x" if other == "rows" else ""
    second = with_sheet(visit, ids[: 3 if other == "ids" else 4], note=note)
    second.button(key="fetch").click().run()
    assert job_of(second) is not job_of(first)
    job_of(second).stop()
    assert job_of(second).wait(WAIT_S)


def test_a_fetch_that_is_being_stopped_is_not_joined(
    visit: Visit, ids: list[LeadId], first: AppTest
) -> None:
    job_of(first).stop()
    second = with_sheet(visit, ids[:4])
    second.button(key="fetch").click().run()
    assert job_of(second) is not job_of(first)
    job_of(second).stop()
    assert job_of(second).wait(WAIT_S)


def test_a_share_of_the_limit_is_kept_to_and_reckoned_with(
    visit: Visit, ids: list[LeadId], said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSQ_BATCH", "1")
    at = with_sheet(visit, ids[:26])
    assert "**26 calls · about 6 s**" in said(at)
    at.segmented_control(key="share").set_value(0.5).run()
    assert "**26 calls · about 11 s**" in said(at)
    at.button(key="fetch").click().run()
    assert job_of(at).plan.share == 0.5
    while not job_of(at).snapshot().progress.max_calls:
        assert not job_of(at).wait(0.01)
    assert job_of(at).snapshot().progress.max_calls == 12
    job_of(at).stop()
    assert job_of(at).wait(WAIT_S)


def test_the_cost_reckons_with_the_limit_that_was_learned(
    visit: Visit, ids: list[LeadId], said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSQ_BATCH", "1")
    monkeypatch.setattr("lsq.ui.cost.limit_in_force", lambda _account: RateLimit(5, 5.0))
    assert "**11 calls · about 11 s**" in said(with_sheet(visit, ids[:11]))
