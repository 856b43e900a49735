"""All damaged files, always the same and in the same order."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from tests.sheets.damaged.one_quote import one_quote_files
from tests.sheets.damaged.one_row import one_row_files
from tests.sheets.damaged.shapes import shaped_files
from tests.sheets.damaged.whole import whole_files

if TYPE_CHECKING:
    from tests.sheets.damaged.model import DamagedFile

__all__ = ["damaged_files"]


@cache
def damaged_files() -> tuple[DamagedFile, ...]:
    """Make every file; each has a name of its own."""
    files = tuple(chain(one_row_files(), one_quote_files(), whole_files(), shaped_files()))
    counted = Counter(file.name for file in files)
    if twice := [name for name, times in counted.items() if times > 1]:
        message = f"names given twice: {twice}"
        raise ValueError(message)
    return files
