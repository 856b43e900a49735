"""`lsq` itself: usage, version, settings that cannot be used, and the progress bar."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from lsq import __version__
from lsq.api.models import Progress
from lsq.cli.progress_bar import ProgressBar, bar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_without_a_command_it_says_how_to_use_it(lsq: Callable[..., object]) -> None:
    ran = lsq()
    assert ran.code == 2
    assert ran.err.startswith("usage: lsq")


def test_it_says_its_version(lsq: Callable[..., object]) -> None:
    ran = lsq("--version")
    assert (ran.code, ran.out) == (0, f"lsq {__version__}\n")


@pytest.mark.parametrize("command", ["check", "fetch"])
def test_a_setting_that_cannot_be_used_is_exit_2(
    lsq: Callable[..., object], sheet: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("LSQ_BATCH", "0")
    ran = lsq(command, sheet)
    assert ran.code == 2
    assert ran.err == (
        "lsq: LSQ_BATCH is “0”, which cannot be read. Write a number from 1 to 1000.\n"
    )


@pytest.mark.parametrize(
    "argv", [["--port", "99999"], ["--port", "x"], ["--leads", "-1"], ["--latency", "nan"]]
)
def test_a_sandbox_that_cannot_be_is_refused(lsq: Callable[..., object], argv: list[str]) -> None:
    ran = lsq("sandbox", *argv)
    assert ran.code == 2
    assert "is not a number from 0 to" in ran.err


def test_an_interrupt_before_the_fetch_is_exit_130(
    lsq: Callable[..., object], sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lsq.cli.check.read", interrupt)
    assert lsq("check", sheet).code == 130


def look(**more: object) -> Progress:
    return Progress(done=2500, leads=2500, total=5000, calls_answered=3, elapsed_s=2.5, **more)


def test_the_bar_draws_the_share_that_is_done() -> None:
    assert bar(look()).startswith("[##############..............] 2,500 of 5,000")
    assert bar(Progress()).startswith(f"[{'#' * 28}]")


def test_the_bar_says_that_it_waits_for_the_limit() -> None:
    assert bar(look(waiting_s=2.2)).endswith(" · waiting 2 s for the rate limit")


def test_the_bar_says_that_redis_is_not_there() -> None:
    assert bar(look(alone=True, waiting_s=2.2)).endswith(
        " · without Redis · waiting 2 s for the rate limit"
    )


@pytest.mark.parametrize(("quiet", "terminal"), [(True, True), (False, False)])
def test_no_bar_is_drawn_when_quiet_or_without_a_terminal(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    quiet: bool,
    terminal: bool,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    drawn = ProgressBar(quiet=quiet)
    drawn(look())
    drawn.end()
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_the_bar_and_its_line_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    drawn = ProgressBar(quiet=False)
    drawn(look())
    drawn.end()
    assert capsys.readouterr().err == f"\r\033[K{bar(look())}\r\033[K"


def test_no_command_prints_what_a_terminal_would_obey(
    lsq: Callable[..., object], tmp_path: Path
) -> None:
    ran = lsq("fetch", tmp_path / "\x1b[2Jno.csv", "--out", tmp_path / "out.csv")
    assert ran.code == 2
    assert "\\x1b[2Jno.csv" in ran.err
    assert "\x1b[2J" not in ran.err
