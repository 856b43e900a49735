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
        assert self.time_s < 10_000, "it waits for ever"


class WatchedClock(Clock):
    """The real clock, which tells when a thread waits and counts how often somebody was woken."""

    def __init__(self, *, longest_s: float = 60.0) -> None:
        """Let no wait be longer than `longest_s`."""
        self.wakes = 0
        self._longest_s = longest_s
        self._thread = threading.local()

    def wait(self, condition: threading.Condition, timeout_s: float) -> None:
        """Wait, and tell; the condition is held here, so that nothing is counted twice."""
        self._thread.waits.set()
        super().wait(condition, min(timeout_s, self._longest_s))
        self.wakes += 1

    def start(self, target: Callable[[], None]) -> threading.Thread:
        """Start a thread and return when it waits, so that the next one comes after it."""
        waits = threading.Event()

        def run() -> None:
            self._thread.waits = waits
            target()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        assert waits.wait(5.0), "it did not have to wait"
        return thread
