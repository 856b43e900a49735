"""Stretches of rows of one width, which Arrow's reader splits exactly as our blocks do."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.parsing import even
from lsq.sheets.parsing.blocks import split_block
from lsq.sheets.parsing.even import even_columns, stretches
from lsq.sheets.parsing.line import Dialect, join_cells

COMMA = Dialect()
cells = st.text(st.sampled_from("ab,;\"'\r\né₹\ufeff N#\\"), max_size=5)
line_ends = st.sampled_from(["\n", "\r\n", "\r"])
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=8)
)
dialects = st.sampled_from([COMMA, Dialect(separator=";", quote="'"), Dialect(separator="\t")])


def columns_of(data: bytes, *, width: int, dialect: Dialect = COMMA) -> list[list[str]] | None:
    columns = even_columns(data, dialect, width=width)
    return None if columns is None else [column.to_pylist() for column in columns]


@given(tables, line_ends, dialects)
def test_what_is_split_is_split_as_in_blocks(
    rows: list[list[str]], end: str, dialect: Dialect
) -> None:
    text = "".join(join_cells(row, dialect) + end for row in rows)
    columns = columns_of(text.encode(), width=len(rows[0]), dialect=dialect)
    if columns is None:
        assert re.search(r"^\ufeff|^[\r\n]|[\r\n]{2}", text.replace("\r\n", "\n"))
        return
    block = split_block(text.encode(), dialect)
    assert block is not None
    assert set(block.widths.tolist()) <= {len(rows[0]), *([0] if len(rows[0]) == 1 else [])}
    assert [cell for row in zip(*columns, strict=True) for cell in row] == block.cells.to_pylist()


def test_a_last_line_needs_no_end() -> None:
    assert columns_of(b"a,b\nc,d", width=2) == [["a", "c"], ["b", "d"]]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a,b\nc\n",
            "a,b\nc,d,e\n",
            "\na,b\n",
            "a,b\n\nc,d\n",
            "a,b\r\n\r\nc,d\r\n",
            "a,b\r\rc,d\r",
        ),
        *("\0a,b\n", "\ufeffa,b\n", ""),
    ],
)
def test_what_is_not_even_is_left_to_the_blocks(text: str) -> None:
    assert columns_of(text.encode(), width=2) is None


def test_every_cell_stays_text() -> None:
    data = b'007,1E5,TRUE\nNA,,"a\nb""c"\n2026-11-23, x ,null\n'
    assert columns_of(data, width=3) == [
        ["007", "NA", "2026-11-23"],
        ["1E5", "", " x "],
        ["TRUE", 'a\nb"c', "null"],
    ]


@given(st.lists(st.lists(cells, min_size=1, max_size=3), max_size=9), line_ends, st.integers(1, 9))
def test_stretches_of_any_size_end_where_a_record_ends(
    rows: list[list[str]], end: str, size: int
) -> None:
    text = "".join(join_cells(row, COMMA) + end for row in rows).encode()
    ends = {0}
    block = split_block(text, COMMA)
    if block is not None:
        ends.update(block.begins.tolist())
    with patch.object(even, "STRETCH", size):
        pieces = list(stretches(text, COMMA))
    assert b"".join(pieces) == text
    assert {sum(map(len, pieces[:number])) for number in range(len(pieces) + 1)} <= ends


def test_a_cell_of_many_lines_makes_its_stretch_longer() -> None:
    data = b'a,"' + b"\n" * 500 + b'"\nb,c\n' * 3
    with patch.object(even, "STRETCH", 50):
        assert len(next(stretches(data, COMMA))) > 500
