"""The worksheets of a workbook: which rows stand in which, and how wide their columns are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow.compute as pc

from lsq.sheets.column_text import column_text, name_text
from lsq.sheets.errors import SheetError
from lsq.sheets.limits import MAX_COLUMNS
from lsq.sheets.worksheet_names import worksheet_names
from lsq.sheets.xlsx_book import Worksheet
from lsq.sheets.xlsx_cells import Kind, column_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lsq.sheets.written import Tab

__all__ = ["is_large", "worksheets"]

_WIDTHS = {Kind.TIME: 19, Kind.DAY: 11, Kind.SHARE: 8}
_NARROWEST, _WIDEST = 8, 48
_FEW, _WIDEST_OF_FEW = 2, 100
_ARROW = 3  # characters that the arrow of a filter takes
_WIDTH_SAMPLE = 200
_CELL_BYTES = 64  # of XML around what stands in a cell
_LARGE_BYTES = 2_000_000_000
_SURE_BYTES = _LARGE_BYTES // 6  # a letter takes five more at most


def worksheets(tabs: Sequence[Tab], rows: int) -> list[Worksheet]:
    """Part tabs into worksheets of so many rows at most, header left aside.

    Raises:
        SheetError: A frame has more columns than a worksheet can hold.
    """
    sheets = [sheet for tab in tabs for sheet in _parts(tab, rows, is_main=tab is tabs[0])]
    names = worksheet_names(sheet.name for sheet in sheets)
    return [sheet._replace(name=name) for sheet, name in zip(sheets, names, strict=True)]


def _parts(tab: Tab, rows: int, *, is_main: bool) -> Iterator[Worksheet]:
    if tab.frame.shape[1] > MAX_COLUMNS:
        title = f"{tab.name} has {tab.frame.shape[1]:,} columns; XLSX holds {MAX_COLUMNS:,}."
        raise SheetError(title, "Choose CSV, or fewer columns.")
    columns = [tab.frame.iloc[:, i] for i in range(tab.frame.shape[1])]
    kinds = [Kind.SHARE if each.name in tab.percent else column_kind(each) for each in columns]
    widest = _WIDEST if len(columns) > _FEW else _WIDEST_OF_FEW
    widths = [_width(each, kind, widest) for each, kind in zip(columns, kinds, strict=True)]
    for start in range(0, max(len(tab.frame), 1), rows):
        part = tab.frame.iloc[start : start + rows]
        chart = None if start else tab.chart
        last = tab.last if start + rows >= len(tab.frame) else None
        yield Worksheet(tab.name, part, kinds, widths, chart, last, start, is_main)


def _width(column: pd.Series, kind: Kind, widest: int) -> int:
    """Fit the name (with room for the filter's arrow) and the first values, within reason."""
    name = len(name_text(column.name)) + _ARROW
    if kind in _WIDTHS:
        return min(max(name, _WIDTHS[kind]), widest)
    texts, _ = column_text(column.head(_WIDTH_SAMPLE))
    longest = pc.max(pc.utf8_length(texts)).as_py() or 0
    return min(max(name, longest + 1, _NARROWEST), widest)


def is_large(frame: pd.DataFrame) -> bool:
    """Whether a worksheet may pass what an archive holds unless told; Excel asks to mend such."""
    size = frame.size * _CELL_BYTES + sum(_letters(frame.iloc[:, i]) for i in range(frame.shape[1]))
    if size > _SURE_BYTES:
        size += sum(_more_letters(frame.iloc[:, i]) for i in range(frame.shape[1]))
    return size > _LARGE_BYTES


def _letters(column: pd.Series) -> int:
    """Count the bytes of a column's texts, each as often as it stands there."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return int(
            column.memory_usage(index=False, deep=pd.api.types.is_object_dtype(column.dtype))
        )
    lengths = column.cat.categories.astype("str").str.len().to_numpy()
    codes = column.cat.codes.to_numpy()
    return int(lengths[codes[codes >= 0]].sum()) * 3  # bytes of a letter, those of an emoji aside


def _more_letters(column: pd.Series) -> int:
    """Count what XML adds to a column's texts."""
    texts, _ = column_text(column)
    marks = pc.sum(pc.count_substring_regex(texts, pattern="[&<>\r]"), min_count=0)
    return int(marks.as_py()) * 4
