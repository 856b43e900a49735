"""The moving window, on a clock of the test's own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lsq.sandbox.limit import MovingWindow


def admitted(arrivals_s: list[float], *, refused_calls_count: bool = False) -> list[bool]:
    """Send calls at these moments into a window of 3 calls in 5 seconds."""
    window = MovingWindow()
    return [
        window.admits(at_s, max_calls=3, window_s=5, refused_calls_count=refused_calls_count)
        for at_s in arrivals_s
    ]


def test_a_call_over_the_limit_is_refused() -> None:
    assert admitted([0, 1, 2, 3]) == [True, True, True, False]


def test_a_slot_is_free_one_window_after_its_call_arrived() -> None:
    assert admitted([0, 1, 2, 4.999, 5, 5.5, 6]) == [True, True, True, False, True, False, True]


def test_refused_calls_fill_the_window_when_they_count() -> None:
    arrivals_s: list[float] = [0, 1, 2, 4, 5.5, 6.5]
    assert admitted(arrivals_s) == [True, True, True, False, True, True]
    assert admitted(arrivals_s, refused_calls_count=True) == [True, True, True, False, False, False]


@given(st.lists(st.floats(min_value=0, max_value=60), max_size=60).map(sorted))
def test_no_window_ever_holds_more_calls_than_the_limit(arrivals_s: list[float]) -> None:
    through = [at for at, ok in zip(arrivals_s, admitted(arrivals_s), strict=True) if ok]
    for start_s in through:
        assert sum(start_s <= at_s < start_s + 4.999 for at_s in through) <= 3
