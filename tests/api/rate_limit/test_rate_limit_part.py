"""A client that keeps to a share of the limit leaves the rest to others."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import SettingsError
from lsq.api.rate_limit import RateLimit, Stopped
from lsq.api.rate_limit.part import PartLimiter, part_of
from lsq.api.rate_limit.queue import QueueLimiter
from lsq.api.rate_limit.window import WindowSlots
from lsq.sandbox import Behaviour, Sandbox, lead_id
from tests.api.stepped_clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared

GO = threading.Event()  # never set: nobody stops these calls


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def whole(clock: SteppedClock) -> QueueLimiter:
    return QueueLimiter(WindowSlots(RateLimit(10, 5.0), clock=clock), clock=clock)


def start_s(limiter: PartLimiter | QueueLimiter, clock: SteppedClock) -> float:
    with limiter.lease(GO):
        return clock.now_s()


def test_the_share_is_all_that_starts_in_a_window(whole: QueueLimiter, clock: SteppedClock) -> None:
    part = PartLimiter(whole, share=0.25, clock=clock)
    first, second, third = (start_s(part, clock) for _ in range(3))
    assert (first, second) == (1000.0, 1000.0)
    assert third == pytest.approx(1005.0)


def test_the_rest_is_free_for_others(whole: QueueLimiter, clock: SteppedClock) -> None:
    part = PartLimiter(whole, share=0.2, clock=clock)
    for _ in range(2):
        start_s(part, clock)
    assert part.state().free_calls == 0
    assert whole.state().free_calls == 8


def test_a_share_never_takes_more_than_the_account_has_left(
    whole: QueueLimiter, clock: SteppedClock
) -> None:
    for _ in range(9):
        start_s(whole, clock)
    part = PartLimiter(whole, share=0.5, clock=clock)
    assert part.state().free_calls == 1
    assert [start_s(part, clock) for _ in range(2)] == [1000.0, pytest.approx(1005.0)]


def test_a_share_of_little_is_one_call(whole: QueueLimiter, clock: SteppedClock) -> None:
    assert PartLimiter(whole, share=0.01, clock=clock).state().max_calls == 1


def test_a_refusal_teaches_the_account_and_the_share_follows(
    whole: QueueLimiter, clock: SteppedClock
) -> None:
    part = PartLimiter(whole, share=0.5, clock=clock)
    with part.lease(GO) as lease:
        lease.refused(max_calls=4, window_s=None)
    assert whole.state().max_calls == 4
    assert start_s(part, clock) == pytest.approx(1005.0)
    assert part.state().max_calls == 2


def test_a_stop_gives_the_share_back(whole: QueueLimiter, clock: SteppedClock) -> None:
    part, stop = PartLimiter(whole, share=0.1, clock=clock), threading.Event()
    stop.set()
    with ExitStack() as stack, pytest.raises(Stopped):
        stack.enter_context(part.lease(stop))
    assert part.state().free_calls == 1


def test_all_who_keep_to_a_share_keep_to_it_together(whole: QueueLimiter) -> None:
    assert part_of(whole, 0.5) is part_of(whole, 0.5)
    assert part_of(whole, 0.5) is not part_of(whole, 0.25)
    assert part_of(QueueLimiter(WindowSlots(RateLimit())), 0.5) is not part_of(whole, 0.5)


@pytest.mark.parametrize("share", [0, -1, 1.5, float("nan")])
def test_a_share_that_is_no_part_is_refused(
    connect: Callable[..., LeadSquared], share: float
) -> None:
    with pytest.raises(SettingsError, match="share"):
        connect("http://127.0.0.1:1", share=share)


def test_a_fetch_with_a_share_of_the_limit_is_that_much_slower(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=4, window_s=0.2)
    client = connect(sandbox, batch=1, limit=RateLimit(4, 0.2), share=0.5)
    fetched = client.leads_by_id([lead_id(number) for number in range(8)], columns=[])
    assert (len(fetched.leads), fetched.stats.limited, fetched.stats.max_calls) == (8, 0, 2)
    assert client.limit == RateLimit(2, 0.2)
    starts_s = [arrival.arrived_s for arrival in sandbox.arrivals]
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(starts_s[::2]))
