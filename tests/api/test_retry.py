"""What is tried again, and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.errors import (
    BadReply,
    BadRequest,
    KeysRefused,
    LsqError,
    NoAnswer,
    NoLeadId,
    NoSuchCall,
    RateLimited,
    Redirected,
    Rejected,
    ServerFailed,
    UnsafeConnection,
)
from lsq.api.retry import RetryPolicy, is_replayable


@pytest.mark.parametrize("kind", [NoAnswer, ServerFailed, BadReply, RateLimited])
def test_a_replay_can_help_after(kind: type[LsqError]) -> None:
    assert is_replayable(kind("No."))


@pytest.mark.parametrize(
    "kind", [BadRequest, KeysRefused, NoLeadId, NoSuchCall, Redirected, Rejected, UnsafeConnection]
)
def test_a_replay_cannot_help_after(kind: type[LsqError]) -> None:
    assert not is_replayable(kind("No."))


def test_an_error_of_ours_is_not_replayed() -> None:
    assert not is_replayable(KeyError())


@given(st.integers(1, 50))
def test_a_wait_has_full_jitter_up_to_a_doubling_and_a_cap(attempt: int) -> None:
    wait_s = RetryPolicy().wait_s(NoAnswer("No."), attempt=attempt, window_s=5.0)
    assert 0 <= wait_s <= min(8.0, 0.5 * 2 ** (attempt - 1))


@pytest.mark.parametrize(
    ("retry_after_s", "wait_s"), [(None, 5.0), (0.0, 5.0), (2.0, 5.0), (7.0, 7.0), (99999.0, 30.0)]
)
def test_a_refusal_waits_a_window_or_what_the_server_asks_up_to_30_s(
    retry_after_s: float | None, wait_s: float
) -> None:
    error = RateLimited("No.", retry_after_s=retry_after_s)
    assert RetryPolicy().wait_s(error, attempt=1, window_s=5.0) == wait_s


def attempts_until(error: LsqError, *, succeed_at: int) -> tuple[int, list[float]]:
    """Count attempts and waits of a call that meets `error` until attempt `succeed_at`."""
    made, waits_s = 0, list[float]()

    def call() -> None:
        nonlocal made
        made += 1
        if made < succeed_at:
            raise error

    attempts = RetryPolicy().attempts_of(window_s=lambda: 5.0, pause=waits_s.append)
    attempts(call)
    return made, waits_s


def test_a_call_is_repeated_until_it_succeeds() -> None:
    made, waits_s = attempts_until(NoAnswer("No."), succeed_at=3)
    assert (made, len(waits_s)) == (3, 2)


def test_a_refused_call_waits_for_the_window() -> None:
    assert attempts_until(RateLimited("No."), succeed_at=2) == (2, [5.0])


def test_the_fourth_failure_comes_out_as_it_is() -> None:
    error = NoAnswer("No.")
    with pytest.raises(NoAnswer) as caught:
        attempts_until(error, succeed_at=5)
    assert caught.value is error


def test_an_error_that_stays_comes_out_at_once() -> None:
    waits_s = list[float]()

    def call() -> None:
        raise KeysRefused("No.")  # noqa: EM101 - a stand-in

    with pytest.raises(KeysRefused):
        RetryPolicy().attempts_of(window_s=lambda: 5.0, pause=waits_s.append)(call)
    assert waits_s == []
