"""Fetches that leave room: together they take a part of what the account's limiter gives.

The rest is for the account's other fetches here and, above all, for its other integrations.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from lsq.api.rate_limit import LimiterState, RateLimit
from lsq.api.rate_limit.queue import QueueLimiter
from lsq.api.rate_limit.window import WindowSlots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    from lsq.api.clock import Clock
    from lsq.api.rate_limit import Lease, RateLimiter

__all__ = ["PartLimiter", "part_of"]


class PartLimiter:
    """Keeps everybody who uses it to one share of an account's limiter; see `RateLimiter`."""

    def __init__(self, whole: RateLimiter, *, share: float, clock: Clock | None = None) -> None:
        """Count the calls that go through here from now on.

        Args:
            whole: The account's limiter.
            share: The part of its calls that may be taken in a window, above 0 and up to 1; one
                call at the least.
            clock: The clock of `whole`.
        """
        self._whole = whole
        self._share = share
        self._slots = WindowSlots(self._part(), clock=clock)
        self._own = QueueLimiter(self._slots, clock=clock)

    @contextmanager
    def lease(self, stop: Event, *, again: bool = False) -> Iterator[Lease]:
        """Wait for a turn within the share, then for the account's; see `RateLimiter`."""
        self._slots.keep_to(self._part())
        mine, theirs = self._own.lease(stop, again=again), self._whole.lease(stop, again=again)
        with mine as own, theirs as whole:
            yield _Both(own, whole)

    def state(self) -> LimiterState:
        """Return what progress shows: the narrower of the two, figure by figure."""
        own, whole = self._slots.state(), self._whole.state()
        return LimiterState(
            free_calls=min(own.free_calls, whole.free_calls),
            waiting_s=max(own.waiting_s, whole.waiting_s),
            max_calls=min(own.max_calls, whole.max_calls),
            window_s=whole.window_s,
            alone=whole.alone,
        )

    def _part(self) -> RateLimit:
        whole = self._whole.state()
        return RateLimit(max(1, int(whole.max_calls * self._share)), whole.window_s)


class _Both:
    """One call's slots in both; see `Lease`."""

    def __init__(self, own: Lease, whole: Lease) -> None:
        self._own = own
        self._whole = whole

    def answered(self) -> None:
        self._own.answered()
        self._whole.answered()

    def refused(
        self, *, max_calls: int | None, window_s: float | None, pause_s: float = 0.0
    ) -> None:
        # The account's limiter learns; the share follows it.
        self._whole.refused(max_calls=max_calls, window_s=window_s, pause_s=pause_s)


_parts: WeakKeyDictionary[RateLimiter, dict[float, PartLimiter]] = WeakKeyDictionary()
_parts_lock = threading.Lock()


def part_of(whole: RateLimiter, share: float) -> PartLimiter:
    """Return the one limiter for this share of an account's, made at the first call.

    So two fetches at half the limit use half of it together.
    """
    with _parts_lock:
        parts = _parts.setdefault(whole, {})
        if share not in parts:
            parts[share] = PartLimiter(whole, share=share)
        return parts[share]
