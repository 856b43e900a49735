"""The cache in memory alone: its bounds, and that it keeps no more than it must."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lsq.api.cache import MemoryCache, NoCache
from lsq.api.lead_id import LeadId
from lsq.api.models import LeadTable
from tests.api.cache.made_up import ME, Hands, get, page


@pytest.fixture
def cache(hands: Hands) -> MemoryCache:
    return MemoryCache(ttl_s=900.0, clock=hands)


def test_leads_come_back_in_the_order_asked_across_pages(cache: MemoryCache) -> None:
    cache.put(ME, page("a", "b"))
    cache.put(ME, page("c", "d"))
    leads = get(cache, "d a x c b")
    assert list(leads.ids) == ["d", "a", "c", "b"]
    assert leads.columns["A"] == ["d.A", "a.A", "c.A", "b.A"]
    assert leads.fetched_at == [7.25] * 4


def test_fewer_columns_are_served_from_a_wider_entry(cache: MemoryCache) -> None:
    cache.put(ME, page("a", columns="ABC"))
    assert dict(get(cache, "a", ("C", "A"))[0]) == {"ProspectID": "a", "C": "a.C", "A": "a.A"}
    assert list(get(cache, "a", ("C", "A")).columns) == ["ProspectID", "C", "A"]


def test_more_columns_are_not_served_from_a_narrower_entry(cache: MemoryCache) -> None:
    cache.put(ME, page("a", columns="A"))
    assert len(get(cache, "a", ("A", "B"))) == 0


def test_a_column_that_the_server_dropped_counts_as_asked_for(cache: MemoryCache) -> None:
    cache.put(ME, page("a", columns="AB", absent="B"))
    assert get(cache, "a", ("A", "B")).absent == {"B"}
    assert get(cache, "a", ("A",)).absent == frozenset()


def test_a_later_page_replaces_what_was_known(cache: MemoryCache) -> None:
    cache.put(ME, page("a", "b", mark="-old"))
    cache.put(ME, page("b", mark="-new"))
    assert get(cache, "a b").columns["A"] == ["a.A-old", "b.A-new"]


def test_a_lead_is_fresh_until_its_time_is_over(cache: MemoryCache, hands: Hands) -> None:
    cache.put(ME, page("a"))
    hands.time_s += 899.9
    assert len(get(cache, "a")) == 1
    hands.time_s += 0.1
    assert len(get(cache, "a")) == 0


def test_an_old_page_takes_its_replaced_leads_along_only(cache: MemoryCache, hands: Hands) -> None:
    cache.put(ME, page("a", "b"))
    hands.time_s += 500.0
    cache.put(ME, page("b"))
    hands.time_s += 500.0
    assert list(get(cache, "a b").ids) == ["b"]


def test_pages_of_which_nothing_can_be_read_any_more_are_let_go(cache: MemoryCache) -> None:
    for size in (100, 70, 30, 100):  # the same leads, in pages that are cut elsewhere each time
        for start in range(0, 300, size):
            cache.put(ME, page(*map(str, range(start, min(start + size, 300)))))
    once = MemoryCache()
    for start in range(0, 300, 100):
        once.put(ME, page(*map(str, range(start, start + 100))))
    assert len(get(cache, " ".join(map(str, range(300))))) == 300
    assert len(cache._pages) == 3  # noqa: SLF001 - that memory is freed shows nowhere else
    assert cache._size_bytes == once._size_bytes  # noqa: SLF001 - likewise


def test_a_page_stays_while_one_of_its_leads_is_the_newest(cache: MemoryCache) -> None:
    cache.put(ME, page("a", "b", "c", mark="-1"))
    for mark in ("-2", "-3"):
        cache.put(ME, page("b", "c", mark=mark))
        cache.put(ME, page("a", columns="B"))
    assert get(cache, "a b c").columns["A"] == ["a.A-1", "b.A-3", "c.A-3"]
    cache.put(ME, page("a", mark="-4"))
    assert get(cache, "a b c").columns["A"] == ["a.A-4", "b.A-3", "c.A-3"]
    assert len(cache._pages) == 3  # noqa: SLF001 - that memory is freed shows nowhere else


def test_nothing_is_left_when_everything_is_old(cache: MemoryCache, hands: Hands) -> None:
    cache.put(ME, page("a"))
    hands.time_s += 1000.0
    get(cache, "a")
    assert not cache._pages  # noqa: SLF001 - that memory is freed shows nowhere else
    assert not cache._shelves  # noqa: SLF001 - likewise
    assert cache._size_bytes == 0  # noqa: SLF001 - likewise


def test_the_oldest_pages_go_when_the_cache_is_full() -> None:
    cache = MemoryCache(max_bytes=2500)
    for id_ in "abcdefgh":
        cache.put(ME, page(id_))
    kept = list(get(cache, "a b c d e f g h").ids)
    assert 1 < len(kept) < 8
    assert kept == list("abcdefgh"[-len(kept) :])


def test_an_empty_page_is_not_kept(cache: MemoryCache) -> None:
    cache.put(ME, LeadTable())
    assert not cache._pages  # noqa: SLF001 - that nothing is kept shows nowhere else


def test_no_key_is_kept(cache: MemoryCache) -> None:
    secret = replace(ME, access_key="0marker0access")
    cache.put(secret, page("a"))
    assert "0marker0access" not in repr(vars(cache))


def test_no_cache_keeps_nothing() -> None:
    cache = NoCache()
    cache.put(ME, page("a"))
    cache.forget(ME)
    assert len(cache.get_many(ME, [LeadId("a")], ("ProspectID",))) == 0
    assert cache.count(ME, [LeadId("a")], ("ProspectID",)) == 0
