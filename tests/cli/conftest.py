"""What the command line's tests share: a sandbox in the environment, and logs put back after."""

from __future__ import annotations

import logging
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from lsq.cli import main
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Behaviour, Sandbox, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _hooks_put_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo what `main` does to a process: hooks for uncaught errors, and log formats."""
    for name in ("HOST", "ACCESS_KEY", "SECRET_KEY", "TIMEZONE"):
        monkeypatch.delenv(f"LSQ_{name}", raising=False)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    formats = [(handler, handler.formatter) for handler in logging.root.handlers]
    yield
    for handler, formatter in formats:
        handler.setFormatter(formatter)


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Run a sandbox without a rate limit and name it in the environment."""
    with Sandbox(leads=10_000, behaviour=Behaviour(max_calls=None)) as running:
        monkeypatch.setenv("LSQ_HOST", running.base_url)
        monkeypatch.setenv("LSQ_ACCESS_KEY", ACCESS_KEY)
        monkeypatch.setenv("LSQ_SECRET_KEY", SECRET_KEY)
        yield running


@pytest.fixture
def lsq(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Return what runs one command in this process; no output may hold a key or a traceback."""

    def run(*argv: object) -> Ran:
        try:
            code = main([str(argument) for argument in argv])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = (part.decode() for part in capsysbinary.readouterr())
        for part in (out, err):
            assert ACCESS_KEY not in part
            assert SECRET_KEY not in part
            assert "Traceback" not in part
        return Ran(code, out, err)

    return run


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Write a sheet of two ids, a repeat, a blank, junk and an unknown id, with a note each."""
    ids = [lead_id(1), lead_id(2), lead_id(1), "", "see email", lead_id(10**12)]
    path = tmp_path / "list.csv"
    rows = [f"{cell},note {number}" for number, cell in enumerate(ids)]
    path.write_text("\n".join(["Lead ID,Note", *rows]) + "\n", encoding="utf-8")
    return path
