"""Bytes of any spreadsheet to a `Sheet`, in this process: a table of text with its row numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lsq.sheets.limits import Limits
from lsq.sheets.parsing.decode import decode
from lsq.sheets.parsing.error_cells import errors_as_text, errors_note
from lsq.sheets.parsing.file_kind import FileKind, kind_of
from lsq.sheets.parsing.grid import grid_of_rows
from lsq.sheets.parsing.tabulate import tabulate
from lsq.sheets.parsing.text_in import sheet_of_cells, split_text
from lsq.sheets.parsing.workbook_in import read_workbook
from lsq.sheets.parsing.zip_check import check_zip, inflate
from lsq.sheets.sheet import Choices, Sheet

__all__ = ["parse_sheet"]

_NO_CHOICES = Choices()
_LIMITS = Limits()


def parse_sheet(
    data: bytes, *, name: str, choices: Choices = _NO_CHOICES, limits: Limits = _LIMITS
) -> Sheet:
    """Read a file, recognised by its bytes and not by its ending.

    Args:
        data: The whole file.
        name: Its name, for sentences only.
        choices: What a person decided; the rest is found out.
        limits: What is refused as too large.

    Raises:
        SheetError: One sentence on what the file is instead, and what to do.
    """
    limits.check_bytes(name, len(data))
    kind = kind_of(data, name=name)
    if kind is FileKind.TEXT:
        decoded = decode(data, name=name, encoding=choices.encoding)
        cells = split_text(decoded, name=name, choices=choices, limits=limits)
        del data, decoded  # large, and what is in them is in the cells
        return sheet_of_cells(cells, name=name, choices=choices, limits=limits)
    errors = check_zip(data, name=name, limits=limits) if kind is FileKind.ZIP else frozenset()
    notes = errors_note(data, errors)
    data = errors_as_text(data, errors, partial(inflate, data, name=name))
    sheet = _read_workbook(data, name=name, choices=choices, limits=limits)
    return replace(sheet, notes=(*sheet.notes, *notes)) if notes else sheet


def _read_workbook(data: bytes, *, name: str, choices: Choices, limits: Limits) -> Sheet:
    picked = read_workbook(data, name=name, worksheet=choices.worksheet, limits=limits)
    made = tabulate(
        grid_of_rows(picked.records, name=name, limits=limits),
        name=name,
        limits=limits,
        first_row=picked.first_row,
        header_row=choices.header_row,
    )
    return Sheet(
        name=name,
        table=made.table,
        row_numbers=made.row_numbers,
        worksheet=picked.worksheet,
        worksheets=picked.worksheets,
        header_row=made.header_row,
        names_sure=made.names_sure,
        damage=made.damage,
        starts=made.starts,
        notes=(*made.notes, *picked.notes),
    )
