"""How large a sheet may be, and the sentences that refuse a larger one."""

from __future__ import annotations

from dataclasses import dataclass

from lsq.sheets.errors import SheetError

__all__ = ["MAX_COLUMNS", "Limits"]

MAX_COLUMNS = 16_384
"""Columns of the widest sheet that a spreadsheet program opens (XFD)."""

_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one sheet; each check raises a `SheetError` that names limit and figure.

    Attributes:
        max_bytes: Size of the file, in bytes.
        max_rows: Data rows, below the column names.
        max_cells: Rows times columns, because a short row is padded to the widest.
    """

    max_bytes: int = 100 * _MB
    max_rows: int = 1_000_000
    max_cells: int = 20_000_000

    def check_bytes(self, name: str, size: int) -> None:
        """Refuse a file of more than `max_bytes`."""
        if size > self.max_bytes:
            title = f"{name} is {size / _MB:,.1f} MB; the limit is {self.max_bytes / _MB:,.1f} MB."
            raise SheetError(title, "Leave out columns, or split it.")

    def check_rows(self, name: str, rows: int) -> None:
        """Refuse a sheet of more than `max_rows`."""
        if rows > self.max_rows:
            title = f"{name} has {rows:,} rows; the limit is {self.max_rows:,}."
            raise SheetError(title, "Split it and look up the parts one after the other.")

    def check_cells(self, name: str, *, rows: int, columns: int) -> None:
        """Refuse a sheet that is too wide, or whose rows times columns exceed `max_cells`."""
        if columns > MAX_COLUMNS:
            title = f"{name} has {columns:,} columns; the limit is {MAX_COLUMNS:,}."
            raise SheetError(title, "Keep the id column and those that you need.")
        if rows * columns > self.max_cells:
            title = (
                f"{name} spans {rows:,} rows × {columns:,} columns = {rows * columns:,} cells; "
                f"the limit is {self.max_cells:,}."
            )
            raise SheetError(title, "Delete stray cells far out, leave out columns, or split it.")
