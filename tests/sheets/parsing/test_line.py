"""One line to its cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.parsing.line import Dialect, join_cells, lines_of, may_close, split_line

COMMA = Dialect()
BACKSLASH = Dialect(backslash=True)

cells = st.text(st.sampled_from("ab,;\t|\"' \\\r\n\0é"), max_size=6)
dialects = st.builds(
    Dialect,
    separator=st.sampled_from([",", ";", "\t", "|"]),
    quote=st.sampled_from("\"'"),
)


@given(st.lists(cells, min_size=1, max_size=6), dialects)
def test_cells_that_are_joined_are_split_into_the_same(row: list[str], dialect: Dialect) -> None:
    split = split_line(join_cells(row, dialect), dialect)
    assert split.cells == row
    assert (split.stray, split.open) == (False, None)


@given(cells)
def test_one_cell_a_line_is_joined_and_split_into_the_same(cell: str) -> None:
    dialect = Dialect(separator="")
    assert split_line(join_cells([cell], dialect), dialect).cells == [cell]


@given(st.text(st.sampled_from("ab,\"' \\\n"), max_size=30), st.booleans())
def test_a_line_is_split_whatever_its_quotes(line: str, backslash: bool) -> None:  # noqa: FBT001 - drawn by the law
    split = split_line(line, Dialect(backslash=backslash))
    assert 1 <= len(split.cells) <= line.count(",") + 1
    assert "".join(split.cells).count("a") == line.count("a")
    assert split.open is None or split.stray


def test_text_is_cut_at_lf_crlf_and_cr_only() -> None:
    assert lines_of("a\nb\r\n\rc\x0bd\u2028e") == ["a\n", "b\r\n", "\r", "c\x0bd\u2028e"]
    assert lines_of("") == []


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a,"b, c",d', ["a", "b, c", "d"]),
        ('"a ""b"" c",d', ['a "b" c', "d"]),
        ('a, "b, c" ,d', ["a", "b, c", "d"]),
        ('"",a', ["", "a"]),
        ("a,", ["a", ""]),
        ("", [""]),
    ],
)
def test_quotes_in_order_are_taken_off(line: str, cells: list[str]) -> None:
    assert split_line(line, COMMA)[:3] == (cells, False, None)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"Ra"o, A",Pune', ['Ra"o, A', "Pune"]),
        ('a,Ra"o,Pune', ["a", 'Ra"o', "Pune"]),
        ('a,"Ra"o","Pu"ne"', ["a", 'Ra"o', 'Pu"ne']),
    ],
)
def test_a_stray_quote_stays_in_its_own_cell(line: str, cells: list[str]) -> None:
    assert split_line(line, COMMA)[:3] == (cells, True, None)


def test_a_quote_that_is_not_closed_swallows_no_other_cell() -> None:
    assert split_line('a,"b,c', COMMA)[:3] == (["a", '"b', "c"], True, 1)
    assert split_line('a,"b" c,d', COMMA)[:3] == (["a", '"b" c', "d"], True, 1)
    assert split_line('a,"b,"c"', COMMA)[:3] == (["a", '"b', "c"], True, None)


@pytest.mark.parametrize("cell", ['5"', '5.5" pipe', '12" x 10"', "5' 11\""])
def test_a_mark_of_inches_is_no_stray_quote(cell: str) -> None:
    assert split_line(f"a,{cell},b", COMMA)[:3] == (["a", cell, "b"], False, None)


@pytest.mark.parametrize("cell", ['a5"', '1234"', '"', '3:5"'])
def test_other_quotes_after_digits_are_stray(cell: str) -> None:
    assert split_line(f"a,x{cell},b", COMMA).stray


def test_an_apostrophe_within_a_word_is_no_stray_quote() -> None:
    single = Dialect(quote="'")
    assert split_line("'a',O'Neil", single)[:3] == (["a", "O'Neil"], False, None)
    assert split_line("'a',Neil'", single)[:3] == (["a", "Neil'"], True, None)


def test_a_backslash_escapes_a_quote_only_where_it_is_said_to() -> None:
    line = r'a,"Ra\"o, A",b'
    assert split_line(line, BACKSLASH)[:3] == (["a", 'Ra"o, A', "b"], False, None)
    assert split_line(line, COMMA).stray
    assert split_line(r'"C:\temp","b"', BACKSLASH).cells == [r"C:\temp", "b"]


def test_a_line_of_one_cell_keeps_its_separators() -> None:
    one = Dialect(separator="")
    assert split_line('"a,b"', one).cells == ["a,b"]
    assert split_line("a,b", one).cells == ["a,b"]
    assert split_line('a,"b', one)[:3] == (['a,"b'], True, None)


def test_an_open_cell_ends_at_a_quote_before_a_separator_or_the_end() -> None:
    assert may_close('c",d\r\n', COMMA)
    assert may_close('c" \n', COMMA)
    assert not may_close('c"d,e\n', COMMA)
    assert not may_close("c,d\n", COMMA)


def test_a_cell_that_may_go_on_is_open_although_it_could_end_here() -> None:
    assert split_line('a,"""', COMMA) == (["a", '"'], True, 1, (1,))
    assert split_line('a,",""', COMMA) == (["a", '"', ""], True, 1, (1,))


def test_what_excel_is_told_to_keep_as_text_has_no_stray_quote() -> None:
    assert split_line('="007",a', COMMA) == (['="007"', "a"], False, None, ())
    assert split_line('="00"7,a', COMMA).stray
