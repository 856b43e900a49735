"""The cache in a file alone: it lasts, it lets go, it is shared, and it may fail."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from lsq.api.cache.sqlite import SqliteCache
from tests.api.cache.made_up import ME, OTHER, count, get, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.api.cache.made_up import Hands

SEVERAL = """
import sys
from lsq.api.cache.sqlite import SqliteCache
from tests.api.cache.made_up import ME, get, page

cache, name = SqliteCache(sys.argv[1]), sys.argv[2]
for number in range(20):
    cache.put(ME, page(*(f"{name}{number}.{row}" for row in range(50)), "shared"))
    assert len(get(cache, f"{name}{number}.7 shared")) == 2
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "leads.db"


@pytest.fixture
def cache(path: Path, hands: Hands) -> Iterator[SqliteCache]:
    with closing(SqliteCache(path, ttl_s=900.0, clock=hands)) as opened:
        yield opened


def raw(path: Path) -> bytes:
    """Return every byte that stands on the disk."""
    return b"".join(each.read_bytes() for each in path.parent.iterdir())


def test_leads_outlive_the_process_with_their_times(path: Path, hands: Hands) -> None:
    with closing(SqliteCache(path, clock=hands)) as first:
        first.put(ME, page("a", "b", columns="AB", absent="B"))
    hands.time_s += 899.0
    with closing(SqliteCache(path, clock=hands)) as second:
        leads = get(second, "b a", ("A", "B"))
    assert leads.columns["A"] == ["b.A", "a.A"]
    assert (leads.absent, leads.fetched_at) == ({"B"}, [7.25, 7.25])


def test_who_opens_the_file_says_what_is_fresh(path: Path, hands: Hands) -> None:
    with closing(SqliteCache(path, ttl_s=900.0, clock=hands)) as patient:
        patient.put(ME, page("a"))
        hands.time_s += 60.0
        assert count(patient, "a") == 1
        with closing(SqliteCache(path, ttl_s=60.0, clock=hands)) as impatient:
            assert count(impatient, "a") == 0


def test_a_clock_that_is_set_back_makes_no_lead_fresh_for_longer(
    cache: SqliteCache, hands: Hands
) -> None:
    hands.time_s += 86_400.0
    cache.put(ME, page("a"))
    hands.time_s -= 86_400.0
    assert count(cache, "a") == len(get(cache, "a")) == 0
    cache.put(ME, page("b"))
    assert count(cache, "a b") == 1


def test_what_is_stale_leaves_no_byte_behind_and_the_file_shrinks(
    cache: SqliteCache, path: Path, hands: Hands
) -> None:
    for part in range(30):
        cache.put(ME, page(*(f"lead{part}.{row}" for row in range(500)), columns="ABC"))
    assert b"lead7.7.B" in raw(path)
    before = len(raw(path))
    hands.time_s += 900.0
    cache.drop_stale()
    assert b"lead7.7.B" not in raw(path)
    assert ME.fingerprint.encode() not in raw(path)
    assert path.stat().st_size < 50_000 < before


@pytest.mark.parametrize("how", ["open", "put"])
def test_what_is_stale_is_removed_by_opening_and_by_putting(
    how: str, path: Path, hands: Hands
) -> None:
    with closing(SqliteCache(path, clock=hands)) as cache:
        cache.put(ME, page("a", "b", mark="-marker"))
        hands.time_s += 900.0
        if how == "put":
            cache.put(ME, page("c"))
    with closing(SqliteCache(path, clock=hands)):
        assert b"-marker" not in raw(path)


def test_what_is_forgotten_leaves_no_byte_behind(cache: SqliteCache, path: Path) -> None:
    cache.put(ME, page(*map(str, range(6000)), mark="-marker"))
    cache.put(OTHER, page("a"))
    cache.forget(ME)
    assert b"-marker" not in raw(path)
    assert ME.fingerprint.encode() not in raw(path)
    assert count(cache, "a", account=OTHER) == 1


