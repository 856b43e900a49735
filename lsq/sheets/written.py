"""What goes into a file, and what comes out with a count of what the format could not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Tab", "Written"]


@dataclass(frozen=True, slots=True, eq=False)
class Tab:
    """One table of a file.

    Attributes:
        name: Wished for its worksheet.
        frame: Its rows; the index is not written.
    """

    name: str
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A written file.

    Attributes:
        data: Its bytes.
        replaced: Cells in which a character that the format cannot hold became U+FFFD.
        cut: Cells cut at the longest text that the format can hold.
        escaped: Cells with an apostrophe put before them, because they could run as a formula.
    """

    data: bytes
    replaced: int = 0
    cut: int = 0
    escaped: int = 0
