"""The slots of one account, counted in this process.

LeadSquared counts calls when they arrive, and nobody here knows when that is. What is known is when
the *answer* came, which is later: so a slot is free again one window after the answer to its call
came back. Counting from the start of a call would free slots before the server does.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from lsq.api.clock import Clock
from lsq.api.rate_limit import LimiterState
from lsq.api.rate_limit.learned import LearnedLimit
from lsq.api.rate_limit.queue import QueueLimiter

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.api.rate_limit import Lease, RateLimit

__all__ = ["WindowSlots", "limiter_for"]


class WindowSlots:
    """Slots counted with the process's monotonic clock; see `Slots`."""

    def __init__(self, limit: RateLimit, *, clock: Clock | None = None) -> None:
        """Start with all calls of `limit` free."""
        self._learned = LearnedLimit(limit)
        self._clock = clock or Clock()
        self._lock = threading.Lock()
        self._in_flight = 0
        self._answers_s: deque[float] = deque()  # when the calls of the last window were answered
        self._paused_until_s = 0.0

    def take(self) -> Lease | float:
        """Return a slot, or the seconds after which to ask again."""
        with self._lock:
            now_s = self._clock.now_s()
            wait_s = self._wait_s(now_s)
            if wait_s > 0:
                return wait_s
            self._in_flight += 1
            return _Slot(self, begun_s=now_s)

    def keep_to(self, limit: RateLimit) -> None:
        """Change the limit that is set; what refusals taught stays."""
        with self._lock:
            self._learned.keep_to(limit)

    def state(self) -> LimiterState:
        """Return what progress shows."""
        with self._lock:
            now_s = self._clock.now_s()
            limit, waiting_s = self._learned.at(now_s), self._wait_s(now_s)
            free = limit.max_calls - self._in_flight - len(self._answers_s)
            return LimiterState(
                free_calls=0 if waiting_s else free,
                waiting_s=waiting_s,
                max_calls=limit.max_calls,
                window_s=limit.window_s,
            )

    def _wait_s(self, now_s: float) -> float:
        """Return the seconds until a slot is free; the answer of a call in flight may be awaited.

        With every slot in flight that is a whole window from now, at the least.
        """
        limit = self._learned.at(now_s)
        while self._answers_s and self._answers_s[0] + limit.window_s <= now_s:
            self._answers_s.popleft()
        over = self._in_flight + len(self._answers_s) - limit.max_calls
        free_s = now_s if over < 0 else now_s + limit.window_s
        if 0 <= over < len(self._answers_s):
            free_s = self._answers_s[over] + limit.window_s
        return max(0.0, free_s - now_s, self._paused_until_s - now_s)

    def _answered(self) -> None:
        with self._lock:
            self._in_flight -= 1
            self._answers_s.append(self._clock.now_s())

    def _refused(
        self, *, begun_s: float, max_calls: int | None, window_s: float | None, pause_s: float
    ) -> None:
        with self._lock:
            now_s = self._clock.now_s()
            rest_s = self._learned.refused(
                begun_s=begun_s,
                heard_s=now_s,
                pause_s=pause_s,
                max_calls=max_calls,
                window_s=window_s,
            )
            self._paused_until_s = max(self._paused_until_s, now_s + rest_s)


class _Slot:
    """One call's slot; see `Lease`."""

    def __init__(self, slots: WindowSlots, *, begun_s: float) -> None:
        self._slots = slots
        self._begun_s = begun_s
        self._running = True

    def answered(self) -> None:
        if self._running:
            self._running = False
            self._slots._answered()  # noqa: SLF001 - two halves of one thing

    def refused(
        self, *, max_calls: int | None, window_s: float | None, pause_s: float = 0.0
    ) -> None:
        self._slots._refused(  # noqa: SLF001 - two halves of one thing
            begun_s=self._begun_s, max_calls=max_calls, window_s=window_s, pause_s=pause_s
        )


_MOST_ACCOUNTS = 1000  # keys that were tried and are wrong have a limiter too
_limiters: dict[str, QueueLimiter] = {}  # the one used last at the end
_limiters_lock = threading.Lock()


def limiter_for(account: Account, limit: RateLimit) -> QueueLimiter:
    """Return the one limiter of an account in this process, made at the first call.

    It outlives its clients: the calls of a client that was just closed still count, and so does
    what refusals taught.

    Args:
        account: Told apart by its fingerprint.
        limit: The limit from now on, for the account's other clients too.
    """
    with _limiters_lock:
        known = _limiters.pop(account.fingerprint, None)
        limiter = _limiters[account.fingerprint] = known or QueueLimiter(WindowSlots(limit))
        limiter.keep_to(limit)
        while len(_limiters) > _MOST_ACCOUNTS:
            del _limiters[next(iter(_limiters))]
        return limiter
