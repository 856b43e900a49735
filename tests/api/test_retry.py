"""What is tried again, how often, and after which wait."""

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
    NotLeadSquared,
    RateLimited,
    Redirected,
    Rejected,
    ServerFailed,
    Unreachable,
    UnsafeConnection,
)
from lsq.api.retry import RetryBudget, RetryPolicy


def attempts_that_help(error: Exception, policy: RetryPolicy | None = None) -> int:
    policy = policy or RetryPolicy()
    return next(n for n in range(1, 99) if not policy.allows(error, attempt=n))


@pytest.mark.parametrize(
    ("kind", "attempts"),
    [
        (NoAnswer, 4),
        (ServerFailed, 4),
        (BadReply, 4),
        (RateLimited, 4),
        (Unreachable, 3),
        (NotLeadSquared, 2),
        (BadRequest, 1),
        (KeysRefused, 1),
        (NoLeadId, 1),
        (NoSuchCall, 1),
        (Redirected, 1),
        (Rejected, 1),
        (UnsafeConnection, 1),
    ],
)
def test_a_call_has_as_many_attempts_as_can_help(kind: type[LsqError], attempts: int) -> None:
    assert attempts_that_help(kind("No.")) == attempts


def test_an_error_of_ours_is_not_repeated() -> None:
    assert attempts_that_help(KeyError()) == 1


@pytest.mark.parametrize("kind", [NoAnswer, Unreachable, NotLeadSquared, RateLimited])
def test_the_policys_own_number_is_the_most(kind: type[LsqError]) -> None:
    assert attempts_that_help(kind("No."), RetryPolicy(attempts=1)) == 1


@pytest.mark.parametrize(("retry_after_s", "attempts"), [(0, 4), (30.0, 4), (30.5, 1), (99999, 1)])
def test_a_server_that_asks_for_more_than_30_s_is_not_asked_again(
    retry_after_s: float, attempts: int
) -> None:
    assert attempts_that_help(RateLimited("No.", retry_after_s=retry_after_s)) == attempts


@given(st.integers(1, 50))
def test_a_wait_has_full_jitter_up_to_a_doubling_and_a_cap(attempt: int) -> None:
    wait_s = RetryPolicy().wait_s(NoAnswer("No."), attempt=attempt)
    assert 0 <= wait_s <= min(8.0, 0.5 * 2 ** (attempt - 1))


def test_waits_differ_so_that_workers_do_not_come_back_together() -> None:
    assert len({RetryPolicy().wait_s(NoAnswer("No."), attempt=3) for _ in range(20)}) > 10


def test_after_a_refusal_the_limiter_makes_wait_and_nobody_else() -> None:
    assert RetryPolicy().wait_s(RateLimited("No.", retry_after_s=9.0), attempt=1) == 0


def test_a_run_can_pay_for_twenty_retries_without_a_success() -> None:
    budget = RetryBudget(RetryPolicy())
    assert [budget.take() for _ in range(21)] == [True] * 20 + [False]


def test_five_successes_pay_for_one_more() -> None:
    budget = RetryBudget(RetryPolicy(budget=5))
    assert budget.take()
    for _ in range(4):
        budget.repay(retried=False)
    assert not budget.take()
    budget.repay(retried=False)
    assert budget.take()


def test_a_retry_that_helped_is_repaid_whole() -> None:
    budget = RetryBudget(RetryPolicy(budget=5))
    assert budget.take()
    budget.repay(retried=True)
    assert budget.take()


def test_nobody_saves_up_more_than_the_budget() -> None:
    budget = RetryBudget(RetryPolicy(budget=10))
    for _ in range(100):
        budget.repay(retried=True)
    assert [budget.take() for _ in range(3)] == [True, True, False]
