"""All damaged files, always the same and in the same order."""

from __future__ import annotations

from functools import cache
from itertools import chain

from tests.sheets.damaged.model import DamagedFile
from tests.sheets.damaged.one_row import one_row_files
from tests.sheets.damaged.shapes import shaped_files
from tests.sheets.damaged.whole import whole_files

__all__ = ["damaged_files"]


@cache
def damaged_files() -> tuple[DamagedFile, ...]:
    """Make every file."""
    return tuple(chain(one_row_files(), whole_files(), shaped_files()))
