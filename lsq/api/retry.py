"""What is tried again, and when.

The call only reads, so every replay is safe; the question is whether it can help. Waits have full
jitter, so that workers which failed together do not come back together. Retries are made here and
nowhere else, and each attempt goes through the rate limiter.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tenacity

from lsq.api.errors import BadReply, NoAnswer, NoLeadId, RateLimited, ServerFailed

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RetryPolicy", "is_replayable"]


def is_replayable(error: BaseException) -> bool:
    """Tell whether the same question can get a better answer."""
    helps = (NoAnswer, ServerFailed, BadReply, RateLimited)
    return isinstance(error, helps) and not isinstance(error, NoLeadId)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often and after which waits a call is repeated.

    Attributes:
        attempts: Attempts in all, the first included.
        base_s: The first wait is a random part of this many seconds; it doubles every time.
        cap_s: The longest of these waits, in seconds.
        retry_after_cap_s: How much of a server's `Retry-After` is believed, in seconds.
    """

    attempts: int = 4
    base_s: float = 0.5
    cap_s: float = 8.0
    retry_after_cap_s: float = 30.0

    def wait_s(self, error: BaseException | None, *, attempt: int, window_s: float) -> float:
        """Return the seconds to wait before the next attempt.

        Args:
            error: How attempt number `attempt` ended.
            attempt: 1 for the first.
            window_s: The rate limit's window: what a refusal costs at the least.
        """
        if isinstance(error, RateLimited):
            return max(window_s, min(error.retry_after_s or 0.0, self.retry_after_cap_s))
        longest_s = min(self.cap_s, self.base_s * 2 ** (attempt - 1))
        return random.uniform(0, longest_s)  # noqa: S311 - jitter, not a secret

    def attempts_of(
        self, *, window_s: Callable[[], float], pause: Callable[[float], None]
    ) -> tenacity.Retrying:
        """Return the attempts of one call, to loop over; the last error comes out as it is.

        Args:
            window_s: Gives the rate limit's window in force, in seconds.
            pause: Waits for so many seconds, or until the run is stopped.
        """

        def wait_s(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            return self.wait_s(error, attempt=state.attempt_number, window_s=window_s())

        return tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self.attempts),
            retry=tenacity.retry_if_exception(is_replayable),
            wait=wait_s,
            sleep=pause,
            reraise=True,
        )
