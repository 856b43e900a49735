"""The books of a fetch: every id in exactly one place, whatever the calls bring."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.batches import Books
from lsq.api.errors import BadRequest, NoAnswer, NoLeadId
from lsq.api.lead_id import LeadId
from lsq.api.models import Fetched, FetchStats, LeadTable, Oddities
from lsq.api.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lsq.api.dissection import Batch
ERROR = NoAnswer("No.")
BAD = BadRequest("No.")


def ids_of(*numbers: int) -> list[LeadId]:
    return [LeadId(str(UUID(int=number))) for number in numbers]


def table(ids: Sequence[LeadId]) -> LeadTable:
    return LeadTable(ids=list(ids), columns={"ProspectID": list(ids)}, fetched_at=[0.0] * len(ids))


def close(books: Books) -> Fetched:
    return books.result(columns=("ProspectID",), stats=FetchStats())


def parts(fetched: Fetched) -> list[Sequence[LeadId]]:
    return [fetched.leads.ids, fetched.not_found, list(fetched.failed), fetched.not_asked]


@given(data=st.data(), numbers=st.lists(st.integers(1, 99), unique=True), size=st.integers(1, 9))
def test_every_id_is_in_exactly_one_part_in_the_order_asked(
    data: st.DataObject, numbers: list[int], size: int
) -> None:
    ids = ids_of(*numbers)
    cached = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    books = Books(ids, table(cached), size=size)
    open_calls = list(books.first)
    while open_calls:
        batch = open_calls.pop(data.draw(st.integers(0, len(open_calls) - 1)))
        _enter(books, batch, data)
        open_calls += books.next_calls()
        if books.stopped_by or data.draw(st.integers(0, 9)) == 0:
            break  # stopped in the middle
    fetched = close(books)
    assert sorted(id_ for part in parts(fetched) for id_ in part) == sorted(ids)
    assert all(list(part) == [id_ for id_ in ids if id_ in part] for part in parts(fetched))
    assert books.done == len(ids) - len(fetched.not_asked)
    assert not books.is_settled or not fetched.not_asked


def _enter(books: Books, batch: Batch, data: st.DataObject) -> None:
    came = data.draw(st.none() | st.sets(st.sampled_from(batch)))
    if came is None:
        books.enter_failure(batch, data.draw(st.sampled_from([ERROR, BAD])))
    else:
        nameless = data.draw(st.integers(0, 1))
        books.enter(batch, Page(leads=table(sorted(came)), nameless=nameless))


def answer(books: Books, batches: Iterable[Batch], known: Iterable[LeadId]) -> None:
    """Enter what a server that has the leads `known` would answer."""
    for batch in batches:
        books.enter(batch, Page(leads=table([id_ for id_ in batch if id_ in set(known)])))


def test_ids_that_a_good_answer_leaves_out_are_asked_for_once_more_together() -> None:
    ids = ids_of(*range(1, 7))
    books = Books(ids, LeadTable(), size=3)
    answer(books, books.first[:1], known=ids[1:])
    assert books.next_calls() == []
    answer(books, books.first[1:], known=ids[:-1])
    assert books.next_calls() == [(ids[0], ids[5])]
    assert not books.is_settled
    assert books.planned == 3


def test_ids_left_out_twice_are_not_found() -> None:
    a, b = ids = ids_of(1, 2)
    books = Books(ids, LeadTable(), size=2)
    answer(books, books.first, known=[a])
    answer(books, books.next_calls(), known=[])
    fetched = close(books)
    assert (list(fetched.leads.ids), fetched.not_found) == ([a], (b,))
    assert books.next_calls() == []


def test_an_id_that_comes_the_second_time_is_found() -> None:
    ids = ids_of(1, 2)
    books = Books(ids, LeadTable(), size=2)
    answer(books, books.first, known=[ids[1]])
    answer(books, books.next_calls(), known=ids)
    assert list(close(books).leads.ids) == ids


def test_an_id_left_out_once_is_not_asked_when_the_run_stops_there() -> None:
    ids = ids_of(1, 2)
    books = Books(ids, LeadTable(), size=2)
    answer(books, books.first, known=[])
    assert close(books).not_asked == tuple(ids)


def test_what_a_clamp_cut_off_is_asked_for_in_calls_of_its_size_once_one_brings_leads() -> None:
    ids = ids_of(*range(1, 2001))
    books = Books(ids, LeadTable(), size=1000)
    answer(books, books.first[:1], known=ids[:100])
    (trial,) = books.next_calls()
    assert trial == tuple(ids[100:200])
    answer(books, [trial], known=ids)
    again = books.next_calls()
    assert [len(batch) for batch in again] == [100] * 8
    answer(books, again, known=ids)
    answer(books, books.first[1:], known=ids[1000:1100])
    again = books.next_calls()  # the server is known by now
    assert [len(batch) for batch in again] == [100] * 9
    answer(books, again, known=ids)
    assert list(close(books).leads.ids) == ids


@pytest.mark.parametrize("fails", [True, False])
def test_a_round_number_of_leads_by_chance_costs_one_call(*, fails: bool) -> None:
    ids = ids_of(*range(1, 1001))
    books = Books(ids, LeadTable(), size=1000)
    answer(books, books.first, known=ids[:25])
    (trial,) = books.next_calls()
    if fails:
        books.enter_failure(trial, ERROR)
    else:
        answer(books, [trial], known=[])
    (last,) = books.next_calls()
    assert len(last) == (950 if fails else 975)
    answer(books, [last], known=[])
    fetched = close(books)
    assert len(fetched.not_found) + len(fetched.failed) == 975


def test_what_a_clamped_page_cut_off_is_asked_for_twice_more_before_it_is_not_found() -> None:
    ids = ids_of(*range(1, 201))
    books = Books(ids, LeadTable(), size=200)
    answer(books, books.first, known=ids[:100])
    (again,) = books.next_calls()
    answer(books, [again], known=[])
    (last,) = books.next_calls()
    assert again == last == tuple(ids[100:])
    answer(books, [last], known=[])
    assert close(books).not_found == tuple(ids[100:])


def test_a_page_that_lacks_some_leads_is_not_taken_for_clamped() -> None:
    ids = ids_of(*range(1, 1001))
    books = Books(ids, LeadTable(), size=1000)
    answer(books, books.first, known=ids[:3])
    assert [len(batch) for batch in books.next_calls()] == [997]


def test_an_id_is_not_called_missing_while_a_lead_without_id_may_be_its_own() -> None:
    a, b = ids = ids_of(1, 2)
    books = Books(ids, LeadTable(), size=2)
    books.enter(books.first[0], Page(leads=table([a]), nameless=1))
    (again,) = books.next_calls()
    books.enter(again, Page(leads=table([]), nameless=1))
    fetched = close(books)
    assert fetched.not_found == ()
    assert isinstance(fetched.failed[b], NoLeadId)


def test_a_failed_call_fails_its_ids_with_its_error() -> None:
    ids = ids_of(1, 2, 3)
    books = Books(ids, LeadTable(), size=2)
    books.enter_failure(books.first[0], ERROR)
    answer(books, books.first[1:], known=ids)
    assert close(books).failed == {ids[0]: ERROR, ids[1]: ERROR}


def test_cached_leads_are_not_asked_for_and_stand_in_their_place() -> None:
    a, b, c = ids = ids_of(1, 2, 3)
    books = Books(ids, table([b]), size=5)
    assert books.first == [(a, c)]
    answer(books, books.first, known=ids)
    assert list(close(books).leads.ids) == ids
    assert books.from_cache == 1


def test_strange_and_repeated_leads_are_summed() -> None:
    books = Books(ids_of(1, 2), LeadTable(), size=1)
    for batch in books.first:
        books.enter(batch, Page(leads=table(batch), odd=Oddities(unasked=2, repeated=3)))
    assert books.odd == Oddities(unasked=4, repeated=6)


def test_an_empty_result_has_the_columns_asked_for() -> None:
    leads = Books([], LeadTable(), size=1).result(columns=("A", "B"), stats=FetchStats()).leads
    assert (len(leads), list(leads.columns)) == (0, ["A", "B"])


def test_a_batch_is_entered_once() -> None:
    books = Books(ids_of(1), LeadTable(), size=1)
    books.enter_failure(books.first[0], ERROR)
    with pytest.raises(KeyError):
        books.enter_failure(books.first[0], ERROR)
