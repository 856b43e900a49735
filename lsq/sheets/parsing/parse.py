"""Bytes of any spreadsheet to a `Sheet`, in this process: a table of text with its row numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from lsq.sheets.errors import SheetError
from lsq.sheets.limits import Limits
from lsq.sheets.names import column_names
from lsq.sheets.parsing.decode import decode
from lsq.sheets.parsing.error_cells import errors_as_text, errors_note
from lsq.sheets.parsing.file_kind import FileKind, kind_of
from lsq.sheets.parsing.grid import grid_of_rows
from lsq.sheets.parsing.json_in import looks_like_json, read_json
from lsq.sheets.parsing.parquet_in import read_parquet
from lsq.sheets.parsing.tabulate import tabulate
from lsq.sheets.parsing.text_in import sheet_of_cells, split_text
from lsq.sheets.parsing.workbook_in import read_workbook
from lsq.sheets.parsing.zip_check import check_zip, inflate
from lsq.sheets.saved_setup import METADATA_KEY, read_setup
from lsq.sheets.sheet import Choices, Sheet

if TYPE_CHECKING:
    import pyarrow as pa

    from lsq.sheets.parsing.decode import Decoded

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
    if kind is FileKind.PARQUET:
        return _of_records(read_parquet(data, name=name, limits=limits), name=name)
    if kind is FileKind.TEXT:
        decoded = decode(data, name=name, encoding=choices.encoding)
        if _is_json(decoded, choices):
            made = _of_records(read_json(decoded.data, name=name, limits=limits), name=name)
            return replace(made, encoding=decoded.encoding, notes=decoded.notes)
        cells = split_text(decoded, name=name, choices=choices, limits=limits)
        del data, decoded  # large, and what is in them is in the cells
        return sheet_of_cells(cells, name=name, choices=choices, limits=limits)
    errors = check_zip(data, name=name, limits=limits) if kind is FileKind.ZIP else frozenset()
    notes = errors_note(data, errors)
    data = errors_as_text(data, errors, partial(inflate, data, name=name))
    sheet = _read_workbook(data, name=name, choices=choices, limits=limits)
    return replace(sheet, notes=(*sheet.notes, *notes)) if notes else sheet


def _is_json(decoded: Decoded, choices: Choices) -> bool:
    """Tell JSON from other text; who names a separator or a row of names wants it read as text."""
    by_hand = choices.separator is not None or choices.header_row is not None
    return not by_hand and looks_like_json(decoded.data)


def _of_records(table: pa.Table, *, name: str) -> Sheet:
    """Take a table whose columns have names, which count as row 1 as they would in a CSV."""
    if not table.num_columns:
        title = f"{name} is empty."
        raise SheetError(title, "Drop a sheet that holds lead ids.")
    names = column_names(table.column_names, width=table.num_columns)
    told = (table.schema.metadata or {}).get(METADATA_KEY, b"")
    setup = read_setup(told.decode("utf-8", "replace"))
    return Sheet(
        name=name,
        table=table.rename_columns(names).replace_schema_metadata(),
        row_numbers=np.arange(table.num_rows, dtype=np.int64) + 2,
        header_row=1,
        setup=setup and setup.of(names),
    )


def _read_workbook(data: bytes, *, name: str, choices: Choices, limits: Limits) -> Sheet:
    picked = read_workbook(data, name=name, worksheet=choices.worksheet, limits=limits)
    made = tabulate(
        grid_of_rows(picked.records, name=name, limits=limits),
        name=name,
        limits=limits,
        first_row=picked.first_row,
        header_row=picked.header_row if choices.header_row is None else choices.header_row,
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
        setup=picked.setup and picked.setup.of(made.table.column_names),
        notes=(*made.notes, *picked.notes),
    )
