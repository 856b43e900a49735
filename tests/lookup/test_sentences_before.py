"""What a sheet holds and what a fetch will cost, in exact words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.models import Outcome, Progress
from lsq.lookup.plan import Plan
from lsq.lookup.sentences import MEANINGS, cost, so_far, sum_of_rows, takes
from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.lookup.run import Lookup
    from lsq.sheets.id_column import IdCells

    Make = Callable[..., Lookup]

IDS = tuple(lead_id(number) for number in range(12))


def costing(cells: IdCells, *, fresh: int = 0, calls: int = 1, seconds: float = 0.6) -> Plan:
    return Plan(
        cells=cells, ids=cells.ids, columns=("A",), fresh=fresh, calls=calls, seconds=seconds
    )


@pytest.fixture
def cells(make_sheet: Callable[..., tuple[object, IdCells]]) -> Callable[..., IdCells]:
    """Return a maker of the ids of a sheet."""
    return lambda *texts: make_sheet(*texts)[1]


@pytest.mark.parametrize("word", Outcome)
def test_every_outcome_has_its_meaning(word: Outcome) -> None:
    assert MEANINGS[word]


def test_the_rows_are_named_by_what_is_in_them(cells: Callable[..., IdCells]) -> None:
    texts = [*IDS, IDS[0], IDS[1], "", "", "see email", "call back"]
    assert sum_of_rows(cells(*texts)) == (
        "18 rows = 12 ids + 2 duplicates + 2 blank + 2 not ids"  # as ux.md writes it
    )


def test_one_of_each_is_in_the_singular_and_zeros_are_left_out(
    cells: Callable[..., IdCells],
) -> None:
    assert sum_of_rows(cells(IDS[0])) == "1 row = 1 id"
    assert sum_of_rows(cells(IDS[0], IDS[0], "", "x")) == (
        "4 rows = 1 id + 1 duplicate + 1 blank + 1 not an id"
    )


def test_cells_of_several_ids_are_said(cells: Callable[..., IdCells]) -> None:
    two = cells(f"{IDS[0]} {IDS[1]}", IDS[2])
    assert sum_of_rows(two) == "2 rows and 1 further id in the same cells = 3 ids"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "about 1 s"), (5.6, "about 6 s"), (61, "about 1 min 1 s")]
)
def test_an_estimate_is_never_finer_than_a_second(seconds: float, words: str) -> None:
    assert takes(seconds) == words


def test_a_cost_without_fresh_leads(cells: Callable[..., IdCells]) -> None:
    plan = costing(cells(*IDS), calls=3, seconds=5.6)
    assert cost(plan, fresh_for_s=900, batch=5) == (
        "3 calls · about 6 s",
        "12 leads will be asked for, 5 a call.",
    )


def test_a_cost_with_some_fresh_leads(cells: Callable[..., IdCells]) -> None:
    plan = costing(cells(*IDS), fresh=4, calls=2)
    assert cost(plan, fresh_for_s=900, batch=5)[1] == (
        "4 are still fresh (under 15 min old), 8 will be asked for, 5 a call."
    )


def test_a_cost_with_one_fresh_lead_and_one_call(cells: Callable[..., IdCells]) -> None:
    plan = costing(cells(*IDS[:2]), fresh=1)
    assert cost(plan, fresh_for_s=900, batch=1000) == (
        "1 call · about 1 s",
        "1 is still fresh (under 15 min old), 1 will be asked for, in one call.",
    )


def test_a_cost_of_one_lead(cells: Callable[..., IdCells]) -> None:
    assert cost(costing(cells(IDS[0])), fresh_for_s=900, batch=1000)[1] == (
        "1 lead will be asked for, in one call."
    )


@pytest.mark.parametrize(
    ("number", "words"), [(12, "All are under 15 min old."), (1, "It is under 15 min old.")]
)
def test_all_fresh_costs_nothing(cells: Callable[..., IdCells], number: int, words: str) -> None:
    plan = costing(cells(*IDS[:number]), fresh=number, calls=0)
    assert cost(plan, fresh_for_s=900, batch=1000) == ("No calls.", words)


def test_the_rate_of_a_fetch_leaves_out_what_was_still_fresh() -> None:
    progress = Progress(
        done=3000, total=4500, leads=2990, from_cache=2000, calls_answered=2, elapsed_s=2.0
    )
    assert so_far(progress) == "2,990 of 4,500 leads · 500 a second · about 3 s left"


def test_without_an_answer_of_its_own_a_fetch_has_no_rate() -> None:
    progress = Progress(
        done=2000, total=4500, leads=2000, from_cache=2000, calls_answered=2, elapsed_s=2.0
    )
    assert so_far(progress) == "2,000 of 4,500 leads"
