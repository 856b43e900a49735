"""A gate before a cache."""

from __future__ import annotations

from threading import Event, Thread

from lsq.api.account import Account
from lsq.api.cache import GatedCache, MemoryCache, NoCache
from lsq.api.lead_id import LeadId
from lsq.api.models import LeadTable

ACCOUNT = Account(host="api-in21.leadsquared.com", access_key="an-access", secret_key="a-secret")  # noqa: S106 - made up
ONE = LeadId("0acb9356-bcd1-4128-b63a-97f52cb8cc3c")
TWO = LeadId("3aee22bd-8419-422a-8242-c510df9af021")


def page(lead_id: LeadId) -> LeadTable:
    return LeadTable(ids=[lead_id], columns={"ProspectID": [lead_id]}, fetched_at=[1.0])


def test_an_open_gate_is_the_cache_behind_it() -> None:
    memory = MemoryCache()
    gate = GatedCache(memory)
    gate.put(ACCOUNT, page(ONE))
    assert memory.count(ACCOUNT, [ONE], ["ProspectID"]) == 1
    assert list(gate.get_many(ACCOUNT, [TWO, ONE], ["ProspectID"]).ids) == [ONE]
    gate.forget(ACCOUNT)
    assert gate.count(ACCOUNT, [ONE], ["ProspectID"]) == 0


def test_a_shut_gate_keeps_nothing_more_and_still_answers() -> None:
    gate = GatedCache(MemoryCache())
    gate.put(ACCOUNT, page(ONE))
    gate.shut()
    gate.put(ACCOUNT, page(TWO))
    assert gate.count(ACCOUNT, [ONE, TWO], ["ProspectID"]) == 1


def test_closing_a_gate_shuts_it_and_leaves_the_cache_to_others() -> None:
    memory = MemoryCache()
    gate = GatedCache(memory)
    gate.close()
    gate.put(ACCOUNT, page(ONE))
    memory.put(ACCOUNT, page(TWO))
    assert gate.count(ACCOUNT, [ONE, TWO], ["ProspectID"]) == 1


def test_what_is_stale_is_dropped_behind_the_gate() -> None:
    now = [0.0]
    memory = MemoryCache(ttl_s=900.0, clock=lambda: now[0])
    memory.put(ACCOUNT, page(ONE))
    now[0] = 900.0
    GatedCache(memory).drop_stale()
    assert not memory._pages  # noqa: SLF001 - that memory is freed shows nowhere else


def test_what_has_passed_either_way_is_here_so_far_in_the_order_of_the_fetch() -> None:
    memory = MemoryCache()
    memory.put(ACCOUNT, page(ONE))
    gate = GatedCache(memory)
    assert not len(gate.so_far([TWO, ONE]))
    gate.get_many(ACCOUNT, [TWO, ONE], ["ProspectID"])
    gate.put(ACCOUNT, page(TWO))
    assert list(gate.so_far([TWO, ONE]).ids) == [TWO, ONE]


def test_what_came_is_known_also_when_nothing_is_kept() -> None:
    gate = GatedCache(NoCache())
    gate.put(ACCOUNT, page(ONE))
    assert list(gate.so_far([ONE, TWO]).ids) == [ONE]
    gate.forget_passed()
    assert not len(gate.so_far([ONE, TWO]))


def test_what_is_here_so_far_does_not_wait_for_a_slow_cache() -> None:
    writing, go = Event(), Event()

    class Slow(NoCache):
        def put(self, *_: object) -> None:
            writing.set()
            go.wait(10)

    gate = GatedCache(Slow())
    thread = Thread(target=gate.put, args=(ACCOUNT, page(ONE)))
    thread.start()
    assert writing.wait(5)
    assert list(gate.so_far([ONE]).ids) == [ONE]
    assert thread.is_alive()
    go.set()
    thread.join()
