"""Names further down: repeated ones, and those of further tables."""

from __future__ import annotations

import pytest

from lsq.sheets.limits import Limits
from lsq.sheets.parsing.grid import grid_of_rows
from lsq.sheets.parsing.more_tables import Further, find_further

IDS = [f"0000000{n}-aaaa-bbbb-cccc-dddddddddddd" for n in range(1, 10)]
HEADER = ["Id", "Name", "Created"]
ROWS = [[each, "Rao", "2026-01-01"] for each in IDS]


def further(rows: list[list[str]], header: list[str] = HEADER, first: int = 1) -> Further:
    grid = grid_of_rows(rows, name="x.csv", limits=Limits())
    return find_further(grid, header=header, first=first)


def test_one_table_has_nothing_further() -> None:
    assert further([HEADER, *ROWS]) == Further()
    assert further([HEADER]) == Further()


@pytest.mark.parametrize("again", [HEADER, ["ID", " name ", "CREATED"], [*HEADER, "", ""]])
def test_the_same_names_once_more_are_a_repetition(again: list[str]) -> None:
    assert further([HEADER, *ROWS[:3], again, *ROWS[3:]]) == Further(repeated=(4,))


def test_other_names_above_data_begin_a_table() -> None:
    other = ["Created", "Id", "City"]
    rows = [HEADER, *ROWS[:3], [], other, ["2026-01-01", IDS[3], "Pune"], [], HEADER, ROWS[4]]
    assert further(rows) == Further(tables=(5, 8))


def test_names_repeat_those_of_the_table_they_stand_in() -> None:
    other = ["Created", "Id", "City"]
    row = ["2026-01-01", IDS[3], "Pune"]
    assert further([HEADER, *ROWS[:3], [], other, row, [], other, row]) == Further((8,), (5,))


def test_titles_between_a_gap_and_the_names_are_no_data() -> None:
    other = ["Created", "Id", "City"]
    row = ["2026-01-01", IDS[3], "Pune"]
    rows = [HEADER, *ROWS[:3], [], ["July"], ["all of it"], other, row]
    assert further(rows) == Further(tables=(7,), titles=(5, 6))
    full = [HEADER, *ROWS[:3], [], ["July", "2026"], other, row]
    assert further(full) == Further(tables=(6,))
    no_gap = [HEADER, *ROWS[:3], ["July"], other, row]
    assert further(no_gap) == Further(tables=(5,))


def test_names_without_data_below_begin_no_table() -> None:
    other = ["Created", "Id", "City"]
    assert further([HEADER, *ROWS[:3], [], other]) == Further()
    assert further([HEADER, *ROWS[:3], [], other, ["x", "y", "z"]]) == Further()


@pytest.mark.parametrize(
    "row",
    [
        ["unknown", "Rao", "n/a"],
        ["Total", "", ""],
        ["Rao", "Rao", "Rao"],
        ["x" * 61, "Name", "Created"],
        ["Lead", "2", "On"],
    ],
)
def test_odd_values_are_no_names(row: list[str]) -> None:
    assert further([HEADER, *ROWS[:3], row, *ROWS[3:]]) == Further()


def test_a_table_of_another_width_after_a_gap_needs_no_name_in_common() -> None:
    rows = [["Id", "Name"], *([each, "Rao"] for each in IDS[:3]), ["", ""]]
    below = [["Reference", "City", "Stage"], [IDS[4], "Pune", "New"]]
    text = [*rows, *below]
    width = [row + [""] * (3 - len(row)) for row in text]
    assert further(width, ["Id", "Name"]).tables == (5,)
    del width[4]
    assert further(width, ["Id", "Name"]).tables == ()


def test_without_names_only_digits_show_another_table() -> None:
    rows = [*ROWS[:3], ["Id", "Name", "Created"], *ROWS[3:]]
    assert further(rows, header=[], first=0) == Further(tables=(3,))


def test_one_name_begins_no_table() -> None:
    rows = [
        ["Id", "Name"],
        *([each, "Rao"] for each in IDS[:3]),
        ["", ""],
        ["Name", ""],
        [IDS[4], ""],
    ]
    assert further(rows, ["Id", "Name"]) == Further()


