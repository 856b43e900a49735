"""How far Redis's count of an account's calls can be trusted, and what to keep to while it cannot.

While Redis is gone nobody knows what the others do: everybody keeps to an even part of the limit.
In the window after it went that would be too much: calls that others made through Redis still
count, and nobody remembers them. Till it is over a process reuses the slots that it holds itself,
and no more: all slots together were never more than the limit. The same holds after Redis lost what
it knew, until everybody has written down again what it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.api.rate_limit.board import KEPT_S

if TYPE_CHECKING:
    from lsq.api.rate_limit import RateLimit
    from lsq.api.rate_limit.board import Visit

__all__ = ["PROBE_S", "Trust"]

PROBE_S = 1.0
"""How often a Redis that fails is tried again."""

_SETTLE_S = 1.5  # beyond a window: for calls still on their way, and for others' next try of Redis
_GONE = 2  # failures in a row; after one alone nothing is started, and it gets a second chance
_NEVER_S = float("-inf")


class Trust:
    """One process's trust in Redis's count; not safe to share between threads by itself."""

    def __init__(self) -> None:
        """Trust it, and know of no other process."""
        self._failures = 0
        self._try_s = _NEVER_S
        self._came_s = _NEVER_S
        self._board = ""
        self._processes = 2
        self._careful_until_s = _NEVER_S
        self._own_until_s = _NEVER_S
        self._own_calls = 0

    @property
    def is_failing(self) -> bool:
        """Whether Redis did not answer the last time."""
        return self._failures > 0

    @property
    def is_gone(self) -> bool:
        """Whether calls are made without Redis."""
        return self._failures >= _GONE

    def may_try(self, now_s: float) -> bool:
        """Whether Redis is to be asked now; one that fails is left alone for a while."""
        return now_s >= self._try_s

    def known(self, now_s: float) -> str:
        """Return the name of the board that should be there, or "" when it may be another."""
        return self._board if now_s - self._came_s < KEPT_S else ""

    def is_careful(self, now_s: float) -> bool:
        """Whether this process keeps to its part of the limit."""
        return now_s < self._careful_until_s

    def part(self, limit: RateLimit, now_s: float) -> int:
        """Return the calls in a window that are this process's to make, at least 1."""
        calls = limit.max_calls
        return max(1, calls // self._processes) if self.is_careful(now_s) else calls

    def calls(self, limit: RateLimit, now_s: float) -> int:
        """Return the calls in a window that it may make now; none where it held no slot."""
        part = self.part(limit, now_s)
        return min(part, self._own_calls) if now_s < self._own_until_s else part

    def failed(self, now_s: float, *, held: int, window_s: float) -> bool:
        """Note that Redis did not answer; return whether it is given up by that."""
        self._failures += 1
        self._try_s = now_s + PROBE_S
        if self._failures != _GONE:
            return False
        self._reuse_only(held, until_s=now_s + window_s + _SETTLE_S)
        self._careful_until_s = float("inf")
        return True

    def came(self, visit: Visit, now_s: float, *, held: int, window_s: float) -> bool:
        """Note what Redis answered; return whether it is back by that."""
        was_gone, known = self.is_gone, self.known(now_s)
        settled_s = now_s + window_s + _SETTLE_S
        if was_gone:
            self._careful_until_s = max(self._own_until_s, settled_s)
        elif known not in {"", visit.board}:
            self._reuse_only(held, until_s=settled_s)
            self._careful_until_s = settled_s
        # A board that was lost knows too few; nobody ever counts on being the only one.
        least = self._processes if self.is_careful(now_s) else 2
        self._processes = max(least, visit.processes)
        self._board, self._came_s = visit.board, now_s
        self._failures, self._try_s = 0, _NEVER_S
        return was_gone

    def _reuse_only(self, held: int, *, until_s: float) -> None:
        self._own_calls, self._own_until_s = held, until_s
