"""What goes into a file, and what comes out with a count of what the format could not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

__all__ = ["BarChart", "Tab", "Written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """A native chart beside the rows of a worksheet: one bar a row, the first on top.

    Attributes:
        title: Stands over it.
        names: The column that names the bars.
        lengths: The column of numbers that gives their lengths.
    """

    title: str
    names: str
    lengths: str


@dataclass(frozen=True, slots=True, eq=False)
class Tab:
    """One table of a file.

    Attributes:
        name: Wished for its worksheet.
        frame: Its rows; the index is not written.
        chart: Drawn beside them, or None.
        percent: Columns of shares, 1 being all, shown in percent.
        last: Makes more rows for it from what became of the tabs before it, or None.
    """

    name: str
    frame: pd.DataFrame
    chart: BarChart | None = None
    percent: tuple[str, ...] = ()
    last: Callable[[Written], pd.DataFrame] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A written file.

    Attributes:
        data: Its bytes.
        replaced: Cells in which a character that the format cannot hold became U+FFFD.
        cut: Cells cut at the longest text that the format can hold.
        escaped: Cells with an apostrophe put before them, because they could run as a formula.
        left_out: Dates and numbers that could not be read as such, where a column holds no others.
        replaced_at: The first of the replaced cells of a workbook, such as `Leads!F214`.
        cut_at: The first of the cut ones.
        continued: Worksheets that go on where one was full, such as `Leads (2)`.
    """

    data: bytes = b""
    replaced: int = 0
    cut: int = 0
    escaped: int = 0
    left_out: int = 0
    replaced_at: tuple[str, ...] = ()
    cut_at: tuple[str, ...] = ()
    continued: tuple[str, ...] = ()
