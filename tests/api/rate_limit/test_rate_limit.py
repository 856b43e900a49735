"""The rate limit as a value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.errors import SettingsError
from lsq.api.rate_limit import RateLimit


def test_the_default_is_the_documented_limit() -> None:
    assert RateLimit() == RateLimit(max_calls=25, window_s=5.0)


@pytest.mark.parametrize("text", ["25/5", " 25 / 5 ", "25/5.0"])
def test_a_limit_is_read_as_calls_and_seconds(text: str) -> None:
    assert RateLimit.parse(text) == RateLimit(25, 5.0)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_written_limit_reads_as_itself(max_calls: int, window_s: int) -> None:
    limit = RateLimit(max_calls, float(window_s))
    assert RateLimit.parse(str(limit)) == limit


@pytest.mark.parametrize(
    "text", ["", "25", "25/", "/5", "25/0", "0/5", "-1/5", "a/b", "25/5/1", "25/1e9", "\u0662/5"]
)
def test_a_limit_without_sense_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(SettingsError, match=r"such as 25/5 .*\(LSQ_RATE\)"):
        RateLimit.parse(text)


@pytest.mark.parametrize(
    ("max_calls", "window_s"),
    [(0, 5.0), (-1, 5.0), (25, 0.0), (25, -1.0), (25, float("inf")), (25, float("nan"))],
)
def test_a_limit_that_lets_no_call_through_cannot_be_made(max_calls: int, window_s: float) -> None:
    with pytest.raises(SettingsError):
        RateLimit(max_calls, window_s)
