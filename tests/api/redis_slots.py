"""Slots that share one Redis, as several processes hold them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.held import HeldSlots
from lsq.api.rate_limit.redis import RedisSlots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lsq.api.rate_limit import Lease
    from tests.redis_server import RedisServer

__all__ = ["LEASE_S", "LIMIT", "NO_NUMBERS", "SETTLE_S", "quick", "share", "taken", "until"]

LIMIT = RateLimit(4, 0.5)
LEASE_S, PROBE_S, SETTLE_S = 1.0, 0.25, 0.375
"""A quarter of what they are, so that tests need not wait for long."""

NO_NUMBERS: dict[str, None] = {"max_calls": None, "window_s": None}
_PATIENCE_S = 15.0


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the spans of leases, of trying again and of settling shorter, all in proportion."""
    for place, name, span_s in (
        ("board", "LEASE_S", LEASE_S),
        ("held", "LEASE_S", LEASE_S),
        ("trust", "PROBE_S", PROBE_S),
        ("redis", "PROBE_S", PROBE_S),
        ("trust", "_SETTLE_S", SETTLE_S),
    ):
        monkeypatch.setattr(f"lsq.api.rate_limit.{place}.{name}", span_s)


@pytest.fixture
def share(redis_server: RedisServer, quick: None) -> Iterator[Callable[..., RedisSlots]]:  # noqa: ARG001 - for what it does
    """Return a maker of slots, each as those of a process of its own."""
    made: list[tuple[RedisSlots, Redis]] = []

    def make(limit: RateLimit = LIMIT, account: str = "f") -> RedisSlots:
        client = Redis.from_url(
            redis_server.url,
            socket_timeout=0.4,
            socket_connect_timeout=0.4,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
        )
        made.append((RedisSlots(limit, fingerprint=account, client=client), client))
        return made[-1][0]

    yield make
    for slots, client in made:
        die(slots)
        client.close()


def die(slots: RedisSlots) -> None:
    """Let the process that holds these slots come to Redis no more."""
    slots._held = HeldSlots()  # noqa: SLF001 - nothing to come for
    keeper = slots._keeper  # noqa: SLF001 - the thread that comes
    if keeper is not None:
        keeper.join()


def taken(slots: RedisSlots) -> Lease:
    """Take a slot that is free."""
    slot = slots.take()
    assert not isinstance(slot, float), f"no slot is free for {slot} s"
    return slot


def until(came: Callable[[], bool]) -> float:
    """Wait until something is so; return how long it took, in seconds."""
    began_s = time.monotonic()
    while not came():
        assert time.monotonic() - began_s < _PATIENCE_S, "it did not come"
        time.sleep(0.005)  # noqa: TID251 - nobody tells when it is so
    return time.monotonic() - began_s


def free(slots: RedisSlots) -> bool:
    """Take a slot and answer it, if one is free."""
    slot = slots.take()
    if isinstance(slot, float):
        return False
    slot.answered()
    return True
