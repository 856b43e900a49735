"""The process that reads one sheet, seen from the app: started, fed, heard, ended in every case."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Event, Thread, Timer
from typing import IO, TYPE_CHECKING

from lsq.sheets.errors import SheetError
from lsq.sheets.pipe import read_answer, write_request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lsq.sheets.pipe import Request
    from lsq.sheets.sheet import Sheet

__all__ = ["Broken", "ask", "environment"]

_AT_ONCE = 3
"""Sheets that one app reads at the same time: each may take the whole limit of memory."""

_TURNS = BoundedSemaphore(_AT_ONCE)
_TURN_S = 60.0  # somebody who waits longer is told instead
# -P: a module of the working directory must not stand in for one of the library's.
_WORKER = ("-P", "-m", "lsq.sheets.worker")
_LAST_WORDS = 65_536  # bytes that are read of what the process said of its end
_DYING_S = 5.0  # a process that has closed its pipe is about to end
_ROOT = Path(__file__).resolve().parents[2]

_HANDED_ON = (
    # where programs, libraries and packages are
    *("PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "PYTHONUSERBASE"),
    *("PYTHONNOUSERSITE", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"),
    *("LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"),
    *("SYSTEMROOT", "WINDIR", "APPDATA", "USERPROFILE", "TEMP", "TMP"),  # Windows
)
"""What the process gets of the environment: no key, no password, nothing it does not need."""

_SMALL = {
    "OPENBLAS_NUM_THREADS": "1",  # it multiplies no matrices, and each thread reserves memory
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others reserve a gigabyte before they are asked
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "524288",  # what is large goes back to the system when let go of,
    "MALLOC_TRIM_THRESHOLD_": "33554432",  # and what is small is used again and again
}


class Broken(Exception):  # noqa: N818 - named for what happened
    """The process ended without an answer.

    Attributes:
        in_time: Whether it ended by itself; False when the clock ended it.
        code: Its exit code, negative for a signal.
        last_words: What it wrote to standard error.
    """

    def __init__(self, *, in_time: bool, code: int, last_words: str) -> None:
        """Keep how it ended."""
        super().__init__(code)
        self.in_time = in_time
        self.code = code
        self.last_words = last_words


def ask(request: Request, data: bytes, *, wall_s: float) -> Sheet:
    """Have a sheet read in a process of its own.

    Args:
        request: What is to be read.
        data: Its bytes.
        wall_s: Seconds after which the process is ended; waiting for a turn does not count.

    Raises:
        SheetError: What the process says is wrong with the sheet, or no turn came.
        Broken: It ended without saying anything.
        OSError: It could not be started.
    """
    late = Event()
    with (
        _turn(),
        _process() as process,
        _clock(process, wall_s, late),
        _fed(process, request, data),
    ):
        try:
            return read_answer(_pipe(process.stdout))
        except EOFError:
            code = _end_of(process)
            last_words = _pipe(process.stderr).read(_LAST_WORDS).decode("utf-8", "replace")
        raise Broken(in_time=not late.is_set(), code=code, last_words=last_words)


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until fewer sheets are being read, but not for ever."""
    if not _TURNS.acquire(timeout=_TURN_S):
        title = "Other sheets are being read at the moment."
        raise SheetError(title, "Try again in a minute.")
    try:
        yield
    finally:
        _TURNS.release()


def _end_of(process: subprocess.Popen[bytes]) -> int:
    """Return how the process ended that has closed its pipe; 1 if it had to be helped."""
    try:
        return process.wait(_DYING_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return 1


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """Start the process; whatever happens here, it is ended and gone afterwards."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
        [sys.executable, *_WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(os.environ),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            with suppress(OSError):  # what could not be written any more is nobody's loss
                _pipe(pipe).close()


@contextmanager
def _clock(process: subprocess.Popen[bytes], wall_s: float, late: Event) -> Iterator[None]:
    """End the process when its time is over."""

    def end() -> None:
        late.set()
        process.kill()

    clock = Timer(wall_s, end)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


@contextmanager
def _fed(process: subprocess.Popen[bytes], request: Request, data: bytes) -> Iterator[None]:
    """Write to the process in a thread of its own: it may answer before it has heard all."""

    def feed() -> None:
        with suppress(OSError), _pipe(process.stdin) as sink:
            write_request(request, data, sink)

    feeder = Thread(target=feed, daemon=True)
    feeder.start()
    try:
        yield
    finally:
        process.kill()  # so that the thread is not left writing
        feeder.join()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:  # never so: all three were asked for
        raise EOFError
    return pipe


def environment(of_app: Mapping[str, str]) -> dict[str, str]:
    """Return the process's environment: nothing secret, and where this package is found.

    Args:
        of_app: The environment of the app.
    """
    handed_on = {name: of_app[name] for name in _HANDED_ON if name in of_app}
    places = [str(_ROOT), *filter(None, [of_app.get("PYTHONPATH")])]
    return {**handed_on, **_SMALL, "PYTHONPATH": os.pathsep.join(places)}
