"""The benchmark of memory works: on few leads and without a figure to reach."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from lsq.sandbox import lead_id
from tests.benchmarks.memory import app, fetch, peak_mb

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system's figures differ")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    place = tmp_path / "ids.csv"
    place.write_text("\n".join(["Lead ID", *map(lead_id, range(1500))]))
    return place


def test_a_fetch_is_measured_and_writes_its_file(sheet: Path) -> None:
    assert 50 < fetch(sheet, ".csv") < 1000
    assert sheet.with_name("leads.csv").read_bytes().count(b"\n") == 1501


def test_the_app_tells_its_steps_and_its_peak(
    sheet: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert 50 < app(sheet) < 1000
    said = capfd.readouterr().out
    assert said.count(" MB") == 7
    assert "x the 450 MB" in said
    assert "the plan said 2\n" in said


def test_a_process_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        peak_mb("-c", "raise SystemExit(3)")
