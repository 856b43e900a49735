"""Clocks for tests of the limiter: one that does not wait, and one that is watched."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from lsq.api.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Callable


class SteppedClock(Clock):
    """Time that passes when the limiter waits, or when a test says so."""

    def __init__(self) -> None:
        """Begin somewhere."""
        self.time_s = 1000.0

    def now_s(self) -> float:
        """Return the time that has passed."""
        return self.time_s

    def wait(self, condition: threading.Condition, timeout_s: float) -> None:  # noqa: ARG002 - as declared
        """Let the time pass without a notification."""
        self.time_s += timeout_s


class WatchedClock(Clock):
    """The real clock, which knows who waits and counts how often somebody was woken."""

    def __init__(self) -> None:
        """Nobody waits yet."""
        self.waiting: set[int] = set()
        self.wakes = 0

    def wait(self, condition: threading.Condition, timeout_s: float) -> None:
        """Wait, and note it; the condition is held here, so nothing is counted twice."""
        self.waiting.add(threading.get_ident())
        super().wait(condition, timeout_s)
        self.wakes += 1

    def start(self, target: Callable[[], None]) -> threading.Thread:
        """Start a thread and return when it waits, so that the next one comes after it."""
        thread = threading.Thread(target=target, daemon=True)
        thread.start()
        while thread.ident not in self.waiting:
            assert thread.is_alive(), "it did not have to wait"
            threading.Event().wait(0.001)
        return thread
