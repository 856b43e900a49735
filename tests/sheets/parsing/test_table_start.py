"""Where the table starts, and whether it has a row of names."""

from __future__ import annotations

from lsq.sheets.parsing.table_start import Start, find_start


def test_the_first_row_without_ids_is_the_header(ids: list[str]) -> None:
    assert find_start([["Lead ID", "Name"], [ids[0], "Rao"]]) == Start(0, 1)


def test_preamble_lines_stand_above_the_header(ids: list[str]) -> None:
    records = [
        ["Export"],
        ["made", "June"],
        [],
        ["Id", "Name", "City", "Stage"],
        [ids[0], "a", "b", "c"],
    ]
    assert find_start(records) == Start(3, 4)


def test_preamble_lines_padded_by_excel_are_preamble(ids: list[str]) -> None:
    assert find_start([["Export", "", ""], ["Id", "Name", "City"], [ids[0], "a", "b"]]) == Start(
        1, 2
    )


def test_a_sheet_that_starts_with_an_id_has_no_header(ids: list[str]) -> None:
    assert find_start([[ids[0], "Rao"], [ids[1], "Rao"]]) == Start(None, 0)


def test_rows_with_a_bad_id_below_the_header_are_not_taken_for_it(ids: list[str]) -> None:
    assert find_start([["Id", "Name"], ["oops", "Rao"], [ids[0], "Rao"]]) == Start(0, 1)


def test_a_first_row_of_values_is_no_header(ids: list[str]) -> None:
    assert find_start([["12345"], [ids[0]]]) == Start(None, 0)
    assert find_start([["", "98765 43210", "a@b.in"], [ids[0], "1", "c@d.in"]]) == Start(None, 0)


def test_a_header_with_few_names_is_found_when_nothing_fuller_is_there(ids: list[str]) -> None:
    assert find_start([["Lead ID", ""], [ids[0], "Rao"]]) == Start(0, 1)


def test_without_ids_the_first_full_row_is_the_header() -> None:
    assert find_start([["Report"], ["Ref", "Name", "City"], ["1", "a", "b"]]) == Start(1, 2)
    assert find_start([["1", "2"], ["3", "4"]]) == Start(None, 0)


def test_a_lonely_note_above_a_wide_table_without_header_is_kept_as_a_row(ids: list[str]) -> None:
    assert find_start([["note", "", "", "", ""], [ids[0], "a", "b", "c", "d"]]) == Start(None, 0)
