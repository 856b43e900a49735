"""Slots while the Redis that counts them is gone, hangs, forgets, and comes back."""

from __future__ import annotations

import logging
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from lsq.api.rate_limit import RateLimit, Stopped
from lsq.api.rate_limit.queue import QueueLimiter
from lsq.api.rate_limit.redis import RedisSlots
from lsq.api.shared import impatient_client
from tests.api.redis_slots import LEASE_S, SETTLE_S, die, free, quick, share, taken, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.redis_server import RedisServer

    Share = Callable[..., RedisSlots]

__all__ = ["quick", "share"]

LIMIT = RateLimit(4, 0.4)


def calls_in(span_s: float, slots: RedisSlots) -> int:
    """Make as many calls as there are slots for so long; return how many that were."""
    until_s, calls = time.monotonic() + span_s, 0
    while time.monotonic() < until_s:
        calls += free(slots)
        time.sleep(0.005)  # noqa: TID251 - as a queue does
    return calls


def call_until(slots: RedisSlots, came: Callable[[], bool]) -> None:
    """Make calls until something is so."""

    def called() -> bool:
        free(slots)
        return came()

    until(called)


def test_without_redis_calls_go_on_at_half_the_limit_and_say_so(
    share: Share, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    slots = share(LIMIT)
    taken(slots).answered()
    assert not slots.state().alone
    redis_server.stop()
    call_until(slots, lambda: slots.state().alone)
    until(lambda: free(slots))
    state = slots.state()
    assert (state.alone, state.max_calls) == (True, 2)
    # Two in each window, from the moment on that only those of a window ago count.
    time.sleep(2 * LIMIT.window_s + SETTLE_S)  # noqa: TID251 - until its part holds
    assert 4 <= calls_in(1.1, slots) <= 6
    (warning,) = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert warning.getMessage() == (
        "The Redis of the rate limit (LSQ_SHARED) fails (ConnectionError). Until it answers, "
        "this process keeps to 2 of 4/0.4 calls, its part of the limit."
    )


def test_no_call_starts_in_the_window_after_redis_went_but_in_own_slots(
    share: Share, redis_server: RedisServer
) -> None:
    idle, busy = share(RateLimit(4, 0.8)), share(RateLimit(4, 0.8))
    for _ in range(3):
        taken(busy).answered()
    idle.take()
    redis_server.stop()
    went_s = time.monotonic()
    until(lambda: free(idle))
    # The fourth slot was nobody's, and yet nobody could know that.
    assert time.monotonic() - went_s > 0.8


def test_who_waited_for_a_visit_that_found_a_new_board_gets_no_slot_on_it(
    share: Share, redis_server: RedisServer
) -> None:
    slots, got = share(LIMIT), []
    taken(slots).answered()
    redis_server.restart()
    with slots._visiting:  # noqa: SLF001 - the visit that the other one waits for
        waiting = threading.Thread(target=lambda: got.append(slots.take()))
        waiting.start()
        time.sleep(0.1)  # noqa: TID251 - till it has seen that it need not wait
        slots._came(slots._board.visit(LIMIT, {}))  # noqa: SLF001 - it
    waiting.join()
    assert isinstance(got[0], float)


@pytest.mark.parametrize("empty", [True, False])
def test_back_again_the_limit_is_shared_after_a_window(
    share: Share, redis_server: RedisServer, *, empty: bool
) -> None:
    one, other = share(LIMIT), share(LIMIT)
    taken(one).answered()
    if empty:
        redis_server.stop()
    else:
        redis_server.freeze()
    call_until(one, lambda: one.state().alone)
    if empty:
        redis_server.start()
    else:
        redis_server.thaw()
    call_until(one, lambda: not one.state().alone)
    assert one.state().max_calls == 4
    # Nobody knows whether Redis, when it went on, still gave the slot that was asked for meanwhile.
    time.sleep(2 * LIMIT.window_s + (0 if empty else LEASE_S))  # noqa: TID251 - all are free then
    assert [free(slots) for slots in (one, one, other, other, one)] == [True] * 4 + [False]


def test_calls_made_without_redis_are_told_to_it_when_it_is_back(
    share: Share, redis_server: RedisServer
) -> None:
    slots = share(RateLimit(4, 1.3))
    redis_server.stop()
    call_until(slots, lambda: slots.state().alone)
    until(lambda: free(slots))
    redis_server.start()
    until(lambda: not slots._trust.is_failing)  # noqa: SLF001 - alone it says that it still is
    with redis_server.client() as client:
        assert client.zcard("lsq:{f}:slots") == 1


def test_a_redis_that_hangs_holds_a_stop_up_for_half_a_second_at_most(
    share: Share, redis_server: RedisServer
) -> None:
    limiter, stop = QueueLimiter(share(LIMIT)), threading.Event()
    redis_server.freeze()
    threading.Timer(0.1, stop.set).start()
    asked_s = time.monotonic()
    with pytest.raises(Stopped), limiter.lease(stop):
        pytest.fail("a stopped call started")
    assert time.monotonic() - asked_s < 0.1 + 0.5


def test_a_moment_without_redis_stops_nobody_for_long_and_changes_nothing(
    share: Share, redis_server: RedisServer
) -> None:
    slots = share(LIMIT)
    taken(slots).answered()
    redis_server.freeze()
    assert not free(slots)
    redis_server.thaw()
    assert until(lambda: free(slots)) < 1.5
    assert not slots.state().alone


def test_a_redis_that_was_emptied_is_not_trusted_until_all_have_written_again(
    share: Share, redis_server: RedisServer
) -> None:
    limit = RateLimit(4, 0.6)
    idle, busy = share(limit), share(limit)
    taken(idle).answered()
    until(lambda: free(idle))
    time.sleep(0.7)  # noqa: TID251 - until it holds nothing
    for _ in range(4):
        taken(busy)
    with redis_server.client() as client:
        client.flushall()
    emptied_s = time.monotonic()
    assert not free(idle)
    assert idle.state().alone
    until(lambda: not idle.state().alone)
    assert time.monotonic() - emptied_s > 0.6
    # What the other holds stands there again, and counts.
    assert not free(idle)


def test_a_redis_that_answers_with_errors_is_as_good_as_gone(
    share: Share, redis_server: RedisServer
) -> None:
    slots = share(LIMIT)
    with redis_server.client() as client:
        client.set("lsq:{f}:slots", "not a sorted set")
        call_until(slots, lambda: slots.state().alone)
        client.flushall()
    call_until(slots, lambda: not slots.state().alone)


def test_a_refusal_that_cannot_be_told_is_kept_in_mind_all_the_same(
    share: Share, redis_server: RedisServer
) -> None:
    slots = share(LIMIT)
    slot = taken(slots)
    redis_server.stop()
    slot.refused(max_calls=3, window_s=None)
    slot.refused(max_calls=3, window_s=None)
    assert slots.state().max_calls == 3


@pytest.mark.usefixtures("quick")
def test_no_password_of_the_address_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    client = impatient_client(f"redis://user:marker@127.0.0.1:{port}/0")
    slots = RedisSlots(LIMIT, fingerprint="f", client=client)
    call_until(slots, lambda: slots.state().alone)
    until(lambda: free(slots))
    die(slots)
    assert "Redis" in caplog.text
    assert "marker" not in caplog.text
