"""The cache in a Redis that several processes share; what is stale there goes by itself.

Keys of an account, whose braces keep them in one slot of a cluster:

    lsq:{fingerprint}:leads:shelves       sorted set of shelves, by the millisecond they end
    lsq:{fingerprint}:leads:pages         sorted set of pages, likewise: their leads' shelf and ids
    lsq:{fingerprint}:leads:SHELF:ID      when it was kept, when it was fetched, its values in JSON
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from redis import RedisError

from lsq.api.cache.entries import Entry, Shelf, chunks, decoded, encoded
from lsq.api.cache.outage import Outage
from lsq.api.models import LeadTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis import Redis

    from lsq.api.account import Account
    from lsq.api.lead_id import LeadId

__all__ = ["RedisCache"]

_COUNTED_AT_ONCE = 5_000

# Redis's own clock orders the entries, so that replicas whose clocks differ agree on the newest.
_PUT = """
local time, ttl = redis.call('TIME'), tonumber(ARGV[1])
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- First, because a Redis that is full refuses it, and nothing after it.
for i = 1, 2 do
  redis.call('ZADD', KEYS[i], 'GT', now + ttl, ARGV[i + 1])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
  if redis.call('PTTL', KEYS[i]) < ttl then redis.call('PEXPIRE', KEYS[i], ttl) end
end
local kept_at = string.format('%d%06d ', time[1], time[2])
for i = 3, #KEYS do redis.call('SET', KEYS[i], kept_at .. ARGV[i + 1], 'PX', ttl) end
"""
_SHELVES = """
local time = redis.call('TIME')
return redis.call('ZRANGEBYSCORE', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000), '+inf')
"""
# The keys are made here, so that 100,000 ids are not sent with their prefixes.
_COUNT = """
local counted, shelves = 0, tonumber(ARGV[1])
for i = shelves + 2, #ARGV do
  for shelf = 2, shelves + 1 do
    if redis.call('EXISTS', ARGV[shelf] .. ARGV[i]) == 1 then
      counted = counted + 1
      break
    end
  end
end
return counted
"""
# One page at a time, so that nobody else waits long for Redis.
_FORGET = """
local page = redis.call('ZPOPMIN', KEYS[1])[1]
if not page then return 0 end
local prefix, ids = page:match('^(%S+) (.*)$')
for id in ids:gmatch('%S+') do redis.call('UNLINK', prefix .. id) end
return 1
"""


class RedisCache:
    """Leads in Redis, for several processes and machines; bounded by age, and by Redis itself.

    A Redis that is gone costs calls and never leads: reads find nothing, writes are dropped, one
    warning says so, and it is tried again about every second.
    """

    def __init__(self, client: Redis, *, ttl_s: float = 900.0) -> None:
        """Connect to nothing yet.

        Args:
            client: A client with short timeouts that returns bytes; it stays the giver's.
            ttl_s: Seconds for which a lead counts as fresh after it was kept.
        """
        self._client = client
        self._ttl_ms = max(1, round(ttl_s * 1000))
        self._put = client.register_script(_PUT)
        self._shelves = client.register_script(_SHELVES)
        self._count = client.register_script(_COUNT)
        self._forget_page = client.register_script(_FORGET)
        self._outage = Outage("The Redis of the lead cache (LSQ_SHARED)", RedisError, ValueError)

    def get_many(
        self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]
    ) -> LeadTable:
        """Return the fresh leads among `ids`, in their order; see `LeadCache`."""
        parts: list[LeadTable] = []
        with self._outage.attempt() as works:
            if works and (shelves := self._wide(account, columns)):
                # What came before a failure counts.
                parts.extend(
                    decoded(self._read(account, some, shelves), columns) for some in chunks(ids)
                )
        return LeadTable.concat(parts)

    def count(self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]) -> int:
        """Count the leads that `get_many` would return; Redis does it, and sends none of them."""
        counted = 0
        with self._outage.attempt() as works:
            if works and (shelves := self._wide(account, columns)):
                prefixes = [_prefix(account, shelf) for shelf in shelves]
                for some in chunks(ids, _COUNTED_AT_ONCE):
                    asked = [str(len(prefixes)), *prefixes, *some]
                    counted += cast("int", self._count([_list_of_shelves(account)], asked))
        return counted

    def forget(self, account: Account) -> None:
        """Drop everything that is kept of this account; at once nothing of it is served any more.

        Should Redis fail in the middle, what is left ends by itself, when its time is over.
        """
        with self._outage.attempt() as works:
            if works:
                self._client.unlink(_list_of_shelves(account))
                while self._forget_page([_list_of_pages(account)]):
                    pass

    def put(self, account: Account, page: LeadTable) -> None:
        """Keep a page, next to what was fetched with other columns. See `LeadCache`."""
        if not len(page):
            return
        shelf = Shelf.of(page)
        prefix = _prefix(account, shelf)
        rows = zip(page.fetched_at, encoded(page, shelf), strict=True)
        values = [f"{fetched_at!r} {text}" for fetched_at, text in rows]
        lists = [_list_of_shelves(account), _list_of_pages(account)]
        listed = [shelf.written(), " ".join([prefix, *page.ids])]
        keys = [f"{prefix}{id_}" for id_ in page.ids]
        with self._outage.attempt() as works:
            if works:
                self._put([*lists, *keys], [str(self._ttl_ms), *listed, *values])

    def drop_stale(self) -> None:
        """Do nothing: Redis lets go of what is stale."""

    def close(self) -> None:
        """Do nothing: the client is its giver's."""

    def _wide(self, account: Account, columns: Sequence[str]) -> list[Shelf]:
        """Return the account's shelves that hold all of `columns`."""
        found = cast("list[bytes]", self._shelves([_list_of_shelves(account)]))
        return [shelf for shelf in map(Shelf.read, found) if shelf.holds(columns)]

    def _read(
        self, account: Account, ids: Sequence[LeadId], shelves: Sequence[Shelf]
    ) -> list[Entry]:
        """Return the newest entry of every lead that stands on one of the shelves."""
        newest: dict[LeadId, tuple[int, Entry]] = {}
        for shelf in shelves:
            prefix = _prefix(account, shelf)
            kept = cast("list[bytes | None]", self._client.mget([prefix + id_ for id_ in ids]))
            for id_, value in zip(ids, kept, strict=True):
                if value is None:
                    continue
                kept_at, fetched_at, values = str(value, "ascii").split(" ", 2)
                if id_ not in newest or int(kept_at) > newest[id_][0]:
                    newest[id_] = int(kept_at), Entry(id_, shelf, float(fetched_at), values)
        return [newest[id_][1] for id_ in ids if id_ in newest]


def _base(account: Account) -> str:
    return f"lsq:{{{account.fingerprint}}}:leads:"


def _list_of_shelves(account: Account) -> str:
    return f"{_base(account)}shelves"


def _list_of_pages(account: Account) -> str:
    return f"{_base(account)}pages"


def _prefix(account: Account, shelf: Shelf) -> str:
    digest = hashlib.sha256(shelf.written().encode()).hexdigest()[:16]
    return f"{_base(account)}{digest}:"
