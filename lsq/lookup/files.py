"""Which rows go into which file: the same bytes for the app's download and the shell's `--out`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from lsq.analysis.stages import STAGE
from lsq.api.errors import LsqError
from lsq.lookup.masking import masked_cells
from lsq.lookup.rows import (
    LEDGER_OUTCOMES,
    PART_ROWS,
    Rows,
    Shape,
    main_frame,
    main_size,
    raw_parts,
)
from lsq.lookup.small_tabs import about_tab, stages_tab
from lsq.sheets.columnar_out import write_jsonl, write_parquet
from lsq.sheets.spare_memory import give_back
from lsq.sheets.writing import Tab, write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    import pandas as pd

    from lsq.analysis.stages import Stage
    from lsq.lookup.run import Lookup

__all__ = [
    "MIME",
    "Form",
    "Rows",
    "Shape",
    "file_bytes",
    "file_name",
    "file_parts",
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
    stages: Sequence[Stage] | None = None,
    mask: bool = False,
) -> bytes:
    """Write one file; see `file_parts`."""
    parts = file_parts(
        lookup, form=form, rows=rows, shape=shape, zone=zone, kept=kept, stages=stages, mask=mask
    )
    return b"".join(parts)


def file_parts(  # noqa: PLR0913 - each is one choice of the download dialog
    lookup: Lookup,
    *,
    form: Form,
    rows: Rows = Rows.ALL,
    shape: Shape = Shape.MINE,
    zone: ZoneInfo,
    kept: pd.Index[int] | None = None,
    stages: Sequence[Stage] | None = None,
    mask: bool = False,
    part_rows: int = PART_ROWS,
) -> Iterator[bytes]:
    """Write one file piece by piece; raw text is put together only so many rows at a time.

    Args:
        lookup: What was fetched.
        form: The format. CSV and JSON lines hold the raw text; XLSX and Parquet are typed.
        rows: Which rows.
        shape: The analyst's rows with the lead's columns, or one row per lead.
        zone: Of written times; its name stands in the header.
        kept: For `Rows.FILTERED`, the positions of the leads that the filters leave.
        stages: The viewer's own order of stages; None for the account's, or the usual one.
        mask: Whether phones and e-mails are masked, in every worksheet and in the names of columns.
        part_rows: Rows of one piece of raw text; the file is the same whatever it is.
    """
    if form is Form.XLSX:
        sheets = tabs(
            lookup, rows=rows, shape=shape, zone=zone, kept=kept, stages=stages, mask=mask
        )
        give_back()  # what typing the columns took
        yield write_xlsx(sheets).data
    elif form is Form.PARQUET:
        frame = main_frame(lookup, rows=rows, shape=shape, zone=zone, kept=kept, mask=mask)
        give_back()
        yield write_parquet(frame)
    else:
        parts = raw_parts(lookup, rows=rows, shape=shape, kept=kept, mask=mask, part_rows=part_rows)
        for number, part in enumerate(parts):
            if form is Form.JSONL:
                yield write_jsonl(part)
            else:
                for_excel = form is Form.EXCEL_CSV
                yield write_csv(part, for_excel=for_excel, continued=number > 0).data


def tabs(  # noqa: PLR0913 - each is one choice of the download dialog
    lookup: Lookup,
    *,
    rows: Rows = Rows.ALL,
    shape: Shape = Shape.MINE,
    zone: ZoneInfo,
    kept: pd.Index[int] | None = None,
    stages: Sequence[Stage] | None = None,
    mask: bool = False,
) -> list[Tab]:
    """Return the worksheets of a workbook, the same for app and shell.

    The rows asked for come first; with leads come their stages; with everything also what was not
    found and not used; last, about the fetch.
    """
    main = main_frame(lookup, rows=rows, shape=shape, zone=zone, kept=kept, mask=mask)
    found = [Tab(rows.capitalize() if rows in LEDGER_OUTCOMES else "Leads", main)]
    if rows not in LEDGER_OUTCOMES and STAGE in lookup.leads:
        leads = lookup.leads if kept is None else lookup.leads.loc[kept]
        counts = stages_tab(leads, lookup, listed=stages)
        found.append(Tab("Stages", masked_cells(counts) if mask else counts))
    if rows is Rows.ALL:
        others = (Rows.NOT_FOUND, Rows.FAILED, Rows.NOT_USED)
        lines = {other: main_frame(lookup, rows=other, mask=mask) for other in others}
        found += [Tab(other.capitalize(), frame) for other, frame in lines.items() if len(frame)]
    here = f"{len(main):,} ({rows})"
    about = about_tab(lookup, zone=zone, here=here, mask=mask)
    return [*found, Tab("About", masked_cells(about) if mask else about)]
