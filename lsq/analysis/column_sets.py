"""A set of columns as a small file, to be used again or by a colleague: names, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsq.api.errors import LsqError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MAX_BYTES", "ColumnSet", "file_name", "read_set", "write_set"]

MAX_BYTES = 100_000
"""The largest file that is read: a set of all columns of a large account has a tenth of that."""

_KEY = "leadsheet-columns"
_VERSION = 1
_MOST_COLUMNS = 1000
_NAME_CHARS = 200
_TITLE_CHARS = 60
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns that are fetched together.

    Attributes:
        title: What somebody called the set, on one line of at most 60 characters.
        columns: Their names, each once.
        left_out: Entries of the file that are no names of columns.
    """

    title: str
    columns: tuple[str, ...]
    left_out: int = 0


def write_set(title: str, columns: Iterable[str]) -> bytes:
    """Return the file of a set."""
    content = {_KEY: _VERSION, "name": _line(title), "columns": list(columns)}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


def file_name(title: str) -> str:
    """Return what the file of a set may be called on every system."""
    words = re.sub(r"[^\w-]+", "-", _line(title)).strip("-")
    return f"{words or 'columns'}.{_KEY}.json"


def read_set(data: bytes, *, name: str) -> ColumnSet:
    """Read the file of a set; entries that are no names of columns are left out and counted.

    Args:
        data: The file.
        name: Its name, for errors; and for the title where the file has none.

    Raises:
        LsqError: When it is no set of columns, too large, or has no column at all.
    """
    if len(data) > MAX_BYTES:
        title = f"{name} is too large for a set of columns."
        raise LsqError(title, f"It may have {MAX_BYTES // 1000} kB: save the set again.")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        content = None
    entries = content.get("columns") if isinstance(content, dict) and _KEY in content else None
    if not isinstance(entries, list):
        title = f"{name} is not a set of columns."
        raise LsqError(title, "Choose a file that was saved here.")
    columns = tuple(dict.fromkeys(filter(None, map(_column, entries))))[:_MOST_COLUMNS]
    if not columns:
        title = f"{name} names no column."
        raise LsqError(title, "Choose the columns and save the set again.")
    given = content.get("name")
    title = _line(given) if isinstance(given, str) else ""
    left_out = sum(_column(entry) is None for entry in entries)
    return ColumnSet(title or name.partition(".")[0], columns, left_out)


def _column(entry: object) -> str | None:
    """Return the name of a column that could be asked for, or None."""
    if not isinstance(entry, str) or len(entry) > _NAME_CHARS:
        return None
    name = entry.strip()
    return None if not name or "," in name or _UNWRITABLE.search(name) else name


def _line(text: str) -> str:
    return " ".join(_UNWRITABLE.sub(" ", text).split())[:_TITLE_CHARS].strip()
