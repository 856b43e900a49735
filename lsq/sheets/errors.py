"""What can be wrong with a sheet, as sentences for the person who dropped it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.api.errors import LsqError

if TYPE_CHECKING:
    from lsq.sheets.sheet import Worksheet

__all__ = ["LedgerError", "SheetError", "WorksheetTie", "not_a_sheet"]


class SheetError(LsqError):
    """A file or text that cannot be used as a sheet; the advice says what to do instead."""


class WorksheetTie(SheetError):  # noqa: N818 - named for what happened, as all of them
    """Several worksheets hold the most ids, and not the same ones: a person has to choose.

    Attributes:
        worksheets: All worksheets of the workbook, to choose from.
    """

    def __init__(self, title: str, advice: str, worksheets: tuple[Worksheet, ...]) -> None:
        """Keep the worksheets beside the sentences."""
        super().__init__(title, advice)
        self.worksheets = worksheets


class LedgerError(LsqError):
    """The outcomes do not add up to the rows: a fault of the program, never shown as a result."""

    def __init__(self, why: str) -> None:
        """Keep what did not add up, for the report."""
        super().__init__("The ledger does not add up.", f"Please report it: {why}.")


def not_a_sheet(name: str, why: str) -> SheetError:
    """Say that `name` is not a sheet, and why in one or two sentences."""
    return SheetError(f"{name} is not a sheet.", why)