def test_more_than_three_lines_are_no_titles() -> None:
    other, row = ["Created", "Id", "City"], ["2026-01-01", IDS[3], "Pune"]
    lines = [["July"], ["all"], ["of"], ["it"]]
    assert further([HEADER, *ROWS[:3], [], *lines[:3], other, row]).titles == (5, 6, 7)
    assert further([HEADER, *ROWS[:3], [], *lines, other, row]) == Further(tables=(9,))


def test_words_wider_than_the_row_below_begin_no_table() -> None:
    rows = [["Id", "Name", ""], *([each, "Rao", ""] for each in IDS[:3]), ["", "", ""]]
    assert further([*rows, ["Ask", "for", "Bo"], [IDS[4], "Rao", ""]], ["Id", "Name"]) == Further()


def test_a_title_above_unknown_names_begins_a_table() -> None:
    rows = [["Id", "Name"], *([each, "Rao"] for each in IDS[:3]), [], ["July"]]
    contact, row = ["Contact", "City"], [IDS[4], "Pune"]
    assert further([*rows, contact, row], ["Id", "Name"]) == Further(tables=(6,), titles=(5,))
    assert further([*rows, contact, [*row, "x"]], ["Id", "Name"]) == Further()
    assert further([*rows, ["not known", "City"], row], ["Id", "Name"]) == Further()
    assert further([*rows, ["", "City"], row], ["Id", "Name"]) == Further()


def test_no_gap_and_one_word_is_no_title() -> None:
    other, row = ["Prospect ID", "City"], [IDS[4], "Pune"]
    rows = [["Id", "Name"], *([each, "Rao"] for each in IDS[:3])]
    assert further([*rows, ["oops"], other, row], ["Id", "Name"]) == Further(tables=(5,))
    assert further([*rows, ["of July"], other, row], ["Id", "Name"]) == Further((), (5,), (4,))
    assert further([*rows, ["", "of July"], other, row], ["Id", "Name"]) == Further(tables=(5,))


def test_a_list_with_a_name_begins_after_a_gap_alone() -> None:
    rows = [["Id", "Name"], *([each, "Rao"] for each in IDS[:3])]
    below = [["Prospect ID"], ["unknown"], [IDS[4]]]
    assert further([*rows, [], *below], ["Id", "Name"]) == Further(tables=(5,))
    assert further([*rows, *below], ["Id", "Name"]) == Further()


def test_years_beside_the_name_of_the_ids_are_names() -> None:
    rows = [["Id", "Name"], *([each, "Rao"] for each in IDS[:3])]
    years = [["Lead ID", "2021", "2022"], [IDS[4], "1", "2"]]
    assert further([*rows, [], *years], ["Id", "Name"]) == Further(tables=(5,))


def test_below_ids_without_names_another_width_shows_names() -> None:
    below = [["Reference", "City"], [IDS[4], "Pune"]]
    assert further([[IDS[0]], *below], header=[], first=0) == Further(tables=(1,))
    assert further([[IDS[0], "Goa"], *below], header=[], first=0) == Further()


def test_a_first_row_of_data_is_never_names() -> None:
    rows = [["Lead ID", "Name"], *([each, "Rao"] for each in IDS[:3])]
    assert further(rows, header=[], first=0) == Further()
    assert further([["one", "two"], *rows], header=[], first=0) == Further()
    assert further([ROWS[4], *rows], header=[], first=0) == Further(tables=(1,))


def test_a_remark_on_an_id_is_no_name_unless_it_stands_below_a_gap() -> None:
    rows = [["Id", "Name"], *([each, "Rao"] for each in IDS[:3])]
    other, row = ["Anfrage ID", "Ort"], [IDS[4], "Ulm"]
    assert further([*rows, other, row], ["Id", "Name"]) == Further()
    assert further([*rows, [], other, row], ["Id", "Name"]) == Further(tables=(5,))
    assert further([*rows, [], ["waiting for id", "Ort"], row], ["Id", "Name"]) == Further()


def test_right_below_names_stands_data() -> None:
    rows = [["Id", "Name"], *([each, "Rao"] for each in IDS[:3]), []]
    below = [["so far", "nobody"], [IDS[4], "Pune"]]
    for names in (["Prospect ID"], ["Prospect ID", "City"]):
        assert further([*rows, names, *below], ["Id", "Name"]) == Further(tables=(5,))
    again = [*rows, ["Id", "Name"], ["Contact", "City", "Stage"], [IDS[4], "Pune", "x"]]
    assert further(again, ["Id", "Name"]) == Further(repeated=(5,))
