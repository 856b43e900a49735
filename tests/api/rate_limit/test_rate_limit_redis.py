"""Slots that several processes share, on a real Redis: here each process is an object."""

from __future__ import annotations

import heapq
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lsq.api.rate_limit import LimiterState, RateLimit
from lsq.api.rate_limit.queue import QueueLimiter
from tests.api.redis_slots import LEASE_S, LIMIT, NO_NUMBERS, free, quick, share, taken, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.rate_limit import Lease
    from lsq.api.rate_limit.redis import RedisSlots

    Share = Callable[..., RedisSlots]

__all__ = ["quick", "share"]

ROOT = Path(__file__).resolve().parents[3]


def test_the_calls_of_all_processes_are_counted_together(share: Share) -> None:
    one, other = share(), share()
    for slots in (one, other, one, other):
        taken(slots)
    assert isinstance(one.take(), float)
    assert isinstance(other.take(), float)


def test_accounts_are_counted_apart(share: Share) -> None:
    one, other = share(RateLimit(1, 0.5), "f"), share(RateLimit(1, 0.5), "g")
    taken(one)
    taken(other)


def test_a_slot_is_free_for_others_one_window_after_the_answer(share: Share) -> None:
    one, other = share(RateLimit(1, 0.4)), share(RateLimit(1, 0.4))
    slot = taken(one)
    time.sleep(0.5)  # noqa: TID251 - a call that takes longer than a window
    assert not free(other)
    slot.answered()
    answered_s = time.monotonic()
    until(lambda: free(other))
    assert 0.4 <= time.monotonic() - answered_s < 0.7


def test_what_is_free_is_told_to_the_microsecond_so_that_nobody_asks_in_vain(share: Share) -> None:
    one, other = share(RateLimit(1, 0.5)), share(RateLimit(1, 0.5))
    taken(one).answered()
    other.take()
    time.sleep(0.2)  # noqa: TID251 - until the answer is known to all
    wait_s = other.take()
    assert isinstance(wait_s, float)
    assert 0.0 < wait_s <= 0.1  # asked again a fifth of the window later, at the latest


@pytest.mark.parametrize("seed", range(2))
def test_no_window_of_arrivals_ever_holds_more_calls_than_allowed(share: Share, seed: int) -> None:
    dice, limit = random.Random(seed), RateLimit(3, 0.1)  # noqa: S311 - made-up delays
    processes = [share(limit) for _ in range(3)]
    arrived_s: list[float] = []
    answers: list[tuple[float, int, Lease]] = []
    for call in range(30):
        slots, slot = dice.choice(processes), 0.0
        while isinstance(slot := slots.take(), float):
            time.sleep(min(slot, 0.002))  # noqa: TID251 - as a queue does
            _answer(answers, time.monotonic())
        now_s = time.monotonic()
        arrived_s.append(now_s + dice.uniform(0, 0.05))
        heapq.heappush(answers, (arrived_s[-1] + dice.uniform(0, 0.05), call, slot))
        _answer(answers, now_s)
    arrived_s.sort()
    assert all(b - a >= 0.1 for a, b in zip(arrived_s, arrived_s[3:], strict=False))


def _answer(answers: list[tuple[float, int, Lease]], now_s: float) -> None:
    while answers and answers[0][0] <= now_s:
        heapq.heappop(answers)[2].answered()


