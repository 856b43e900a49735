"""A gate before a cache, for one fetch: it knows what has come, and can be shut.

Once it is shut nothing more goes in, whatever call is still under way.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from lsq.api.models import LeadTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.api.account import Account
    from lsq.api.cache.protocol import LeadCache
    from lsq.api.lead_id import LeadId

__all__ = ["GatedCache"]


class GatedCache:
    """Passes everything on to another cache until it is shut; then it keeps nothing more.

    What passed is remembered: a fetch can show what is here so far, whatever its cache keeps.
    """

    def __init__(self, cache: LeadCache) -> None:
        """Stand open before `cache`."""
        self._cache = cache
        self._open = True
        self._passed: list[LeadTable] = []  # read without the lock, which a slow cache may hold
        self._lock = threading.Lock()

    def so_far(self, ids: Sequence[LeadId]) -> LeadTable:
        """Return the leads that have passed, either way, in the order of the fetch's `ids`."""
        return LeadTable.in_order(tuple(self._passed), ids)

    def forget_passed(self) -> None:
        """Let go of what has passed: the fetch has its result."""
        self._passed.clear()

    def shut(self) -> None:
        """Let nothing more in; what is on its way in is in when this returns."""
        with self._lock:
            self._open = False

    def get_many(
        self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]
    ) -> LeadTable:
        """Return the fresh leads among `ids`; see `LeadCache`."""
        fresh = self._cache.get_many(account, ids, columns)
        self._passed.append(fresh)
        return fresh

    def count(self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]) -> int:
        """Count the leads that `get_many` would return."""
        return self._cache.count(account, ids, columns)

    def forget(self, account: Account) -> None:
        """Drop everything that is kept of this account."""
        self._cache.forget(account)

    def put(self, account: Account, page: LeadTable) -> None:
        """Keep a page, unless the gate is shut."""
        self._passed.append(page)
        with self._lock:
            if self._open:
                self._cache.put(account, page)

    def drop_stale(self) -> None:
        """Drop what is no longer fresh."""
        self._cache.drop_stale()

    def close(self) -> None:
        """Shut the gate; the cache behind it stays open, since others use it."""
        self.shut()
