"""Cells by array operations, block by block."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.parsing import blocks
from lsq.sheets.parsing.blocks import blocks_of, split_block
from lsq.sheets.parsing.line import Dialect, join_cells

COMMA = Dialect()
cells = st.text(st.sampled_from("ab,;\"'\r\né₹"), max_size=5)
tables = st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=12)


def rows_of(data: bytes, dialect: Dialect = COMMA) -> list[list[str]]:
    rows = []
    for block in blocks_of(data, dialect):
        every = block.cells.to_pylist()
        firsts = block.first.tolist()
        rows += [every[a:b] for a, b in pairwise(firsts)]
    return rows


def written(rows: list[list[str]], end: str, dialect: Dialect = COMMA) -> bytes:
    return "".join(join_cells(row, dialect) + end for row in rows).encode()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@given(rows=tables, size=st.sampled_from([1, 2, 7, 16, 64]), last=st.booleans())
def test_blocks_of_any_size_hold_the_same_cells(
    end: str,
    rows: list[list[str]],
    size: int,
    last: bool,  # noqa: FBT001 - drawn by the law
) -> None:
    data = written(rows, end)
    if not last and rows[-1] != [""]:
        data = data.removesuffix(end.encode())
    with patch.object(blocks, "BLOCK", size):
        assert rows_of(data) == rows


@pytest.mark.parametrize("size", range(1, 24))
def test_no_border_of_a_block_cuts_a_line_end_or_a_doubled_quote(size: int) -> None:
    data = b'a,b\r\n"c""d","\r\n"\r\n\r\n"""",e'
    with patch.object(blocks, "BLOCK", size):
        assert rows_of(data) == [["a", "b"], ['c"d', "\r\n"], [""], ['"', "e"]]


def test_a_carriage_return_alone_ends_a_line() -> None:
    assert rows_of(b"a\rb\r\rc") == [["a"], ["b"], [""], ["c"]]
    assert rows_of(b"a\r\r\nb") == [["a"], [""], ["b"]]


def test_a_last_line_needs_no_end() -> None:
    assert rows_of(b"a\nb") == rows_of(b"a\nb\n") == [["a"], ["b"]]
    assert rows_of(b"") == []


def test_nul_characters_are_left_out() -> None:
    assert rows_of(b'a\0b,"\0"\n\0\n') == [["ab", ""], [""]]


def test_a_line_without_separator_is_one_cell() -> None:
    assert rows_of(b'a,b\n"c\nd"\n', Dialect(separator="")) == [["a,b"], ["c\nd"]]


def test_a_text_without_any_mark_is_one_cell_whatever_the_block() -> None:
    with patch.object(blocks, "BLOCK", 4):
        assert rows_of(b"a" * 50) == [["a" * 50]]
        assert rows_of(b'"' * 50) == [['"' * 24]]


def test_no_record_ends_in_half_of_one() -> None:
    assert split_block(b"a,b", COMMA, last=False) is None
    assert split_block(b"", COMMA, last=False) is None


def test_a_line_end_that_may_be_half_of_one_waits_for_the_rest() -> None:
    block = split_block(b"a\rb\r", COMMA, last=False)
    assert block is not None
    assert (block.data, block.cells.to_pylist()) == (b"a\r", ["a"])


def test_a_row_far_beyond_all_limits_is_not_read_to_its_end() -> None:
    with patch.object(blocks, "_ENDLESS", 50):
        wide = split_block(b"," * 51, COMMA, last=False)
        assert wide is not None
        assert wide.widths.tolist() == [51]
        assert split_block(b"," * 50, COMMA, last=False) is None


def test_a_block_knows_its_records_by_width_place_and_text() -> None:
    block = split_block(b'a,b\r\n\r\n"c\nd"\n,\n', COMMA)
    assert block is not None
    assert block.widths.tolist() == [2, 0, 1, 2]
    assert block.begins.tolist() == [0, 5, 7, 13, 15]
    assert block.records_of(np.array([0, 2, 5, 8, 11, 14])).tolist() == [0, 1, 2, 3]
    assert [block.text(record) for record in range(4)] == ["a,b", "", '"c\nd"', ","]
