"""Faults 1 to 4, 45 and 46: the rate limit, its refusals, and the clocks it is kept by."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate

import pytest

from lsq.api.errors import RateLimited
from lsq.api.rate_limit import RateLimit
from lsq.sandbox import Fault, lead_id
from lsq.sandbox.behaviour import LimitStatus
from tests.faults.scene import COLUMNS, IDS, Scene, Seen

WINDOW_S = 0.3
LIMIT = RateLimit(25, WINDOW_S)


def rest_after_refusal_s(seen: Seen) -> float:
    """Return how long nothing arrived after the first call, which was refused."""
    refused, following, *_ = seen.calls
    assert refused.answered_s is not None
    return following.arrived_s - refused.answered_s


@pytest.mark.parametrize("status", LimitStatus)
def test_fault_01_a_refusal_makes_all_calls_rest_and_lowers_the_rate(
    scene: Scene, status: LimitStatus
) -> None:
    scene.behave(window_s=WINDOW_S, limit_status=status)
    scene.sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    seen = scene.look_up(batch=1, limit=LIMIT)
    assert seen.found == list(IDS)
    assert (seen.report["limited"], len(seen.calls)) == (1, len(IDS) + 1)
    assert rest_after_refusal_s(seen) >= 0.9 * WINDOW_S
    assert seen.fetched.stats.max_calls < LIMIT.max_calls


def test_fault_01_the_limit_that_a_refusal_names_is_kept_from_then_on(scene: Scene) -> None:
    scene.behave(window_s=0.1, max_calls=3)
    seen = scene.look_up(batch=1, limit=RateLimit(25, 0.1))
    assert seen.found == list(IDS)
    assert seen.fetched.stats.max_calls == 3
    assert seen.report["limited"] <= 9  # of the calls that were on their way; none comes later
    again = scene.look_up([lead_id(100 + number) for number in range(12)], batch=1)
    assert (again.report["limited"], again.fetched.stats.max_calls) == (0, 3)


def test_fault_02_retry_after_is_waited_for_and_counted(scene: Scene) -> None:
    scene.behave(retry_after="1")
    scene.sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    assert 1.0 <= rest_after_refusal_s(seen) < 4.0
    assert seen.report["limited"] == 1


@pytest.mark.parametrize(
    "text",
    ["soon", "-5", "1.5e3", "", "0", "999999999999", "9" * 5000, formatdate(0, usegmt=True)],
)
def test_fault_03_a_retry_after_that_is_past_or_nonsense_costs_a_window(
    scene: Scene, text: str
) -> None:
    scene.behave(retry_after=text)
    scene.sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    assert 0.05 <= rest_after_refusal_s(seen) < 3.0


def test_fault_03_a_retry_after_that_is_a_date_is_waited_for(scene: Scene) -> None:
    at_s = int(time.time()) + 2
    scene.behave(retry_after=formatdate(at_s, usegmt=True))
    scene.sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    assert time.time() >= at_s


@pytest.mark.parametrize(
    "text",
    ["31", "99999", formatdate(time.time() + 3600, usegmt=True)],
    ids=["31 s", "a day", "a date in an hour"],  # the same in every process that collects
)
def test_fault_03_a_retry_after_that_is_too_long_ends_the_run_and_says_until_when(
    scene: Scene, text: str
) -> None:
    scene.behave(retry_after=text)
    scene.sandbox.spare_next(1)
    scene.sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    seen = scene.look_up(batch=6, limit=RateLimit(1, 0.05))
    assert (seen.found, len(seen.calls)) == (list(IDS[:6]), 2)
    assert isinstance(seen.fetched.stopped_by, RateLimited)
    assert "It asks to wait" in seen.said.body
    assert "UTC" in seen.said.body
    assert "6 leads came before it; they are kept" in seen.said.body


def test_fault_04_a_limit_without_end_ends_the_run_and_the_rest_can_be_fetched_later(
    scene: Scene,
) -> None:
    scene.fails(Fault.TOO_MANY_REQUESTS)
    scene.sandbox.spare_next(2)
    seen = scene.look_up(batch=4, limit=RateLimit(1, 0.05))
    assert isinstance(seen.fetched.stopped_by, RateLimited)
    assert (seen.found, seen.report["limited"]) == (list(IDS[:8]), 4)
    scene.behave()
    rest = scene.look_up(batch=4, earlier=seen.fetched)
    assert rest.found == list(IDS)
    assert [call.ids for call in rest.calls] == [IDS[8:]]


def test_fault_04_a_limit_without_end_from_the_first_call_on_says_so(scene: Scene) -> None:
    scene.fails(Fault.TOO_MANY_REQUESTS)
    seen = scene.look_up(batch=4)
    assert (seen.found, seen.kinds) == ([], {RateLimited})
    assert "rate limit is exceeded" in seen.said.title


def test_fault_45_two_tabs_share_the_limit_and_nothing_else(scene: Scene) -> None:
    scene.behave(max_calls=4, window_s=0.2)
    limit = RateLimit(4, 0.2)
    tabs = (IDS[:6], IDS[6:])

    def look_up(ids: tuple[str, ...]) -> tuple[list[str], int]:
        with scene.client(batch=1, limit=limit) as client:
            fetched = client.leads_by_id(ids, columns=COLUMNS)
        return list(fetched.leads.ids), fetched.stats.limited

    with ThreadPoolExecutor(2) as both:
        seen = list(both.map(look_up, tabs))
    assert seen == [(list(ids), 0) for ids in tabs]
    assert {call.status for call in scene.sandbox.arrivals} == {200}
    assert len(scene.sandbox.arrivals) == len(IDS)


@pytest.mark.parametrize("jump_s", [86_400.0, -86_400.0])
def test_fault_46_a_jump_of_the_servers_clock_changes_neither_waits_nor_deadlines(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, jump_s: float
) -> None:
    real, looks = time.time, 0

    def jumping() -> float:
        nonlocal looks
        looks += 1
        return real() + jump_s * (looks % 2)

    scene.behave(max_calls=4, window_s=0.2)
    scene.sandbox.spare_next(3)
    scene.sandbox.fail_next(Fault.SILENCE)
    monkeypatch.setattr(time, "time", jumping)
    seen = scene.look_up(batch=2, limit=RateLimit(4, 0.2), silence_s=0.5)
    assert seen.found == list(IDS)
    assert looks > 6
    assert (seen.report["limited"], seen.report["retries"]) == (0, 1)
    assert 0.5 <= seen.report["elapsed_s"] <= seen.took_s + 0.01
    # What was fetched is fresh still: its age is not told by that clock either.
    assert scene.look_up(batch=2, limit=RateLimit(4, 0.2)).calls == ()
