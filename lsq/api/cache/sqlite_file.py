"""Opening the cache's file: ours or new, and for its owner only; everything else is left alone."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from lsq.api.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["APPLICATION_ID", "BUSY_S", "LAYOUT", "open_file", "transaction"]

APPLICATION_ID = 0x4C534C43
"""What SQLite keeps at byte 68 of a file that is ours ("LSLC")."""

LAYOUT = 1
"""The version of the tables below; a file with another one is emptied."""

BUSY_S = 1.0
"""How long a call waits for another process; its own transactions are much shorter."""

_OPENING_S = 5.0
_opening = threading.Lock()
_OWNER_ONLY = 0o600

_OLD_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
_TABLES = (
    """
    CREATE TABLE shelves (
      shelf INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice, so never another account's
      account TEXT NOT NULL, described TEXT NOT NULL, UNIQUE (account, described)
    )
    """,
    """
    CREATE TABLE leads (
      number INTEGER PRIMARY KEY AUTOINCREMENT,  -- the higher, the later it was kept
      shelf INTEGER NOT NULL, id TEXT NOT NULL, fetched_at REAL NOT NULL, vals TEXT NOT NULL,
      UNIQUE (shelf, id)
    )
    """,
    "CREATE TABLE pages (up_to INTEGER PRIMARY KEY, kept_at REAL NOT NULL)",
)


def open_file(path: str | Path) -> sqlite3.Connection:
    """Open the cache's file, or make it; mode 0600 either way, also for what SQLite puts beside it.

    The connection commits what `transaction` tells it to, and may be used by one thread at a time.

    Raises:
        SettingsError: When it cannot be made, or is another program's; then it is left as it is.
    """
    file = Path(path).expanduser().absolute()
    try:
        with _opening:
            _make_private(file)
            return _connect(file)
    except OSError as error:
        _refuse(file, error.strerror or "it cannot be opened")
    except sqlite3.Error as error:
        _refuse(file, f"SQLite says “{error}”")


@contextmanager
def transaction(database: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Do all of the block's writing, or none of it."""
    database.execute(f"BEGIN {kind}")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise


def _refuse(file: Path, why: str) -> NoReturn:
    title = f"The lead cache {file} (LSQ_CACHE) cannot be used: {why}."
    advice = "Name a new file in a folder of yours, or write memory or off."
    raise SettingsError(title, advice) from None


def _make_private(file: Path) -> None:
    """See that the file is there, that it is ours, and that nobody else can read it.

    It is never opened but by SQLite: closing a file undoes all locks that this process has on it.
    """
    if not file.parent.is_dir():
        _refuse(file, "its folder does not exist")
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    found = file.stat()
    if not stat.S_ISREG(found.st_mode):
        _refuse(file, "it is no ordinary file")
    if found.st_size and not _is_ours(file):
        _refuse(file, "another program made it, and it is left as it is")
    if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
        _refuse(file, "it belongs to another user of this machine")
    # SQLite gives the files that it makes later the mode of this one.
    for each in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))):
        with suppress(FileNotFoundError):
            each.chmod(_OWNER_ONLY)


def _is_ours(file: Path) -> bool:
    """Tell whether it is our database, or an empty one, as ours is while it is being made."""
    # Immutable: neither a lock nor another program's unfinished work is touched by this look.
    address = f"{file.as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            if maker := _pragma(database, "application_id"):
                return maker == APPLICATION_ID
            # With a WAL beside it, its tables may stand in there; ours has none before its tables.
            if file.with_name(f"{file.name}-wal").exists():
                return False
            return not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError:
        return False


def _connect(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(
        file, timeout=_OPENING_S, isolation_level=None, check_same_thread=False
    )
    try:
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA auto_vacuum = INCREMENTAL")  # is heard in a new file only
        if _pragma(database, "user_version") != LAYOUT:
            _lay_out(database)
        _write_ahead(database)
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000:.0f}")
    except BaseException:
        database.close()
        raise
    return database


def _lay_out(database: sqlite3.Connection) -> None:
    """Make the tables; what stood in the file in another layout is gone."""
    with transaction(database, "EXCLUSIVE"):
        if _pragma(database, "user_version") == LAYOUT:
            return  # another process was quicker
        for (name,) in database.execute(_OLD_TABLES).fetchall():
            database.execute(f'DROP TABLE "{name}"')
        for table in _TABLES:
            database.execute(table)
        # Before WAL, so that it stands in the file itself, where `_is_ours` looks.
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {LAYOUT}")


def _write_ahead(database: sqlite3.Connection) -> None:
    """Turn WAL on; SQLite does not wait by itself for others that are just opening the file."""
    until_s, pause = time.monotonic() + _OPENING_S, threading.Event()
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until_s:
                raise
            pause.wait(0.02)
        else:
            return


def _pragma(database: sqlite3.Connection, name: str) -> object:
    return database.execute(f"PRAGMA {name}").fetchone()[0]
