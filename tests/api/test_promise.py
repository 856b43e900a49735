"""The limiter's promise, by the log of a server in another process: no call is ever refused.

The server counts strictly at arrival. Every call takes 0 to 400 ms on its way out and again on its
way back, so that calls arrive closer together than they were sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.api.account import Account
from lsq.api.cache import NoCache
from lsq.api.client import LeadSquared
from lsq.api.errors import RateLimited
from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.queue import QueueLimiter
from lsq.api.rate_limit.window import WindowSlots
from lsq.api.retry import RetryPolicy
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, lead_id
from tests.api.naive_slots import FreedAtTheStart
from tests.api.slow_way import far_server

if TYPE_CHECKING:
    from lsq.api.models import Fetched
    from tests.api.slow_way import FarServer, Logged

LIMIT = RateLimit(25, 0.75)
CALLS = 200
IDS = [lead_id(number) for number in range(4 * CALLS)]


def fetch(server: FarServer, slots: WindowSlots) -> Fetched:
    """Ask for all ids in 200 calls; the first refusal ends it."""
    account = Account(host=server.base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    with LeadSquared(
        account,
        cache=NoCache(),
        limiter=QueueLimiter(slots),
        batch=4,
        retry=RetryPolicy(attempts=1),
    ) as client:
        return client.leads_by_id(IDS, columns=["FirstName"])


def fullest_window(log: list[Logged]) -> int:
    """Return the most calls that arrived within any window, its end left out."""
    moments_s = [call.arrived_s for call in log]
    return max(sum(0 <= b - a < LIMIT.window_s for b in moments_s) for a in moments_s)


def test_not_one_of_200_calls_is_refused_and_no_window_holds_more_than_allowed() -> None:
    with far_server(LIMIT, longest_s=0.4) as server:
        fetched = fetch(server, WindowSlots(LIMIT))
        log = server.log()
    assert (len(fetched.leads), fetched.stats.calls, fetched.stats.limited) == (800, 200, 0)
    assert [call.status for call in log] == [200] * CALLS
    # Near the limit, or it would not have been put to the test.
    assert 20 <= fullest_window(log) <= 25


def test_slots_that_are_freed_at_the_start_of_a_call_get_calls_refused() -> None:
    with far_server(LIMIT, longest_s=0.4) as server:
        fetched = fetch(server, FreedAtTheStart(LIMIT))
        log = server.log()
    assert isinstance(fetched.stopped_by, RateLimited)
    assert 429 in {call.status for call in log}
    assert fullest_window(log) > 25
