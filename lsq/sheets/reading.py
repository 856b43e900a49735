"""Bytes of any spreadsheet, or pasted text, to a `Sheet`: a table of text with its row numbers.

No file is parsed in this process, because nobody vouches for it: see `lsq.sheets.worker`.
"""

from __future__ import annotations

import re
import signal

from lsq.sheets.child import Broken, ask
from lsq.sheets.errors import SheetError
from lsq.sheets.limits import Limits
from lsq.sheets.pipe import Request
from lsq.sheets.sheet import PASTED, Choices, Sheet
from lsq.sheets.spare_memory import give_back

__all__ = ["PASTED", "read_pasted", "read_sheet"]

_NO_CHOICES = Choices()
_LIMITS = Limits()

_SLOW_HOST = 5
"""Seconds on the clock for each processor second: a shared host gives a fraction of a processor."""

_TEXT_ENDINGS = (".csv", ".tsv", ".txt")

_ASKED = re.compile(r"memory allocation of (\d+) bytes failed")  # Rust's last words
_OUT_OF_MEMORY = ("MemoryError", "bad_alloc", "malloc of size")  # Python's, C++'s and Arrow's
_TIME_IS_UP = getattr(signal, "SIGXCPU", None)
_KILLED = getattr(signal, "SIGKILL", None)


def read_sheet(
    data: bytes, *, name: str, choices: Choices = _NO_CHOICES, limits: Limits = _LIMITS
) -> Sheet:
    """Read a file, recognised by its bytes and not by its ending.

    Args:
        data: The whole file.
        name: Its name, for sentences only.
        choices: What a person decided; the rest is found out.
        limits: What is refused as too large, and what the reading may take.

    Raises:
        SheetError: One sentence on what the file is instead, or takes, and what to do.
    """
    limits.check_bytes(name, len(data))
    return _read(Request(name=name, size=len(data), choices=choices, limits=limits), data)


def read_pasted(text: str, *, limits: Limits = _LIMITS) -> Sheet:
    """Read pasted ids or cells.

    Args:
        text: As it was pasted.
        limits: As in `read_sheet`.

    Raises:
        SheetError: Nothing was pasted, or too much.
    """
    data = text.encode("utf-8", "surrogatepass")
    limits.check_bytes(PASTED, len(data))
    return _read(Request(name=None, size=len(data), choices=_NO_CHOICES, limits=limits), data)


def _read(request: Request, data: bytes) -> Sheet:
    wall_s = request.limits.processor_s(request.size) * _SLOW_HOST
    name = request.name or PASTED
    try:
        return ask(request, data, wall_s=wall_s)
    except Broken as broken:
        why = _why(broken, name=name, request=request, wall_s=wall_s)
    except OSError:
        title = f"{name} was not read: this computer starts no further process at the moment."
        why = SheetError(title, "Try again in a minute.")
    finally:
        give_back()
    raise why


def _why(broken: Broken, *, name: str, request: Request, wall_s: float) -> SheetError:
    """Say in a sentence why the process that read the file ended."""
    if asked := _ASKED.search(broken.last_words):
        return request.limits.memory_error(name, asked=int(asked[1]))
    if any(words in broken.last_words for words in _OUT_OF_MEMORY):
        return request.limits.memory_error(name)
    if not broken.in_time:
        return _too_slow(name, _seconds(wall_s))
    if _TIME_IS_UP and broken.code == -_TIME_IS_UP:
        limit = f"{_seconds(request.limits.processor_s(request.size))} of processor time"
        return _too_slow(name, limit)
    if _KILLED and broken.code == -_KILLED:
        title = f"The system ended the reading of {name}, most likely because memory was short."
        return SheetError(title, "Leave out columns, split it, or try again in a minute.")
    title = f"{name} is broken in a way that stopped the reading of it."
    return SheetError(title, "Open it in a spreadsheet program, save it anew and drop that.")


def _too_slow(name: str, limit: str) -> SheetError:
    title = f"Reading {name} takes more than {limit}, the limit for its size."
    if name == PASTED or name.lower().endswith(_TEXT_ENDINGS):
        return SheetError(title, "Leave out columns, or split it.")
    return SheetError(title, "Save the list as CSV and drop that, leave out columns, or split it.")


def _seconds(seconds: float) -> str:
    whole = round(seconds)
    return "1 second" if whole == 1 else f"{whole} seconds"
