"""The entries of a sheet: ids, duplicates, blanks and cells that are no id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from lsq.api.models import Outcome
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.rescue import Repair, read_cell
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet


def test_each_row_has_its_entry_and_a_cell_of_several_ids_has_more(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    a, b, c, d = ids[:4]
    cells = find_ids(sheet_of(f"Id;N\n{a};1\n{b}, {c};2\n;3\n{a.upper()};4\noops;5\n{d};6\n"))
    assert cells.row.tolist() == [2, 3, 3, 4, 5, 6, 7]
    assert cells.position.tolist() == [0, 1, 1, 2, 3, 4, 5]
    assert cells.id.to_pylist() == [a, b, c, None, a, None, d]
    assert cells.value.to_pylist()[1:4] == [f"{b}, {c}", f"{b}, {c}", ""]
    assert cells.outcome.tolist() == [
        "to fetch", "to fetch", "to fetch", "blank", "duplicate", "not an id", "to fetch",
    ]  # fmt: skip
    assert cells.first_row.tolist() == [-1, -1, -1, -1, 2, -1, -1]
    assert cells.reason.to_pylist() == [None, None, None, None, None, "no id in it", None]
    assert (cells.ids, cells.rows, cells.extra_ids) == ((a, b, c, d), 6, 1)
    assert cells.count(Outcome.TO_FETCH) == 4


def test_repairs_are_counted_in_words(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    a, b, c, d, e = ids[:5]
    text = f"Id;N\n{a.upper()};1\n{b};2\nhttps://x/?LeadID={c};3\n{d}, {e};4\n {a};5\n"
    assert find_ids(sheet_of(text)).repairs == {
        Repair.CASE: 2, Repair.SEVERAL: 2, Repair.LINK: 1,
    }  # fmt: skip
    assert Repair.CASE == "ids with stray spaces or capitals"
    assert find_ids(sheet_of("Id\n" + "\n".join(ids))).repairs == {}


def test_the_all_zero_id_is_no_id(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    cells = find_ids(sheet_of(f"Id\n{ids[0]}\n00000000-0000-0000-0000-000000000000\n"))
    assert cells.count(Outcome.INVALID) == 1
    assert cells.reason.to_pylist()[1] == 'the all-zero id means "none"'


def test_a_sheet_without_rows_has_no_entries(sheet_of: Callable[..., Sheet]) -> None:
    cells = find_ids(sheet_of("Lead ID,Name\n"), column="Lead ID")
    assert (cells.ids, cells.rows, cells.extra_ids, len(cells.row)) == ((), 0, 0, 0)


guid = st.integers(1, 5).map(lambda n: f"{n:08x}-0000-4000-8000-{n:012x}")
cell = st.one_of(
    guid,
    guid.map(str.upper),
    st.sampled_from(["", " ", "oops", "n/a"]),
    st.lists(guid, min_size=2, max_size=3).map("; ".join),
)


@given(st.lists(cell, min_size=1, max_size=20))
def test_the_fast_path_and_the_careful_one_agree(values: list[str]) -> None:
    text = "Id,N\n" + "".join(f'"{value}",x\n' for value in values)
    choices = Choices(separator=",", header_row=1)
    cells = find_ids(parse_sheet(text.encode(), name="x.csv", choices=choices), column="Id")
    assert cells.id.to_pylist() == [i for value in values for i in read_cell(value).ids or (None,)]
    assert cells.rows + cells.extra_ids == sum(cells.count(outcome) for outcome in Outcome)
    seen: dict[str, int] = {}
    for lead_id, row, first in zip(cells.id.to_pylist(), cells.row, cells.first_row, strict=True):
        if lead_id is not None:
            assert first == seen.get(lead_id, -1)
            seen.setdefault(lead_id, row)
