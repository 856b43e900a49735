"""Where the table starts, and whether it has a row of names."""

from __future__ import annotations

import pytest

from lsq.sheets.parsing.table_start import (
    Start,
    digit_columns,
    find_start,
    is_names,
    looks_like_value,
)


def test_the_first_row_without_ids_is_the_header(ids: list[str]) -> None:
    assert find_start([["Lead ID", "Name"], [ids[0], "Rao"]]) == Start((0,), 1)


def test_preamble_lines_stand_above_the_header(ids: list[str]) -> None:
    records = [
        ["Export"],
        ["made", "June"],
        [],
        ["Id", "Name", "City", "Stage"],
        [ids[0], "a", "b", "c"],
    ]
    assert find_start(records) == Start((3,), 4)


def test_preamble_lines_padded_by_excel_are_preamble(ids: list[str]) -> None:
    assert find_start([["Export", "", ""], ["Id", "Name", "City"], [ids[0], "a", "b"]]) == Start(
        (1,), 2
    )


def test_a_sheet_that_starts_with_an_id_has_no_header(ids: list[str]) -> None:
    assert find_start([[ids[0], "Rao"], [ids[1], "Rao"]]) == Start((), 0)


def test_rows_with_a_bad_id_below_the_header_are_not_taken_for_it(ids: list[str]) -> None:
    assert find_start([["Id", "Name"], ["oops", "Rao"], [ids[0], "Rao"]]) == Start((0,), 1)


def test_a_first_row_of_values_is_no_header(ids: list[str]) -> None:
    assert find_start([["12345"], [ids[0]]]) == Start((), 0)
    assert find_start([["", "98765 43210", "a@b.in"], [ids[0], "1", "c@d.in"]]) == Start((), 0)


def test_a_header_with_few_names_is_found_when_nothing_fuller_is_there(ids: list[str]) -> None:
    assert find_start([["Lead ID", ""], [ids[0], "Rao"]]) == Start((0,), 1)


def test_without_ids_the_first_full_row_is_the_header() -> None:
    assert find_start([["Report"], ["Ref", "Name", "City"], ["1", "a", "b"]]) == Start((1,), 2)
    assert find_start([["1", "2"], ["3", "4"]]) == Start((), 0)


def test_a_lonely_note_above_a_wide_table_without_header_stands_above_it(ids: list[str]) -> None:
    assert find_start([["note", "", "", "", ""], [ids[0], "a", "b", "c", "d"]]) == Start((), 1)


def test_a_title_with_an_id_does_not_hide_the_names(ids: list[str]) -> None:
    rows = [[i, "a", "b"] for i in ids[:5]]
    assert find_start([[f"Leads of {ids[9]}"], ["Id", "Name", "City"], *rows]) == Start((1,), 2)


def test_the_names_are_as_many_as_the_cells_below_where_there_is_such_a_row(
    ids: list[str],
) -> None:
    records = [["Export", "of", "all"], ["Id", "Name", "City", "Stage"], [ids[0], "a", "b", "c"]]
    assert find_start(records) == Start((1,), 2)


def test_words_below_the_names_where_all_others_have_digits_are_names_too(ids: list[str]) -> None:
    names = [["Lead", "Created"], ["id", "on"]]
    rows = [[i, "2026-01-01"] for i in ids[:9]]
    assert find_start([*names, *rows]) == Start((0, 1), 2)
    assert find_start([*names, ["of lead", "(UTC)"], *rows]) == Start((0, 1, 2), 3)


def test_a_row_with_an_id_is_never_a_row_of_names(ids: list[str]) -> None:
    body = [[ids[1] if row % 4 else "none", f"0{row}", f"{row}5"] for row in range(8)]
    records = [["Lead", "Phone", "Amount"], [ids[0], "unknown", "unknown"], *body]
    assert find_start(records) == Start((0,), 1)


def test_no_more_than_three_rows_are_names(ids: list[str]) -> None:
    rows = [[i, "2026-01-01"] for i in ids[:9]]
    assert find_start([*([["Lead", "Created"]] * 4), *rows]) == Start((0, 1, 2), 3)


def test_one_word_among_digits_is_a_bad_value(ids: list[str]) -> None:
    rows = [[i, "2026-01-01"] for i in ids[:9]]
    assert find_start([["Id", "Created"], ["unknown", ""], *rows]) == Start((0,), 1)


