"""XLSX: text stays text, dates are dates, numbers are numbers; nothing runs and nothing links.

xlsxwriter draws the workbook, Arrow writes its rows: see `xlsx_book` and `xlsx_rows`.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.utility import xl_rowcol_to_cell

from lsq.sheets.column_text import column_text, name_text, names_text
from lsq.sheets.errors import SheetError
from lsq.sheets.limits import MAX_COLUMNS
from lsq.sheets.names import unique_names
from lsq.sheets.worksheet_names import worksheet_names
from lsq.sheets.written import Written
from lsq.sheets.xlsx_book import Worksheet, empty_book
from lsq.sheets.xlsx_cells import Cells, Clean, Kind, cells_of, clean_text, column_kind
from lsq.sheets.xlsx_rows import rows_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lsq.sheets.written import Tab
    from lsq.sheets.xlsx_book import EmptyBook

    _At = tuple[int, int]

__all__ = ["MAX_SHEET_ROWS", "write_xlsx"]

MAX_SHEET_ROWS = 1_048_576
"""Rows of one worksheet, the header included."""

_WIDTHS = {Kind.TIME: 19, Kind.DAY: 11, Kind.SHARE: 8}
_NARROWEST, _WIDEST = 8, 48
_FEW, _WIDEST_OF_FEW = 2, 100
_ARROW = 3  # characters that the arrow of a filter takes
_WIDTH_SAMPLE = 200
_PART_ROWS, _PART_CELLS = 5000, 200_000  # of which the XML stands in memory
_LEVEL = 3  # of compression: half the time of the usual 6 for a tenth more bytes
_CELL_BYTES = 64  # of XML around what stands in a cell
_LARGE_BYTES = 1_000_000_000
_NAMED = 20
_NO_ROWS = re.compile(b"<dimension [^>]*/>|<sheetData>.*</sheetData>", re.DOTALL)


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
            A column of objects may hold texts between its numbers or times.
        on_rows: Told how many rows of the first tab are written so far; it may raise to end it.
        max_sheet_rows: Rows of one worksheet, header included.

    Returns:
        The bytes; how many cells had a character replaced (U+FFFD stands for those that XML cannot
        hold), how many were cut at 32,767 characters, and where.

    Raises:
        SheetError: A frame has more columns than a worksheet can hold.
    """
    sheets = _worksheets(tabs, max_sheet_rows - 1)
    book = empty_book(sheets)
    of_file = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(sheets, 1)}
    rows = _Rows(book, on_rows=on_rows)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book.data)) as empty,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as full,
    ):
        for name in empty.namelist():
            if name not in of_file:
                full.writestr(name, empty.read(name))
                continue
            with full.open(name, "w", force_zip64=_is_large(of_file[name].frame)) as file:
                file.writelines(rows.filled(empty.read(name), of_file[name]))
    return replace(rows.lost, data=out.getvalue())


def _is_large(frame: pd.DataFrame) -> bool:
    """Whether XML may pass what an archive holds unless told before; Excel asks to mend such."""
    held = frame.memory_usage(index=False).sum()
    return bool(frame.size * _CELL_BYTES + held > _LARGE_BYTES)


def _worksheets(tabs: Sequence[Tab], rows: int) -> list[Worksheet]:
    """Part the tabs into worksheets of so many rows at most."""
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
        return max(_WIDTHS[kind], name)
    texts, _ = column_text(column.head(_WIDTH_SAMPLE))
    longest = pc.max(pc.utf8_length(texts)).as_py() or 0
    return min(max(name, longest + 1, _NARROWEST), widest)


class _Rows:
    """Fills worksheets with rows, one after the other.

    Attributes:
        lost: What could not be held in those filled so far, and where.
    """

    def __init__(self, book: EmptyBook, *, on_rows: Callable[[int], None] | None) -> None:
        self.lost = Written()
        self._book = book
        self._on_rows = on_rows

    def filled(self, drawn: bytes, sheet: Worksheet) -> Iterator[bytes | memoryview]:
        """Yield the XML of a worksheet piece by piece.

        Args:
            drawn: The same without rows.
            sheet: What it is to hold.
        """
        frame = sheet.frame
        if sheet.start:
            self.lost = replace(self.lost, continued=(*self.lost.continued, sheet.name))
        if sheet.last is not None:
            frame = pd.concat([frame, sheet.last(self.lost)], ignore_index=True)
        end = xl_rowcol_to_cell(len(frame), max(frame.shape[1] - 1, 0))
        before, between, after = _NO_ROWS.split(drawn)
        yield before + f'<dimension ref="A1:{end}"/>'.encode() + between + b"<sheetData>"
        yield self._header(sheet)
        height = max(1, min(_PART_ROWS, _PART_CELLS // max(frame.shape[1], 1)))
        for start in range(0, len(frame), height):
            part = frame.iloc[start : start + height]
            yield self._part(sheet, part, first_row=start + 2)
            if sheet.is_main and self._on_rows is not None:
                self._on_rows(sheet.start + start + len(part))
        yield b"</sheetData>" + after

    def _header(self, sheet: Worksheet) -> memoryview:
        names, surrogates = names_text(sheet.frame.columns)
        clean = clean_text(names)
        # What a cell cannot hold may have been all that told two names apart.
        texts = pa.array(unique_names(clean.texts.to_pylist()), type=pa.string())
        cells = [Cells(Kind.TEXT, None, Clean(texts.slice(i, 1))) for i in range(len(texts))]
        replaced, cut = ([(0, column) for column in at] for at in (clean.replaced, clean.cut))
        self._lose(sheet, replaced, cut, surrogates=surrogates)
        styles = {Kind.TEXT: self._book.header}
        return rows_xml(cells, rows=1, first_row=1, styles=styles)

    def _part(self, sheet: Worksheet, part: pd.DataFrame, *, first_row: int) -> memoryview:
        cells = [cells_of(part.iloc[:, i], kind) for i, kind in enumerate(sheet.kinds)]
        for i, (_, _, clean, surrogates) in enumerate(cells):
            if clean is not None:
                of_column = (
                    [(first_row - 1 + row, i) for row in at] for at in (clean.replaced, clean.cut)
                )
                self._lose(sheet, *of_column, surrogates=surrogates)
        return rows_xml(cells, rows=len(part), first_row=first_row, styles=self._book.styles)

    def _lose(
        self, sheet: Worksheet, replaced: Sequence[_At], cut: Sequence[_At], *, surrogates: int
    ) -> None:
        """Add cells that lost something, by row and column counted from 0."""
        if not (replaced or cut or surrogates):
            return
        replaced_at, cut_at = (
            [f"{sheet.name}!{xl_rowcol_to_cell(*cell)}" for cell in cells[:_NAMED]]
            for cells in (replaced, cut)
        )
        lost = self.lost
        self.lost = replace(
            lost,
            replaced=lost.replaced + len(replaced) + surrogates,
            cut=lost.cut + len(cut),
            replaced_at=(*lost.replaced_at, *replaced_at)[:_NAMED],
            cut_at=(*lost.cut_at, *cut_at)[:_NAMED],
        )
