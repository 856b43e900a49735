"""The cache in a file: SQLite, for its owner only, so that a fetch that was killed goes on.

A page is one transaction. Rows are numbered as they come, and `pages` says up to which number they
are of which time: what is stale is one comparison, and of several entries the highest serves.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

from lsq.api.cache.entries import Entry, Shelf, chunks, decoded, encoded
from lsq.api.cache.outage import Outage
from lsq.api.cache.sqlite_file import open_file, transaction
from lsq.api.models import LeadTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from lsq.api.account import Account
    from lsq.api.lead_id import LeadId

__all__ = ["SqliteCache"]

_COUNTED_AT_ONCE = 10_000
_REMOVED_AT_ONCE = 5_000  # so that no other process waits long for its turn
_FREED_AT_ONCE = 2_000  # pages of 4 KiB
_AHEAD_S = 60.0  # a page from further ahead was kept before the clock was set back
_FAILURES = (sqlite3.Error, ValueError, TypeError)

_STALE_UP_TO = "SELECT coalesce(max(up_to), 0) FROM pages WHERE kept_at <= ? OR kept_at > ?"
_SHELVES = "SELECT shelf, described FROM shelves WHERE account = ?"
_NEW_SHELF = "INSERT OR IGNORE INTO shelves (account, described) VALUES (?, ?)"
_SHELF = "SELECT shelf FROM shelves WHERE account = ? AND described = ?"
_PUT = "INSERT OR REPLACE INTO leads (shelf, id, fetched_at, vals) VALUES (?, ?, ?, ?)"
_PUT_PAGE = "INSERT OR REPLACE INTO pages (up_to, kept_at) SELECT max(number), ? FROM leads"
# CROSS JOIN: the ids drive, each finding its rows by the index.
_GET = """
SELECT leads.id, shelf, fetched_at, vals FROM json_each(?) AS shelves
CROSS JOIN json_each(?) AS ids
CROSS JOIN leads ON shelf = shelves.value AND leads.id = ids.value
WHERE number > ? ORDER BY number
"""
_COUNT = """
SELECT count(*) FROM json_each(?) AS ids WHERE EXISTS (
  SELECT 1 FROM leads
  WHERE shelf IN (SELECT value FROM json_each(?)) AND leads.id = ids.value AND number > ?
)
"""
_UP_TO = """
DELETE FROM leads WHERE number IN (SELECT number FROM leads WHERE number <= ? LIMIT ?)
"""
_OF_ACCOUNT = """
DELETE FROM leads WHERE number IN (
  SELECT number FROM shelves JOIN leads USING (shelf) WHERE account = ? LIMIT ?
)
"""
_EMPTY_SHELVES = """
DELETE FROM shelves WHERE NOT EXISTS (SELECT 1 FROM leads WHERE leads.shelf = shelves.shelf)
"""


class SqliteCache:
    """Leads in a file of mode 0600, for several threads and processes; bounded by age.

    Once open, a file that fails (full disk, locked, damaged) costs calls and never leads: reads
    find nothing, writes are dropped, and one warning says so.
    """

    def __init__(
        self, path: str | Path, *, ttl_s: float = 900.0, clock: Callable[[], float] = time.time
    ) -> None:
        """Open the file, or make it, and remove what is stale in it.

        Args:
            path: Where the file is; its folder has to exist.
            ttl_s: Seconds for which a lead counts as fresh after it was kept.
            clock: Gives seconds since the epoch, the same for all processes.

        Raises:
            SettingsError: When the file cannot be used; see `open_file`.
        """
        self._ttl_s = ttl_s
        self._clock = clock
        self._lock = threading.Lock()
        self._database = open_file(path)
        self._outage = Outage(f"The lead cache {path}", *_FAILURES, pause_s=2.0)
        self.drop_stale()

    def get_many(
        self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]
    ) -> LeadTable:
        """Return the fresh leads among `ids`, in their order; see `LeadCache`."""
        parts = []
        for some in chunks(ids):
            with self._lock, self._outage.attempt() as works:
                if works:
                    parts.append(self._read(account, some, columns))
        return LeadTable.concat(parts)

    def count(self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]) -> int:
        """Count the leads that `get_many` would return."""
        counted = 0
        for some in chunks(ids, _COUNTED_AT_ONCE):
            with self._lock, self._outage.attempt() as works:
                if works and (shelves := self._shelves(account, columns)):
                    asked = (json.dumps(some), json.dumps(list(shelves)), self._stale_up_to())
                    counted += self._database.execute(_COUNT, asked).fetchone()[0]
        return counted

    def forget(self, account: Account) -> None:
        """Drop everything that is kept of this account, from the disk too."""
        with self._lock, self._outage.attempt() as works:
            if works:
                self._delete(_OF_ACCOUNT, account.fingerprint)
                self._shrink()

    def put(self, account: Account, page: LeadTable) -> None:
        """Keep a page, next to what was fetched with other columns. See `LeadCache`."""
        if not len(page):
            return
        shelf = Shelf.of(page)
        rows = list(zip(page.ids, page.fetched_at, encoded(page, shelf), strict=True))
        with self._lock, self._outage.attempt() as works:
            if works:
                self._write((account.fingerprint, shelf.written()), rows)
                self._purge()

    def drop_stale(self) -> None:
        """Remove what is older than `ttl_s`, from the disk too; opening the file does so as well.

        Nobody's `ttl_s` can be longer than the shortest of all who use the file.
        """
        with self._lock, self._outage.attempt() as works:
            if works:
                self._purge()
                self._shrink()

    def close(self) -> None:
        """Close the file; what is asked for after that is not there, and what is put not kept."""
        with self._lock:
            self._outage.for_good()
            self._database.close()

    def _read(self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]) -> LeadTable:
        shelves = self._shelves(account, columns)
        asked = (json.dumps(list(shelves)), json.dumps(ids), self._stale_up_to())
        # In the order they were kept, so that the newest entry of a lead stays.
        found = {row[0]: row for row in self._database.execute(_GET, asked)}
        rows = [found[id_] for id_ in ids if id_ in found]
        entries = [Entry(id_, shelves[shelf], at, values) for id_, shelf, at, values in rows]
        return decoded(entries, columns)

    def _shelves(self, account: Account, columns: Sequence[str]) -> dict[int, Shelf]:
        """Return the account's shelves that hold all of `columns`, by their number."""
        rows = self._database.execute(_SHELVES, (account.fingerprint,))
        shelves = {number: Shelf.read(described) for number, described in rows}
        return {number: shelf for number, shelf in shelves.items() if shelf.holds(columns)}

    def _stale_up_to(self) -> int:
        """Return the number up to which leads are stale."""
        now_s = self._clock()
        limits = (now_s - self._ttl_s, now_s + _AHEAD_S)
        number: int = self._database.execute(_STALE_UP_TO, limits).fetchone()[0]
        return number

    def _write(self, shelf: tuple[str, str], rows: Sequence[tuple[LeadId, float, str]]) -> None:
        with transaction(self._database):
            self._database.execute(_NEW_SHELF, shelf)
            (number,) = self._database.execute(_SHELF, shelf).fetchone()
            self._database.executemany(_PUT, ((number, *row) for row in rows))
            self._database.execute(_PUT_PAGE, (self._clock(),))

    def _purge(self) -> None:
        """Remove the rows that are stale; their place in the file is filled with zeros."""
        if up_to := self._stale_up_to():
            self._delete(_UP_TO, up_to)
            self._database.execute("DELETE FROM pages WHERE up_to <= ?", (up_to,))

    def _delete(self, statement: str, which: str | int) -> None:
        """Remove rows, and shelves that are empty then."""
        removed = _REMOVED_AT_ONCE
        while removed == _REMOVED_AT_ONCE:
            with transaction(self._database):
                removed = self._database.execute(statement, (which, _REMOVED_AT_ONCE)).rowcount
        self._database.execute(_EMPTY_SHELVES)

    def _shrink(self) -> None:
        """Give free pages back to the disk, and empty the file in which SQLite writes ahead."""
        free = self._database.execute("PRAGMA freelist_count").fetchone()[0]
        for _ in range(0, free, _FREED_AT_ONCE):
            # As a script, which is run to its end: up to Python 3.11 `execute` frees one page only.
            self._database.executescript(f"PRAGMA incremental_vacuum({_FREED_AT_ONCE});")
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
