"""Turns: in order, one first, none lost, and no processor time for waiting."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.api.rate_limit import LimiterState, RateLimit, Stopped
from lsq.api.rate_limit.queue import QueueLimiter
from lsq.api.rate_limit.window import WindowSlots
from tests.api.crowd import Crowd, Permits
from tests.api.stepped_clock import SteppedClock, WatchedClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

GO = threading.Event()  # never set: nobody stops these calls


def limiter_of(max_calls: int, window_s: float, *, clock: SteppedClock) -> QueueLimiter:
    limit = RateLimit(max_calls, window_s)
    return QueueLimiter(WindowSlots(limit, clock=clock), clock=clock)


def call(limiter: QueueLimiter, clock: SteppedClock, latency_s: float = 0.0) -> float:
    """Make a call that takes `latency_s`; return when it started."""
    with limiter.lease(GO) as lease:
        started_s = clock.time_s
        clock.time_s += latency_s
        lease.answered()
    return started_s


@pytest.fixture
def stepped() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    with closing(Crowd()) as waiting:
        yield waiting


def test_a_call_waits_for_its_slot(stepped: SteppedClock) -> None:
    limiter = limiter_of(1, 5.0, clock=stepped)
    assert call(limiter, stepped, latency_s=0.4) == 1000.0
    assert call(limiter, stepped) == pytest.approx(1005.4)


def test_without_an_answer_the_end_of_the_lease_counts(stepped: SteppedClock) -> None:
    limiter = limiter_of(1, 5.0, clock=stepped)
    with limiter.lease(GO):
        stepped.time_s += 2.0
    assert call(limiter, stepped) == pytest.approx(1007.0)


def test_a_call_that_fails_gives_its_turn_back(stepped: SteppedClock) -> None:
    limiter = limiter_of(1, 5.0, clock=stepped)
    with pytest.raises(ZeroDivisionError), limiter.lease(GO):
        raise ZeroDivisionError
    assert call(limiter, stepped) == pytest.approx(1005.0)


def test_what_is_done_after_the_answer_does_not_hold_the_slot_longer(
    stepped: SteppedClock,
) -> None:
    limiter = limiter_of(1, 5.0, clock=stepped)
    with limiter.lease(GO) as lease:
        lease.answered()
        stepped.time_s += 1.0
    assert call(limiter, stepped) == pytest.approx(1005.0)


def test_a_refusal_holds_everybody_back(stepped: SteppedClock) -> None:
    limiter = limiter_of(25, 5.0, clock=stepped)
    with limiter.lease(GO) as lease:
        lease.refused(max_calls=None, window_s=None, pause_s=7.0)
    assert call(limiter, stepped) == pytest.approx(1007.0)


def test_the_limit_and_the_state_are_those_of_the_slots(stepped: SteppedClock) -> None:
    limiter = limiter_of(25, 5.0, clock=stepped)
    limiter.keep_to(RateLimit(7, 5.0))
    assert limiter.state() == LimiterState(7, 0.0, 7, 5.0)


def test_the_first_call_of_all_goes_alone_and_opens_the_way() -> None:
    clock = WatchedClock()
    limiter = QueueLimiter(Permits(25), clock=clock)
    order: list[str] = []

    def later() -> None:
        with limiter.lease(GO):
            order.append("later")

    with limiter.lease(GO):
        threads = [clock.start(later) for _ in range(3)]
        woken = clock.wakes
        while clock.wakes < woken + 6:  # however often they look
            assert order == []
            threading.Event().wait(0.01)
        order.append("first")
    for thread in threads:
        thread.join(5.0)
    assert order == ["first", "later", "later", "later"]


def test_calls_after_the_first_go_together(stepped: SteppedClock) -> None:
    limiter = limiter_of(3, 5.0, clock=stepped)
    call(limiter, stepped)
    with ExitStack() as stack:
        stack.enter_context(limiter.lease(GO))
        stack.enter_context(limiter.lease(GO))
        assert stepped.time_s == 1000.0


def test_a_first_call_that_is_stopped_leaves_the_way_to_the_next(stepped: SteppedClock) -> None:
    limiter, stop = limiter_of(1, 5.0, clock=stepped), threading.Event()
    stop.set()
    with pytest.raises(Stopped), limiter.lease(stop):
        pytest.fail("a stopped call started")
    assert limiter.state().free_calls == 1
    assert call(limiter, stepped) == 1000.0


def test_calls_are_served_in_the_order_they_came(crowd: Crowd) -> None:
    for name in "abcdefgh":
        crowd.join(name)
    for _ in range(8):
        crowd.serve()
    assert crowd.served == [*"abcdefgh"]


def test_a_refused_call_keeps_its_place_before_those_that_were_not_yet_sent(crowd: Crowd) -> None:
    for name in "abc":
        crowd.join(name)
    crowd.join("refused", again=True)
    for _ in range(4):
        crowd.serve()
    assert crowd.served == ["refused", "a", "b", "c"]


def test_refused_calls_take_turns_so_that_none_uses_up_its_attempts_alone(crowd: Crowd) -> None:
    for name in "12345":
        crowd.join(name, again=True)
    crowd.serve()
    crowd.join("1 again", again=True)
    for _ in range(5):
        crowd.serve()
    assert crowd.served == ["1", "2", "3", "4", "5", "1 again"]


STEPS = st.lists(st.sampled_from(["join", "join again", "serve", "stop one"]), max_size=20)


@settings(max_examples=100)
@given(steps=STEPS, picks=st.randoms(use_true_random=False))
def test_whoever_comes_goes_or_stops_no_turn_is_lost(steps: list[str], picks: Random) -> None:
    refused, fresh, order = list[str](), list[str](), list[str]()
    with closing(Crowd()) as crowd:
        for number, step in enumerate([*steps, *["serve"] * len(steps)]):
            if step.startswith("join"):
                crowd.join(str(number), again=step == "join again")
                (refused if step == "join again" else fresh).append(str(number))
            elif step == "serve" and (refused or fresh):
                order.append((refused or fresh).pop(0))
                crowd.serve()
            elif refused or fresh:
                name = picks.choice([*refused, *fresh])
                (refused if name in refused else fresh).remove(name)
                crowd.stop(name)
                assert crowd.stopped[-1] == name
        assert crowd.served == order


def test_threads_together_keep_to_the_limit_and_all_get_their_slots() -> None:
    limiter, starts_s = QueueLimiter(WindowSlots(RateLimit(5, 0.1))), list[float]()

    def work() -> None:
        for _ in range(5):
            with limiter.lease(GO):
                starts_s.append(time.monotonic())

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    starts_s.sort()
    assert len(starts_s) == 30
    assert all(b - a >= 0.1 for a, b in zip(starts_s, starts_s[5:], strict=False))


def test_a_stop_in_a_rate_wait_is_heard_by_all_within_half_a_second() -> None:
    limiter, stop = QueueLimiter(WindowSlots(RateLimit(1, 60.0))), threading.Event()
    with limiter.lease(GO):
        pass
    heard_s: list[float] = []

    def wait() -> None:
        with pytest.raises(Stopped), limiter.lease(stop):
            pytest.fail("a stopped call started")
        heard_s.append(time.monotonic())

    threads = [threading.Thread(target=wait) for _ in range(25)]
    for thread in threads:
        thread.start()
    threading.Event().wait(0.3)
    assert not heard_s
    stop.set()
    stopped_s = time.monotonic()
    for thread in threads:
        thread.join()
    assert len(heard_s) == 25
    assert max(heard_s) - stopped_s < 0.5


def test_waiting_costs_hardly_any_processor_time() -> None:
    clock, stop = WatchedClock(), threading.Event()
    limiter = QueueLimiter(WindowSlots(RateLimit(1, 60.0)), clock=clock)
    with limiter.lease(GO):
        pass

    def wait() -> None:
        with pytest.raises(Stopped), limiter.lease(stop):
            pytest.fail("a stopped call started")

    threads = [clock.start(wait) for _ in range(25)]
    before, cpu_s, from_s = clock.wakes, time.process_time(), time.monotonic()
    threading.Event().wait(2.0)
    woken, used_s = clock.wakes - before, time.process_time() - cpu_s
    lasted_s = time.monotonic() - from_s
    stop.set()
    for thread in threads:
        thread.join()
    # Ten looks a second each are for the stop; a loaded machine makes them fewer, never more.
    assert 25 < woken <= 25 * (10 * lasted_s + 2)
    assert used_s < 0.25 * lasted_s
