"""Bad ids are split off: everybody else's leads come, at a bounded cost."""

from __future__ import annotations

from math import ceil, log2
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.batches import Books
from lsq.api.dissection import Batch, is_splittable, split
from lsq.api.errors import BadRequest, KeysRefused, LsqError, RateLimited, Rejected, ServerFailed
from lsq.api.lead_id import LeadId
from lsq.api.models import Fetched, FetchStats, LeadTable
from lsq.api.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BAD = BadRequest("It did not accept the call (400).", status=400)


def ids_of(count: int) -> list[LeadId]:
    return [LeadId(str(UUID(int=number))) for number in range(count)]


def table(ids: Sequence[LeadId]) -> LeadTable:
    return LeadTable(ids=list(ids), columns={"ProspectID": list(ids)}, fetched_at=[0.0] * len(ids))


class Run:
    """A fetch without threads: the calls that are open, answered one by one in any order."""

    def __init__(self, ids: list[LeadId], *, size: int) -> None:
        """Open the books."""
        self.books = Books(ids, LeadTable(), size=size)
        self.asked: list[Batch] = []
        self.open_calls = list(self.books.first)

    def play(
        self,
        answer: Callable[[Batch], LsqError | None],
        pick: Callable[[int], int] = lambda _: 0,
    ) -> Fetched:
        """Answer with all leads or with an error until nothing is open."""
        while self.open_calls and self.books.stopped_by is None:
            batch = self.open_calls.pop(pick(len(self.open_calls)))
            self.asked.append(batch)
            if error := answer(batch):
                self.books.enter_failure(batch, error)
            else:
                self.books.enter(batch, Page(leads=table(batch)))
            self.open_calls += self.books.next_calls()
        assert self.books.is_settled or self.books.stopped_by
        return self.books.result(columns=("ProspectID",), stats=FetchStats())


def refuse(*bad: LeadId) -> Callable[[Batch], LsqError | None]:
    return lambda batch: BAD if set(bad).intersection(batch) else None


@given(st.lists(st.integers()), st.integers(1, 7))
def test_batches_are_the_ids_in_order_and_no_larger_than_asked(
    numbers: list[int], size: int
) -> None:
    batches = list(split(numbers, size))  # type: ignore[arg-type]
    assert [number for batch in batches for number in batch] == numbers
    assert all(1 <= len(batch) <= size for batch in batches)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BAD, True),
        (Rejected("No."), True),
        (BadRequest("No.", status=407), False),
        (KeysRefused("No."), False),
        (RateLimited("No."), False),
        (ServerFailed("No."), False),
    ],
)
def test_only_what_an_id_may_be_to_blame_for_is_split(error: LsqError, *, expected: bool) -> None:
    assert is_splittable(error) is expected


@pytest.mark.parametrize("place", [0, 1, 499, 500, 998, 999])
def test_one_bad_id_of_a_thousand_costs_twenty_more_calls_at_most(place: int) -> None:
    ids = ids_of(1000)
    run = Run(ids, size=1000)
    fetched = run.play(refuse(ids[place]))
    assert fetched.failed == {ids[place]: BAD}
    assert list(fetched.leads.ids) == [*ids[:place], *ids[place + 1 :]]
    assert len(run.asked) <= 1 + 2 * ceil(log2(1000))


@given(data=st.data(), size=st.integers(1, 70), count=st.integers(1, 300))
def test_bad_ids_cost_nobody_else_their_lead(data: st.DataObject, size: int, count: int) -> None:
    ids = ids_of(count)
    bad = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=20))
    run = Run(ids, size=size)
    fetched = run.play(refuse(*bad), lambda n: data.draw(st.integers(0, n - 1)))
    if fetched.stopped_by is None:
        assert set(fetched.failed) == set(bad)
        assert list(fetched.leads.ids) == [id_ for id_ in ids if id_ not in bad]
    else:
        assert len(fetched.failed) == 3
        assert not len(fetched.leads)  # not one answer said that the question is good
    batches, deep = ceil(count / size), ceil(log2(min(size, count)))
    checks = len(bad) // 3
    assert len(run.asked) <= batches + 2 * deep * len(bad) + checks


def test_many_bad_ids_beside_each_other_are_all_found() -> None:
    ids = ids_of(1000)
    fetched = Run(ids, size=100).play(refuse(*ids[400:440]))
    assert (list(fetched.failed), len(fetched.leads)) == (ids[400:440], 960)


def test_when_all_is_refused_from_some_moment_on_a_known_id_settles_it() -> None:
    ids = ids_of(1000)
    run = Run(ids, size=100)
    fetched = run.play(lambda _: BAD if len(run.asked) > 1 else None)
    assert isinstance(fetched.stopped_by, BadRequest)
    assert list(fetched.leads.ids) == ids[:100]
    assert 3 <= len(fetched.failed) < 3 + 8  # the others were under way
    assert (ids[0],) in run.asked
    assert len(run.asked) < 150


