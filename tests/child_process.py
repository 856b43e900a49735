"""A process of our own beside the tests, which talks in lines and ends with its block."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[1]

TASKS = Path("/proc/self/task")
"""Where Linux lists what a process started; not there, children cannot be looked up."""


@contextmanager
def python(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run this Python with `arguments`, from the repository's root."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter and modules
        [sys.executable, *arguments],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def reading_sheets(pid: int) -> list[str]:
    """Return the command lines of the children of this process that read a sheet; Linux only."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    pids = [child for task in tasks for child in _of_process(task / "children").split()]
    lines = [_of_process(Path(f"/proc/{child}/cmdline")) for child in pids]
    return [line for line in lines if "lsq.sheets.worker" in line]


def _of_process(file: Path) -> str:
    """Return what the system says of a process or thread; "" of one that has ended meanwhile."""
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