def test_a_process_near_to_redis_does_not_starve_one_that_is_far(
    share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = RateLimit(10, 0.2)
    near, far = share(limit), share(limit)
    visit = far._board.visit  # noqa: SLF001 - the way to Redis, made longer

    def late(*arguments: object, **named: object) -> object:
        time.sleep(0.01)  # noqa: TID251 - the way
        return visit(*arguments, **named)

    monkeypatch.setattr(far._board, "visit", late)  # noqa: SLF001 - likewise
    calls: Counter[str] = Counter()
    over = threading.Event()

    def work(name: str, queue: QueueLimiter) -> None:
        while not over.is_set():
            with queue.lease(threading.Event()):
                calls[name] += 1

    queues = {"near": QueueLimiter(near), "far": QueueLimiter(far)}
    threads = [
        threading.Thread(target=work, args=pair) for pair in queues.items() for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    over.wait(1.5)
    over.set()
    for thread in threads:
        thread.join()
    assert min(calls.values()) / sum(calls.values()) > 0.35


def test_a_call_that_is_long_under_way_keeps_its_slot_while_its_process_lives(
    share: Share,
) -> None:
    one, other = share(RateLimit(1, 0.2)), share(RateLimit(1, 0.2))
    taken(one)
    time.sleep(LEASE_S + 0.5)  # noqa: TID251 - longer than a lease
    assert not free(other)


_KILLED = """
import sys
from lsq.api.rate_limit import board, held
from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.redis import RedisSlots
from lsq.api.shared import impatient_client
board.LEASE_S = held.LEASE_S = float(sys.argv[2])
slots = RedisSlots(RateLimit(4, 0.5), fingerprint="f", client=impatient_client(sys.argv[1]))
leases = [slots.take() for _ in range(4)]
print(leases, flush=True)
sys.stdin.read()
"""


def test_a_process_that_is_killed_gives_its_slots_back(share: Share, redis_url: str) -> None:
    slots = share()
    command = [sys.executable, "-c", _KILLED, redis_url, str(LEASE_S)]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and text
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().count("_Slot") == 4
        assert not free(slots)
        process.send_signal(signal.SIGKILL)
    took_s = until(lambda: free(slots))
    # No sooner than its last call can have arrived, and a window; not much later.
    assert LIMIT.window_s + LEASE_S / 4 < took_s < LEASE_S + LIMIT.window_s + 1.0


def test_a_refusal_that_one_process_hears_pauses_all(share: Share) -> None:
    one, other = share(), share()
    taken(other).answered()
    slot = taken(one)
    slot.refused(**NO_NUMBERS, pause_s=0.8)
    slot.answered()
    took_s = until(lambda: free(other))
    assert 0.7 < took_s < 1.2


def test_what_a_refusal_taught_is_known_to_all_and_to_who_comes_later(share: Share) -> None:
    one, other = share(), share()
    taken(other).answered()
    slot = taken(one)
    slot.refused(max_calls=2, window_s=0.6)
    slot.answered()
    other.take()
    later = share()
    later.take()
    for slots in (one, other, later):
        assert (slots.state().max_calls, slots.state().window_s) == (2, 0.6)


def test_refusals_of_calls_that_were_under_way_together_halve_once(share: Share) -> None:
    one, other = share(), share()
    first, second = taken(one), taken(other)
    first.refused(**NO_NUMBERS)
    second.refused(**NO_NUMBERS)
    for slots in (one, other):
        slots.take()
        assert slots.state().max_calls == 2


def test_never_more_calls_than_the_asking_process_allows_in_all(share: Share) -> None:
    one, other = share(RateLimit(4, 0.5)), share(RateLimit(2, 0.5))
    for _ in range(3):
        taken(one)
    assert not free(other)


def test_the_state_tells_what_the_last_visit_told(share: Share) -> None:
    one, other = share(RateLimit(3, 0.5)), share(RateLimit(3, 0.5))
    assert one.state() == LimiterState(3, 0.0, 3, 0.5)
    taken(other)
    taken(one)
    assert one.state() == LimiterState(1, 0.0, 3, 0.5)
    taken(one)
    state = one.state()
    assert (state.free_calls, state.max_calls) == (0, 3)
    assert 0 < state.waiting_s <= 0.5


def test_the_limit_that_is_set_can_be_changed(share: Share) -> None:
    slots = share(RateLimit(1, 0.5))
    taken(slots)
    assert isinstance(slots.take(), float)
    slots.keep_to(RateLimit(3, 0.5))
    until(lambda: free(slots))
    assert slots.state().max_calls == 3


def test_an_answer_counts_once(share: Share) -> None:
    slots = share(RateLimit(1, 0.6))
    slot = taken(slots)
    slot.answered()
    time.sleep(0.4)  # noqa: TID251 - what is done with an answer
    slot.answered()
    assert until(lambda: free(slots)) < 0.55
