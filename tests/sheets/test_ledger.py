"""One outcome for every entry, in figures that add up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.errors import ServerFailed
from lsq.api.lead_id import LeadId
from lsq.api.models import Fetched, LeadTable, Outcome
from lsq.sheets.errors import LedgerError
from lsq.sheets.id_column import IdCells, find_ids
from lsq.sheets.ledger import settle
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lsq.sheets.sheet import Sheet

ASIDE = (Outcome.DUPLICATE, Outcome.BLANK, Outcome.INVALID)


def fetched(
    found: Sequence[str] = (), missing: Sequence[str] = (), failed: Sequence[str] = (),
    waiting: Sequence[str] = (),
) -> Fetched:  # fmt: skip
    return Fetched(
        leads=LeadTable(ids=[LeadId(i) for i in found], columns={"ProspectID": list(found)}),
        not_found=tuple(map(LeadId, missing)),
        failed={LeadId(i): ServerFailed("The server answered 500.") for i in failed},
        not_asked=tuple(map(LeadId, waiting)),
    )


@pytest.fixture
def cells(sheet_of: Callable[..., Sheet], ids: list[str]) -> IdCells:
    """Four ids, one repeated, one blank and one bad cell."""
    a, b, c, d = ids[:4]
    return find_ids(sheet_of(f"Id,N\n{a},1\n{b},2\n{a},3\n,4\n{c[:-1]},5\n{c},6\n{d},7\n"))


def test_every_row_has_its_outcome_and_a_word_on_why(cells: IdCells, ids: list[str]) -> None:
    a, b, c, d = ids[:4]
    ledger = settle(cells, fetched([b], [a], [c], [d]))
    assert list(ledger.frame.columns) == ["row", "value", "id", "outcome", "detail"]
    assert ledger.frame["outcome"].tolist() == [
        "not found", "found", "duplicate", "blank", "not an id", "failed", "not asked",
    ]  # fmt: skip
    assert ledger.frame["detail"].tolist() == [
        "asked twice: deleted, merged, hidden, or another account's",
        "",
        "same id as row 2",
        "no value in the id column",
        "too short: 31 of 32 hexadecimal digits",
        "The server answered 500.",
        "stopped before its turn",
    ]
    assert ledger.frame["row"].tolist() == [2, 3, 4, 5, 6, 7, 8]
    assert ledger.frame["id"].isna().tolist() == [False, False, False, True, True, False, False]


def test_a_duplicate_has_the_lead_of_its_first_row(cells: IdCells, ids: list[str]) -> None:
    a, b, c, d = ids[:4]
    ledger = settle(cells, fetched([d, a], [b, c]))
    assert ledger.lead.tolist() == [1, -1, 1, -1, -1, -1, 0]


def test_before_a_fetch_the_ids_are_to_fetch(cells: IdCells) -> None:
    ledger = settle(cells, None)
    assert ledger.counts()[Outcome.TO_FETCH] == 4
    assert ledger.ids_asked == 4
    assert (ledger.lead == -1).all()


def test_counts_come_in_the_fixed_order_with_zeros(cells: IdCells) -> None:
    counts = settle(cells, None).counts()
    assert list(counts) == list(Outcome)
    assert counts[Outcome.FOUND] == 0


def test_the_lines_of_one_outcome_can_be_taken(cells: IdCells) -> None:
    assert settle(cells, None).of(Outcome.INVALID)["row"].tolist() == [6]


def test_an_id_without_an_outcome_is_never_passed_over(cells: IdCells, ids: list[str]) -> None:
    with pytest.raises(LedgerError, match="1 ids have no outcome"):
        settle(cells, fetched(ids[:3]))


def test_an_id_with_two_outcomes_is_refused(cells: IdCells, ids: list[str]) -> None:
    with pytest.raises(LedgerError, match="counted twice"):
        settle(cells, fetched(ids[:4], ids[:1]))
    with pytest.raises(LedgerError, match="counted twice"):
        settle(cells, fetched(ids[:3], [ids[3], ids[3]]))


def test_an_id_that_was_not_in_the_sheet_is_refused(cells: IdCells, ids: list[str]) -> None:
    with pytest.raises(LedgerError, match="an id that is found was not in the sheet"):
        settle(cells, fetched(ids[:5]))


def test_outcomes_that_do_not_add_up_are_refused(cells: IdCells) -> None:
    blank = cells.outcome.copy()
    blank[:] = "blank"
    with pytest.raises(LedgerError, match="4 ids have 0 outcomes"):
        settle(replace(cells, outcome=blank), None)


guid = st.integers(1, 6).map(lambda n: f"{n:08x}-0000-4000-8000-{n:012x}")
cell = st.one_of(guid, st.sampled_from(["", "oops"]), st.tuples(guid, guid).map("; ".join))


@given(st.lists(cell, max_size=20), st.data())
def test_the_sums_of_the_contract_hold_for_every_sheet(
    values: list[str], data: st.DataObject
) -> None:
    text = "Id,N\n" + "".join(f'"{value}",x\n' for value in values)
    choices = Choices(separator=",", header_row=1)
    cells = find_ids(parse_sheet(text.encode(), name="x.csv", choices=choices), column="Id")
    groups: list[list[str]] = [[], [], [], []]
    for lead_id in cells.ids:
        groups[data.draw(st.integers(0, 3))].append(lead_id)
    ledger = settle(cells, fetched(*groups))
    counts = ledger.counts()
    assert ledger.rows == len(values)
    assert ledger.rows + ledger.extra_ids == len(cells.ids) + sum(counts[o] for o in ASIDE)
    assert [counts[o] for o in list(Outcome)[:4]] == [len(group) for group in groups]
    assert ledger.ids_asked == len(cells.ids)
