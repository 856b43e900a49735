"""The benchmark of reading works: on few rows and without a figure to reach."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.read_sheets import compare, measure, write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system's figures differ")


@pytest.mark.parametrize(("ending", "write"), [("csv", write_csv), ("xlsx", write_xlsx)])
def test_both_sides_are_measured_on_the_same_file(
    ending: str,
    write: Callable[[Path, int], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = tmp_path / f"leads.{ending}"
    write(place, 300)
    assert compare(place, times=1, asked=1.5) > 0
    said = capsys.readouterr().out
    assert said.startswith(f"leads.{ending}: 0.0 MB")
    assert "asked: 1.5 at most" in said


def test_the_memory_of_the_process_that_reads_is_counted_too(tmp_path: Path) -> None:
    place = tmp_path / "leads.csv"
    write_csv(place, 300)
    assert measure("ours", place).peak > 100_000_000


def test_a_reading_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"^pandas ended with 1$"):
        measure("pandas", tmp_path / "none.csv")
