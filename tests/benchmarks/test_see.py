"""The benchmark of the pages works: on few leads and without a figure to reach."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import see
from tests.benchmarks.wire_viewer import Run
from tests.browser.driving import serve

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system's figures differ")

LEADS = 40


def test_one_viewer_and_several_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(see, "EVERY_S", 0.1)
    monkeypatch.setattr(see, "PAGES", ("leads",))
    with serve(tmp_path, LSQ_RATE="1000/5") as app:
        runs = see.clicks(app, leads=LEADS)
        assert len(runs["leads"]) > 1
        assert all(run.seconds > 0 and run.table_bytes > 0 for run in runs["leads"])
        see.tell_clicks(LEADS, runs)
        together = see.busy(app, viewers=2, seconds=0.5)
        see.tell_busy(2, together, see.peak_mb(app.pid))
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert said[0].startswith(f"a filter click on leads, {LEADS} x 12")
    assert said[-1].startswith(f"2 viewers, {len(together)} clicks: median")


def test_a_page_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="1 faults, the first: Oh"):
        see.check([Run(0.1, 1, 1, ("Oh",)), Run(0.1, 1, 1, ())])
