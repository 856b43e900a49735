"""The cache's file: for its owner only, ours or left alone, and one sentence where it cannot be."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from lsq.api.cache import sqlite_file
from lsq.api.cache.sqlite import SqliteCache
from lsq.api.cache.sqlite_file import APPLICATION_ID, LAYOUT
from lsq.api.errors import SettingsError
from tests.api.cache.made_up import ME, count, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADVICE = "Name a new file in a folder of yours, or write memory or off."


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let this process make files that everybody may write."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "leads.db"


def modes(path: Path) -> dict[str, str]:
    return {each.name: f"{each.stat().st_mode & 0o777:o}" for each in path.parent.iterdir()}


def use(path: Path) -> None:
    with closing(SqliteCache(path)) as cache:
        cache.put(ME, page("a"))


def refused(path: Path) -> str:
    """Return why the file is refused; the sentence names the setting, the file and the way out."""
    with pytest.raises(SettingsError) as caught:
        SqliteCache(path)
    title = caught.value.title
    assert caught.value.advice == ADVICE
    assert title.startswith(f"The lead cache {path} (LSQ_CACHE) cannot be used: ")
    return title.partition("used: ")[2]


@pytest.mark.usefixtures("open_umask")
def test_only_its_owner_may_read_it_whatever_the_umask(path: Path) -> None:
    with closing(SqliteCache(path)) as cache:
        cache.put(ME, page("a"))
        assert modes(path) == {"leads.db": "600", "leads.db-wal": "600", "leads.db-shm": "600"}
    assert modes(path) == {"leads.db": "600"}


@pytest.mark.usefixtures("open_umask")
def test_wider_rights_of_an_existing_file_are_taken_away(path: Path) -> None:
    with closing(SqliteCache(path)) as first:
        first.put(ME, page("a"))
        for each in path.parent.iterdir():
            each.chmod(0o666)
        with closing(SqliteCache(path)) as second:
            assert set(modes(path).values()) == {"600"}
            assert count(second, "a") == 1


@pytest.mark.usefixtures("open_umask")
def test_an_empty_file_that_somebody_made_is_used_and_made_private(path: Path) -> None:
    path.touch()
    use(path)
    assert modes(path) == {"leads.db": "600"}


def test_a_file_that_is_no_database_is_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"Lead ID,Note\n" * 1000)
    path.chmod(0o644)
    assert refused(path) == "another program made it, and it is left as it is."
    assert path.read_bytes() == b"Lead ID,Note\n" * 1000
    assert modes(path) == {"leads.db": "644"}


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_another_programs_database_is_left_as_it_is(path: Path, journal: str) -> None:
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute(f"PRAGMA journal_mode = {journal}")
        theirs.execute("CREATE TABLE leads (mine)")
        theirs.execute("INSERT INTO leads VALUES (1)")
        theirs.commit()
        before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
        refused(path)
        assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before


@pytest.mark.parametrize("layout", [LAYOUT - 1, LAYOUT + 1])
def test_another_layout_of_ours_is_emptied_and_made_anew(path: Path, layout: int) -> None:
    with closing(sqlite3.connect(path)) as older:
        older.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        older.execute(f"PRAGMA user_version = {layout}")
        older.execute("CREATE TABLE leads (id TEXT PRIMARY KEY, anything TEXT)")
        older.execute("CREATE TABLE other (number INTEGER PRIMARY KEY AUTOINCREMENT)")
        older.execute("INSERT INTO leads VALUES ('x', 'marker of an old lead')")
        older.commit()
    use(path)
    with closing(SqliteCache(path)) as cache:
        assert count(cache, "a") == 1
    assert b"marker of an old lead" not in path.read_bytes()


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path / "no" / "leads.db") == "its folder does not exist."
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == "it is no ordinary file."


def test_a_pipe_is_no_file_either_and_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    assert refused(path) == "it is no ordinary file."


def test_a_folder_that_cannot_be_written_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> int:  # a test that runs as root is denied nothing
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert refused(path) == "Permission denied."


def test_a_file_of_somebody_else_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(path)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert refused(path) == "it belongs to another user of this machine."


def test_a_damaged_file_of_ours_is_said(path: Path) -> None:
    use(path)
    whole = bytearray(path.read_bytes())
    whole[100:4096] = b"\xff" * 3996
    path.write_bytes(whole)
    assert refused(path).startswith("SQLite says “")


def test_a_file_without_room_for_its_tables_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "lsq.api.cache.sqlite_file._TABLES", ["PRAGMA max_page_count = 1", "CREATE TABLE leads (a)"]
    )
    assert refused(path) == "SQLite says “database or disk is full”."
    monkeypatch.undo()
    use(path)


def test_a_file_that_is_locked_while_it_is_opened_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "_OPENING_S", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as another:
        another.execute("BEGIN EXCLUSIVE")
        assert refused(path) == "SQLite says “database is locked”."
    use(path)


class Busy:
    """A database that others are just opening, for the first few times that it is asked."""

    def __init__(self, times: float) -> None:
        """Be busy so many times."""
        self.times = times

    def execute(self, _statement: str) -> None:
        """Do nothing, or say that it is locked."""
        self.times -= 1
        if self.times >= 0:
            message = "database is locked"
            raise sqlite3.OperationalError(message)


def test_who_opens_it_in_the_same_moment_is_waited_for() -> None:
    busy = Busy(2)
    sqlite_file._write_ahead(busy)  # noqa: SLF001 - two processes never meet there when they should
    assert busy.times == -1


def test_who_opens_it_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "_OPENING_S", 0.05)
    with pytest.raises(sqlite3.OperationalError):
        sqlite_file._write_ahead(Busy(float("inf")))  # noqa: SLF001 - likewise


def test_what_another_process_laid_out_meanwhile_stays(path: Path) -> None:
    use(path)
    with closing(sqlite_file.open_file(path)) as second:
        sqlite_file._lay_out(second)  # noqa: SLF001 - as if it had looked before the other was done
    with closing(SqliteCache(path)) as cache:
        assert count(cache, "a") == 1
