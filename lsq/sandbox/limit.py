"""The account's rate limit: a moving window, counted at arrival."""

from __future__ import annotations

from collections import deque
from threading import Lock

__all__ = ["MovingWindow"]


class MovingWindow:
    """Counts calls of the last seconds; safe to use from several threads."""

    def __init__(self) -> None:
        """Start with an empty window."""
        self._arrivals_s: deque[float] = deque()
        self._lock = Lock()

    def admits(
        self, arrived_s: float, *, max_calls: int, window_s: float, refused_calls_count: bool
    ) -> bool:
        """Count a call and say whether it is within the limit.

        Args:
            arrived_s: When the call arrived, on the monotonic clock, in seconds.
            max_calls: Calls allowed in any window.
            window_s: The window's length, in seconds.
            refused_calls_count: Whether a refused call fills the window too.

        Returns:
            True when fewer than `max_calls` counted calls arrived in the window before it.
        """
        with self._lock:
            while self._arrivals_s and self._arrivals_s[0] <= arrived_s - window_s:
                self._arrivals_s.popleft()
            admitted = len(self._arrivals_s) < max_calls
            if admitted or refused_calls_count:
                self._arrivals_s.append(arrived_s)
            return admitted
