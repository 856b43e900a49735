"""Pasted lists and pasted cells."""

from __future__ import annotations

import pytest

from lsq.sheets.errors import SheetError
from lsq.sheets.id_column import find_ids
from lsq.sheets.limits import Limits
from lsq.sheets.parsing.pasted import parse_pasted


@pytest.mark.parametrize("between", ["\n", "\r\n", ",", ", ", "; ", "\t", " ", "\n\n"])
def test_ids_are_read_whatever_stands_between_them(between: str, ids: list[str]) -> None:
    sheet = parse_pasted(between.join(ids[:5]))
    assert sheet.name == "pasted ids"
    assert find_ids(sheet).ids == tuple(ids[:5])


def test_each_piece_is_a_row_numbered_by_its_line(ids: list[str]) -> None:
    sheet = parse_pasted(f"{ids[0]}, {ids[1]}\n\n{ids[2]} junk\n")
    assert sheet.table["Lead id"].to_pylist() == [ids[0], ids[1], ids[2], "junk"]
    assert sheet.row_numbers.tolist() == [1, 1, 3, 3]


def test_a_columns_name_above_the_ids_is_its_name(ids: list[str]) -> None:
    sheet = parse_pasted(f"Prospect ID\n{ids[0]}\n{ids[1]}")
    assert sheet.table.column_names == ["Prospect ID"]
    assert sheet.row_numbers.tolist() == [2, 3]


def test_a_bad_id_in_front_is_not_taken_for_a_name(ids: list[str]) -> None:
    assert parse_pasted(f"ABC123\n{ids[0]}").table.num_rows == 2


def test_cells_of_a_spreadsheet_are_a_table(ids: list[str]) -> None:
    sheet = parse_pasted(f"Lead ID\tName\n{ids[0]}\tRao A\n{ids[1]}\tRao B\n")
    assert sheet.table.column_names == ["Lead ID", "Name"]
    assert sheet.table["Name"].to_pylist() == ["Rao A", "Rao B"]
    assert parse_pasted(f"{ids[0]}\tRao A").table.num_columns == 2


def test_columns_of_ids_side_by_side_are_a_list(ids: list[str]) -> None:
    assert parse_pasted(f"{ids[0]}\t{ids[1]}\n{ids[2]}\t{ids[3]}").table.num_columns == 1


def test_nothing_pasted_is_said() -> None:
    with pytest.raises(SheetError, match=r"^Nothing is pasted yet\."):
        parse_pasted(" \n ")


def test_separators_alone_are_a_list_of_nothing(ids: list[str]) -> None:
    assert parse_pasted(",,\n;").table.num_rows == 0
    assert parse_pasted(f"{ids[0]}\n,,").table.num_rows == 1


def test_lone_surrogates_do_no_harm(ids: list[str]) -> None:
    assert parse_pasted(f"{ids[0]}\n\ud800").table["Lead id"].to_pylist() == [ids[0], "\ufffd"]


def test_the_limits_hold_for_a_paste(ids: list[str]) -> None:
    with pytest.raises(SheetError, match=r"pasted ids have 3 rows; the limit is 2\."):
        parse_pasted("\n".join(ids[:3]), limits=Limits(max_rows=2))


def test_one_ragged_line_makes_no_list_of_a_table(ids: list[str]) -> None:
    lines = [f"{ids[0]}\tRavi K\tPune", f"{ids[1]}\tMaya", f"{ids[2]}\tOm P\tAgra"]
    sheet = parse_pasted("\n".join(["Lead ID\tName\tCity", *lines]))
    assert sheet.table.column_names == ["Lead ID", "Name", "City"]
    assert find_ids(sheet).ids == tuple(ids[:3])


@pytest.mark.parametrize("text", ["{ids[0]}, x y\n{ids[1]}", "{ids[0]}, a, b\n{ids[1]}, c\n"])
def test_two_lines_of_different_width_are_a_list(ids: list[str], text: str) -> None:
    assert parse_pasted(text.format(ids=ids)).table.num_columns == 1


@pytest.mark.parametrize(
    "text",
    [
        '[{{"LeadId": "{a}", "OwnerId": "{o}"}}, {{"LeadId": "{b}", "OwnerId": "{o}"}}]',
        '[{{"OwnerId":"{o}","LeadId":"{a}"}},{{"LeadId":"{b}"}}]',
        '{{"LeadId": "{a}", "OwnerId": "{o}"}},\n{{"LeadId": "{b}", "OwnerId": "{o}"}}',
        "Lead ID: {a}, Owner ID: {o}; Lead ID = {b}",
    ],
)
def test_the_name_before_a_pasted_id_says_whose_it_is(text: str, ids: list[str]) -> None:
    sheet = parse_pasted(text.format(a=ids[0], b=ids[1], o=ids[2]))
    cells = find_ids(sheet)
    assert cells.ids == tuple(ids[:2])
    assert "the id of something else than a lead" in cells.reason.to_pylist()


def test_words_before_a_list_are_no_trouble(ids: list[str]) -> None:
    assert find_ids(parse_pasted(f"ids = ['{ids[0]}', '{ids[1]}']")).ids == tuple(ids[:2])
    assert find_ids(parse_pasted(f"please see: {ids[0]} and {ids[1]}")).ids == tuple(ids[:2])
    assert parse_pasted("a b " * 40_000 + ids[0]).table.num_rows == 80_001
