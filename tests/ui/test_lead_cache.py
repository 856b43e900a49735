"""The app's cache: opened once for all viewers, as it is set; the Guide says where it is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from lsq.api.cache import MemoryCache, SqliteCache
from lsq.ui.accounts import lead_cache

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.kinds import Said, Visit


def test_it_is_memory_and_the_same_for_everybody() -> None:
    assert isinstance(lead_cache(), MemoryCache)
    assert lead_cache() is lead_cache()


def test_a_changed_setting_opens_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    before = lead_cache()
    monkeypatch.setenv("LSQ_CACHE_TTL", "60")
    assert lead_cache() is not before


def test_a_path_opens_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSQ_CACHE", str(tmp_path / "leads.db"))
    with closing(lead_cache()) as opened:
        assert isinstance(opened, SqliteCache)
        assert lead_cache() is opened


@pytest.mark.parametrize(
    ("cache", "shared", "words"),
    [
        ("memory", "", "in the server’s memory while they count as fresh, apart for every"),
        ("off", "", "for the fetch on your screen only, and not on disk."),
        ("leads.db", "", "in a file on the server that only its owner can read, while"),
        ("memory", "unix:///no.sock", "in the memory of a Redis that this app’s servers share"),
    ],
)
def test_the_guide_says_where_leads_are_kept(  # noqa: PLR0913, PLR0917 - a case and fixtures
    cache: str,
    shared: str,
    words: str,
    visit: Visit,
    said: Said,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LSQ_CACHE", cache)
    monkeypatch.setenv("LSQ_SHARED", shared)
    at = visit("guide")
    assert f"Leads are kept {words}" in said(at)
    assert ("Nothing is kept on disk" in said(at)) == (cache == "memory" and not shared)
    lead_cache().close()
