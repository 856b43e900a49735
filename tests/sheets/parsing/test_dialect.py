"""The separator of a text, found by a vote."""

from __future__ import annotations

import pytest

from lsq.sheets.parsing.dialect import find_separator, split_declaration


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_each_separator_is_found(mark: str, ids: list[str]) -> None:
    lines = [f"Id{mark}Name{mark}City"] + [f'{i}{mark}"Rao{mark} A"{mark}Pune' for i in ids[:9]]
    assert find_separator("\n".join(lines)) == mark


def test_a_column_of_ids_has_no_separator(ids: list[str]) -> None:
    assert find_separator("\n".join(ids)) == ""
    assert find_separator("Lead ID\r\n" + "\r\n".join(ids)) == ""


def test_decimal_commas_do_not_win_over_semicolons(ids: list[str]) -> None:
    assert find_separator("\n".join(f"{i};1,5" for i in ids[:20])) == ";"


def test_ids_side_by_side_in_a_cell_do_not_win_over_the_separator(ids: list[str]) -> None:
    lines = ["Name,Leads"] + [f"Rao,{a};{b}" for a, b in zip(ids[:50], ids[50:100], strict=True)]
    assert find_separator("\n".join(lines)) == ","


def test_a_long_preamble_does_not_hide_the_separator(ids: list[str]) -> None:
    text = "Export\nby Anita\nof June\n\nLead ID,Name\n" + f"{ids[0]},Rao\n{ids[1]},Rao"
    assert find_separator(text) == ","


def test_a_few_commas_in_a_plain_list_do_not_split_it(ids: list[str]) -> None:
    assert find_separator("\n".join([*ids[:40], f"{ids[41]},{ids[42]}"])) == ""


def test_only_a_sample_of_a_long_text_is_read(ids: list[str]) -> None:
    assert find_separator("\n".join(f"{i};Rao" for i in ids * 5)) == ";"
    assert find_separator("a;" * 60_000) == ";"


def test_excels_declaration_is_obeyed_and_taken_off() -> None:
    assert split_declaration("sep=;\r\na;b") == ("a;b", ";")
    assert split_declaration('"sep=|"\na|b') == ("a|b", "|")
    assert split_declaration("separator\na") == ("separator\na", None)
    assert split_declaration("") == ("", None)
