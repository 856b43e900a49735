"""Which rows go into which file: the same bytes for the app's download and the shell's `--out`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from lsq.analysis.stages import STAGE
from lsq.api.errors import LsqError
from lsq.api.models import Outcome
from lsq.lookup.small_tabs import about_tab, stages_tab
from lsq.sheets.columnar_out import write_jsonl, write_parquet
from lsq.sheets.joining import join
from lsq.sheets.writing import Tab, write_csv, write_xlsx

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from lsq.lookup.run import Lookup

__all__ = [
    "MIME",
    "Form",
    "Rows",
    "Shape",
    "file_bytes",
    "file_name",
    "form_of",
    "main_frame",
    "main_size",
    "tabs",
]


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
    NOT_FOUND = "not found"
    NOT_USED = "rows not used"
    FAILED = "failed"
    LEDGER = "whole ledger"


class Shape(StrEnum):
    """What one line of a file of leads is."""

    MINE = "my rows + lead columns"
    LEADS = "one row per lead"


_LEDGER_OUTCOMES = {
    Rows.NOT_FOUND: (Outcome.NOT_FOUND,),
    Rows.NOT_USED: (Outcome.BLANK, Outcome.INVALID),
    Rows.FAILED: (Outcome.FAILED,),
    Rows.LEDGER: tuple(Outcome),
}


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


def file_name(lookup: Lookup, form: Form, *, rows: Rows = Rows.ALL, zone: ZoneInfo) -> str:
    """Return a file name of ours: when it was fetched and what is in it, nothing of the sheet's."""
    at = datetime.fromtimestamp(lookup.finished_at, tz=zone)
    what = "leads" if rows is Rows.ALL else rows.replace(" ", "-")
    return f"leadsheet-{what}-{at:%Y%m%d-%H%M}{form}"


def file_bytes(  # noqa: PLR0913 - each is one choice of the download dialog
    lookup: Lookup,
    *,
    form: Form,
    rows: Rows = Rows.ALL,
    shape: Shape = Shape.MINE,
    zone: ZoneInfo,
    kept: pd.Index[int] | None = None,
) -> bytes:
    """Write one file.

    Args:
        lookup: What was fetched.
        form: The format. CSV and JSON lines hold the raw text; XLSX and Parquet are typed.
        rows: Which rows.
        shape: The analyst's rows with the lead's columns, or one row per lead.
        zone: Of written times; its name stands in the header.
        kept: For `Rows.FILTERED`, the positions of the leads that the filters leave.
    """
    if form is Form.XLSX:
        return write_xlsx(tabs(lookup, rows=rows, shape=shape, zone=zone, kept=kept)).data
    typed_in = zone if form is Form.PARQUET else None
    frame = main_frame(lookup, rows=rows, shape=shape, zone=typed_in, kept=kept)
    if form is Form.PARQUET:
        return write_parquet(frame)
    if form is Form.JSONL:
        return write_jsonl(frame)
    return write_csv(frame, for_excel=form is Form.EXCEL_CSV).data


def main_frame(
    lookup: Lookup,
    *,
    rows: Rows = Rows.ALL,
    shape: Shape = Shape.MINE,
    zone: ZoneInfo | None = None,
    kept: pd.Index[int] | None = None,
) -> pd.DataFrame:
    """Return the rows that a file holds.

    Args:
        lookup: What was fetched.
        rows: Which rows.
        shape: What one row of leads is.
        zone: Type the columns and convert times to this zone; None leaves the raw text.
        kept: For `Rows.FILTERED`, the positions of the leads that the filters leave.

    Returns:
        For outcomes other than leads, lines of the ledger: row, value, id, outcome, detail. Else
        the analyst's columns, `Outcome` and the lead's columns, or the lead's columns alone.
    """
    if rows in _LEDGER_OUTCOMES:
        ledger = lookup.ledger.frame
        return ledger[ledger["outcome"].isin(_LEDGER_OUTCOMES[rows])]
    leads = lookup.raw_leads if zone is None else _in_zone(lookup.leads, zone)
    if shape is Shape.LEADS:
        return leads if rows is Rows.ALL or kept is None else leads.loc[kept]
    joined = join(lookup.sheet, lookup.ledger, leads)
    if rows is Rows.ALL or kept is None:
        return joined
    return joined[pd.Series(lookup.ledger.lead).isin(kept).to_numpy()]


def main_size(
    lookup: Lookup, *, rows: Rows, shape: Shape, kept: pd.Index[int] | None = None
) -> tuple[int, int]:
    """Return how many rows and columns `main_frame` would have, without making it."""
    ledger = lookup.ledger
    if rows in _LEDGER_OUTCOMES:
        of = ledger.counts()
        return sum(of[found] for found in _LEDGER_OUTCOMES[rows]), ledger.frame.shape[1]
    leads, columns = lookup.leads.shape
    whole = rows is Rows.ALL or kept is None
    if shape is Shape.LEADS:
        return leads if whole or kept is None else len(kept), columns
    lines = len(ledger.frame)
    if kept is not None and not whole:
        lines = int(pd.Series(ledger.lead).isin(kept).sum())
    return lines, lookup.sheet.table.num_columns + 1 + columns


def tabs(
    lookup: Lookup,
    *,
    rows: Rows = Rows.ALL,
    shape: Shape = Shape.MINE,
    zone: ZoneInfo,
    kept: pd.Index[int] | None = None,
) -> list[Tab]:
    """Return the worksheets of a workbook, the same for app and shell.

    The rows asked for come first; with leads come their stages; with everything also what was not
    found and not used; last, about the fetch.
    """
    found = [Tab("Leads", main_frame(lookup, rows=rows, shape=shape, zone=zone, kept=kept))]
    if rows in _LEDGER_OUTCOMES:
        found = [Tab(rows.capitalize(), found[0].frame)]
    elif STAGE in lookup.leads:
        leads = lookup.leads if kept is None else lookup.leads.loc[kept]
        found.append(Tab("Stages", stages_tab(leads, lookup)))
    if rows is Rows.ALL:
        for other in (Rows.NOT_FOUND, Rows.FAILED, Rows.NOT_USED):
            if len(frame := main_frame(lookup, rows=other)):
                found.append(Tab(other.capitalize(), frame))
    here = f"{len(found[0].frame):,} ({rows})"
    return [*found, Tab("About", about_tab(lookup, zone=zone, here=here))]


def _in_zone(leads: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """Write times as the clocks of `zone` show them, and say so in the header."""
    columns: dict[str, pd.Series] = {}
    for name in leads:
        values = leads[name]
        if isinstance(values.dtype, pd.DatetimeTZDtype):
            columns[f"{name} ({zone.key})"] = values.dt.tz_convert(zone).dt.tz_localize(None)
        else:
            columns[str(name)] = values
    return pd.DataFrame(columns, index=leads.index)
