"""The benchmark of files works: on few rows and without a figure to reach."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from lsq.sheets.column_text import is_text
from tests.benchmarks import files

if TYPE_CHECKING:
    import pytest

ROWS = 40


def test_a_line_is_printed_for_every_figure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["files.py", "--rows", str(ROWS), "--times", "1"])
    files.main()
    said, *lines = capsys.readouterr().out.splitlines()
    assert said == f"{ROWS} rows x 20 columns, the quickest of 1"
    for name in ("CSV for programs", "CSV for Excel", "Parquet"):
        (line,) = (line for line in lines if line.startswith(f"{name} "))
        assert line.endswith("at most")
    assert len([line for line in lines if "from a lookup" in line]) == 4


def test_the_lookup_ends_in_the_rows_that_the_writers_are_given() -> None:
    made = files.frame(ROWS)
    joined = files.view(made).lookup.leads
    assert made.shape == (ROWS, 20)
    texts = [name for name in joined if name in made and is_text(joined[name])]
    assert len(texts) > 5
    for name in texts:
        assert joined[name].dropna().tolist() == made[name].dropna().tolist()
