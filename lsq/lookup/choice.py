"""What a file is to hold: the choices of the download dialog, and of the shell's `--out`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lsq.api.errors import LsqError
from lsq.api.models import Outcome

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LEDGER_OUTCOMES", "MIME", "Choice", "Form", "Rows", "Shape", "form_of"]

_UTC = ZoneInfo("UTC")


class Form(StrEnum):
    """A file format, by the ending that names it on the command line."""

    EXCEL_CSV = ".excel.csv"
    CSV = ".csv"
    XLSX = ".xlsx"
    PARQUET = ".parquet"
    JSONL = ".jsonl"


MIME = {
    Form.EXCEL_CSV: "text/csv",
    Form.CSV: "text/csv",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PARQUET: "application/vnd.apache.parquet",
    Form.JSONL: "application/jsonl",
}
"""The media type of each format."""


class Rows(StrEnum):
    """Which rows a file holds."""

    ALL = "all"
    FILTERED = "filtered"
    SEARCHED = "found by search"
    SELECTED = "selected"
    NOT_FOUND = "not found"
    NOT_USED = "rows not used"
    FAILED = "failed"
    LEDGER = "whole ledger"


class Shape(StrEnum):
    """What one row of a file of leads is."""

    MINE = "my rows + lead columns"
    LEADS = "one row per lead"


LEDGER_OUTCOMES = {
    Rows.NOT_FOUND: (Outcome.NOT_FOUND,),
    Rows.NOT_USED: (Outcome.BLANK, Outcome.INVALID),
    Rows.FAILED: (Outcome.FAILED,),
    Rows.LEDGER: tuple(Outcome),
}
"""The outcomes of those rows that are lines of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choice:
    """One file of a lookup.

    Attributes:
        form: The format. CSV and JSON lines hold the raw text; XLSX and Parquet are typed.
        rows: Which rows.
        shape: The analyst's rows with the lead's columns, or one row per lead.
        zone: Of written times; its name stands in the header.
        kept: For rows that are filtered, searched for or selected, the positions of their leads.
        mask: Whether phones and e-mails are masked, in every worksheet and in the names of columns.
    """

    form: Form = Form.XLSX
    rows: Rows = Rows.ALL
    shape: Shape = Shape.MINE
    zone: ZoneInfo = _UTC
    kept: pd.Index[int] | None = None
    mask: bool = False

    @property
    def of_ledger(self) -> bool:
        """Whether its rows are lines of the ledger, not leads."""
        return self.rows in LEDGER_OUTCOMES

    def is_like(self, other: Choice) -> bool:
        """Tell whether another choice asks of the same lookup for the very same file."""
        mine, others = self.kept, other.kept
        same_leads = mine is others or (
            mine is not None and others is not None and mine.equals(others)
        )
        rest = (each.name for each in fields(self) if each.name != "kept")
        return same_leads and all(getattr(self, name) == getattr(other, name) for name in rest)


def form_of(name: str) -> Form:
    """Return the format that a file's ending asks for.

    Raises:
        LsqError: When the ending is none of them.
    """
    for form in Form:
        if name.lower().endswith(form):
            return form
    title = f"“{name}” does not say which kind of file to write."
    raise LsqError(title, f"End it in {', '.join(Form)}.")
