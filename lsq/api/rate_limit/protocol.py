"""What a limiter is and what it promises: no call of ours is refused while nobody else calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from lsq.api.errors import SettingsError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from threading import Event

__all__ = [
    "RATES",
    "Lease",
    "LimiterState",
    "RateLimit",
    "RateLimiter",
    "Slots",
    "Stopped",
]

RATES = "calls/seconds, each above 0 and at most 9999, such as 25/5"
"""What `RateLimit.parse` reads, in words."""

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
    return SettingsError(f"“{text}” is not a rate limit.", f"Write {RATES} (LSQ_RATE).")


@dataclass(frozen=True, slots=True)
class LimiterState:
    """A look at a limiter.

    Attributes:
        free_calls: Calls that could start now.
        waiting_s: Seconds until the next call may start; 0 while calls are free.
        max_calls: Calls per window in force, learned from refusals.
        window_s: That window, in seconds.
        alone: Whether the limit should be shared with other processes and cannot be at the moment,
            so that this one keeps to its part of it.
    """

    free_calls: int
    waiting_s: float
    max_calls: int
    window_s: float
    alone: bool = False


class Lease(Protocol):
    """The right to make one call, and what is to be said of its answer."""

    def answered(self) -> None:
        """Say that the answer has begun; without it, the end of the lease counts."""
        ...

    def refused(
        self, *, max_calls: int | None, window_s: float | None, pause_s: float = 0.0
    ) -> None:
        """Pause everybody and learn from the refusal.

        Args:
            max_calls: Calls in a window that the refusal names, or None.
            window_s: The window that it names, in seconds, or None.
            pause_s: What it asks to wait, in seconds; the pause is the window at the least.
        """
        ...


class Slots(Protocol):
    """Where the calls of one account are counted; safe to use from several threads."""

    def take(self) -> Lease | float:
        """Return a slot, or the seconds after which to ask again."""
        ...

    def keep_to(self, limit: RateLimit) -> None:
        """Change the limit that is set; what refusals taught stays."""
        ...

    def state(self) -> LimiterState:
        """Return what progress shows; it asks nobody."""
        ...


class RateLimiter(Protocol):
    """What every attempt goes through, retries too."""

    def lease(self, stop: Event, *, again: bool = False) -> AbstractContextManager[Lease]:
        """Wait for a turn and hold it for the length of one attempt.

        Args:
            stop: Ends the waiting.
            again: Whether the call was refused and keeps its place at the head of the queue.

        Raises:
            Stopped: If `stop` is set before the turn comes.
        """
        ...

    def state(self) -> LimiterState:
        """Return what progress shows."""
        ...
