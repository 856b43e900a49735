"""The benchmark of workbooks works: on few rows and without a figure to reach."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks.workbook import THEIRS, compare, lookup_of, measure

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system's figures differ")


def test_both_sides_are_measured_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(200, times=1) > 0
    assert capsys.readouterr().out.startswith("Workbook of 200 x 20, all sheets: ")


def test_the_lookup_has_twenty_columns_and_every_outcome_it_says() -> None:
    lookup = lookup_of(200)
    counts = lookup.ledger.counts()
    assert (counts["found"], counts["not found"]) == (198, 2)
    assert lookup.sheet.table.num_columns + 1 + len(lookup.fetched.leads.columns) == 20


def test_a_writing_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match=r"(?s)^to_excel ended with 2: .*invalid int value"):
        measure(THEIRS, "many")
