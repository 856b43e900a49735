"""What refusals teach, and how it is forgotten again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.learned import LearnedLimit

GIVEN = RateLimit(25, 5.0)


def hear(
    learned: LearnedLimit,
    at_s: float,
    *,
    begun_s: float | None = None,
    named: tuple[int, float] | None = None,
    pause_s: float = 0.0,
) -> float:
    """Let a refusal be heard, of a call that began just then if nothing else is said."""
    calls, window_s = named or (None, None)
    begun_s = at_s if begun_s is None else begun_s
    return learned.refused(
        begun_s=begun_s, heard_s=at_s, pause_s=pause_s, max_calls=calls, window_s=window_s
    )


def test_without_a_refusal_the_limit_that_is_set_holds() -> None:
    assert LearnedLimit(GIVEN).at(1000.0) == GIVEN


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ((10, 5.0), RateLimit(10, 5.0)),
        ((20, 10.0), RateLimit(20, 10.0)),
        ((25, 10.0), RateLimit(25, 10.0)),
        ((10, 1.0), RateLimit(10, 5.0)),
        ((1, 60.0), RateLimit(1, 60.0)),
    ],
    ids=["fewer", "fewer in longer", "as many in longer", "fewer in shorter", "one a minute"],
)
def test_the_limit_that_a_refusal_names_holds_where_it_is_lower(
    named: tuple[int, float], expected: RateLimit
) -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0, named=named)
    assert learned.at(1000.0) == expected
    assert learned.at(9999.0) == expected, "it is the account's own and stays"


@pytest.mark.parametrize("named", [None, (25, 5.0), (72, 5.0), (30, 1.0), (1, 86400.0)])
def test_a_refusal_that_explains_nothing_means_others_call_too_and_halves(
    named: tuple[int, float] | None,
) -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0, named=named)
    assert learned.at(1000.0) == RateLimit(12, 5.0)


def test_the_lowest_limit_ever_named_holds() -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0, named=(5, 5.0))
    hear(learned, 2000.0, named=(10, 20.0))
    assert learned.at(9999.0) == RateLimit(5, 20.0)


def test_the_refusals_of_one_burst_halve_once() -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0, begun_s=999.0)
    for later_s in range(20):
        hear(learned, 1000.1 + later_s, begun_s=999.9)
    assert learned.at(1020.0).max_calls == 12


def test_a_refusal_of_a_call_that_began_after_the_last_one_halves_again() -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0)
    hear(learned, 1006.0, begun_s=1005.0)
    assert learned.at(1006.0).max_calls == 6


def test_one_call_in_a_window_is_always_left() -> None:
    learned = LearnedLimit(GIVEN)
    for second in range(0, 100, 5):
        hear(learned, 1000.0 + second)
    assert learned.at(1100.0).max_calls == 1


def test_a_burst_that_names_its_limit_is_not_halved_by_the_rest_of_it() -> None:
    learned = LearnedLimit(GIVEN)
    for later in range(20):
        hear(learned, 1000.0 + later / 10, begun_s=999.0, named=(5, 5.0))
    assert learned.at(1002.0).max_calls == 5


def test_it_recovers_by_a_tenth_in_every_window_after_the_pause() -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0)
    calls = [learned.at(1000.0 + second).max_calls for second in range(0, 40, 5)]
    assert calls == [12, 12, 15, 18, 21, 24, 25, 25]


def test_a_refusal_stops_the_recovery_and_does_not_undo_it() -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0, begun_s=999.0)
    assert learned.at(1010.0).max_calls == 15
    hear(learned, 1010.0, begun_s=999.5)
    calls = [learned.at(1010.0 + second).max_calls for second in (0, 5, 10)]
    assert calls == [15, 15, 18]


def test_it_recovers_to_the_limit_that_was_named_and_not_above() -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0, named=(8, 5.0))
    hear(learned, 1010.0, named=(8, 5.0))
    assert learned.at(1010.0).max_calls == 4
    assert learned.at(9999.0).max_calls == 8


@pytest.mark.parametrize(("pause_s", "rest_s"), [(0.0, 5.0), (2.0, 5.0), (20.0, 20.0)])
def test_all_calls_rest_for_the_window_or_the_longer_pause_asked_for(
    pause_s: float, rest_s: float
) -> None:
    assert hear(LearnedLimit(GIVEN), 1000.0, pause_s=pause_s) == rest_s


def test_all_calls_rest_for_the_longer_window_that_was_named() -> None:
    assert hear(LearnedLimit(GIVEN), 1000.0, named=(25, 10.0)) == 10.0


def test_recovery_begins_after_the_rest() -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0, pause_s=20.0)
    assert learned.at(1024.9).max_calls == 12
    assert learned.at(1025.0).max_calls == 15


def test_another_setting_keeps_what_refusals_taught() -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0, named=(10, 20.0))
    learned.keep_to(RateLimit(72, 5.0))
    assert learned.at(1000.0) == RateLimit(10, 20.0)
    learned.keep_to(RateLimit(3, 60.0))
    assert learned.at(1000.0) == RateLimit(3, 60.0)


def test_another_setting_keeps_a_halving() -> None:
    learned = LearnedLimit(GIVEN)
    hear(learned, 1000.0)
    learned.keep_to(RateLimit(72, 5.0))
    assert learned.at(1000.0).max_calls == 12
    learned.keep_to(RateLimit(3, 5.0))
    assert learned.at(1000.0).max_calls == 3


@dataclass(frozen=True)
class Refusal:
    """One refusal, told in times since what was before it."""

    after_s: float
    on_its_way_s: float
    named: tuple[int, float] | None
    pause_s: float


REFUSALS = st.lists(
    st.builds(
        Refusal,
        after_s=st.floats(0, 60),
        on_its_way_s=st.floats(0, 10),
        named=st.none() | st.tuples(st.integers(1, 100), st.floats(0.001, 100_000)),
        pause_s=st.floats(0, 30),
    ),
    max_size=12,
)
SETTINGS = st.builds(RateLimit, st.integers(1, 100), st.floats(0.1, 60))


def after(refusals: list[Refusal], learned: LearnedLimit) -> float:
    """Let all refusals be heard; return when the last rest is over."""
    now_s = rested_s = 1000.0
    for refusal in refusals:
        now_s += refusal.after_s
        begun_s = now_s - refusal.on_its_way_s
        rest_s = hear(learned, now_s, begun_s=begun_s, named=refusal.named, pause_s=refusal.pause_s)
        rested_s = now_s + rest_s
    return rested_s


@given(limit=SETTINGS, refusals=REFUSALS, looks_s=st.lists(st.floats(-100, 4000)))
def test_the_limit_in_force_is_never_below_one_call_nor_above_the_setting(
    limit: RateLimit, refusals: list[Refusal], looks_s: list[float]
) -> None:
    learned = LearnedLimit(limit)
    rested_s = after(refusals, learned)
    for look_s in sorted(looks_s):
        at = learned.at(rested_s + look_s)
        assert 1 <= at.max_calls <= limit.max_calls
        assert limit.window_s <= at.window_s <= max(limit.window_s, 60.0)


@given(limit=SETTINGS, refusals=REFUSALS, looks_s=st.lists(st.floats(0, 4000), min_size=2))
def test_between_refusals_it_only_rises(
    limit: RateLimit, refusals: list[Refusal], looks_s: list[float]
) -> None:
    learned = LearnedLimit(limit)
    rested_s = after(refusals, learned)
    calls = [learned.at(rested_s + look_s).max_calls for look_s in sorted(looks_s)]
    assert calls == sorted(calls)


@given(limit=SETTINGS, refusals=REFUSALS)
def test_ten_quiet_windows_bring_it_back_to_what_is_set_or_named(
    limit: RateLimit, refusals: list[Refusal]
) -> None:
    learned = LearnedLimit(limit)
    rested_s = after(refusals, learned)
    told = [refusal.named for refusal in refusals if refusal.named]
    named = [calls for calls, window_s in told if window_s <= 60]
    # A hair more than ten: sums of floats may end just below.
    quiet_s = rested_s + 10.001 * learned.at(rested_s).window_s
    assert learned.at(quiet_s).max_calls == min([limit.max_calls, *named])


@given(limit=SETTINGS, refusals=REFUSALS, last=st.floats(0, 30))
def test_a_refusal_without_numbers_halves_whatever_is_in_force(
    limit: RateLimit, refusals: list[Refusal], last: float
) -> None:
    learned = LearnedLimit(limit)
    now_s = after(refusals, learned) + last
    before = learned.at(now_s)
    hear(learned, now_s)
    at = learned.at(now_s)
    assert at.max_calls == max(1, before.max_calls // 2)
    assert at.window_s == before.window_s
