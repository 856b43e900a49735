"""What stands on the board, also of another version, and the thread that comes to it."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.board import Refusal
from tests.api.redis_slots import LIMIT, NO_NUMBERS, quick, share, taken, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.rate_limit.board import Visit
    from lsq.api.rate_limit.redis import RedisSlots
    from tests.redis_server import RedisServer

    Share = Callable[..., RedisSlots]

__all__ = ["quick", "share"]

TOLD = {"took_s": 0.1, "max_calls": 3, "window_s": None, "pause_s": 0.0}
UNREADABLE: dict[str, dict[str, str]] = {
    "nothing told": {"by": "other"},
    "no JSON": {"by": "other", "told": "refused"},
    "no object": {"by": "other", "told": "[1]"},
    "a field is missing": {"by": "other", "told": '{"took_s": 0.1, "pause_s": 0}'},
    "a field is no number": {"by": "other", "told": json.dumps({**TOLD, "took_s": "long"})},
    "endless calls": {"by": "other", "told": '{"took_s":0,"max_calls":Infinity,"window_s":null}'},
}


def test_nothing_stays_in_redis_and_no_key_of_the_account_is_in_it(
    share: Share, redis_server: RedisServer
) -> None:
    slots = share()
    taken(slots).refused(**NO_NUMBERS)
    slots.take()
    with redis_server.client() as client:
        keys = client.keys("*")
        assert all(key.startswith(b"lsq:{f}:") for key in keys)
        assert len(keys) >= 4
        assert all(0 < client.ttl(key) <= 600 for key in keys)


def test_a_refusal_that_was_written_is_read_again() -> None:
    refusal = Refusal(took_s=0.25, max_calls=None, window_s=5.0, pause_s=1.5)
    assert Refusal.read(refusal.written().encode(), ago_s=0.0) == refusal


def test_what_a_newer_version_tells_besides_is_passed_over(
    share: Share, redis_server: RedisServer
) -> None:
    slots = share(RateLimit(4, 0.1))
    taken(slots)
    with redis_server.client() as client:
        newer = {"by": "other", "told": json.dumps({**TOLD, "region": "in21"}), "version": "9"}
        client.xadd("lsq:{f}:refusals", newer)
    until(lambda: slots.state().max_calls == 3)


@pytest.mark.parametrize("entry", UNREADABLE.values(), ids=UNREADABLE)
def test_a_refusal_that_cannot_be_read_ends_nothing(
    share: Share, redis_server: RedisServer, entry: dict[str, str]
) -> None:
    slots = share(RateLimit(4, 0.1))
    slot = taken(slots)
    with redis_server.client() as client:
        client.xadd("lsq:{f}:refusals", entry)
        client.xadd("lsq:{f}:refusals", {"by": "other", "told": json.dumps(TOLD)})
    keeper = slots._keeper  # noqa: SLF001 - the thread that comes
    until(lambda: slots.state().max_calls == 3)
    assert slots._keeper is keeper  # noqa: SLF001 - likewise
    slot.answered()
    until(lambda: not isinstance(slots.take(), float))


def test_the_thread_that_keeps_the_slots_ends_with_them(share: Share) -> None:
    slots = share(RateLimit(4, 0.1))
    slot = taken(slots)
    keeper = slots._keeper  # noqa: SLF001 - nothing else shows it
    assert keeper is not None
    assert keeper.is_alive()
    slot.answered()
    keeper.join(15.0)
    assert not keeper.is_alive()
    assert slots._keeper is None  # noqa: SLF001 - likewise


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_died_is_followed_by_another_with_the_next_slot(
    share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots = share(RateLimit(4, 0.1))
    visit = slots._board.visit  # noqa: SLF001 - nothing known makes it fail so

    def fail(*arguments: object, **named: object) -> Visit:
        if threading.current_thread().name == "lsq-slots":
            raise MemoryError
        return visit(*arguments, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as failing:
        failing.setattr(slots._board, "visit", fail)  # noqa: SLF001 - likewise
        taken(slots)
        until(lambda: slots._keeper is None)  # noqa: SLF001 - nothing else shows it
    taken(slots)
    assert slots._keeper is not None  # noqa: SLF001 - likewise
    assert slots._keeper.is_alive()  # noqa: SLF001 - likewise


def test_a_slot_whose_thread_could_not_start_is_not_held_for_ever(
    share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots = share(LIMIT)
    with monkeypatch.context() as full:
        full.setattr("threading.Thread.start", _no_thread)
        with pytest.raises(RuntimeError, match="new thread"):
            slots.take()
    taken(slots)
    assert slots._keeper is not None  # noqa: SLF001 - the thread that comes
    assert slots._keeper.is_alive()  # noqa: SLF001 - likewise
    assert len(slots._held.left_s(0.0, 1.0)) == 1  # noqa: SLF001 - nothing else shows it


def _no_thread(thread: threading.Thread) -> None:  # noqa: ARG001 - as declared
    message = "can't start new thread"
    raise RuntimeError(message)
