"""The limiter that this one is not: tests of the promise must catch it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.api.rate_limit.window import WindowSlots

if TYPE_CHECKING:
    from lsq.api.rate_limit import Lease


class FreedAtTheStart(WindowSlots):
    """Slots that are free again one window after a call began, as naive limiters count them."""

    def take(self) -> Lease | float:
        """Return a slot that counts as answered already."""
        slot = super().take()
        if not isinstance(slot, float):
            slot.answered()
        return slot
