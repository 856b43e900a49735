"""What every cache promises, whatever it is made of: the same tests for memory, file and Redis."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from itertools import count as numbers
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsq.api.lead_id import LeadId
from lsq.api.models import LeadTable
from tests.api.cache.made_up import ME, OTHER, count, get, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.cache import LeadCache

IDS = "abcde"
NAMES = ("A", "mx_Straße", 'quo"te', "A.B")
TEXTS = (
    st.none()
    | st.sampled_from(["", "null", "[]", "x y"])
    | st.text(st.characters(exclude_categories=()), max_size=5)
)
ACCOUNTS = numbers()


@st.composite
def pages(draw: st.DrawFn) -> LeadTable:
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=4))
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    values = st.lists(TEXTS, min_size=len(ids), max_size=len(ids))
    absent = draw(st.sets(st.sampled_from(names))) if names and ids else set()
    return LeadTable(
        ids=[LeadId(id_) for id_ in ids],
        columns={
            "ProspectID": ids,
            **{name: [None] * len(ids) if name in absent else draw(values) for name in names},
        },
        fetched_at=draw(st.lists(st.floats(0, 2e9), min_size=len(ids), max_size=len(ids))),
        absent=frozenset(absent),
    )


QUESTIONS = st.tuples(
    st.lists(st.sampled_from(IDS + "x"), unique=True),
    st.lists(st.sampled_from(NAMES), unique=True, max_size=3),
)


def expected(kept: list[LeadTable], ids: list[str], columns: tuple[str, ...]) -> LeadTable:
    """Answer a question by looking through all pages for every lead, the newest first."""
    wide = [page for page in reversed(kept) if page.columns.keys() >= set(columns)]
    parts = []
    for id_ in ids:
        newest = next((page for page in wide if id_ in page.ids), None)
        if newest is not None:
            parts.append(newest.take([newest.ids.index(LeadId(id_))]))
    whole = LeadTable.concat(parts)
    return replace(
        whole,
        columns={name: whole.columns[name] for name in columns} if parts else {},
        absent=whole.absent.intersection(columns),
    )


def as_told(table: LeadTable) -> tuple[object, ...]:
    columns = {name: list(values) for name, values in table.columns.items()}
    return list(table.ids), columns, list(columns), list(table.fetched_at), table.absent


@given(st.lists(pages(), max_size=5), st.lists(QUESTIONS, min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_put_comes_back_narrowed_in_the_order_asked_and_the_newest_wins(
    any_cache: LeadCache, kept: list[LeadTable], questions: list[tuple[list[str], list[str]]]
) -> None:
    account = replace(ME, access_key=f"account{next(ACCOUNTS)}")
    for each in kept:
        any_cache.put(account, each)
    for ids, names in questions:
        asked, columns = [LeadId(id_) for id_ in ids], ("ProspectID", *names)
        answer = expected(kept, ids, columns)
        assert as_told(any_cache.get_many(account, asked, columns)) == as_told(answer)
        assert any_cache.count(account, asked, columns) == len(answer)


def test_no_account_sees_the_leads_of_another(any_cache: LeadCache) -> None:
    any_cache.put(ME, page("a"))
    assert len(get(any_cache, "a", account=OTHER)) == count(any_cache, "a", account=OTHER) == 0


def test_the_same_account_made_anew_finds_its_leads(any_cache: LeadCache) -> None:
    any_cache.put(ME, page("a"))
    assert len(get(any_cache, "a", account=replace(ME))) == 1


def test_other_columns_do_not_throw_away_the_earlier_ones(any_cache: LeadCache) -> None:
    any_cache.put(ME, page("a", columns="AB"))
    any_cache.put(ME, page("a", columns="C"))
    assert dict(get(any_cache, "a", ("B",))[0]) == {"ProspectID": "a", "B": "a.B"}
    assert dict(get(any_cache, "a", ("C",))[0]) == {"ProspectID": "a", "C": "a.C"}
    assert count(any_cache, "a", ("B", "C")) == 0


def test_of_several_wide_enough_entries_the_newest_serves(any_cache: LeadCache) -> None:
    any_cache.put(ME, page("a", "b", columns="ABC", mark="-1"))
    any_cache.put(ME, page("a", columns="A", mark="-2"))
    assert get(any_cache, "a b").columns["A"] == ["a.A-2", "b.A-1"]
    any_cache.put(ME, page("b", columns="AB", mark="-3"))
    assert get(any_cache, "a b").columns["A"] == ["a.A-2", "b.A-3"]
    any_cache.put(ME, page("a", columns="ABC", mark="-4"))
    assert get(any_cache, "a b").columns["A"] == ["a.A-4", "b.A-3"]


def test_more_leads_than_are_read_at_once_come_back_whole(any_cache: LeadCache) -> None:
    ids = [f"id{number}" for number in range(2500)]
    any_cache.put(ME, page(*ids))
    leads = get(any_cache, " ".join(reversed(ids)))
    assert leads.columns["A"] == [f"{id_}.A" for id_ in reversed(ids)]
    assert count(any_cache, " ".join(ids)) == 2500


def test_a_lead_is_there_until_its_time_is_over_and_then_goes(
    open_cache: Callable[..., LeadCache],
) -> None:
    cache, started_s = open_cache(ttl_s=0.3), time.monotonic()
    cache.put(ME, page("a"))
    while count(cache, "a") and time.monotonic() < started_s + 10:
        pass
    gone_s = time.monotonic() - started_s
    assert 0.29 < gone_s < 10
    assert len(get(cache, "a")) == 0


def test_an_account_can_be_forgotten_and_known_again(any_cache: LeadCache) -> None:
    for account in (ME, OTHER):
        any_cache.put(account, page("a", "b"))
        any_cache.put(account, page("a", columns="B"))
    any_cache.forget(ME)
    assert count(any_cache, "a b") == count(any_cache, "a", ("B",)) == 0
    assert count(any_cache, "a b", account=OTHER) == 2
    any_cache.put(ME, page("b"))
    assert list(get(any_cache, "a b").ids) == ["b"]


def test_an_unknown_account_can_be_forgotten_too(any_cache: LeadCache) -> None:
    any_cache.forget(ME)
    assert len(get(any_cache, "a")) == 0


def test_an_empty_page_and_an_empty_question_are_nothing(any_cache: LeadCache) -> None:
    any_cache.put(ME, LeadTable())
    any_cache.put(ME, page("a"))
    assert len(get(any_cache, "")) == count(any_cache, "") == 0


def test_dropping_what_is_stale_leaves_what_is_fresh(any_cache: LeadCache) -> None:
    any_cache.put(ME, page("a"))
    any_cache.drop_stale()
    assert count(any_cache, "a") == 1


def test_closing_can_be_done_twice(any_cache: LeadCache) -> None:
    any_cache.close()
    any_cache.close()


def test_threads_can_put_and_get_together(any_cache: LeadCache) -> None:
    wrong = list[str]()

    def work(name: str) -> None:
        for number in range(25):
            any_cache.put(ME, page(f"{name}{number}", "shared"))
            leads = get(any_cache, f"{name}{number} shared")
            good = [lead["A"] == f"{lead['ProspectID']}.A" for lead in leads]
            if good != [True, True]:
                wrong.append(name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