def test_while_a_known_id_is_asked_for_again_no_other_piece_goes_out() -> None:
    ids = ids_of(9)
    books = Books(ids, LeadTable(), size=1)
    books.enter(books.first[0], Page(leads=table(ids[:1])))
    for batch in books.first[1:4]:
        books.enter_failure(batch, BAD)
    (check,) = books.next_calls()
    assert check == (ids[0],)
    assert books.next_calls() == []
    books.enter(check, Page(leads=table(check)))
    assert books.leads == 1
    for batch in books.first[4:]:
        books.enter_failure(batch, BAD)
    assert books.is_settled
    assert books.stopped_by is None


def test_a_check_that_fails_in_another_way_settles_nothing() -> None:
    ids = ids_of(5)
    books = Books(ids, LeadTable(), size=1)
    books.enter(books.first[0], Page(leads=table(ids[:1])))
    for batch in books.first[1:4]:
        books.enter_failure(batch, BAD)
    books.enter_failure(books.next_calls()[0], ServerFailed("No."))
    assert books.stopped_by is None
    assert not books.is_settled


def test_when_everything_is_refused_three_single_ids_settle_it() -> None:
    ids = ids_of(100_000)
    run = Run(ids[:1000], size=1000)
    fetched = run.play(lambda _: BAD)
    assert isinstance(fetched.stopped_by, BadRequest)
    assert "not the ids" in fetched.stopped_by.title
    assert BAD.title in fetched.stopped_by.advice
    assert len(fetched.failed) == 3
    assert len(fetched.not_asked) == 997
    assert len(run.asked) <= 1 + 3 * 2 * ceil(log2(1000))


def test_it_goes_down_to_one_id_and_its_neighbour_first() -> None:
    run = Run(ids_of(64), size=64)
    run.play(lambda _: BAD)
    assert [len(batch) for batch in run.asked[:7]] == [64, 32, 16, 8, 4, 2, 1]
    assert [len(batch) for batch in run.asked[7:10]] == [1, 32, 16]


def test_bad_ids_spread_over_the_only_batch_are_all_found() -> None:
    ids = ids_of(1000)
    bad = [ids[place] for place in (0, 250, 500, 501, 999)]
    fetched = Run(ids, size=1000).play(refuse(*bad))
    assert (list(fetched.failed), len(fetched.leads)) == (bad, 995)


def test_before_any_success_one_piece_is_out_at_a_time() -> None:
    run = Run(ids_of(64), size=8)
    for batch in run.books.first:
        run.books.enter_failure(batch, BAD)
        run.open_calls = [*run.books.next_calls(), *run.open_calls]
    assert [len(batch) for batch in run.open_calls if len(batch) < 8] == [4]


def test_after_a_success_all_pieces_go_out_together() -> None:
    ids = ids_of(16)
    books = Books(ids, LeadTable(), size=8)
    books.enter(books.first[0], Page(leads=table(books.first[0])))
    books.enter_failure(books.first[1], BAD)
    assert books.next_calls() == [tuple(ids[8:12]), tuple(ids[12:])]


def test_only_so_many_pieces_go_out_together_the_smallest_first() -> None:
    ids = ids_of(160)
    books = Books(ids, LeadTable(), size=8)
    books.enter(books.first[0], Page(leads=table(books.first[0])))
    for batch in books.first[1:]:
        books.enter_failure(batch, BAD)
    out = books.next_calls()
    assert [len(batch) for batch in out] == [4] * 8
    books.enter_failure(out[0], BAD)
    assert [len(batch) for batch in books.next_calls()] == [2]


def test_three_that_fail_in_different_ways_do_not_end_the_run() -> None:
    ids = ids_of(3)
    errors = dict(zip(ids, [BAD, Rejected("No."), BAD], strict=True))
    run = Run(ids, size=1)
    fetched = run.play(lambda batch: errors[batch[0]])
    assert fetched.stopped_by is None
    assert fetched.failed == errors


def test_a_success_between_them_lets_the_run_go_on() -> None:
    ids = ids_of(8)
    fetched = Run(ids, size=1).play(refuse(*ids[:2], *ids[3:5], *ids[6:]))
    assert (fetched.stopped_by, len(fetched.leads), len(fetched.failed)) == (None, 2, 6)


def test_a_piece_that_fails_in_another_way_holds_up_nobody() -> None:
    ids = ids_of(8)

    def answer(batch: Batch) -> LsqError | None:
        if len(batch) == 8:
            return BAD
        return ServerFailed("No.") if ids[0] in batch else None

    fetched = Run(ids, size=8).play(answer)
    assert list(fetched.failed) == ids[:4]
    assert list(fetched.leads.ids) == ids[4:]
