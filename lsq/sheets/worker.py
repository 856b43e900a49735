"""The process in which a sheet is read: `python -m lsq.sheets.worker`, asked and answered by pipes.

A parser can be made to eat the machine, and one in Rust takes its whole process along when memory
is refused. So this process reads one sheet and ends, and what it may take is set before it looks
at a byte of the file. `lsq.sheets.reading` starts it; `lsq.sheets.pipe` is what the two say.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import IO, TYPE_CHECKING

from lsq.sheets.errors import SheetError
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.parsing.pasted import parse_pasted
from lsq.sheets.pipe import Request, read_request, write_error, write_sheet
from lsq.sheets.sheet import PASTED

if TYPE_CHECKING:
    from lsq.sheets.sheet import Sheet

try:
    import resource
except ImportError:  # Windows has no such limits; there the app's clock ends what takes too long
    resource = None  # type: ignore[assignment]

__all__ = ["answer", "hold_to", "main"]

_OWN = Path("/proc/self")  # Linux


class _WithoutPandas(MetaPathFinder):
    """Keeps pandas out: pyarrow would load it, at 60 MB, to ask whether it was handed a series."""

    def find_spec(self, fullname: str, *_: object) -> None:
        """Let everything else be found by the others."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


def main() -> None:
    """Read the request from standard input and write the answer to standard output."""
    sys.meta_path.insert(0, _WithoutPandas())
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints must not end up in the answer
    with suppress(EOFError, BrokenPipeError), sink:
        request = read_request(sys.stdin.buffer)
        hold_to(request)
        answer(request, sys.stdin.buffer, sink)


def hold_to(request: Request) -> None:
    """Set what this process may take from here on: memory and processor time, and no core file."""
    with suppress(OSError):  # when memory is short, this process is the one to go, not the app
        (_OWN / "oom_score_adj").write_text("1000")
    if resource is None:
        return
    _lower(resource.RLIMIT_CORE, 0)
    used_s = int(time.process_time())
    # A second before the system kills without a reason, it ends the process and tells why.
    _lower(resource.RLIMIT_CPU, used_s + request.limits.processor_s(request.size), grace=1)
    with suppress(OSError):
        pages = int((_OWN / "statm").read_text().split()[0])
        present = pages * os.sysconf("SC_PAGE_SIZE")
        _lower(resource.RLIMIT_AS, present + request.limits.max_memory_bytes)


def _lower(kind: int, most: int, *, grace: int = 0) -> None:
    """Lower a limit of this process, never raise it; some systems refuse some of them."""
    _, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY or most + grace < hard:
        with suppress(ValueError, OSError, OverflowError):
            resource.setrlimit(kind, (most, most + grace))


def answer(request: Request, source: IO[bytes], sink: IO[bytes]) -> None:
    """Parse what follows the request, and write the sheet or why there is none."""
    try:
        # Nobody here keeps the bytes or the sheet: both are large, and let go of when used.
        write_sheet(_parse(request, source), sink)
    except SheetError as error:
        write_error(error, sink)
    except MemoryError:
        write_error(request.limits.memory_error(request.name or PASTED), sink)


def _parse(request: Request, source: IO[bytes]) -> Sheet:
    if request.name is None:
        text = source.read(request.size).decode("utf-8", "surrogatepass")
        return parse_pasted(text, limits=request.limits)
    return parse_sheet(
        source.read(request.size),
        name=request.name,
        choices=request.choices,
        limits=request.limits,
    )


if __name__ == "__main__":
    main()
