"""The account's rate limit as a promise: while we are its only caller, no call is ever refused.

LeadSquared counts calls when they arrive, and nobody here knows when that is. What is known is when
the *answer* came, which is later: so a slot is free again one window after the answer to its call
came back. Counting from the start of a call would free slots before the server does.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from lsq.api.clock import Clock
from lsq.api.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from threading import Event

    from lsq.api.account import Account

__all__ = [
    "Lease",
    "LimiterState",
    "RateLimit",
    "RateLimiter",
    "Stopped",
    "WindowLimiter",
    "limiter_for",
]

_POLL_S = 0.1  # how soon a stop is heard by a waiting call
_LONGEST_WINDOW_S = 60.0  # a window named by a refusal is believed up to here
_WRITTEN = re.compile(r"([0-9]{1,4})\s*/\s*([0-9]{1,4}(?:\.[0-9]{1,3})?)")


class Stopped(Exception):  # noqa: N818 - not an error: somebody asked for it
    """The stop was set while a call waited for its turn; nothing was sent."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """So many calls in so many seconds.

    LeadSquared: "API calls exceeded the limit of 25 in 5 second(s)". Plans differ (10 to 72 calls
    have been seen), and the account's other integrations share the same limit.

    Attributes:
        max_calls: Calls allowed in one window, at least 1.
        window_s: The window's length in seconds, above 0.

    Raises:
        SettingsError: For a limit that lets no call through.
    """

    max_calls: int = 25
    window_s: float = 5.0

    def __post_init__(self) -> None:
        """Refuse a limit under which nothing could ever be sent."""
        if self.max_calls < 1 or not 0 < self.window_s < float("inf"):
            raise _no_rate(str(self))

    def __str__(self) -> str:
        """Write the limit as `parse` reads it, e.g. `25/5`."""
        return f"{self.max_calls}/{self.window_s:g}"

    @classmethod
    def parse(cls, text: str) -> RateLimit:
        """Read `25/5` as 25 calls in 5 seconds.

        Raises:
            SettingsError: For anything else.
        """
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise _no_rate(text)
        return cls(int(match[1]), float(match[2]))


def _no_rate(text: str) -> SettingsError:
    advice = "Write calls/seconds, both above 0, such as 25/5 for 25 calls in 5 seconds (LSQ_RATE)."
    return SettingsError(f"“{text}” is not a rate limit.", advice)


@dataclass(frozen=True, slots=True)
class LimiterState:
    """A look at a limiter.

    Attributes:
        free_calls: Calls that could start now.
        waiting_s: Seconds until the next call may start; 0 while calls are free.
        max_calls: Calls per window in force.
        window_s: That window, in seconds.
    """

    free_calls: int
    waiting_s: float
    max_calls: int
    window_s: float


class Lease(Protocol):
    """The right to make one call."""

    def answered(self) -> None:
        """Say that the answer is here; without it, the end of the lease counts."""
        ...


class RateLimiter(Protocol):
    """What every attempt goes through, retries too."""

    def lease(self, stop: Event) -> AbstractContextManager[Lease]:
        """Wait for a turn and hold it for the length of one call.

        Raises:
            Stopped: If `stop` is set before the turn comes.
        """
        ...

    def refused(self, *, max_calls: int | None, window_s: float | None) -> None:
        """Pause everybody for the window and learn the limit that a refusal names."""
        ...

    def state(self) -> LimiterState:
        """Return what progress shows."""
        ...


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
