"""Where a command's results go: files that are whole or not there, and standard output."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from typing import TYPE_CHECKING

from lsq.api.errors import LsqError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = [
    "as_json",
    "check_target",
    "hang_up",
    "harmless",
    "print_bytes",
    "print_text",
    "tell",
    "write_whole",
]

_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that a terminal obeys: they move, colour, delete or turn round what is printed."""


def check_target(path: Path, *, sheets: Iterable[Path] = ()) -> None:
    """Refuse a file that could not be written, before a call is spent on it.

    Args:
        path: Its place.
        sheets: What is read, and must not be written over.

    Raises:
        LsqError: Its folder is not there or not to be written in, it is a folder itself, or it is
            the sheet.
    """
    if any(_is_same(path, sheet) for sheet in sheets):
        title = f"{path} is the sheet itself, and would be written over."
        raise LsqError(title, "Name another file.")
    if path.is_dir():
        title = f"{path} is a folder."
        raise LsqError(title, "Name a file in it.")
    if not path.parent.is_dir():
        title = f"{path} cannot be written: there is no folder {path.parent}."
        raise LsqError(title, "Make the folder first, or name another one.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        title = f"{path} cannot be written: it is not allowed there."
        raise LsqError(title, "Name another folder, or ask for the right to write.")


def _is_same(path: Path, sheet: Path) -> bool:
    try:
        return sheet.is_file() and path.samefile(sheet)  # a device may well be read and written
    except OSError:  # one of them is not there
        return path.resolve() == sheet.resolve()


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file beside its place and move it there, so that nobody ever sees half of it.

    Args:
        path: Its place.
        parts: What it holds, piece by piece; each is made when the one before is written.

    Raises:
        LsqError: It cannot be written; what stood there before still does.
    """
    part = path.with_name(f".lsq-{os.getpid()}.part")
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_bytes(
                b"".join(parts)
            )  # a link or a device is written through, never replaced
            return
        with part.open("wb") as file:
            file.writelines(parts)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    except OSError as error:
        title = f"{path} cannot be written: {error.strerror}."
        raise LsqError(title, "Name another file.") from error
    finally:
        part.unlink(missing_ok=True)


def as_json(report: Mapping[str, object], *, indent: int | None = None) -> bytes:
    """Write a report as JSON in UTF-8, with a line's end; what UTF-8 cannot hold is escaped."""
    text = json.dumps(report, ensure_ascii=False, indent=indent)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def print_text(text: str) -> None:
    """Write to standard output as its terminal can show it; what it cannot is escaped."""
    print_bytes(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))


def print_bytes(data: bytes) -> None:
    """Write to standard output as it is, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def tell(sentence: str) -> None:
    """Write a sentence to standard error, for people; results go to standard output."""
    sys.stderr.write(f"lsq: {harmless(sentence)}\n")


def harmless(line: str) -> str:
    """Write out what a terminal would obey: a sheet's names and cells are from anywhere."""
    return _COMMANDS.sub(lambda found: repr(found[0])[1:-1], line)


def hang_up() -> None:
    """Forget a standard output that nobody reads any more, so that its last flush is silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
