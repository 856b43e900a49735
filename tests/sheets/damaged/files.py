"""All damaged files, always the same and in the same order."""

from __future__ import annotations

from functools import cache

from tests.sheets.damaged.model import DamagedFile
from tests.sheets.damaged.one_row import one_row_files

__all__ = ["damaged_files"]


@cache
def damaged_files() -> tuple[DamagedFile, ...]:
    """Make every file."""
    return tuple(one_row_files())
