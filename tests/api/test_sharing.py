"""The promise for two processes, by the log of a server in a third: no call is ever refused.

As in test_promise.py the server counts strictly at arrival, and every call takes 0 to 400 ms on
each of its ways. A refusal would end a process's fetch.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from lsq.api.rate_limit import RateLimit
from tests.api.sharing_process import Task, fetch_all
from tests.api.slow_way import far_server

if TYPE_CHECKING:
    from tests.api.sharing_process import Done
    from tests.api.slow_way import Logged
    from tests.redis_server import RedisServer

LIMIT = RateLimit(25, 1.0)
LEADS = 200  # 50 calls


def tasks(
    redis_url: str, host: str, *, ahead_s: float = 0.0, until_shared: bool = False
) -> list[Task]:
    """Return the tasks of two processes; the second one's wall clock may be ahead."""
    return [
        Task(
            redis=redis_url,
            host=host,
            leads=LEADS,
            first=LEADS * number,
            ahead_s=ahead_s * number,
            until_shared=until_shared,
        )
        for number in (0, 1)
    ]


def assert_all_came(done: list[Done], log: list[Logged]) -> None:
    """Assert that both got everything, nothing was refused, and no window was too full."""
    assert [(each.leads, each.calls, each.limited) for each in done] == [(LEADS, 50, 0)] * 2
    assert [call.status for call in log] == [200] * 100
    assert fullest_window(log) <= LIMIT.max_calls


def wait_until_shared_by_two(server: RedisServer) -> None:
    """Wait for the first visit of both: who comes new to a Redis that lost all is not the point."""
    with server.client() as client:
        for _ in range(1000):
            if any(client.zcard(key) == 2 for key in client.scan_iter("lsq:*:processes")):
                return
            threading.Event().wait(0.01)
    pytest.fail("two processes did not come")


def fullest_window(log: list[Logged]) -> int:
    """Return the most calls that arrived within any window, its end left out."""
    moments_s = [call.arrived_s for call in log]
    return max(sum(0 <= b - a < LIMIT.window_s for b in moments_s) for a in moments_s)


def test_of_100_calls_of_two_processes_not_one_is_refused_whatever_their_clocks_say(
    redis_url: str,
) -> None:
    with far_server(LIMIT, longest_s=0.4) as server:
        done = fetch_all(*tasks(redis_url, server.base_url, ahead_s=1.0))
        log = server.log()
    assert_all_came(done, log)
    assert not any(each.alone for each in done)
    # Near the limit, or it would not have been put to the test.
    assert fullest_window(log) >= 20


@pytest.mark.parametrize("gone_s", [0.0, 2.0])
def test_redis_may_be_stopped_and_come_back_empty_in_the_middle(
    redis_server: RedisServer, gone_s: float
) -> None:
    def fail() -> None:
        wait_until_shared_by_two(redis_server)
        threading.Event().wait(1.0)
        redis_server.stop()
        threading.Event().wait(gone_s)
        redis_server.start()

    with far_server(LIMIT, longest_s=0.4) as server:
        both = tasks(redis_server.url, server.base_url, until_shared=True)
        done = fetch_all(*both, meanwhile=fail)
        log = server.log()
    assert_all_came(done, log)
    assert [(each.alone, each.alone_at_the_end) for each in done] == [(True, False)] * 2
