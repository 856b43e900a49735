"""A cell of several ids stands once for each of them in a file of ours, and is read so again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.sheets.id_column import find_ids
from lsq.sheets.ledger import settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet

    Read = Callable[..., Sheet]


def text(rows: list[tuple[str, ...]], *, header: str = "Id,Note,Outcome,FirstName") -> str:
    return "\n".join([header, *(",".join(f'"{cell}"' for cell in row) for row in rows)])


def test_the_jth_row_stands_for_the_jth_id(sheet_of: Read, ids: list[str]) -> None:
    a, b, c, d = ids[:4]
    rows = [
        (f"{a}, {b}", "x", "found", "Asha"),
        (f"{a}, {b}", "x", "not found", ""),
        (c, "y", "found", "Ravi"),
        (f"{d}; {a}; {b}", "z", "found", "Meera"),
        (f"{d}; {a}; {b}", "z", "duplicate", "Asha"),
        (f"{d}; {a}; {b}", "z", "duplicate", ""),
        ("", "", "blank", ""),
    ]
    cells = find_ids(sheet_of(text(rows)))
    assert cells.id.to_pylist() == [a, b, c, d, a, b, None]
    assert cells.row.tolist() == [2, 3, 4, 5, 6, 7, 8]
    assert (cells.extra_ids, len(cells.ids)) == (0, 4)
    assert settle(cells, None).frame["outcome"].tolist() == [
        "to fetch", "to fetch", "to fetch", "to fetch", "duplicate", "duplicate", "blank",
    ]  # fmt: skip


def test_rows_that_the_analyst_had_twice_stand_for_all_ids_twice(
    sheet_of: Read, ids: list[str]
) -> None:
    row = (f"{ids[0]} {ids[1]}", "x", "found", "")
    cells = find_ids(sheet_of(text([row] * 4)))
    assert cells.id.to_pylist() == [ids[0], ids[1]] * 2


@pytest.mark.parametrize(
    "rows",
    [
        [("{0} {1}", "x", "found", "")],
        [("{0} {1}", "x", "found", ""), ("{0} {1}", "y", "found", "")],
        [("{0} {1}", "x", "found", ""), ("{2}", "x", "found", ""), ("{0} {1}", "x", "found", "")],
        [("{0} {1}", "x", "found", "")] * 3,
    ],
    ids=["alone", "noted", "apart", "uneven"],
)
def test_other_rows_keep_all_their_ids(
    rows: list[tuple[str, ...]], sheet_of: Read, ids: list[str]
) -> None:
    filled = [tuple(cell.format(*ids) for cell in row) for row in rows]
    several = sum(" " in row[0] for row in filled)
    assert len(find_ids(sheet_of(text(filled))).id) == len(rows) + several


def test_a_sheet_that_is_none_of_ours_keeps_all_its_ids(sheet_of: Read, ids: list[str]) -> None:
    row = (f"{ids[0]} {ids[1]}", "x", "found", "")
    for header in ("Id,Note,Result,Name", "Id,Note,Outcome of call,Name"):
        assert len(find_ids(sheet_of(text([row] * 2, header=header))).id) == 4
    said = (f"{ids[0]} {ids[1]}", "x", "no answer", "")
    assert len(find_ids(sheet_of(text([said] * 2))).id) == 4


def test_where_the_outcome_was_moved_to_the_front_other_cells_stay_apart(
    sheet_of: Read, ids: list[str]
) -> None:
    rows = [("found", f"{ids[0]} {ids[1]}"), ("found", f"{ids[2]} {ids[3]}")]
    cells = find_ids(sheet_of(text(rows, header="Outcome,Id")))
    assert cells.id.to_pylist() == ids[:4]
