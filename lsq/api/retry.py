"""What is tried again, how often, and after which wait.

The call only reads, so every replay is safe; the question is whether it can help. Waits have full
jitter, so that workers which failed together do not come back together (Brooker, "Exponential
Backoff And Jitter", AWS Architecture Blog). Retries are made here and nowhere else, and each
attempt goes through the rate limiter.
"""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsq.api.errors import (
    BadReply,
    NoAnswer,
    NoLeadId,
    NotLeadSquared,
    RateLimited,
    ServerFailed,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RetryBudget", "RetryPolicy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often and after which waits a call is repeated.

    Attributes:
        attempts: Attempts of one call in all, the first included.
        base_s: The first wait is a random part of this many seconds; it doubles every time.
        cap_s: The longest of these waits, in seconds.
        retry_after_cap_s: The longest `Retry-After` that is waited for, in seconds; a server that
            asks for more is not asked again in this run.
        budget: What the retries of a whole run may cost before successes repay it.
        retry_costs: What one retry takes from that budget; a success gives 1 back.
    """

    attempts: int = 4
    base_s: float = 0.5
    cap_s: float = 8.0
    retry_after_cap_s: float = 30.0
    budget: int = 100
    retry_costs: int = 5

    def allows(self, error: Exception, *, attempt: int) -> bool:
        """Tell whether another attempt can help and is not one too many.

        Args:
            error: How attempt number `attempt` ended.
            attempt: 1 for the first.
        """
        if isinstance(error, RateLimited) and (error.retry_after_s or 0) > self.retry_after_cap_s:
            return False
        most = next((number for kind, number in _MOST.items() if isinstance(error, kind)), 1)
        return attempt < min(most, self.attempts)

    def wait_s(self, error: Exception, *, attempt: int) -> float:
        """Return the seconds to wait before the next attempt.

        After a refusal by the rate limit that is 0: the limiter makes everybody wait.
        """
        if isinstance(error, RateLimited):
            return 0.0
        longest_s = min(self.cap_s, self.base_s * 2 ** (attempt - 1))
        return random.uniform(0, longest_s)  # noqa: S311 - jitter, not a secret


_EVERY = 1_000_000
_MOST: Mapping[type[Exception], int] = {
    NoLeadId: 1,
    NotLeadSquared: 2,  # whatever stands in between is not gone in a second
    Unreachable: 3,
    NoAnswer: _EVERY,
    ServerFailed: _EVERY,
    BadReply: _EVERY,
    RateLimited: _EVERY,
}
"""Attempts that can help, by the first class that fits; what is not here is not repeated."""


class RetryBudget:
    """What the retries of one run may cost; its threads share it.

    While a server is down every call would be repeated to the end, by every worker: that helps
    nobody, least the server. Such a run soon asks everything once (the retry quota of AWS's SDKs).
    """

    def __init__(self, policy: RetryPolicy) -> None:
        """Start with the whole budget."""
        self._policy = policy
        self._left = policy.budget
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Pay for one retry, or say that it cannot be paid for."""
        with self._lock:
            if self._left < self._policy.retry_costs:
                return False
            self._left -= self._policy.retry_costs
            return True

    def repay(self, *, retried: bool) -> None:
        """Give back for a success: what its retry cost, or 1."""
        with self._lock:
            back = self._policy.retry_costs if retried else 1
            self._left = min(self._policy.budget, self._left + back)
