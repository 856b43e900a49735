"""The slots that one process holds, by its own clock."""

from __future__ import annotations

from lsq.api.rate_limit.board import LEASE_S

__all__ = ["HeldSlots"]


class HeldSlots:
    """Slots by name, from their call's start until a window after its answer; not locked."""

    def __init__(self) -> None:
        """Hold none."""
        self._answered_s: dict[str, float | None] = {}  # None: no answer yet

    def begin(self, slot: str) -> None:
        """Hold a slot for a call that begins."""
        self._answered_s[slot] = None

    def answered(self, slot: str, now_s: float) -> None:
        """Note that the answer to its call came."""
        self._answered_s[slot] = now_s

    def left_s(self, now_s: float, window_s: float) -> dict[str, float]:
        """Return the seconds until each slot is free, and let go of those that are.

        For a call under way it is what holds if nothing is heard of this process any more.
        """
        left_s = {
            slot: LEASE_S + window_s if answered_s is None else answered_s + window_s - now_s
            for slot, answered_s in self._answered_s.items()
        }
        for slot, rest_s in left_s.items():
            if rest_s <= 0:
                del self._answered_s[slot]
        return {slot: rest_s for slot, rest_s in left_s.items() if rest_s > 0}

    def wait_s(self, now_s: float, *, calls: int, window_s: float) -> float:
        """Return the seconds until fewer than `calls` are held; a window while all are under way.

        Args:
            now_s: This moment of the process's clock.
            calls: Calls allowed in a window; with 0 the wait is a window.
            window_s: That window, in seconds.
        """
        # A call under way may be answered at any moment; its slot is free a window later.
        ends_s = sorted(min(rest_s, window_s) for rest_s in self.left_s(now_s, window_s).values())
        over = len(ends_s) - calls
        return (*ends_s, window_s)[over] if over >= 0 else 0.0
