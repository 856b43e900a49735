"""The command line as real processes: `lsq fetch` against `lsq sandbox`, Ctrl+C, a closed pipe."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Behaviour, Sandbox, lead_id, sample_sheet
from lsq.sheets.reading import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LSQ = (sys.executable, "-m", "lsq")
LONG_S = 60


def start(*argv: object, env: dict[str, str], stdin: int | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program and arguments
        [*LSQ, *map(str, argv)],
        env={**os.environ, **env},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def check_silent(*parts: bytes) -> None:
    """Check that no output holds a key or a traceback."""
    for part in parts:
        assert ACCESS_KEY.encode() not in part
        assert SECRET_KEY.encode() not in part
        assert b"Traceback" not in part


@pytest.fixture
def account() -> Iterator[dict[str, str]]:
    """Run `lsq sandbox` in a process of its own; return the variables it prints."""
    with start("sandbox", "--latency", "0", env={}) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().decode() for _ in range(3)]
        yield dict(re.fullmatch(r"export (\w+)='(.*)'\n", line).groups() for line in lines)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=LONG_S)
        assert process.returncode == 130
        assert err == b""


def test_a_sheet_is_fetched_from_a_sandbox_in_another_process(
    account: dict[str, str], tmp_path: Path
) -> None:
    sheet = tmp_path / "campaign_june.csv"
    sheet.write_bytes(sample_sheet(rows=400))
    out, report = tmp_path / "out.xlsx", tmp_path / "report.json"
    with start("fetch", sheet, "--out", out, "--report", report, env=account) as process:
        streams = process.communicate(timeout=LONG_S)
    assert process.returncode == 0
    check_silent(*streams, report.read_bytes())
    before = read_sheet(sheet.read_bytes(), name="before").table
    after = read_sheet(out.read_bytes(), name="after").table
    for name in before.column_names:
        assert after[name].to_pylist() == before[name].to_pylist()
    said = json.loads(report.read_text(encoding="utf-8"))
    others = said["duplicates"] + len(said["invalid"]) + said["blank"]
    assert said["rows"] + said["extra_ids"] == said["ids_asked"] + others
    assert said["ids_asked"] == said["returned"] + len(said["not_found"])


def test_an_interrupt_writes_what_came_and_says_what_was_not_asked(tmp_path: Path) -> None:
    ids = [lead_id(number) for number in range(30)]
    (tmp_path / "ids.txt").write_text("\n".join(ids), encoding="utf-8")
    out, report = tmp_path / "out.csv", tmp_path / "report.json"
    with Sandbox(behaviour=Behaviour(max_calls=None, latency_s=0.2)) as sandbox:
        env = {
            "LSQ_HOST": sandbox.base_url,
            "LSQ_ACCESS_KEY": ACCESS_KEY,
            "LSQ_SECRET_KEY": SECRET_KEY,
            "LSQ_BATCH": "10",
            "LSQ_RATE": "2/300",
        }
        with start(
            "fetch", tmp_path / "ids.txt", "--out", out, "--report", report, env=env
        ) as process:
            while len(sandbox.arrivals) < 2 and process.poll() is None:
                pass
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=1.0)
            process.send_signal(signal.SIGINT)
            streams = process.communicate(timeout=LONG_S)
    assert process.returncode == 130
    check_silent(*streams)
    assert b"Stopped by you. 20 of 30 leads are here." in streams[1]
    said = json.loads(report.read_text(encoding="utf-8"))
    assert (said["returned"], len(said["not_asked"])) == (20, 10)
    outcomes = read_sheet(out.read_bytes(), name="out").table["Outcome"].to_pylist()
    assert (outcomes.count("found"), outcomes.count("not asked")) == (20, 10)


def test_a_reader_that_hangs_up_is_no_traceback(tmp_path: Path) -> None:
    sheet = tmp_path / "ids.txt"
    sheet.write_text("\n".join(map(lead_id, range(40_000))), encoding="utf-8")
    with start("check", sheet, sheet, "--ids", env={}) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 130
