"""The next step under an ending keeps to what was asked for at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.scripted import WAIT_S

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.sandbox import Sandbox
    from tests.ui.kinds import Visit


def drop(at: AppTest, name: str, ids: list[LeadId]) -> AppTest:
    return at.file_uploader(key="sheet").upload(name, "\n".join(["Lead ID", *ids]).encode()).run()


def fetch(at: AppTest) -> AppTest:
    at.button(key="fetch").click().run()
    assert at.session_state["leadsheet"].job.wait(WAIT_S)
    return at.run()


def test_the_rest_of_a_refresh_is_asked_for_though_it_is_fresh(
    visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox]
) -> None:
    at = fetch(drop(visit("lookup"), "a.csv", ids[:40]))
    at.button(key="change_sheet").click().run()
    at = drop(at, "b.csv", ids[:40])
    at.checkbox(key="refresh").check()
    at = fetch(at.checkbox(key="trial").check().run())
    assert at.button(key="fetch").label == "Fetch the other 15"
    assert "asks only for those\\: 1 call, about 1 s" in at.warning[0].value
    assert len(sandboxes[0].arrivals) == 2
    at = fetch(at)
    assert at.session_state["leadsheet"].job.plan.refresh
    assert at.success[0].title == r"40 of 40 leads found\."
    assert len(sandboxes[0].arrivals) == 3
    assert at.session_state["leadsheet"].lookup().fetched.stats.from_cache == 0


def test_the_rest_of_a_trial_comes_from_the_cache_where_it_is_fresh(
    visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox]
) -> None:
    at = fetch(drop(visit("lookup"), "a.csv", ids[:40]))
    at.button(key="change_sheet").click().run()
    at = drop(at, "b.csv", ids[:40])
    at = fetch(at.checkbox(key="trial").check().run())
    fetch(at)
    assert len(sandboxes[0].arrivals) == 1
