"""The cache in this process's memory: pages as they came, and per lead a pointer into its page.

100,000 leads are 100 pages of columns and 100,000 small tuples, not 100,000 dicts.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from lsq.api.models import LeadTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lsq.api.account import Account
    from lsq.api.lead_id import LeadId

__all__ = ["MemoryCache"]

_MIB = 1024 * 1024
_BYTES_PER_LEAD = 250  # the pointer, its place in the dict and the id, measured on CPython 3.12


@dataclass(slots=True, eq=False)
class _Page:
    account: str
    leads: LeadTable
    stored_s: float
    size_bytes: int
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = frozenset(self.leads.columns)


class MemoryCache:
    """Leads in memory, bounded by age and size; nothing is written to disk."""

    def __init__(
        self,
        *,
        ttl_s: float = 900.0,
        max_bytes: int = 512 * _MIB,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start empty.

        Args:
            ttl_s: Seconds for which a fetched lead counts as fresh.
            max_bytes: About how much memory the leads may take; the oldest pages go first.
            clock: Gives seconds; monotonic, so that no step of the wall clock ages a lead.
        """
        self._ttl_s = ttl_s
        self._max_bytes = max_bytes
        self._clock = clock
        self._lock = threading.Lock()
        self._size_bytes = 0
        self._pages: dict[_Page, None] = {}  # in the order they came
        self._places: dict[str, dict[LeadId, tuple[_Page, int]]] = {}

    def get_many(
        self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]
    ) -> LeadTable:
        """Return the fresh leads among `ids`, in their order; see `LeadCache`."""
        # Pages never change, so the copying is done outside the lock.
        runs = groupby(self._find(account, ids, columns), key=itemgetter(0))
        parts = [_narrowed(page.leads, columns).take([row for _, row in run]) for page, run in runs]
        return LeadTable.concat(parts)

    def count(self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]) -> int:
        """Count the leads that `get_many` would return."""
        return len(self._find(account, ids, columns))

    def forget(self, account: Account) -> None:
        """Drop everything that is kept of this account."""
        with self._lock:
            for page in [page for page in self._pages if page.account == account.fingerprint]:
                self._drop(page)

    def put(self, account: Account, page: LeadTable) -> None:
        """Keep a page; its leads replace what was known of them. See `LeadCache`."""
        if not len(page):
            return
        entry = _Page(account.fingerprint, page, self._clock(), _size_bytes(page))
        with self._lock:
            self._pages[entry] = None
            self._size_bytes += entry.size_bytes
            places = self._places.setdefault(entry.account, {})
            places.update((id_, (entry, row)) for row, id_ in enumerate(page.ids))
            self._drop_stale()
            while self._size_bytes > self._max_bytes:
                self._drop(next(iter(self._pages)))

    def drop_stale(self) -> None:
        """Drop what is older than `ttl_s`; every other call does so too."""
        with self._lock:
            self._drop_stale()

    def _find(
        self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]
    ) -> list[tuple[_Page, int]]:
        with self._lock:
            self._drop_stale()
            places = self._places.get(account.fingerprint, {})
            wide = {page for page in self._pages if page.names.issuperset(columns)}
            return [place for id_ in ids if (place := places.get(id_)) and place[0] in wide]

    def _drop_stale(self) -> None:
        before_s = self._clock() - self._ttl_s
        while self._pages and (oldest := next(iter(self._pages))).stored_s <= before_s:
            self._drop(oldest)

    def _drop(self, page: _Page) -> None:
        del self._pages[page]
        self._size_bytes -= page.size_bytes
        places = self._places[page.account]
        for id_ in page.leads.ids:
            if id_ in places and places[id_][0] is page:
                del places[id_]
        if not places:
            del self._places[page.account]


def _narrowed(leads: LeadTable, columns: Sequence[str]) -> LeadTable:
    return LeadTable(
        ids=leads.ids,
        columns={name: leads.columns[name] for name in columns},
        fetched_at=leads.fetched_at,
        absent=leads.absent.intersection(columns),
    )


def _size_bytes(page: LeadTable) -> int:
    """Estimate a page: every distinct text once, and a pointer for every value."""
    texts = {id(text): text for values in page.columns.values() for text in values}
    pointers = 8 * len(page) * len(page.columns)
    return pointers + len(page) * _BYTES_PER_LEAD + sum(map(sys.getsizeof, texts.values()))
