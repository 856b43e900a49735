"""The board in Redis on which the processes of one account write which slots they hold.

A slot stands there with the moment at which it becomes free, on Redis's own clock: the processes'
clocks may differ. Whoever comes writes all its own slots again. So a board that was lost is whole
again when everybody has come, and who died comes no more, and its slots become free by themselves.

Keys of an account, whose braces keep them in one slot of a cluster:

    lsq:{fingerprint}:slots       sorted set of slots, by the microsecond at which they are free
    lsq:{fingerprint}:processes   sorted set of the processes that came, by their last visit
    lsq:{fingerprint}:wanting     sorted set of those that want a slot, by when that is forgotten
    lsq:{fingerprint}:refusals    stream of the latest refusals by the rate limit
    lsq:{fingerprint}:since       the microsecond at which this board was begun
"""

from __future__ import annotations

import json
import math
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redis import Redis

    from lsq.api.rate_limit import RateLimit

__all__ = ["KEPT_S", "LEASE_S", "Board", "Refusal", "Visit"]

LEASE_S = 4.0
"""A call counts as under way for so long after the last visit of its process."""

KEPT_S = 600
"""A board that nobody visits is gone after so long."""

_SEEN_S = 60.0  # a process counts as there for so long after its last visit
_WAITS_S = 1.5  # and as wanting a slot after it got none: who waits comes about every second
_AGAIN_S = 0.1  # and after it got one, while it may be on its way for the next
_YIELD_S = 0.02  # who lets others go first comes again so soon
_REFUSALS_KEPT = 16

