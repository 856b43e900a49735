"""The cache in this process's memory: pages as they came, and per lead a pointer into its page.

100,000 leads are 100 pages of columns and 100,000 small tuples, not 100,000 dicts.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from lsq.api.models import LeadTable
from lsq.api.text_column import TextColumn

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
    number: int
    names: frozenset[str] = field(init=False)
    live: int = field(init=False)  # leads that no newer page of the same columns has

    def __post_init__(self) -> None:
        self.names = frozenset(self.leads.columns)
        self.live = len(set(self.leads.ids))


Value = TypeVar("Value")

_Place: TypeAlias = "tuple[_Page, int]"
"""Where a lead stands: its page, and its row there."""


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
        self._numbers = count()
        self._pages: dict[_Page, None] = {}  # in the order they came
        self._shelves: dict[str, dict[frozenset[str], dict[LeadId, _Place]]] = {}

    def get_many(
        self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]
    ) -> LeadTable:
        """Return the fresh leads among `ids`, in their order; see `LeadCache`."""
        # Pages never change, so the copying is done outside the lock.
        return _gathered(self._find(account, ids, columns), columns)

    def count(self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]) -> int:
        """Count the leads that `get_many` would return."""
        with self._lock:
            shelves = self._wide(account, columns)
            return sum(map(set[str]().union(*shelves).__contains__, ids))

    def forget(self, account: Account) -> None:
        """Drop everything that is kept of this account."""
        with self._lock:
            for page in [page for page in self._pages if page.account == account.fingerprint]:
                self._drop(page)

    def put(self, account: Account, page: LeadTable) -> None:
        """Keep a page, next to what was fetched with other columns. See `LeadCache`."""
        if not len(page):
            return
        columns = {name: TextColumn(values) for name, values in page.columns.items()}
        letters_bytes = sum(column.size_bytes for column in columns.values())
        size_bytes = letters_bytes + len(page) * _BYTES_PER_LEAD
        leads = replace(page, columns=columns)
        with self._lock:
            number = next(self._numbers)
            entry = _Page(account.fingerprint, leads, self._clock(), size_bytes, number)
            self._pages[entry] = None
            self._size_bytes += size_bytes
            self._replace(entry)
            self._drop_stale()
            while self._size_bytes > self._max_bytes:
                self._drop(next(iter(self._pages)))

    def drop_stale(self) -> None:
        """Drop what is older than `ttl_s`; every other call does so too."""
        with self._lock:
            self._drop_stale()

    def close(self) -> None:
        """Do nothing: memory is let go with the cache."""

    def _find(
        self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]
    ) -> list[_Place]:
        """Return the newest place of every lead that is there with all of `columns`."""
        with self._lock:
            shelves = self._wide(account, columns)
            if len(shelves) == 1:
                return [place for id_ in ids if (place := shelves[0].get(id_))]
            found = ([place for places in shelves if (place := places.get(id_))] for id_ in ids)
            return [max(places, key=_newest) for places in found if places]

    def _wide(self, account: Account, columns: Sequence[str]) -> list[dict[LeadId, _Place]]:
        self._drop_stale()
        shelves = self._shelves.get(account.fingerprint, {})
        return [places for names, places in shelves.items() if names.issuperset(columns)]

    def _replace(self, page: _Page) -> None:
        """Let the leads of a new page be found there; pages that lost their last one go."""
        places = self._shelves.setdefault(page.account, {}).setdefault(page.names, {})
        here = {id_: (page, row) for row, id_ in enumerate(page.leads.ids)}
        replaced = Counter(places[id_][0] for id_ in here.keys() & places.keys())
        places.update(here)
        for older, leads in replaced.items():
            older.live -= leads
            if not older.live:
                self._drop(older)

    def _drop_stale(self) -> None:
        before_s = self._clock() - self._ttl_s
        while self._pages and (oldest := next(iter(self._pages))).stored_s <= before_s:
            self._drop(oldest)

    def _drop(self, page: _Page) -> None:
        del self._pages[page]
        self._size_bytes -= page.size_bytes
        shelves = self._shelves[page.account]
        places = shelves[page.names]
        for id_ in page.leads.ids:
            if id_ in places and places[id_][0] is page:
                del places[id_]
        if not places:
            del shelves[page.names]
        if not shelves:
            del self._shelves[page.account]


def _newest(place: _Place) -> int:
    return place[0].number


def _gathered(places: Sequence[_Place], columns: Sequence[str]) -> LeadTable:
    """Put leads together: pages that are wanted whole as they are, copies of the others."""
    parts, loose = list[LeadTable](), list[_Place]()
    for page, run in groupby(places, key=itemgetter(0)):
        same = list(run)
        if len(same) == len(page.leads) and all(row == at for at, (_, row) in enumerate(same)):
            parts += [_copied(loose, columns), _narrowed(page.leads, columns)]
            loose = []
        else:
            loose += same
    return LeadTable.concat([*parts, _copied(loose, columns)])


def _narrowed(leads: LeadTable, columns: Sequence[str]) -> LeadTable:
    return LeadTable(
        ids=leads.ids,
        columns={name: leads.columns[name] for name in columns},
        fetched_at=leads.fetched_at,
        absent=leads.absent.intersection(columns),
    )


def _copied(places: Sequence[_Place], columns: Sequence[str]) -> LeadTable:
    """Copy leads out of their pages, column by column."""
    pages = {page: _narrowed(page.leads, columns) for page in {page for page, _ in places}}
    if not pages:
        return LeadTable()

    def copied(values_of: Callable[[LeadTable], Sequence[Value]]) -> list[Value]:
        at_hand = {page: list(values_of(leads)) for page, leads in pages.items()}
        return [at_hand[page][row] for page, row in places]

    return LeadTable(
        ids=copied(lambda leads: leads.ids),
        columns={name: TextColumn(copied(_column(name))) for name in columns},
        fetched_at=copied(lambda leads: leads.fetched_at),
        absent=frozenset.intersection(*(leads.absent for leads in pages.values())),
    )


def _column(name: str) -> Callable[[LeadTable], Sequence[str | None]]:
    return lambda leads: leads.columns[name]
