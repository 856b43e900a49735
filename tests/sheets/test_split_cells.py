"""A cell of several ids stands once for each of them in a file of ours, and is read so again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lsq.sheets.id_column import find_ids
from lsq.sheets.ledger import settle
from lsq.sheets.saved_setup import SavedSetup

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet

    Read = Callable[..., Sheet]


def text(rows: list[tuple[str, ...]], *, header: str = "Id,Note,Outcome,ProspectID") -> str:
    return "\n".join([header, *(",".join(f'"{cell}"' for cell in row) for row in rows)])


def test_the_jth_row_stands_for_the_jth_id(sheet_of: Read, ids: list[str]) -> None:
    a, b, c, d = ids[:4]
    rows = [
        (f"{a}, {b}", "x", "found", ""),
        (f"{a}, {b}", "x", "not found", ""),
        (c, "y", "found", ""),
        (f"{d}; {a}; {b}", "z", "found", ""),
        (f"{d}; {a}; {b}", "z", "duplicate", ""),
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
        [("{0} {1}", "x", "found", ""), ("{2}", "x", "found", ""), ("{0} {1}", "x", "found", "")],
        [("{0} {1}", "x", "found", "")] * 3,
    ],
    ids=["alone", "apart", "uneven"],
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


THREE = "Id,Note,Outcome,ProspectID,FirstName"


def three(ids: list[str]) -> list[tuple[str, ...]]:
    """Return the rows of a cell of three ids, of which the second was not found, and of two."""
    a, b, c, d, e = ids[:5]
    return [
        (f"{a}; {b}; {c}", "x", "found", a, "Asha"),
        (f"{a}; {b}; {c}", "x", "not found", "", ""),
        (f"{a}; {b}; {c}", "x", "found", c.upper(), "Meera"),
        (f"{d}; {e}", "y", "found", d, "Ravi"),
        (f"{d}; {e}", "y", "found", e, "Anil"),
    ]


@pytest.mark.parametrize(
    ("order", "edited"),
    [
        ([0, 1, 2, 3, 4], []),
        ([0, 1, 2, 3, 4], [0]),
        ([0, 1, 2, 3, 4], [1]),
        ([0, 1, 2, 3, 4], [2, 3]),
        ([0, 2, 4], []),
        ([2, 4, 0, 3, 1], [4]),
        ([4, 3, 2, 1, 0], []),
        ([0, 1, 2, 3, 4] * 2, [1]),
    ],
    ids=["same", "first", "second", "two", "deleted", "sorted", "reversed", "twice"],
)
def test_a_row_stands_for_its_own_lead_whatever_was_edited(
    order: list[int], edited: list[int], sheet_of: Read, ids: list[str]
) -> None:
    rows = [
        (cell, "edited" if place in edited else note, *rest)
        for place, (cell, note, *rest) in enumerate(three(ids))
    ]
    cells = find_ids(sheet_of(text([rows[at] for at in order], header=THREE)), column="Id")
    assert cells.id.to_pylist() == [ids[at] for at in order]


@pytest.mark.parametrize("order", [[0, 1, 2], [0], [2, 0], [2, 1, 0, 1]])
def test_an_id_that_a_cell_has_twice_does_not_double_the_row_of_its_lead(
    order: list[int], sheet_of: Read, ids: list[str]
) -> None:
    a, b = ids[:2]
    rows = [(f"{a}; {a}; {b}", "x", "found", each, "Asha") for each in (a, a, b)]
    cells = find_ids(sheet_of(text([rows[at] for at in order], header=THREE)), column="Id")
    assert cells.id.to_pylist() == [rows[at][3] for at in order]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ([0, 1, 2, 3, 4], []),
        ([0, 2, 3], ["2 ids in cells of several have no row here and are not asked for"]),
        ([0, 1, 2, 3], ["1 id in cells of several has no row here and is not asked for"]),
    ],
    ids=["whole", "two", "one"],
)
def test_ids_that_no_row_stands_for_are_said(
    order: list[int], said: list[str], sheet_of: Read, ids: list[str]
) -> None:
    rows = [three(ids)[at] for at in order]
    cells = find_ids(sheet_of(text(rows, header=THREE)), column="Id")
    assert [note.partition(":")[0] for note in cells.notes if "no row" in note] == said


def test_rows_without_a_lead_share_the_ids_that_no_other_row_stands_for(
    sheet_of: Read, ids: list[str]
) -> None:
    a, b, c = ids[:3]
    cell = f"{a} {b} {c}"
    none = (cell, "x", "not found", "", "")
    asked = [
        find_ids(sheet_of(text(rows, header=THREE)), column="Id").id.to_pylist()
        for rows in (
            [none, (cell, "edited", "found", b, "Asha"), none],
            [(cell, "edited", "found", b, "Asha"), none],
            [*((cell, "x", "found", each, "Asha") for each in (a, b, c)), none],
        )
    ]
    assert asked == [[a, b, c], [b, a, c], [a, b, c, a, b, c]]


def test_rows_that_were_not_asked_again_do_not_multiply_beside_their_older_leads(
    sheet_of: Read, ids: list[str]
) -> None:
    cell = " ".join(ids[:3])
    rows = [(cell, each, "not asked", "") for each in ids[:3]]
    header = "Id,ProspectID,Outcome,ProspectID (LeadSquared)"
    cells = find_ids(sheet_of(text(rows, header=header)), column="Id")
    assert cells.id.to_pylist() == ids[:3]


def test_an_earlier_lead_that_is_none_of_the_cell_s_tells_nothing(
    sheet_of: Read, ids: list[str]
) -> None:
    rows = [(f"{ids[0]} {ids[1]}", "x", "found", ids[2], "Asha")]
    cells = find_ids(sheet_of(text(rows, header=THREE)), column="Id")
    assert cells.id.to_pylist() == ids[:2]


def test_the_set_up_says_which_column_holds_the_earlier_lead(
    sheet_of: Read, ids: list[str]
) -> None:
    rows = three(ids)[3:4]
    sheet = sheet_of(text(rows, header="Id,Note,Outcome,Lead,FirstName"))
    setup = SavedSetup(
        id_column="Id", outcome_column="Outcome", lead_columns={"Lead": "ProspectID"}
    )
    assert find_ids(replace(sheet, setup=setup)).id.to_pylist() == [ids[3]]
    without = replace(setup, lead_columns={})
    assert find_ids(replace(sheet, setup=without)).id.to_pylist() == ids[3:5]
