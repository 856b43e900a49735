"""Faults 44 and 47: the user clicks again or goes away; some of everything goes wrong."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from lsq.api.cache import GatedCache
from lsq.api.client import LeadSquared
from lsq.api.errors import BadRequest, ServerFailed
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy
from lsq.lookup.job import Job
from lsq.lookup.plan import plan
from lsq.sandbox import Fault
from lsq.sandbox.behaviour import MalformedId
from tests.faults.scene import COLUMNS, IDS, UNKNOWN, Scene

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = RateLimit(2, 0.4)


def start(scene: Scene) -> Job:
    """Start a job of twelve calls, two at a time."""
    sheet, cells = scene.sheet()
    cache = GatedCache(scene.cache)
    planned = plan(cells, account=scene.account, cache=cache, columns=COLUMNS, limit=LIMIT, batch=1)
    client = LeadSquared(
        scene.account,
        cache=cache,
        limit=LIMIT,
        batch=1,
        deadline_s=1.0,
        retry=RetryPolicy(base_s=0.001),
    )
    return Job(sheet, planned, client=client, cache=cache)


def wait_for(what: Callable[[], bool], *, within_s: float) -> bool:
    """Wait until something is so; say whether it came in time."""
    ends_s = time.monotonic() + within_s
    while not what():
        if time.monotonic() > ends_s:
            return False
        threading.Event().wait(0.01)
    return True


def calling() -> int:
    """Count the threads that make calls."""
    return sum(thread.name.startswith("lsq-call") for thread in threading.enumerate())


@pytest.mark.parametrize("fault", [None, Fault.SILENCE, Fault.DRIP_HEAD, Fault.TOO_MANY_REQUESTS])
def test_fault_44_a_job_that_is_stopped_ends_at_once_and_leaves_no_thread_behind(
    scene: Scene, fault: Fault | None
) -> None:
    scene.behave(fault=fault, fault_share=1.0, latency_s=0.05)
    scene.sandbox.spare_next(2)
    before = calling()
    job = start(scene)
    assert wait_for(lambda: len(scene.sandbox.arrivals) > 2, within_s=3.0)
    stopped_s = time.monotonic()
    job.stop()
    assert job.wait(0.5)
    assert time.monotonic() - stopped_s < 0.5
    lookup = job.snapshot().lookup
    assert lookup is not None
    assert len(lookup.fetched.leads) >= 2
    assert len(lookup.fetched.not_asked) > 0
    # A call that is under way may still take its deadline.
    assert wait_for(lambda: calling() <= before, within_s=1.5)


def test_fault_44_calls_under_way_at_a_stop_still_end_in_the_cache(scene: Scene) -> None:
    scene.behave(latency_s=0.3)
    job = start(scene)
    assert wait_for(lambda: len(scene.sandbox.arrivals) == 1, within_s=2.0)
    job.stop()
    assert job.wait(0.5)
    lookup = job.snapshot().lookup
    assert lookup is not None
    assert len(lookup.fetched.leads) == 0
    assert wait_for(lambda: scene.cache.count(scene.account, IDS, COLUMNS) == 1, within_s=2.0)


def test_fault_44_the_next_job_of_the_account_has_the_whole_limit_and_asks_for_the_rest_only(
    scene: Scene,
) -> None:
    scene.sandbox.spare_next(2)
    scene.sandbox.fail_next(Fault.SILENCE, times=2)
    job = start(scene)
    assert wait_for(lambda: len(scene.sandbox.arrivals) > 3, within_s=3.0)
    job.stop()
    assert job.wait(0.5)
    assert wait_for(lambda: calling() == 0, within_s=1.5)
    seen = scene.look_up(batch=5, limit=LIMIT)
    assert seen.found == list(IDS)
    assert seen.fresh == 2
    assert sorted(sum((call.ids for call in seen.calls), ())) == sorted(IDS[2:])


def test_fault_47_when_some_of_everything_goes_wrong_every_row_has_its_one_outcome(
    scene: Scene,
) -> None:
    # Six batches of three: one call refused for an id, one lost lead, one batch that fails.
    ids = [*IDS[:4], UNKNOWN, *IDS[4:]]
    scene.behave(bad_ids=frozenset(IDS[1:2]), malformed_id=MalformedId.BAD_REQUEST)
    first = scene.look_up(ids, batch=3, bad_ids=1, missing=1)
    assert (first.report["returned"], first.report["not_found"]) == (11, [UNKNOWN])
    assert list(first.report["failed"]) == [IDS[1]]
    assert first.report["rows"] == 11 + 1 + 1 + 1 + 1 + 1
    assert first.kinds == {BadRequest}
    assert "11 of 13 leads found; 1 id failed." in first.said.title


def test_fault_47_what_failed_can_be_asked_for_again_and_the_sums_still_hold(scene: Scene) -> None:
    scene.fails(Fault.UNAVAILABLE)
    scene.sandbox.spare_next(1)
    seen = scene.look_up([*IDS, UNKNOWN], batch=4)
    assert (len(seen.found), len(seen.fetched.failed), seen.kinds) == (4, 9, {ServerFailed})
    scene.behave()
    again = scene.look_up([*IDS, UNKNOWN], batch=4, earlier=seen.fetched, missing=1)
    assert again.found == list(IDS)
    assert again.report["not_found"] == [UNKNOWN]
    assert sorted(set(sum((call.ids for call in again.calls), ()))) == sorted([*IDS[4:], UNKNOWN])
