"""The slots of one account: free one window after the answer, and never too many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from threading import Event
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.rate_limit import LimiterState, RateLimit
from lsq.api.rate_limit.window import WindowSlots, limiter_for
from tests.api.naive_slots import FreedAtTheStart
from tests.api.stepped_clock import SteppedClock

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.api.rate_limit import Lease

NO_NUMBERS: dict[str, None] = {"max_calls": None, "window_s": None}


@pytest.fixture
def stepped() -> SteppedClock:
    return SteppedClock()


def taken(slots: WindowSlots) -> Lease:
    """Take a slot that is free."""
    slot = slots.take()
    assert not isinstance(slot, float), f"no slot is free for {slot} s"
    return slot


def test_as_many_calls_as_allowed_start_at_once(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(3, 5.0), clock=stepped)
    for _ in range(3):
        taken(slots)
    assert isinstance(slots.take(), float)


def test_a_slot_is_free_one_window_after_the_answer(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(1, 5.0), clock=stepped)
    slot = taken(slots)
    stepped.time_s += 0.4
    slot.answered()
    assert slots.take() == pytest.approx(5.0)
    stepped.time_s += 4.99
    assert slots.take() == pytest.approx(0.01)
    stepped.time_s += 0.011
    taken(slots)


def test_an_answer_counts_once(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(2, 5.0), clock=stepped)
    slot = taken(slots)
    slot.answered()
    stepped.time_s += 1.0
    slot.answered()
    assert slots.state().free_calls == 1
    stepped.time_s += 5.0
    assert slots.state().free_calls == 2


def test_the_wait_is_for_the_answer_that_came_first(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(2, 5.0), clock=stepped)
    first, second = taken(slots), taken(slots)
    stepped.time_s += 1.0
    second.answered()
    stepped.time_s += 1.0
    first.answered()
    assert slots.take() == pytest.approx(4.0)


def test_with_all_calls_in_flight_the_wait_is_a_window_at_the_least(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(1, 5.0), clock=stepped)
    taken(slots)
    stepped.time_s += 60.0
    assert slots.take() == 5.0


@dataclass(frozen=True)
class Trip:
    """A call that takes its slot after a pause and is then so long on its way out and back."""

    pause_s: float
    out_s: float
    back_s: float


SECONDS = st.sampled_from([0.0, 0.01, 0.3, 1.0]) | st.floats(0, 3)
TRIPS = st.lists(st.builds(Trip, SECONDS, SECONDS, SECONDS), max_size=60)


def arrivals_s(slots: WindowSlots, clock: SteppedClock, trips: list[Trip]) -> list[float]:
    """Make trips as soon as there are slots, any number at once; return when they arrived."""
    arrived_s: list[float] = []
    answers: list[tuple[float, int, Lease]] = []
    numbers = count()

    def pass_to(moment_s: float) -> None:
        while answers and answers[0][0] <= moment_s:
            clock.time_s, _, slot = heappop(answers)
            slot.answered()
        clock.time_s = moment_s

    for trip in trips:
        pass_to(clock.time_s + trip.pause_s)
        while isinstance(slot := slots.take(), float):
            # Asked again at the time it names, or at an answer that comes before.
            next_s = clock.time_s + slot
            pass_to(min(next_s, answers[0][0]) if answers else next_s)
        arrived_s.append(clock.time_s + trip.out_s)
        heappush(answers, (arrived_s[-1] + trip.back_s, next(numbers), slot))
    return sorted(arrived_s)


def most_in_a_window(moments_s: list[float], window_s: float) -> int:
    """Return how many of the moments, in order, lie in the fullest window, its end left out."""
    return max(
        (sum(0 <= late - early < window_s - 1e-9 for late in moments_s) for early in moments_s),
        default=0,
    )


@given(max_calls=st.integers(1, 6), window_s=st.floats(0.1, 5), trips=TRIPS)
def test_no_window_of_arrivals_ever_holds_more_calls_than_allowed(
    max_calls: int, window_s: float, trips: list[Trip]
) -> None:
    clock = SteppedClock()
    slots = WindowSlots(RateLimit(max_calls, window_s), clock=clock)
    assert most_in_a_window(arrivals_s(slots, clock, trips), window_s) <= max_calls


def test_slots_that_are_freed_at_the_start_of_a_call_break_that_law(stepped: SteppedClock) -> None:
    slots = FreedAtTheStart(RateLimit(2, 1.0), clock=stepped)
    trips = [Trip(0, 0.9, 0), Trip(0, 0.9, 0), Trip(0, 0, 0), Trip(0, 0, 0)]
    assert most_in_a_window(arrivals_s(slots, stepped, trips), 1.0) == 4


@given(max_calls=st.integers(1, 6), latency_s=st.floats(0, 3), calls=st.integers(1, 60))
def test_calls_wait_no_longer_than_the_promise_needs(
    max_calls: int, latency_s: float, calls: int
) -> None:
    clock = SteppedClock()
    slots = WindowSlots(RateLimit(max_calls, 5.0), clock=clock)
    last_s = arrivals_s(slots, clock, [Trip(0, latency_s, 0)] * calls)[-1] - 1000.0
    rounds = (calls - 1) // max_calls
    assert last_s == pytest.approx(rounds * (5.0 + latency_s) + latency_s)


def test_the_state_tells_free_calls_and_the_wait(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(2, 5.0), clock=stepped)
    assert slots.state() == LimiterState(2, 0.0, 2, 5.0)
    first = taken(slots)
    assert slots.state() == LimiterState(1, 0.0, 2, 5.0)
    taken(slots)
    first.answered()
    stepped.time_s += 2.0
    assert slots.state() == LimiterState(0, 3.0, 2, 5.0)


def test_a_refusal_pauses_everybody_for_the_window(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(25, 5.0), clock=stepped)
    taken(slots).refused(**NO_NUMBERS)
    assert slots.take() == 5.0
    assert slots.state() == LimiterState(0, 5.0, 12, 5.0)
    stepped.time_s += 5.0
    taken(slots)


def test_a_refusal_that_asks_for_a_longer_pause_gets_it(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(25, 5.0), clock=stepped)
    taken(slots).refused(**NO_NUMBERS, pause_s=20.0)
    assert slots.take() == 20.0


def test_a_pause_is_not_shortened_by_a_later_refusal(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(25, 5.0), clock=stepped)
    first, second = taken(slots), taken(slots)
    first.refused(**NO_NUMBERS, pause_s=20.0)
    stepped.time_s += 1.0
    second.refused(**NO_NUMBERS)
    assert slots.take() == 19.0


def test_a_lowered_limit_counts_the_calls_that_were_made_before(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(3, 5.0), clock=stepped)
    calls = [taken(slots) for _ in range(3)]
    calls[0].refused(max_calls=1, window_s=5.0)
    for call in calls:
        stepped.time_s += 1.0
        call.answered()
    # The pause ends at 1005; the last of the three was answered at 1003, a window before 1008.
    assert slots.take() == 5.0


def test_a_longer_window_that_a_refusal_names_counts_for_earlier_answers(
    stepped: SteppedClock,
) -> None:
    slots = WindowSlots(RateLimit(2, 5.0), clock=stepped)
    first, second = taken(slots), taken(slots)
    second.answered()
    first.refused(max_calls=2, window_s=30.0)
    stepped.time_s += 4.0
    first.answered()
    stepped.time_s += 26.0
    taken(slots)
    assert slots.take() == 4.0


def test_the_limit_that_is_set_can_be_changed(stepped: SteppedClock) -> None:
    slots = WindowSlots(RateLimit(2, 5.0), clock=stepped)
    taken(slots)
    slots.keep_to(RateLimit(1, 5.0))
    assert isinstance(slots.take(), float)
    slots.keep_to(RateLimit(4, 5.0))
    assert slots.state().free_calls == 3


def test_an_account_has_one_limiter_in_a_process(account: Account) -> None:
    limit = RateLimit(25, 5.0)
    elsewhere = replace(account, host="api.leadsquared.com")
    assert limiter_for(account, limit) is limiter_for(replace(account), limit)
    assert limiter_for(account, limit) is not limiter_for(elsewhere, limit)


@pytest.mark.parametrize("_turn", [1, 2])
def test_no_test_inherits_the_limiter_of_another(account: Account, _turn: int) -> None:
    limiter = limiter_for(account, RateLimit(25, 5.0))
    assert limiter.state().free_calls == 25
    with limiter.lease(Event()):
        pass


def test_the_limit_given_last_holds_for_all_clients_of_an_account(account: Account) -> None:
    limiter = limiter_for(account, RateLimit(25, 5.0))
    limiter_for(account, RateLimit(7, 5.0))
    assert limiter.state().max_calls == 7


def test_the_limiters_of_accounts_that_were_only_tried_are_let_go(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsq.api.rate_limit.window._MOST_ACCOUNTS", 2)
    kept = limiter_for(account, RateLimit())
    for number in range(5):
        limiter_for(replace(account, access_key=f"wrong{number}"), RateLimit())
        assert limiter_for(account, RateLimit()) is kept
    first = limiter_for(replace(account, access_key="wrong0"), RateLimit())
    assert first is not kept
