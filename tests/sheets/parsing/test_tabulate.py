"""Whole tables: no row vanishes, and none is counted that holds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from lsq.api.models import Outcome
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing import tabulate

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet


def written(names: str, ids: list[str], row: str) -> str:
    return "".join(f"{line}\n" for line in [names, *(f"{each},{row}" for each in ids)])


def entries(sheet: Sheet) -> tuple[int, int, int]:
    """Count the ids, the blank rows and the cells that are not an id."""
    cells = find_ids(sheet)
    counts = [*map(cells.count, (Outcome.TO_FETCH, Outcome.BLANK, Outcome.INVALID))]
    assert sum(counts) == cells.rows
    return counts[0], counts[1], counts[2]


def test_a_short_table_above_a_wider_one_is_read(
    ids: list[str], sheet_of: Callable[..., Sheet]
) -> None:
    first = written("Lead ID,Name", ids[:3], "x")
    sheet = sheet_of(f"{first}\n{written('Lead ID,Name,City', ids[3:8], 'x,y')}")
    assert (sheet.header_row, sheet.starts, entries(sheet)) == (1, (0, 4), (8, 1, 0))
    assert sheet.table.column_names == ["Lead ID", "Name", "City"]


@pytest.mark.parametrize("more", ["called", ""])
def test_a_row_of_words_with_a_cell_more_hides_no_row_above(
    more: str, ids: list[str], sheet_of: Callable[..., Sheet]
) -> None:
    first = written("Lead ID,Name,City", ids[:2], "N,P")
    sheet = sheet_of(first + written(f",Ravi,Pune,{more}", ids[2:7], f"N,P,{more}"))
    assert (sheet.header_row, sheet.starts, entries(sheet)) == (1, (0,), (7, 1, 0))


def test_an_id_above_the_names_is_asked(ids: list[str], sheet_of: Callable[..., Sheet]) -> None:
    for first in (ids[8], f"{ids[8]},,", f"Exported by,{ids[8]}"):
        sheet = sheet_of(f"{first}\n{written('Lead ID,Name,City', ids[:5], 'N,P')}")
        assert (sheet.header_row, sheet.starts, entries(sheet)) == (0, (0, 1), (6, 0, 0))


@pytest.mark.parametrize(
    ("names", "cells", "odd"),
    [
        ("Lead ID,Created", "2026-01-01", "lead missing,yesterday"),
        ("Lead ID,Name,Phone", "Bo,98765", "not available,Ravi,no phone"),
        ("Lead ID,Name,City", "Bo,Goa", "\nRavi,lost"),
        ("Lead ID,Name,City", "Bo,", "\nRavi,away,"),
        ("Lead ID,Name", "Bo", "\nRavi,away"),
    ],
)
def test_a_row_of_words_between_rows_is_counted(
    names: str, cells: str, odd: str, ids: list[str], sheet_of: Callable[..., Sheet]
) -> None:
    sheet = sheet_of(written(names, ids[:5], cells) + written(odd, ids[5:], cells))
    assert entries(sheet) == (len(ids), odd.count("\n"), 1)
    assert (sheet.starts, sheet.table.column_names) == ((0,), names.split(","))


def test_a_first_row_of_words_is_counted(ids: list[str], sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(written("Lead ID,Phone\nTBD,unknown", ids[:5], "98765"))
    assert (entries(sheet), sheet.table.column_names) == ((5, 0, 1), ["Lead ID", "Phone"])


@pytest.mark.parametrize("between", ["", "\n", "Second list\n", "\nJuly\n", "\nJuly,\n\n"])
def test_a_table_of_as_many_columns_with_other_names_begins(
    between: str, ids: list[str], sheet_of: Callable[..., Sheet]
) -> None:
    second = written("Prospect ID,City", ids[5:8], "Goa")
    sheet = sheet_of(written("Lead ID,Name", ids[:5], "Bo") + between + second)
    gaps = between.count("\n") - ("list" in between or "July" in between)
    assert (entries(sheet), sheet.damage) == ((8, gaps, 0), None)
    assert sheet.table.column_names == ["Lead ID", "Name", "Prospect ID", "City"]


def test_a_title_above_repeated_names_is_no_row(
    ids: list[str], sheet_of: Callable[..., Sheet]
) -> None:
    text = "\nJuly\n".join(written("Lead ID,Name", some, "Bo") for some in (ids[:3], ids[3:5]))
    sheet = sheet_of(text)
    assert (entries(sheet), sheet.damage) == ((5, 1, 0), None)
    assert sheet.notes == (
        "Row 7 repeats the column names; left out.",
        "Row 6 stands above it and is not counted.",
    )


def test_an_id_alone_in_a_line_above_another_table_is_asked(
    ids: list[str], sheet_of: Callable[..., Sheet]
) -> None:
    second = written("Prospect ID,City", ids[5:8], "Goa")
    sheet = sheet_of(f"{written('Lead ID,Name', ids[:5], 'Bo')}\n{ids[8]}\n{second}")
    assert entries(sheet) == (9, 1, 0)


@pytest.mark.parametrize("size", [1, 3, 7, 50_000])
def test_rows_of_nothing_at_the_end_are_none(
    size: int, ids: list[str], sheet_of: Callable[..., Sheet]
) -> None:
    text = written("Lead ID,Name,City", ids[:4], "x,") + ",x,\n"
    with patch.object(tabulate, "_ROWS_AT_ONCE", size):
        for below in ("", ",,\n" * 20, "\n \t,\u00a0,\u3000\x1f\n,,\n"):
            sheet = sheet_of(text + below)
            assert sheet.row_numbers.tolist() == [2, 3, 4, 5, 6]
