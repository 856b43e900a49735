"""Which cache the settings open."""

from __future__ import annotations

import builtins
import os
from typing import TYPE_CHECKING

import pytest

from lsq.api.account import Account
from lsq.api.cache import MemoryCache, NoCache, SqliteCache
from lsq.api.cache.redis import RedisCache
from lsq.api.errors import SettingsError
from lsq.api.lead_id import LeadId
from lsq.api.models import LeadTable
from lsq.settings import Settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

ACCOUNT = Account(host="api.leadsquared.com", access_key="mine", secret_key="0" * 40)
PAGE = LeadTable(ids=[LeadId("a")], columns={"ProspectID": ["a"]}, fetched_at=[1.0])


def test_by_default_nothing_is_written_to_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cache = Settings().open_cache()
    cache.put(ACCOUNT, PAGE)
    assert isinstance(cache, MemoryCache)
    assert list(tmp_path.iterdir()) == []


def test_off_keeps_nothing() -> None:
    cache = read_settings({"LSQ_CACHE": "off", "LSQ_SHARED": "redis://h/0"}).open_cache()
    assert isinstance(cache, NoCache)


@pytest.mark.parametrize("shared", ["", "redis://h/0"])
def test_a_path_opens_a_file_whether_or_not_redis_is_shared(shared: str, tmp_path: Path) -> None:
    environ = {"LSQ_CACHE": str(tmp_path / "leads.db"), "LSQ_CACHE_TTL": "60", "LSQ_SHARED": shared}
    cache = read_settings(environ).open_cache()
    assert isinstance(cache, SqliteCache)
    cache.put(ACCOUNT, PAGE)
    assert cache.count(ACCOUNT, PAGE.ids, ["ProspectID"]) == 1
    cache.close()
    assert [path.name for path in tmp_path.iterdir()] == ["leads.db"]


def test_a_path_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    read_settings({"LSQ_CACHE": "~/leads.db"}).open_cache().close()
    assert (tmp_path / "leads.db").exists()


def test_a_shared_redis_holds_the_leads_for_every_process(redis_url: str) -> None:
    first, second = (read_settings({"LSQ_SHARED": redis_url}).open_cache() for _ in range(2))
    assert isinstance(first, RedisCache)
    first.put(ACCOUNT, PAGE)
    assert second.count(ACCOUNT, PAGE.ids, ["ProspectID"]) == 1


def test_a_redis_that_is_not_there_is_no_fault_of_the_settings(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cache = read_settings({"LSQ_SHARED": "redis://:marker@127.0.0.1:9/0"}).open_cache()
    cache.put(ACCOUNT, PAGE)
    assert cache.count(ACCOUNT, PAGE.ids, ["ProspectID"]) == 0
    assert "marker" not in caplog.text


def test_a_missing_redis_package_is_said_with_the_way_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load = builtins.__import__

    def no_redis(name: str, *args: object) -> ModuleType:
        if name in ("redis", "lsq.api.cache.redis"):
            raise ModuleNotFoundError(name)
        return load(name, *args)

    monkeypatch.setattr(builtins, "__import__", no_redis)
    with pytest.raises(SettingsError) as caught:
        read_settings({"LSQ_SHARED": "redis://:marker@h/0"}).open_cache()
    assert str(caught.value) == (
        "LSQ_SHARED is set, and the redis package is not installed. "
        'Run pip install "leadsheet[redis]", or leave LSQ_SHARED out.'
    )


def test_a_cache_file_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    path = os.fspath(tmp_path / "no" / "such" / "leads.db")
    with pytest.raises(SettingsError) as caught:
        read_settings({"LSQ_CACHE": path}).open_cache()
    assert caught.value.title == (
        f"The lead cache {path} (LSQ_CACHE) cannot be used: its folder does not exist."
    )
    assert caught.value.advice == "Name a new file in a folder of yours, or write memory or off."


@pytest.mark.parametrize(("set_s", "used_s"), [(60.0, 10.0), (7.5, 7.5)])
def test_what_columns_are_is_asked_quickly_and_kept_nowhere(
    set_s: float, used_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[dict[str, object]] = []
    monkeypatch.setattr("lsq.settings.LeadSquared", lambda _account, **given: made.append(given))
    Settings(deadline_s=set_s, batch=7).quick_client(ACCOUNT)
    assert isinstance(made[0].pop("cache"), NoCache)
    assert (made[0]["deadline_s"], made[0]["batch"]) == (used_s, 7)
