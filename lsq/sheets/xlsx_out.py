"""XLSX: text stays text, dates are dates, numbers are numbers; nothing runs and nothing links.

xlsxwriter draws the workbook, Arrow writes its rows: see `xlsx_book` and `xlsx_rows`.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from lsq.sheets.xlsx_book import empty_book
from lsq.sheets.xlsx_cell_maker import CellMaker
from lsq.sheets.xlsx_cells import Kind
from lsq.sheets.xlsx_rows import rows_xml
from lsq.sheets.xlsx_sheets import is_large, worksheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from lsq.sheets.written import Tab, Written
    from lsq.sheets.xlsx_book import EmptyBook, Worksheet

__all__ = ["MAX_SHEET_ROWS", "lost_in", "write_xlsx"]

MAX_SHEET_ROWS = 1_048_576
"""Rows of one worksheet, the header included."""

_PART_ROWS, _PART_CELLS = 5000, 1_000_000  # of which the XML stands in memory
_LEVEL = 3  # of compression: half the time of the usual 6 for a tenth more bytes
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
    sheets = worksheets(tabs, max_sheet_rows - 1)
    book = empty_book(sheets)
    of_file = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(sheets, 1)}
    maker, out = CellMaker(), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book.data)) as empty,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as full,
    ):
        for name in empty.namelist():
            if name not in of_file:
                full.writestr(name, empty.read(name))
                continue
            sheet = of_file[name]
            told = on_rows if sheet.is_main else None
            with full.open(name, "w", force_zip64=is_large(sheet.frame)) as file:
                file.writelines(_filled(empty.read(name), sheet, book, maker, on_rows=told))
    return replace(maker.lost, data=out.getvalue())


def lost_in(tabs: Sequence[Tab]) -> Written:
    """Count what `write_xlsx` would lose, in a part of its time.

    Returns:
        As `write_xlsx`, without bytes.
    """
    maker = CellMaker()
    for sheet in worksheets(tabs, MAX_SHEET_ROWS - 1):
        maker.header(sheet)
        for start, part in _parts(maker.with_last(sheet)):
            maker.part(sheet, part, start=start)
    return maker.lost


def _filled(
    drawn: bytes,
    sheet: Worksheet,
    book: EmptyBook,
    maker: CellMaker,
    *,
    on_rows: Callable[[int], None] | None,
) -> Iterator[bytes | memoryview]:
    """Yield the XML of a worksheet piece by piece.

    Args:
        drawn: The same without rows.
        sheet: What it is to hold.
        book: Whose it is.
        maker: Makes its cells, after those of the worksheets before it.
        on_rows: Told how many rows of its table are written so far.
    """
    header = maker.header(sheet)
    frame = maker.with_last(sheet)
    end = xl_rowcol_to_cell(len(frame), max(frame.shape[1] - 1, 0))
    before, between, after = _NO_ROWS.split(drawn)
    yield before + f'<dimension ref="A1:{end}"/>'.encode() + between + b"<sheetData>"
    yield rows_xml(header, rows=1, first_row=1, styles={Kind.TEXT: book.header})
    for start, part in _parts(frame):
        cells = maker.part(sheet, part, start=start)
        yield rows_xml(cells, rows=len(part), first_row=start + 2, styles=book.styles)
        if on_rows is not None:
            on_rows(sheet.start + start + len(part))
    yield b"</sheetData>" + after


def _parts(frame: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    """Yield some rows at a time, and how many stand above them."""
    height = max(1, min(_PART_ROWS, _PART_CELLS // max(frame.shape[1], 1)))
    for start in range(0, len(frame), height):
        yield start, frame.iloc[start : start + height]