# Who does not know this board, or a refusal on it, gets no slot but hears of that. Who holds an
# even part of the calls lets others go first that want some: else the process that is nearest to
# Redis would get nearly all slots.
_VISIT = """
local slots, processes, wanting, refusals, since = unpack(KEYS)
local me, wanted, known, heard = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local calls, window, lease = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local seen, waits, again = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local yield, kept = tonumber(ARGV[11]), ARGV[12]
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

redis.call('ZREMRANGEBYSCORE', slots, '-inf', now)
for i = 13, #ARGV, 2 do redis.call('ZADD', slots, now + ARGV[i + 1], ARGV[i]) end
redis.call('ZREMRANGEBYSCORE', processes, '-inf', now - seen)
redis.call('ZADD', processes, now, me)
redis.call('ZREMRANGEBYSCORE', wanting, '-inf', now)
redis.call('SET', since, string.format('%.0f', now), 'NX')

local board = redis.call('GET', since)
local news = redis.call('XRANGE', refusals, '(' .. heard, '+')
local held, mine = redis.call('ZCARD', slots), (#ARGV - 12) / 2
local granted, wait = 0, 0
if wanted ~= '' then
  redis.call('ZADD', wanting, now + waits, me)
  local part = math.ceil(calls / redis.call('ZCARD', wanting))
  if #news == 0 and (known == '' or known == board) and held < calls and mine < part then
    redis.call('ZADD', slots, now + lease + window, wanted)
    redis.call('ZADD', wanting, now + again, me)
    granted, held = 1, held + 1
  else
    wait = yield
  end
end
if held >= calls then
  local first = redis.call('ZRANGE', slots, held - calls, held - calls, 'WITHSCORES')
  wait = math.min(math.ceil(first[2] - now), window)
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, kept) end
local there = redis.call('ZCARD', processes)
return {granted, held, wait, there, board, string.format('%.0f', now), news}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal by the rate limit, as one process heard it and all are told.

    Attributes:
        ago_s: How long ago it was heard, in seconds.
        took_s: How long its call had been under way then, in seconds.
        max_calls: Calls in a window that it named, or None.
        window_s: The window that it named, in seconds, or None.
        pause_s: What it asked to wait, in seconds.
    """

    ago_s: float = 0.0
    took_s: float
    max_calls: int | None
    window_s: float | None
    pause_s: float

    def written(self) -> str:
        """Return it as one line of JSON, without its age."""
        told = asdict(self)
        del told["ago_s"]
        return json.dumps(told)

    @staticmethod
    def read(text: bytes, *, ago_s: float) -> Refusal:
        """Read what `written` returned, here or in a newer version that tells more.

        Raises:
            ValueError, TypeError, KeyError, OverflowError: For anything else.
        """
        told = json.loads(text)
        max_calls, window_s = told["max_calls"], told["window_s"]
        return Refusal(
            ago_s=ago_s,
            took_s=float(told["took_s"]),
            max_calls=None if max_calls is None else max(1, int(max_calls)),
            window_s=None if window_s is None else float(window_s),
            pause_s=float(told["pause_s"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a visit to the board tells.

    Attributes:
        granted: Whether the slot that was wanted is taken.
        free_calls: Calls that could start now, those of all processes together.
        wait_s: Seconds for which there is no use in coming for a slot.
        processes: How many came lately, this one too.
        board: Names this board. Another name: what stood there was lost.
        refusals: What others have heard since the last visit, oldest first.
    """

    granted: bool
    free_calls: int
    wait_s: float
    processes: int
    board: str
    refusals: tuple[Refusal, ...]


class Board:
    """One process's way to the board of one account; for one thread at a time."""

    def __init__(self, client: Redis, fingerprint: str) -> None:
        """Connect to nothing yet.

        Args:
            client: A client with short timeouts that returns bytes.
            fingerprint: Stands for the account; no key can be read from it.
        """
        names = ("slots", "processes", "wanting", "refusals", "since")
        self._keys = [f"lsq:{{{fingerprint}}}:{name}" for name in names]
        self._client = client
        self._visit = client.register_script(_VISIT)
        self._me = uuid.uuid4().hex
        self._heard = "0-0"

    def visit(
        self, limit: RateLimit, held: Mapping[str, float], *, wanted: str = "", known: str = ""
    ) -> Visit:
        """Write down what is held, take a slot if one is wanted and free, and look around.

        Args:
            limit: The limit in force for this process.
            held: Its slots, each with the seconds until it is free.
            wanted: The new slot's name, of which there is no other.
            known: The name of the board as this process knows it, if it does.

        Raises:
            RedisError: Redis did not answer, or not in time. Whether the slot is taken is not known
                then; if it is, it becomes free by itself.
        """
        spans_s = (limit.window_s, LEASE_S, _SEEN_S, _WAITS_S, _AGAIN_S, _YIELD_S)
        words = [self._me, wanted, known, self._heard, str(limit.max_calls)]
        words += [*map(_us, spans_s), str(KEPT_S)]
        for name, free_s in held.items():
            words += [name, _us(free_s)]
        told: Any = self._visit(self._keys, words)
        granted, taken, wait_us, processes, board, now_us, news = told
        return Visit(
            granted=bool(granted),
            free_calls=max(0, limit.max_calls - taken),
            wait_s=wait_us / 1e6,
            processes=processes,
            board=board.decode(),
            refusals=tuple(self._hear(news, now_s=int(now_us) / 1e6)),
        )

    def tell(self, refusal: Refusal) -> None:
        """Let every process hear of a refusal.

        Raises:
            RedisError: Redis did not answer, or not in time.
        """
        key = self._keys[3]
        with self._client.pipeline() as both:
            both.xadd(
                key,
                {"by": self._me, "told": refusal.written()},
                maxlen=_REFUSALS_KEPT,
                approximate=False,
            )
            both.expire(key, KEPT_S)
            both.execute()

    def _hear(self, news: list[Any], *, now_s: float) -> list[Refusal]:
        """Read what is new of the refusals; what this process told itself is none.

        What cannot be read is passed over: processes of another version may write here too.
        """
        refusals = []
        for id_, words in news:
            self._heard = id_.decode()
            event = dict(zip(words[::2], words[1::2], strict=True))
            if event.get(b"by") != self._me.encode():
                heard_s = int(self._heard.partition("-")[0]) / 1e3
                with suppress(ValueError, TypeError, KeyError, OverflowError):
                    refusals.append(Refusal.read(event[b"told"], ago_s=max(0.0, now_s - heard_s)))
        return refusals


def _us(span_s: float) -> str:
    return str(math.ceil(span_s * 1e6))