def test_leads_put_after_something_was_forgotten_stay_as_long_as_any(
    cache: SqliteCache, hands: Hands
) -> None:
    cache.put(ME, page("a", "b", "c"))
    hands.time_s += 500.0
    cache.forget(ME)
    cache.put(ME, page("a"))
    hands.time_s += 899.0
    assert count(cache, "a") == 1


def test_no_key_is_in_the_file(cache: SqliteCache, path: Path) -> None:
    cache.put(ME, page("a"))
    assert b"0marker0" not in raw(path)
    assert b"0" * 40 not in raw(path)


def test_several_processes_use_one_new_file_at_once(path: Path) -> None:
    names = "pqr"
    running = [
        subprocess.Popen([sys.executable, "-c", SEVERAL, path, name], stderr=subprocess.PIPE)  # noqa: S603 - our own text
        for name in names
    ]
    for process in running:
        assert (process.communicate(timeout=60)[1], process.returncode) == (b"", 0)
    with closing(SqliteCache(path)) as cache:
        ids = [f"{name}{number}.{row}" for name in names for number in range(20) for row in (0, 49)]
        assert count(cache, " ".join(ids)) == 120


def test_a_locked_file_loses_pages_and_not_the_time_and_is_tried_again(
    cache: SqliteCache, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache.put(ME, page("a"))
    with closing(sqlite3.connect(path, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        started_s = time.monotonic()
        for _ in range(20):
            cache.put(ME, page("b"))
        assert time.monotonic() - started_s < 2.0
        another.execute("ROLLBACK")
    said = f"The lead cache {path} fails (OperationalError). Leads are fetched all the same, "
    assert [record.getMessage() for record in caplog.records] == [f"{said}and not kept meanwhile."]
    while count(cache, "a b") < 2 and time.monotonic() < started_s + 10:
        cache.put(ME, page("b"))
    assert count(cache, "a b") == 2


def test_a_full_disk_costs_pages_and_keeps_the_earlier_ones(
    cache: SqliteCache, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache.put(ME, page("a"))
    cache._database.execute("PRAGMA max_page_count = 20")  # noqa: SLF001 - a disk that is soon full
    cache.put(ME, page(*map(str, range(5000)), mark="-marker"))
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is None
    assert "marker" not in caplog.text
    with closing(SqliteCache(path, clock=cache._clock)) as again:  # noqa: SLF001 - the same clock
        assert count(again, "a 7") == 1


@pytest.mark.parametrize(
    "values", ["not json", '["one"]', '["1","2"],["3","4"]', "[1,2]", '"ab"', '[["a"],"b"]', "[]"]
)
def test_an_entry_that_was_tampered_with_is_not_there(
    values: str, cache: SqliteCache, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache.put(ME, page("a", "b"))
    with closing(sqlite3.connect(path)) as another:
        another.execute("UPDATE leads SET vals = ? WHERE id = 'a'", (values,))
        another.commit()
    assert len(get(cache, "a b")) == 0
    assert len(caplog.records) == 1


def test_damage_in_the_middle_of_the_file_costs_calls_only(path: Path, hands: Hands) -> None:
    with closing(SqliteCache(path, clock=hands)) as cache:
        cache.put(ME, page(*map(str, range(1000))))
    whole = bytearray(path.read_bytes())
    for start in range(4 * 4096, len(whole), 4096):
        whole[start : start + 64] = b"\xff" * 64
    path.write_bytes(whole)
    with closing(SqliteCache(path, clock=hands)) as cache:
        assert len(get(cache, "1 500 999")) == 0
        cache.put(ME, page("a"))
        cache.forget(ME)


def test_a_closed_cache_keeps_nothing_and_says_nothing(
    cache: SqliteCache, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache.close()
    cache.put(ME, page("a"))
    assert len(get(cache, "a")) == count(cache, "a") == 0
    assert caplog.records == []
    with closing(SqliteCache(path)) as again:
        assert count(again, "a") == 0
