"""Whole columns are read as each of their cells would be; only quicker."""

from __future__ import annotations

import time
from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.many_cells import read_cells, why_no_id
from lsq.sheets.rescue import Repair, read_cell

A = "0acb9356-bcd1-4128-b63a-97f52cb8cc3c"
B = "b0aef70a-44c0-43d8-9b5a-d9a1c5b1b2f1"
ZERO = "00000000-0000-0000-0000-000000000000"


def alike(texts: list[str], *, glued: bool = False) -> None:
    """Assert that both ways agree on ids, repairs and reasons."""
    readings = [read_cell(text, glued=glued) for text in texts]
    cells = pa.array(texts, type=pa.string())
    found = read_cells(cells, glued=glued)
    assert found.counts.tolist() == [len(reading.ids) for reading in readings]
    assert found.ids.to_pylist() == [i for reading in readings for i in reading.ids]
    repairs = Counter[str]()
    for text, reading in zip(texts, readings, strict=True):
        if reading.repair and reading.ids != (text,):
            repairs[reading.repair] += len(reading.ids)
    assert +found.repairs == repairs
    without = [n for n, text in enumerate(texts) if not read_cell(text).ids]
    reasons = why_no_id(cells.take(pa.array(without, type=pa.int64())))
    assert reasons.to_pylist() == [read_cell(texts[n]).reason for n in without]


guid = st.sampled_from([A, B, ZERO])
written = st.one_of(
    guid,
    guid.map(str.upper),
    guid.map(lambda i: i.replace("-", "")),
    guid.map(lambda i: i.replace("-", "\u2011")),
    guid.map(lambda i: i.replace("-", "%2D")),
    guid.map(lambda i: "".join(chr(ord(c) + 0xFEE0) for c in i)),
    guid.map(lambda i: i[:-1]),
    guid.map(lambda i: i[:-1] + "O"),
)
SIGNS = list(" {}\"'\u00a0\u200b,;&#x7-\n\uff08.\u2014")
NAMES = "LeadID= LeadID%3D ActivityId= https://x.in/Lead?LeadID= ?id= &OwnerId= mailto: urn:uuid:"
PIECES = '=" %7B %257D %26x= abcd-'
around = st.sampled_from([*SIGNS, *NAMES.split(" "), *PIECES.split(" "), ""])
messy = st.lists(st.one_of(written, around), max_size=6).map("".join)


@given(st.lists(messy, max_size=5))
def test_both_ways_agree_on_every_mess(texts: list[str]) -> None:
    alike(texts)


@given(st.lists(messy, max_size=5))
def test_both_ways_agree_where_separators_are_missing(texts: list[str]) -> None:
    alike(texts, glued=True)


@given(st.lists(st.text(max_size=60), max_size=5))
def test_both_ways_agree_on_any_text(texts: list[str]) -> None:
    alike(texts)


@pytest.mark.parametrize("many", [1, 70_000])
def test_the_repaired_ids_stand_in_the_cells_order(many: int) -> None:
    texts = [A, f"{B} {A}", "", f"https://x/?LeadID={B}", B.upper(), "x", f"{{{A}}}"] * many
    found = read_cells(pa.array(texts))
    assert found.ids.to_pylist() == [A, B, A, B, B, A] * many
    assert found.counts.tolist() == [1, 2, 0, 1, 1, 0, 1] * many
    assert found.repairs[Repair.SEVERAL] == 2 * many


def test_clean_ids_are_not_copied() -> None:
    cells = pa.array([A, B, A])
    assert read_cells(cells).ids is cells


@pytest.mark.parametrize(
    "piece",
    ["0a", "-", "LeadID=", "%25", "abcd-", "a b", f"{A}-", "\uff10", "lead: ", "A" * 8 + "-"],
)
def test_a_huge_cell_takes_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        cells = pa.array([piece * (size // len(piece))])
        start = time.process_time()  # what others on this machine take does not count
        read_cells(cells)
        why_no_id(cells)
        read_cells(cells, glued=True)
        return time.process_time() - start

    seconds(10_000)
    small, large = (min(seconds(size) for _ in range(3)) for size in (100_000, 1_000_000))
    assert large < 30 * small + 0.05  # ten times the time, not a hundred times
