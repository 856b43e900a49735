"""How large a sheet may be, and the sentences that refuse a larger one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lsq.sheets.errors import SheetError
from lsq.sheets.sheet import PASTED

__all__ = ["MAX_COLUMNS", "MB", "Limits"]

MB = 1_000_000
"""Bytes of a megabyte, as in the names of the settings."""

MAX_COLUMNS = 16_384
"""Columns of the widest sheet that a spreadsheet program opens (XFD)."""

_SMALL_FILE_S = 2.5  # what a file may take whose reading should take a few hundredths of a second
_S_PER_MB = 1.5  # about twice what the slowest honest files take: wide workbooks, broken CSV


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one sheet; each check raises a `SheetError` that names limit and figure.

    Attributes:
        max_bytes: Size of the file, in bytes.
        max_rows: Data rows, below the column names.
        max_cells: Rows times columns, because a short row is padded to the widest.
        max_entries: Files inside a workbook, which is a zip.
        max_inflated_bytes: What they may unpack to, in bytes.
        max_memory_bytes: Memory for reading the file, in bytes.
        max_processor_s: Processor seconds for reading the largest file.
    """

    max_bytes: int = 100 * MB
    max_rows: int = 1_000_000
    max_cells: int = 20_000_000
    max_entries: int = 1_000
    max_inflated_bytes: int = 800 * MB
    max_memory_bytes: int = 2_000 * MB
    max_processor_s: float = 60.0

    def processor_s(self, size: int) -> int:
        """Return the processor seconds for a file of `size` bytes: a small one is given few."""
        return math.ceil(min(self.max_processor_s, _SMALL_FILE_S + _S_PER_MB * size / MB))

    def check_bytes(self, name: str, size: int) -> None:
        """Refuse a file of more than `max_bytes`."""
        if size > self.max_bytes:
            taken, limit = f"{size / MB:,.1f} MB", f"{self.max_bytes / MB:,.1f} MB"
            if taken == limit:
                taken, limit = f"{size:,} bytes", f"{self.max_bytes:,}"
            title = f"{_of(name, 'is', 'are')} {taken}; the limit is {limit}."
            raise SheetError(title, "Leave out columns, or split it.")

    def check_rows(self, name: str, rows: int) -> None:
        """Refuse a sheet of more than `max_rows`."""
        if rows > self.max_rows:
            found = f"{_of(name, 'has', 'have')} {_counted(rows, 'row')}"
            title = f"{found}; the limit is {self.max_rows:,}."
            raise SheetError(title, "Split it and look up the parts one after the other.")

    def check_cells(self, name: str, *, rows: int, columns: int) -> None:
        """Refuse a sheet that is too wide, or whose rows times columns exceed `max_cells`."""
        if columns > MAX_COLUMNS:
            title = f"{_of(name, 'has', 'have')} {columns:,} columns; the limit is {MAX_COLUMNS:,}."
            raise SheetError(title, "Keep the id column and those that you need.")
        if self.exceeded_by(rows=rows, columns=columns):
            found = f"{_of(name, 'spans', 'span')} {_counted(rows, 'row')}"
            cells = f"{_counted(columns, 'column')} = {_counted(rows * columns, 'cell')}"
            title = f"{found} × {cells}; the limit is {self.max_cells:,}."
            raise SheetError(title, "Delete stray cells far out, leave out columns, or split it.")

    def exceeded_by(self, *, rows: int, columns: int) -> bool:
        """Whether a sheet of these rows and columns is too wide or has too many cells."""
        return columns > MAX_COLUMNS or rows * columns > self.max_cells

    def check_entries(self, name: str, entries: int, *, kind: str = "files") -> None:
        """Refuse a workbook of more than `max_entries` files, or worksheets."""
        if entries > self.max_entries:
            title = f"{name} holds {entries:,} {kind} inside; the limit is {self.max_entries:,}."
            raise SheetError(title, "Copy the list into a new workbook and drop that.")

    def memory_error(self, name: str, *, asked: int | None = None) -> SheetError:
        """Return the sentence for a file whose reading takes more than `max_memory_bytes`.

        Args:
            name: Of the file.
            asked: Bytes that its reading asked for in one piece, where that is known.
        """
        limit = f"{self.max_memory_bytes / MB:,.0f} MB"
        if asked is None:
            title = f"Reading {name} takes more memory than the limit of {limit}."
        else:
            title = f"{name} asks for {asked / MB:,.0f} MB of memory; the limit is {limit}."
        return SheetError(title, "Delete stray cells far out, leave out columns, or split it.")


def _of(name: str, one: str, many: str) -> str:
    """Begin a sentence on a file, which is one, or on pasted ids, which are many."""
    return f"The {PASTED} {many}" if name == PASTED else f"{name} {one}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
