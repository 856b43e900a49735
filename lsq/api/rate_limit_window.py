"""The limiter of one process.

LeadSquared counts calls when they arrive, and nobody here knows when that is. What is known is when
the *answer* came, which is later: so a slot is free again one window after the answer to its call
came back. Counting from the start of a call would free slots before the server does.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lsq.api.clock import Clock
from lsq.api.rate_limit import LimiterState, RateLimit, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    from lsq.api.account import Account
    from lsq.api.rate_limit import Lease

__all__ = ["WindowLimiter", "limiter_for"]

_POLL_S = 0.1  # how soon a stop is heard by a waiting call
_LONGEST_WINDOW_S = 60.0  # a window named by a refusal is believed up to here


class WindowLimiter:
    """The limiter of one account in one process; threads are served first come, first served.

    The first call of all goes alone: with wrong keys or a wrong host nothing else is sent.
    """

    def __init__(self, limit: RateLimit, *, clock: Clock | None = None) -> None:
        """Start with all calls of `limit` free."""
        self._given = limit
        self._limit = limit  # in force: what refusals have left of it
        self._clock = clock or Clock()
        self._changed = threading.Condition()
        self._queue: deque[object] = deque()
        self._answers_s: deque[float] = deque()  # when the calls of the last window were answered
        self._in_flight = 0
        self._opened = False
        self._paused_until_s = 0.0

    @contextmanager
    def lease(self, stop: Event) -> Iterator[Lease]:
        """Wait for a turn and hold it for the length of one call; see `RateLimiter`."""
        self._take_turn(stop)
        turn = _Turn(self)
        try:
            yield turn
        finally:
            turn.answered()
            with self._changed:
                self._opened = True
                self._changed.notify_all()

    def refused(self, *, max_calls: int | None, window_s: float | None) -> None:
        """Pause everybody for the window and lower the limit to what the refusal names."""
        with self._changed:
            self._limit = RateLimit(
                min(self._limit.max_calls, max_calls or self._limit.max_calls),
                max(self._limit.window_s, min(window_s or 0.0, _LONGEST_WINDOW_S)),
            )
            until_s = self._clock.now_s() + self._limit.window_s
            self._paused_until_s = max(self._paused_until_s, until_s)

    def keep_to(self, limit: RateLimit) -> None:
        """Change the limit; giving the same one again leaves standing what refusals taught."""
        with self._changed:
            if limit != self._given:
                self._given = self._limit = limit
                self._changed.notify_all()

    def state(self) -> LimiterState:
        """Return what progress shows."""
        with self._changed:
            self._forget()
            free = self._limit.max_calls - self._in_flight - len(self._answers_s)
            waiting_s = self._wait_s()
            return LimiterState(
                free_calls=0 if waiting_s else max(0, free),
                waiting_s=waiting_s,
                max_calls=self._limit.max_calls,
                window_s=self._limit.window_s,
            )

    def _take_turn(self, stop: Event) -> None:
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
            try:
                while not self._is_turn_of(ticket):
                    if stop.is_set():
                        raise Stopped
                    self._clock.wait(self._changed, min(self._wait_s() or _POLL_S, _POLL_S))
                if stop.is_set():
                    raise Stopped
                self._in_flight += 1
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _is_turn_of(self, ticket: object) -> bool:
        self._forget()
        alone = self._opened or not self._in_flight
        return self._queue[0] is ticket and alone and not self._wait_s()

    def _wait_s(self) -> float:
        """Return the seconds until a slot is free; the answer of a call in flight may be awaited.

        With every slot in flight that is a whole window from now, at the least.
        """
        now_s = self._clock.now_s()
        over = self._in_flight + len(self._answers_s) - self._limit.max_calls
        slot_s = now_s if over < 0 else now_s + self._limit.window_s
        if 0 <= over < len(self._answers_s):
            slot_s = self._answers_s[over] + self._limit.window_s
        return max(0.0, slot_s - now_s, self._paused_until_s - now_s)

    def _forget(self) -> None:
        """Drop the answers that are older than the window."""
        now_s = self._clock.now_s()
        while self._answers_s and self._answers_s[0] + self._limit.window_s <= now_s:
            self._answers_s.popleft()

    def _answered(self) -> None:
        with self._changed:
            self._in_flight -= 1
            self._answers_s.append(self._clock.now_s())


class _Turn:
    def __init__(self, limiter: WindowLimiter) -> None:
        self._limiter = limiter
        self._running = True

    def answered(self) -> None:
        if self._running:
            self._running = False
            self._limiter._answered()  # noqa: SLF001 - two halves of one thing


_limiters: dict[str, WindowLimiter] = {}
_limiters_lock = threading.Lock()


def limiter_for(account: Account, limit: RateLimit) -> WindowLimiter:
    """Return the one limiter of an account in this process, made at the first call.

    It outlives its clients: the calls of a client that was just closed still count, and so does
    what refusals taught.

    Args:
        account: Told apart by its fingerprint.
        limit: The limit from now on, for the account's other clients too.
    """
    with _limiters_lock:
        limiter = _limiters.setdefault(account.fingerprint, WindowLimiter(limit))
        limiter.keep_to(limit)
        return limiter
