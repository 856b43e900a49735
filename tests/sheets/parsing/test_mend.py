"""Damaged quotes put right."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.damage import Damage
from lsq.sheets.parsing import mend as mend_module
from lsq.sheets.parsing.line import Dialect, lines_of
from lsq.sheets.parsing.mend import mend, suspects
from lsq.sheets.parsing.writing import Writing

COMMA = Dialect()
THREE = Writing(dialect=COMMA, width=3, id_places=(0,))
texts = st.text(st.sampled_from('ab,,""\r\n é'), max_size=60)


def mended(text: str, writing: Writing = THREE) -> tuple[str, dict[int, Damage]]:
    data, damage = mend(text.encode(), writing)
    return data.decode(), damage


@given(texts, st.sampled_from([1, 2, 7, 16, 64]))
def test_blocks_of_any_size_have_the_same_suspects(text: str, size: int) -> None:
    data = text.encode()
    found = suspects(data, COMMA)
    with patch.object(mend_module, "_BLOCK", size):
        assert suspects(data, COMMA) == found


@given(texts)
def test_suspects_are_where_lines_begin(text: str) -> None:
    begins, at = set(), 0
    for line in lines_of(text):
        begins.add(at)
        at += len(line.encode())
    found = suspects(text.encode(), COMMA)
    assert begins.issuperset(found)
    assert found == sorted(set(found))


@given(texts)
def test_a_mended_text_has_quotes_in_order(text: str) -> None:
    data, _ = mend(text.encode(), Writing(dialect=COMMA, width=3))
    assert mend(data, Writing(dialect=COMMA, width=3)) == (data, {})


@pytest.mark.parametrize(
    "line", ['"a","b"', 'a,"b, c"', '"a ""b"" c",d', '"",""', '""""', "a;b", '"a"\r', '"a"\r\n']
)
def test_a_line_whose_quotes_are_in_order_is_no_suspect(line: str) -> None:
    assert suspects(f"x,y\n{line}\nz\n".encode(), COMMA) == []
    assert suspects(line.encode(), COMMA) == []


@pytest.mark.parametrize("line", ['a"b', '"a" b', '"a', 'a"', ' "a"', '"a"b"', '"a"";b'])
def test_any_other_quote_makes_a_suspect(line: str) -> None:
    assert suspects(f"x\n{line}\ny\n".encode(), COMMA) == [2]
    assert suspects(line.encode(), COMMA) == [0]


def test_a_whole_text_is_given_back_itself(ids: list[str]) -> None:
    data = f'{ids[0]},"a, b",c\n'.encode()
    assert mend(data, THREE).data is data


def test_a_stray_quote_is_written_doubled_and_marked(ids: list[str]) -> None:
    text = f'Id,Name,City\r\n{ids[0]},Ra"o,Pune\r\n{ids[1]},"a",b\r\n'
    assert mended(text) == (text.replace('Ra"o', '"Ra""o"'), {1: Damage.QUOTE})


def test_a_quote_that_is_never_closed_swallows_no_row(ids: list[str]) -> None:
    text = f'{ids[0]},"Rao,Pune\n{ids[1]},Rao,Pune\n{ids[2]},"Rao,Pune'
    assert mended(text) == (
        text.replace('"Rao', '"""Rao"'),
        {0: Damage.OPEN_QUOTE, 2: Damage.OPEN_QUOTE},
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quoted_cell_of_several_lines_is_no_damage(end: str, ids: list[str]) -> None:
    text = f'{ids[0]},"a{end}{end}b",c{end}{ids[1]},d,e{end}'
    assert mended(text) == (text, {})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_records_are_counted_and_not_lines(end: str, ids: list[str]) -> None:
    text = end.join([f'{ids[0]},"a', 'b",c', f"{ids[1]},d,e", "", f'{ids[2]},f"g,h', ""])
    assert mended(text)[1] == {3: Damage.QUOTE}


def test_spaces_around_quotes_and_backslashes_are_written_as_they_are_meant(ids: list[str]) -> None:
    assert mended(f'{ids[0]}, "a" ,c\n') == (f"{ids[0]},a,c\n", {})
    backslash = Writing(dialect=Dialect(backslash=True), width=3, id_places=(0,))
    assert mended(rf'{ids[0]},"a\"b",c', backslash) == (f'{ids[0]},"a""b",c', {})


def test_a_row_with_other_marks_is_split_before_its_quotes_are_judged(ids: list[str]) -> None:
    text = f'{ids[0]};"a, b";c\n{ids[1]},d,e\n'
    assert mended(text) == (f'{ids[0]},"a, b",c\n{ids[1]},d,e\n', {0: Damage.SEPARATOR})


def test_without_ids_a_row_is_known_by_its_width() -> None:
    plain = Writing(dialect=COMMA, width=2)
    text = 'a,"b\nc,d\ne",f\n'
    assert mended(text, plain)[1] == {0: Damage.OPEN_QUOTE, 2: Damage.QUOTE}
    assert mended('a,"b\nc\nd"\n', plain) == ('a,"b\nc\nd"\n', {})


def test_a_row_too_wide_to_be_read_loses_its_quotes_so_that_it_ends() -> None:
    data = b'a"' + b"," * 16_385 + b'\nb"\n'
    again, damage = mend(data, THREE)
    assert again == b"a" + b"," * 16_385 + b'\n"b"""\n'
    assert damage == {1: Damage.QUOTE}


def test_lines_of_carriage_returns_are_one_block() -> None:
    with patch.object(mend_module, "_BLOCK", 4):
        assert suspects(b'a\rb\rc"\rd\re"', COMMA) == [4, 9]