def test_rows_of_ids_of_another_width_are_never_above_the_table(ids: list[str]) -> None:
    narrow = [["Lead ID", "Name"], *([i, "x"] for i in ids[:3])]
    for more in (1, 9):
        wide = [["Lead ID", "Name", *"x" * more], *([i, "x", *"y" * more] for i in ids[3:8])]
        assert find_start([*narrow, [], *wide]) == Start((0,), 1)
    noted = [["", "Ravi", "Pune", "called"], *([i, "N", "P", "note"] for i in ids[2:7])]
    names = ["Lead ID", "Name", "City"]
    assert find_start([names, *([i, "N", "P"] for i in ids[:2]), *noted]) == Start((0,), 1)


def test_one_damaged_row_does_not_tell_which_names_are_right(ids: list[str]) -> None:
    rows = [[i, "a", "b", "c"] for i in ids[1:6]]
    names = ["Ref", "Name", "City", "Stage"]
    assert find_start([["made", "June"], names, [ids[0], "a"], *rows]) == Start((1,), 2)


def test_an_id_alone_in_a_cell_is_a_row_even_above_the_names(ids: list[str]) -> None:
    rows = [["Ref", "Name", "City"], *([i, "a", "b"] for i in ids[:5])]
    for first in ([ids[9]], ["Exported by", ids[9]], ["", f"{{{ids[9]}}}", ""]):
        assert find_start([first, *rows]) == Start((), 0)
    link = f"https://example.com/?LeadID={ids[9]}"
    assert find_start([[link, "x"], *rows]) == Start((), 0)
    assert find_start([[link], *rows]) == Start((1,), 2)
    assert find_start([[f"Leads of {ids[9]}", "June"], *rows]) == Start((1,), 2)


def test_text_with_an_id_below_the_name_of_the_ids_is_a_row(ids: list[str]) -> None:
    wide = [["Lead ID", "Name", "City"], *([i, "a", "b"] for i in ids[:5])]
    for cells in ([], ["Bo"]):
        narrow = [["Lead", *("Name" for _ in cells)], [f"lead {ids[8]}", *cells]]
        assert find_start([*narrow, [], *wide]) == Start((0,), 1)


def test_below_names_with_a_column_of_ids_no_row_is_a_name(ids: list[str]) -> None:
    rows = [[i, f"98{i[:2]}765"] for i in ids[:5]]
    assert find_start([["Lead ID", "Phone"], ["nobody", "so far"], *rows]) == Start((0,), 1)
    assert find_start([["Lead ID", "Phone", ""], ["nobody", "so far"], *rows]) == Start((0,), 1)
    dates = [[i, "2026-01-01", "2026-01-02"] for i in ids[:5]]
    names = [["Lead ID", "On", "On"], ["(text)", "created", "changed"]]
    assert find_start([*names, *dates]) == Start((0, 1), 2)


def test_words_for_a_missing_value_are_no_names(ids: list[str]) -> None:
    rows = [[i, "98765"] for i in ids[:5]]
    assert find_start([["Ref", "Phone"], ["TBD", "so far"], *rows]) == Start((0,), 1)


@pytest.mark.parametrize("name", ["Lead ID", "ProspectID", "Lead", "id"])
def test_numbers_beside_the_name_of_the_ids_are_names(name: str, ids: list[str]) -> None:
    rows = [[i, "1", "2", "3"] for i in ids[:5]]
    assert find_start([[name, "2021", "2022", "2023"], *rows]) == Start((0,), 1)
    assert find_start([["oops", "2021", "2022", "2023"], *rows]) == Start((), 0)


def test_nothing_at_all_starts_at_the_top() -> None:
    assert find_start([]) == Start((), 0)
    assert find_start([[], []]) == Start((), 0)


def test_a_column_of_digits_may_have_a_few_words() -> None:
    assert digit_columns([["1", "x", ""]] * 9 + [["n/a", "2", " "]]) == (0,)
    assert digit_columns([["1", "x"]] * 8 + [["n/a", "2"]] * 2) == ()


def test_names_are_words_in_two_columns_of_digits() -> None:
    assert is_names(["Id", "Rao", "Created"], (0, 2))
    assert not is_names(["Id", "Rao", ""], (0, 2))
    assert not is_names(["Id 1", "Rao", "Created", "On"], (0, 2, 3))
    assert not is_names(["Id"], (0, 2))


@pytest.mark.parametrize(
    "cell",
    ["12", " 1,500.00 ", "+91 98765-43210", "(020) 1", "14/06/2026", "45 %", "45%", "a@b.in"],
)
def test_numbers_dates_phones_and_addresses_look_like_values(cell: str) -> None:
    assert looks_like_value(cell)


@pytest.mark.parametrize("cell", ["", "Lead 2", "2nd", "a@b", "Name", "%"])
def test_words_do_not_look_like_values(cell: str) -> None:
    assert not looks_like_value(cell)
