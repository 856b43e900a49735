"""Time as the limiter and the retries see it: injected, so that tests need no waiting."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Condition, Event

__all__ = ["Clock"]


class Clock:
    """The computer's monotonic clock; a step of the wall clock does not move it."""

    def now_s(self) -> float:
        """Return seconds since some fixed moment."""
        return time.monotonic()

    def wait(self, condition: Condition, timeout_s: float) -> None:
        """Wait on a held condition until it is notified, `timeout_s` at most."""
        condition.wait(timeout_s)

    def pause(self, stop: Event, timeout_s: float) -> None:
        """Wait for `timeout_s`, or until `stop` is set."""
        stop.wait(timeout_s)
