"""Tables below each other, laid onto one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from lsq.sheets.damage import Damage
from lsq.sheets.errors import SheetError
from lsq.sheets.limits import Limits
from lsq.sheets.parsing.grid import DAMAGES, grid_of_rows
from lsq.sheets.parsing.parts import LaidOut, Part, lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence


def laid(
    rows: list[list[str]],
    *headers: tuple[int, Sequence[str]],
    left_out: Sequence[int] = (),
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> LaidOut:
    """Lay out parts that begin at these positions and have these names."""
    grid = grid_of_rows(rows, name="x.csv", limits=Limits())
    ends = [*(begin for begin, _ in headers[1:]), len(rows)]
    parts = [
        Part(list(names), begin, end) for (begin, names), end in zip(headers, ends, strict=True)
    ]
    kept = np.ones(len(rows), dtype=bool)
    kept[list(left_out)] = False
    return lay_out(grid, parts, kept=kept, name="x.csv", limits=limits)


def test_columns_of_a_later_table_go_to_those_of_the_same_name() -> None:
    made = laid([["1", "a"], ["b", "2"]], (0, ["Id", "Name"]), (1, [" NAME ", "id"]))
    assert made.table.to_pydict() == {"Id": ["1", "2"], "Name": ["a", "b"]}


def test_other_columns_stand_at_the_right_and_are_empty_elsewhere() -> None:
    made = laid(
        [["1", "a"], ["2", "b"], ["3", "c"]],
        (0, ["Id", "Name"]),
        (1, ["Id", "City"]),
        (2, ["Stage", "Name"]),
    )
    assert made.table.to_pydict() == {
        "Id": ["1", "2", ""],
        "Name": ["a", "", "c"],
        "City": ["", "b", ""],
        "Stage": ["", "", "3"],
    }


def test_names_that_differ_in_case_alone_keep_their_own_columns() -> None:
    made = laid([["1", "2"], ["3", "4"]], (0, ["Id", "id"]), (1, ["Id", "id"]))
    assert made.table.to_pydict() == {"Id": ["1", "3"], "id": ["2", "4"]}


def test_no_name_stands_twice() -> None:
    rows = [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]
    made = laid(
        rows, (0, ["Id", "x", "Id (4)"]), (1, ["Id", "Id ", "y"]), (2, ["Id", "Id (6)", "z"])
    )
    names = made.table.column_names
    assert len(set(names)) == len(names)
    assert made.table["Id"].to_pylist() == ["1", "4", "7"]


def test_rows_that_are_left_out_are_in_no_column() -> None:
    made = laid([["1"], ["x"], ["2"], ["y"]], (0, ["Id"]), (2, ["Id"]), left_out=[1, 3])
    assert made.table.to_pydict() == {"Id": ["1", "2"]}


def test_columns_at_the_end_without_name_and_cells_are_none() -> None:
    assert laid([["1", "", ""]], (0, ["Id", ""])).table.column_names == ["Id"]
    assert laid([["1", "", "x"]], (0, ["Id", ""])).table.column_names == [
        "Id",
        "Column 2",
        "Column 3",
    ]
    assert laid([["", ""]], (0, [])).table.column_names == ["Column 1"]


def test_the_names_of_the_next_table_make_no_column_of_the_one_above() -> None:
    rows = [["1", "a", ""], ["Id", "Name", "City"], ["2", "b", "c"]]
    made = laid(rows, (0, ["Id", "Name"]), (2, rows[1]), left_out=[1])
    assert made.table.column_names == ["Id", "Name", "City"]


def test_rows_of_another_width_are_damaged() -> None:
    rows = [["1", "a"], ["2"], [], ["3", "c", "d"], ["4", "e", ""], ["5", "f"], ["6", "g"]]
    made = laid(rows, (0, ["Id", "Name"]))
    assert [DAMAGES[code] if code >= 0 else None for code in made.damage] == [
        None,
        Damage.SHORT,
        None,
        Damage.LONG,
        Damage.LONG,
        None,
        None,
    ]


def test_parts_that_have_no_column_in_common_are_bounded_together() -> None:
    rows = [["1"], ["2"], ["3"]]
    headers = [(i, [f"Name {i}"]) for i in range(3)]
    assert laid(rows, *headers, limits=Limits(max_cells=9)).table.num_columns == 3
    with pytest.raises(
        SheetError, match=r"x\.csv spans 3 rows × 3 columns = 9 cells; the limit is 8"
    ):
        laid(rows, *headers, limits=Limits(max_cells=8))
