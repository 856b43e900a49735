"""How a text is written, found by a vote."""

from __future__ import annotations

import pytest

from lsq.sheets.parsing.dialect import find_writing, split_declaration
from lsq.sheets.parsing.line import Dialect
from lsq.sheets.parsing.writing import only_ids


def separator_of(text: str) -> str:
    return find_writing(text.encode()).dialect.separator


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_each_separator_is_found(mark: str, ids: list[str]) -> None:
    lines = [f"Id{mark}Name{mark}City"] + [f'{i}{mark}"Rao{mark} A"{mark}Pune' for i in ids[:9]]
    assert separator_of("\n".join(lines)) == mark


def test_a_column_of_ids_has_no_separator(ids: list[str]) -> None:
    assert separator_of("\n".join(ids)) == ""
    assert separator_of("Lead ID\r\n" + "\r\n".join(ids)) == ""


def test_decimal_commas_do_not_win_over_semicolons(ids: list[str]) -> None:
    assert separator_of("\n".join(f"{i};1,5" for i in ids[:20])) == ";"


def test_ids_side_by_side_in_a_cell_do_not_win_over_the_separator(ids: list[str]) -> None:
    lines = ["Name,Leads"] + [f"Rao,{a};{b}" for a, b in zip(ids[:50], ids[50:100], strict=True)]
    assert separator_of("\n".join(lines)) == ","


def test_a_long_preamble_does_not_hide_the_separator(ids: list[str]) -> None:
    text = "Export\nby Anita\nof June\n\nLead ID,Name\n" + f"{ids[0]},Rao\n{ids[1]},Rao"
    assert separator_of(text) == ","


def test_a_few_commas_in_a_plain_list_do_not_split_it(ids: list[str]) -> None:
    assert separator_of("\n".join([*ids[:40], f"{ids[41]},{ids[42]}"])) == ""


def test_only_a_sample_of_a_long_text_is_read(ids: list[str]) -> None:
    assert separator_of("\n".join(f"{i};Rao" for i in ids * 5)) == ";"
    assert separator_of("a;" * 60_000) == ";"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_excels_declaration_is_obeyed_and_taken_off(end: str) -> None:
    rest = f"a;b{end}c;d".encode()
    assert split_declaration(f"sep=;{end}".encode() + rest) == (rest, ";")
    assert split_declaration(f'"SEP=|"{end}'.encode() + rest) == (rest, "|")


@pytest.mark.parametrize("text", ["separator\na", "sep=ab\na", "sep=;", "sep=\na", "", "\n"])
def test_other_first_lines_declare_nothing(text: str) -> None:
    assert split_declaration(text.encode()) == (text.encode(), None)


def test_a_separator_that_is_known_is_not_doubted(ids: list[str]) -> None:
    text = "\n".join(f"{i};1,5" for i in ids[:20]).encode()
    assert find_writing(text, separator=",").dialect.separator == ","
    assert find_writing(text, separator="").width == 1


def test_the_width_is_that_of_most_rows_and_ids_stand_where_most_have_them(ids: list[str]) -> None:
    lines = ["Name,Id,City", *(f"Rao,{i},Pune" for i in ids[:9]), f"{ids[10]},Rao", "x,y"]
    writing = find_writing("\n".join(lines).encode())
    assert (writing.width, writing.id_places) == (3, (1,))


def test_a_wide_row_wins_a_tie_of_widths() -> None:
    assert find_writing(b"a,b,c\nd,e,f\ng,h\ni,j\n").width == 3


def test_spaces_separate_only_where_nearly_all_lines_agree(ids: list[str]) -> None:
    assert separator_of("\n".join(f"{i} Rao" for i in ids[:20])) == " "
    names = ["Anita Rao", "Bo", "Chandra Sekhar Rao", "Dev Ananda Kumar Rao"]
    assert separator_of("\n".join(names * 5)) == ""


def test_single_quotes_are_found(ids: list[str]) -> None:
    text = "\n".join(["'Id','Name'", *(f"'{i}','Rao, A'" for i in ids[:9])])
    assert find_writing(text.encode()).dialect == Dialect(separator=",", quote="'")
    assert find_writing(text.encode()).width == 2


def test_an_apostrophe_is_no_quote(ids: list[str]) -> None:
    text = "\n".join(
        ["Id,Name", *(f"{i},'Rao" for i in ids[:3]), *(f'{i},"A, B"' for i in ids[:9])]
    )
    assert find_writing(text.encode()).dialect.quote == '"'


def test_backslashes_escape_quotes_where_that_reads_better(ids: list[str]) -> None:
    escaped = "\n".join(rf'{i},"Ra\"o, A"' for i in ids[:9])
    assert find_writing(escaped.encode()).dialect.backslash
    paths = "\n".join(rf'{i},"C:\temp\",Pune' for i in ids[:9])
    assert not find_writing(paths.encode()).dialect.backslash


def test_a_quote_that_is_not_closed_does_not_hide_the_separator(ids: list[str]) -> None:
    text = "Id;Name;City\n" + "\n".join(f'{i};"Rao;Pune' for i in ids[:400])
    writing = find_writing(text.encode())
    assert (writing.dialect.separator, writing.width, writing.id_places) == (";", 3, (0,))


def test_nothing_is_one_cell_a_line() -> None:
    writing = find_writing(b"\n\n")
    assert (writing.width, writing.id_places) == (1, ())


def test_only_what_people_put_around_ids_may_stand_in_a_cell_of_ids(ids: list[str]) -> None:
    assert only_ids(f" {{{ids[0]}}}, '{ids[1]}' ")
    assert not only_ids(f"{ids[0]} Rao")
    assert not only_ids("{},;")


@pytest.mark.parametrize("lines", [19, 27, 40, 201])
def test_long_notes_are_cells_though_the_sample_ends_in_one(ids: list[str], lines: int) -> None:
    note = "ok, so\n" * lines
    text = "Id,Note,City\n" + "".join(f'{i},"{note}",Pune\n' for i in ids * 20)
    writing = find_writing(text.encode())
    assert (writing.dialect.separator, writing.width, writing.id_places) == (",", 3, (0,))


def test_two_stray_quotes_far_from_each_other_hold_no_rows_between_them(ids: list[str]) -> None:
    rows = [f"{i},Rao,Pune" for i in ids[:9]]
    rows[0], rows[-1] = rows[0].replace("Rao", '"Rao'), rows[-1] + '"'
    writing = find_writing("\n".join(["Id,Name,City", *rows]).encode())
    assert (writing.width, writing.id_places) == (3, (0,))


def test_spaces_do_not_win_over_a_mark_on_which_the_rows_agree(ids: list[str]) -> None:
    named = "".join(f"{i} (Asha),Pune,0\n" for i in ids * 2)
    assert separator_of("Lead,City,Amt\n" + named) == ","
    assert separator_of("Lead,City\n" + "".join(f"{i} called,Pune\n" for i in ids * 2)) == ","


def test_what_separates_cells_quotes_none() -> None:
    writing = find_writing(b"'\n''\n'0'", separator="'")
    assert (writing.dialect.separator, writing.dialect.quote) == ("'", '"')


@pytest.mark.parametrize("cell", ["\t' ", "|'- \\", '\\,""|\'x'])
def test_apostrophes_in_rows_whose_every_cell_is_quoted_quote_nothing(cell: str) -> None:
    text = f'"Lead ID","{cell}"\n"1827d770-55d6-4a95-91bf-edafe020a33b","{cell}"\n'
    dialect = find_writing(text.encode()).dialect
    assert (dialect.separator, dialect.quote) == (",", '"')
