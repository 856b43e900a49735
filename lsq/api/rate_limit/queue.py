"""Turns: threads wait here for a slot and get one first come, first served.

Who was refused goes before those that were not yet sent: a call that could be overtaken again and
again by younger ones might never get through while other programs use up the limit. Among
themselves the refused go in turns, so that not one of them spends all its attempts in a row.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lsq.api.clock import Clock
from lsq.api.rate_limit import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    from lsq.api.rate_limit import Lease, LimiterState, RateLimit, Slots

__all__ = ["QueueLimiter"]

_POLL_S = 0.1  # how soon a stop is heard by a waiting call


class QueueLimiter:
    """The limiter of one account in one process; see `RateLimiter`.

    The first call of all goes alone: with wrong keys or a wrong host nothing else is sent.
    """

    def __init__(self, slots: Slots, *, clock: Clock | None = None) -> None:
        """Give out `slots`; nobody waits yet."""
        self._slots = slots
        self._clock = clock or Clock()
        self._lock = threading.Lock()
        # Each call waits on a condition of its own: to wake all for each that goes would cost more
        # than the calls themselves.
        self._refused: deque[threading.Condition] = deque()
        self._queue: deque[threading.Condition] = deque()  # behind them
        self._held = 0
        self._opened = False

    @contextmanager
    def lease(self, stop: Event, *, again: bool = False) -> Iterator[Lease]:
        """Wait for a turn and hold it for the length of one attempt; see `RateLimiter`."""
        slot = self._take_turn(stop, again=again)
        try:
            yield slot
        finally:
            slot.answered()
            with self._lock:
                self._held -= 1
                self._opened = True
                self._wake_first()

    def keep_to(self, limit: RateLimit) -> None:
        """Change the limit that is set; what refusals taught stays."""
        self._slots.keep_to(limit)

    def state(self) -> LimiterState:
        """Return what progress shows."""
        return self._slots.state()

    def _take_turn(self, stop: Event, *, again: bool) -> Lease:
        ticket = threading.Condition(self._lock)
        line = self._refused if again else self._queue
        with self._lock:
            line.append(ticket)
        try:
            while True:
                self._wait_to_be_first(ticket, stop)
                # Outside the lock, because the slots may be counted by another machine.
                taken = self._slots.take()
                with self._lock:
                    if not isinstance(taken, float):
                        self._held += 1
                        return taken
                    self._clock.wait(ticket, min(taken, _POLL_S))
        finally:
            with self._lock:
                line.remove(ticket)
                self._wake_first()

    def _wait_to_be_first(self, ticket: threading.Condition, stop: Event) -> None:
        with self._lock:
            while not stop.is_set():
                first = (self._refused or self._queue)[0]
                if first is ticket and (self._opened or not self._held):
                    return
                self._clock.wait(ticket, _POLL_S)
        raise Stopped

    def _wake_first(self) -> None:
        if line := self._refused or self._queue:
            line[0].notify()
