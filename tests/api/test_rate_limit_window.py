"""The limiter of one process: with a clock that does not wait, and with real threads."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.clock import Clock
from lsq.api.rate_limit import LimiterState, RateLimit, Stopped
from lsq.api.rate_limit_window import WindowLimiter

GO = threading.Event()  # never set: nobody stops these calls


class SteppedClock(Clock):
    """Time that passes when the limiter waits, or when a test says so."""

    def __init__(self) -> None:
        """Begin somewhere."""
        self.time_s = 1000.0

    def now_s(self) -> float:
        """Return the time that has passed."""
        return self.time_s

    def wait(self, condition: threading.Condition, timeout_s: float) -> None:  # noqa: ARG002 - as declared
        """Let the time pass without a notification."""
        self.time_s += timeout_s


@pytest.fixture
def stepped() -> SteppedClock:
    return SteppedClock()


def call(limiter: WindowLimiter, clock: SteppedClock, latency_s: float = 0.0) -> float:
    """Make a call that takes `latency_s`; return when it started."""
    with limiter.lease(GO) as lease:
        started_s = clock.time_s
        clock.time_s += latency_s
        lease.answered()
    return started_s


def test_as_many_calls_as_allowed_start_at_once(stepped: SteppedClock) -> None:
    limiter = WindowLimiter(RateLimit(3, 5.0), clock=stepped)
    assert [call(limiter, stepped) for _ in range(3)] == [1000.0] * 3


def test_a_slot_is_free_one_window_after_the_answer(stepped: SteppedClock) -> None:
    limiter = WindowLimiter(RateLimit(1, 5.0), clock=stepped)
    call(limiter, stepped, latency_s=0.4)
    assert call(limiter, stepped) == pytest.approx(1005.4)


def test_without_an_answer_the_end_of_the_lease_counts(stepped: SteppedClock) -> None:
    limiter = WindowLimiter(RateLimit(1, 5.0), clock=stepped)
    with limiter.lease(GO):
        stepped.time_s += 2.0
    assert call(limiter, stepped) == pytest.approx(1007.0)


def test_what_is_done_after_the_answer_does_not_hold_the_slot_longer(
    stepped: SteppedClock,
) -> None:
    limiter = WindowLimiter(RateLimit(1, 5.0), clock=stepped)
    with limiter.lease(GO) as lease:
        lease.answered()
        stepped.time_s += 1.0
        lease.answered()
    assert call(limiter, stepped) == pytest.approx(1005.0)


@given(
    max_calls=st.integers(1, 5),
    window_s=st.floats(0.1, 10),
    latencies_s=st.lists(st.floats(0, 7), max_size=40),
    ways_s=st.lists(st.floats(0, 1), min_size=40, max_size=40),
)
def test_no_window_of_arrivals_ever_holds_more_calls_than_allowed(
    max_calls: int, window_s: float, latencies_s: list[float], ways_s: list[float]
) -> None:
    stepped = SteppedClock()
    limiter = WindowLimiter(RateLimit(max_calls, window_s), clock=stepped)
    arrivals_s = []
    for latency_s, way in zip(latencies_s, ways_s, strict=False):
        started_s = call(limiter, stepped, latency_s)
        # A call arrives somewhere between its start and its answer.
        arrivals_s.append(started_s + way * latency_s)
    for early_s, late_s in zip(arrivals_s, arrivals_s[max_calls:], strict=False):
        assert late_s - early_s >= window_s - 1e-9


def test_the_first_call_of_all_goes_alone(stepped: SteppedClock) -> None:
    limiter = WindowLimiter(RateLimit(3, 5.0), clock=stepped)
    started = threading.Event()

    def second() -> None:
        with limiter.lease(GO):
            started.set()

    thread = threading.Thread(target=second)
    # Real waiting here: the second call must not start however long it is given.
    limiter._clock = Clock()  # noqa: SLF001 - a clock that lets the other thread run
    with limiter.lease(GO):
        thread.start()
        assert not started.wait(0.15)
    assert started.wait(2)
    thread.join()


def test_calls_after_the_first_go_together(stepped: SteppedClock) -> None:
    limiter = WindowLimiter(RateLimit(3, 5.0), clock=stepped)
    call(limiter, stepped)
    with ExitStack() as stack:
        stack.enter_context(limiter.lease(GO))
        stack.enter_context(limiter.lease(GO))
        assert stepped.time_s == 1000.0


def test_a_stop_that_is_set_lets_no_call_start(stepped: SteppedClock) -> None:
    stop = threading.Event()
    stop.set()
    limiter = WindowLimiter(RateLimit(1, 5.0), clock=stepped)
    with pytest.raises(Stopped), limiter.lease(stop):
        pytest.fail("a stopped call started")
    assert limiter.state().free_calls == 1


def test_a_stop_is_heard_while_waiting() -> None:
    limiter, stop = WindowLimiter(RateLimit(1, 60.0)), threading.Event()
    with limiter.lease(GO):
        pass
    threading.Timer(0.05, stop.set).start()
    asked_s = time.monotonic()
    with pytest.raises(Stopped), limiter.lease(stop):
        pytest.fail("a stopped call started")
    assert time.monotonic() - asked_s < 0.4


def test_a_stopped_wait_does_not_hold_up_the_next(stepped: SteppedClock) -> None:
    stop = threading.Event()
    stop.set()
    limiter = WindowLimiter(RateLimit(1, 5.0), clock=stepped)
    call(limiter, stepped)
    with pytest.raises(Stopped), limiter.lease(stop):
        pytest.fail("a stopped call started")
    assert call(limiter, stepped) == pytest.approx(1005.0)


def test_threads_are_served_in_the_order_they_came() -> None:
    limiter, order = WindowLimiter(RateLimit(1, 0.02)), list[int]()
    with limiter.lease(GO):
        threads = []
        for number in range(5):
            threads.append(threading.Thread(target=_note, args=(limiter, order, number)))
            threads[-1].start()
            while len(limiter._queue) <= number:  # noqa: SLF001 - until it stands in the queue
                threading.Event().wait(0.001)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def _note(limiter: WindowLimiter, order: list[int], number: int) -> None:
    with limiter.lease(GO):
        order.append(number)


def test_threads_together_keep_to_the_limit() -> None:
    limiter, starts_s = WindowLimiter(RateLimit(5, 0.1)), list[float]()

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


def test_a_refusal_pauses_everybody_for_the_window(stepped: SteppedClock) -> None:
    limiter = WindowLimiter(RateLimit(25, 5.0), clock=stepped)
    limiter.refused(max_calls=None, window_s=None)
    assert limiter.state() == LimiterState(0, 5.0, 25, 5.0)
    assert call(limiter, stepped) == pytest.approx(1005.0)


@pytest.mark.parametrize(
    ("max_calls", "window_s", "expected"),
    [
        (10, 5.0, RateLimit(10, 5.0)),
        (72, 5.0, RateLimit(25, 5.0)),
        (20, 10.0, RateLimit(20, 10.0)),
        (10, 1.0, RateLimit(10, 5.0)),
        (1, 86400.0, RateLimit(1, 60.0)),
        (None, None, RateLimit(25, 5.0)),
    ],
)
def test_a_refusal_only_lowers_the_limit(
    stepped: SteppedClock, max_calls: int | None, window_s: float | None, expected: RateLimit
) -> None:
    limiter = WindowLimiter(RateLimit(25, 5.0), clock=stepped)
    limiter.refused(max_calls=max_calls, window_s=window_s)
    state = limiter.state()
    assert RateLimit(state.max_calls, state.window_s) == expected


def test_a_lowered_limit_counts_the_calls_that_were_made_before(stepped: SteppedClock) -> None:
    limiter = WindowLimiter(RateLimit(3, 5.0), clock=stepped)
    for _ in range(3):
        call(limiter, stepped, latency_s=1.0)
    limiter.refused(max_calls=1, window_s=5.0)
    # The last of the three was answered at 1003; the one slot left is free 5 s later.
    assert call(limiter, stepped) == pytest.approx(1008.0)


def test_the_state_tells_free_calls_and_the_wait(stepped: SteppedClock) -> None:
    limiter = WindowLimiter(RateLimit(2, 5.0), clock=stepped)
    assert limiter.state() == LimiterState(2, 0.0, 2, 5.0)
    call(limiter, stepped)
    assert limiter.state().free_calls == 1
    call(limiter, stepped)
    stepped.time_s += 2.0
    assert limiter.state() == LimiterState(0, 3.0, 2, 5.0)


def test_with_all_calls_in_flight_the_wait_is_a_window_at_the_least(
    stepped: SteppedClock,
) -> None:
    limiter = WindowLimiter(RateLimit(1, 5.0), clock=stepped)
    with limiter.lease(GO):
        assert limiter.state() == LimiterState(0, 5.0, 1, 5.0)
