"""A fetch tells when its limit could not be shared, while that lasts and at its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.queue import QueueLimiter
from lsq.api.rate_limit.window import WindowSlots
from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared
    from lsq.api.models import Progress
    from lsq.api.rate_limit import LimiterState
    from lsq.sandbox import Sandbox


class AloneAtFirst(QueueLimiter):
    """A limiter that is alone, with 2 of 5 calls, until it was looked at so many times."""

    def __init__(self, looks: int) -> None:
        """Be alone for so many looks."""
        super().__init__(WindowSlots(RateLimit(5, 0.01)))
        self._looks = looks

    def state(self) -> LimiterState:
        """Return what the slots tell, and who is alone."""
        self._looks -= 1
        state = super().state()
        return replace(state, alone=True, max_calls=2) if self._looks >= 0 else state


@pytest.mark.parametrize(("looks", "alone_calls"), [(0, 0), (3, 2), (10_000, 2)])
def test_a_fetch_that_was_alone_for_a_while_says_so_at_its_end(
    sandbox: Sandbox, connect: Callable[..., LeadSquared], looks: int, alone_calls: int
) -> None:
    client = connect(sandbox, limiter=AloneAtFirst(looks), batch=1)
    stats = client.leads_by_id([lead_id(n) for n in range(5)], columns=()).stats
    assert stats.alone_calls == alone_calls


def test_progress_says_whether_it_is_alone_now(
    sandbox: Sandbox, connect: Callable[..., LeadSquared]
) -> None:
    seen: list[Progress] = []
    client = connect(sandbox, limiter=AloneAtFirst(3), batch=1)
    client.leads_by_id([lead_id(n) for n in range(5)], columns=(), on_progress=seen.append)
    assert (seen[0].alone, seen[0].max_calls) == (True, 2)
    assert (seen[-1].alone, seen[-1].max_calls) == (False, 5)
