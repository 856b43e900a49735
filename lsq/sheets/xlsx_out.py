"""XLSX: text stays text, dates are dates, numbers are numbers; nothing runs and nothing links."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import xlsxwriter

from lsq.sheets.column_text import name_text
from lsq.sheets.errors import SheetError
from lsq.sheets.limits import MAX_COLUMNS
from lsq.sheets.worksheet_names import worksheet_names
from lsq.sheets.written import Tab, Written
from lsq.sheets.xlsx_cells import Column, clean_text, column_cells, column_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd


__all__ = ["MAX_SHEET_ROWS", "write_xlsx"]

MAX_SHEET_ROWS = 1_048_576
"""Rows of one worksheet, the header included."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_DATE_FORMAT = "yyyy-mm-dd hh:mm:ss"
_DATE_WIDTH = 19
_NARROWEST, _WIDEST = 8, 48
_WIDTH_SAMPLE = 200
_PART_ROWS = 5000  # of which the cells stand in memory as Python values
_MEMORY_DISK = "/dev/shm"  # noqa: S108  # asked for its free space; files in it get random names
_BYTES_PER_CELL = 200


def write_xlsx(
    tabs: Sequence[Tab],
    *,
    on_rows: Callable[[int], None] | None = None,
    max_sheet_rows: int = MAX_SHEET_ROWS,
) -> Written:
    """Write a workbook.

    Args:
        tabs: At least one, in order. A name is made allowed and unique; a frame longer than a
            worksheet goes on in "Name (2)". Times carry no zone: the caller has converted them.
        on_rows: Told how many rows of the first frame are written so far; it may raise to end it.
        max_sheet_rows: Rows of one worksheet, header included.

    Returns:
        The bytes; how many cells had a character replaced (U+FFFD stands for those that XML cannot
        hold) and how many were cut at 32,767 characters.

    Raises:
        SheetError: A frame has more columns than a worksheet can hold.
    """
    parts = [part for tab in tabs for part in _parts(tab, max_sheet_rows - 1)]
    names = worksheet_names(name for name, _ in parts)
    out = io.BytesIO()
    replaced = cut = 0
    cells = sum(tab.frame.size for tab in tabs)
    with xlsxwriter.Workbook(out, {**_OPTIONS, "tmpdir": _scratch(cells)}) as workbook:
        styles = _Styles(workbook)
        for name, (_, frame) in zip(names, parts, strict=True):
            for columns in _write_sheet(workbook.add_worksheet(name), frame, styles):
                replaced += sum(column.replaced for column in columns)
                cut += sum(column.cut for column in columns)
    return Written(data=out.getvalue(), replaced=replaced, cut=cut)


class _Styles:
    """The workbook's three formats."""

    def __init__(self, workbook: Any) -> None:  # noqa: ANN401  # xlsxwriter ships no types
        self.header = workbook.add_format({"bold": True, "bottom": 1})
        self._of_kind = {
            "string": workbook.add_format({"num_format": "@"}),
            "datetime": workbook.add_format({"num_format": _DATE_FORMAT}),
        }

    def of(self, kind: str) -> Any:  # noqa: ANN401  # xlsxwriter ships no types
        """Return the format of a column's cells; None for the default."""
        return self._of_kind.get(kind)


def _parts(tab: Tab, rows: int) -> list[tuple[str, pd.DataFrame]]:
    if tab.frame.shape[1] > MAX_COLUMNS:
        title = f"{tab.name} has {tab.frame.shape[1]:,} columns; XLSX holds {MAX_COLUMNS:,}."
        raise SheetError(title, "Choose CSV, or fewer columns.")
    starts = range(0, max(len(tab.frame), 1), rows)
    return [(tab.name, tab.frame.iloc[start : start + rows]) for start in starts]


def _scratch(cells: int) -> str | None:
    """Return where xlsxwriter may keep its pieces: in memory where the system offers a disk there.

    Constant memory means temporary files, and leads should not touch a real disk; None (the
    system's own folder, emptied when done) is left for machines without such a disk or space.
    """
    try:
        free = shutil.disk_usage(_MEMORY_DISK).free
    except OSError:
        return None
    return _MEMORY_DISK if free > cells * _BYTES_PER_CELL else None


def _write_sheet(
    sheet: Any,  # noqa: ANN401  # xlsxwriter ships no types
    frame: pd.DataFrame,
    styles: _Styles,
) -> Iterator[list[Column]]:
    """Write a frame, some rows at a time, and yield the columns of each part."""
    kinds = [column_kind(frame.iloc[:, i]) for i in range(frame.shape[1])]
    for start in range(0, max(len(frame), 1), _PART_ROWS):
        part = frame.iloc[start : start + _PART_ROWS]
        columns = [column_cells(part.iloc[:, i], kind) for i, kind in enumerate(kinds)]
        if start == 0:
            _write_names(sheet, frame, columns, styles)
        _write_rows(sheet, start + 1, columns, styles)
        yield columns
    sheet.freeze_panes(1, 0)
    if kinds:
        sheet.autofilter(0, 0, len(frame), len(kinds) - 1)


def _write_names(
    sheet: Any,  # noqa: ANN401  # xlsxwriter ships no types
    frame: pd.DataFrame,
    columns: list[Column],
    styles: _Styles,
) -> None:
    names, _, _ = clean_text(pa.array(map(name_text, frame.columns), type=pa.string()))
    for i, (name, column) in enumerate(zip(names, columns, strict=True)):
        sheet.set_column(i, i, _width(name, column), styles.of(column.kind))
        sheet.write_string(0, i, name, styles.header)


def _write_rows(
    sheet: Any,  # noqa: ANN401  # xlsxwriter ships no types
    first: int,
    columns: list[Column],
    styles: _Styles,
) -> None:
    writers = [(getattr(sheet, f"write_{c.kind}"), styles.of(c.kind)) for c in columns]
    for row, values in enumerate(zip(*(column.cells for column in columns), strict=True), first):
        for i, (value, (write, style)) in enumerate(zip(values, writers, strict=True)):
            if value is not None and value != "":
                write(row, i, value, style)


def _width(name: str, column: Column) -> int:
    """Fit the name (with room for the filter's arrow) and the first values, within reason."""
    if column.kind == "datetime":
        return max(_DATE_WIDTH, len(name) + 3)
    shown = (len(str(value)) for value in column.cells[:_WIDTH_SAMPLE] if value is not None)
    return min(max(len(name) + 3, max(shown, default=0) + 1, _NARROWEST), _WIDEST)
