"""Threads that wait for turns in a known order, and slots that a test gives out one by one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from lsq.api.rate_limit import LimiterState, RateLimit, Stopped
from lsq.api.rate_limit.queue import QueueLimiter
from tests.api.stepped_clock import WatchedClock

if TYPE_CHECKING:
    from lsq.api.rate_limit import Lease

GO = threading.Event()  # never set: nobody stops these calls
SOON_S = 5.0  # for what happens at once, on a machine that is busy


class Permits:
    """Slots that are given out when a test says so."""

    def __init__(self, free: int = 0) -> None:
        """Have this many."""
        self._free = threading.Semaphore(free)

    def give(self) -> None:
        """Let one more call go."""
        self._free.release()

    def take(self) -> Lease | float:
        """Return one, or ask to be asked again soon."""
        return _Permit() if self._free.acquire(blocking=False) else 0.001

    def keep_to(self, limit: RateLimit) -> None:
        """Keep to what the test says."""

    def state(self) -> LimiterState:
        """Return something."""
        return LimiterState(0, 0.0, 1, 1.0)


class _Permit:
    def answered(self) -> None:
        """Hear it."""

    def refused(self, **_: float | None) -> None:
        """Hear it."""


class Crowd:
    """Calls that wait in a known order, each in its thread."""

    def __init__(self) -> None:
        """Open the way, so that the first call is behind us."""
        self.permits, self.clock = Permits(1), WatchedClock(longest_s=0.002)
        self.limiter = QueueLimiter(self.permits, clock=self.clock)
        self.served: list[str] = []
        self.stopped: list[str] = []
        self._ended = threading.Semaphore(0)
        self._stops: dict[str, threading.Event] = {}
        with self.limiter.lease(GO):
            pass

    def join(self, name: str, *, again: bool = False) -> None:
        """Let one more call wait."""
        stop = self._stops[name] = threading.Event()

        def wait() -> None:
            try:
                with self.limiter.lease(stop, again=again):
                    self.served.append(name)
            except Stopped:
                self.stopped.append(name)
            self._ended.release()

        self.clock.start(wait)

    def serve(self) -> None:
        """Let the next one go."""
        self.permits.give()
        assert self._ended.acquire(timeout=SOON_S), "a turn was lost"

    def stop(self, name: str) -> None:
        """Stop one that waits."""
        self._stops[name].set()
        assert self._ended.acquire(timeout=SOON_S), "a stop was not heard"

    def close(self) -> None:
        """Stop all, so that no thread outlives a test that failed."""
        for stop in self._stops.values():
            stop.set()
