"""The tables that cross rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.models import Fetched, LeadTable, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def table_of(*rows: Mapping[str, str | None], absent: Iterable[str] = ()) -> LeadTable:
    """Make a table with the columns of the first row."""
    return LeadTable(
        ids=[row["ProspectID"] for row in rows],
        columns={name: [row.get(name) for row in rows] for name in (rows[0] if rows else {})},
        fetched_at=[float(number) for number in range(len(rows))],
        absent=frozenset(absent),
    )


A = {"ProspectID": "a", "FirstName": "Ringo"}
B = {"ProspectID": "b", "FirstName": None}


def test_a_row_is_a_mapping_of_its_columns() -> None:
    row = table_of(A, B)[1]
    assert dict(row) == B
    assert len(row) == 2
    assert repr(row) == f"LeadRow({B!r})"


def test_a_row_is_counted_from_the_end_too() -> None:
    assert table_of(A, B)[-1] == B


def test_a_row_that_is_not_there_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        table_of(A)[1]


def test_a_table_is_a_sequence_of_its_rows() -> None:
    assert list(table_of(A, B)) == [A, B]


def test_a_slice_of_a_table_is_a_table() -> None:
    part = table_of(A, B)[1:]
    assert isinstance(part, LeadTable)
    assert (list(part), part.fetched_at) == ([B], [1.0])


def test_joined_tables_have_none_where_a_column_is_missing() -> None:
    joined = LeadTable.concat([table_of(A), table_of({"ProspectID": "c", "Score": "7"})])
    assert joined.columns == {
        "ProspectID": ["a", "c"],
        "FirstName": ["Ringo", None],
        "Score": [None, "7"],
    }


def test_a_column_is_absent_only_if_no_table_has_it() -> None:
    one, other = table_of(A, absent={"X", "Y"}), table_of(B, absent={"Y"})
    assert LeadTable.concat([one, LeadTable(), other]).absent == {"Y"}


def test_no_tables_join_to_an_empty_one() -> None:
    assert len(LeadTable.concat([LeadTable()])) == 0


@given(st.lists(st.integers(0, 9), unique=True), st.data())
def test_taking_rows_keeps_each_row_whole(numbers: list[int], data: st.DataObject) -> None:
    table = table_of(*({"ProspectID": str(n), "Twice": str(2 * n)} for n in numbers))
    places = data.draw(st.permutations(range(len(numbers))))
    assert [dict(row) for row in table.take(places)] == [dict(table[place]) for place in places]


def test_an_empty_ledger_has_nothing_in_its_parts() -> None:
    fetched = Fetched(leads=LeadTable())
    assert (fetched.not_found, dict(fetched.failed), fetched.not_asked) == ((), {}, ())


def test_outcomes_are_the_words_of_the_contract() -> None:
    assert set(Outcome) == {
        "found", "not found", "failed", "not asked", "duplicate", "blank", "not an id", "to fetch",
    }  # fmt: skip


@given(st.lists(st.integers(0, 4), max_size=6), st.integers(0, 5), st.integers(0, 5))
def test_taken_rows_are_those_rows_in_that_order(anywhere: list[int], first: int, end: int) -> None:
    table = table_of(*({"ProspectID": f"id {row}", "Score": str(row)} for row in range(5)))
    for rows in (anywhere, list(range(first, end)), range(first, end), range(end - 1, -1, -1)):
        taken = table.take(rows)
        assert list(taken.ids) == [f"id {row}" for row in rows]
        assert list(taken) == [table[row] for row in rows]
        assert list(taken.fetched_at) == [float(row) for row in rows]
