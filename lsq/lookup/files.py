"""A file of a lookup: the same bytes for the app's download and the shell's `--out`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lsq.lookup.choice import Form, Rows
from lsq.lookup.file_setup import setup_of
from lsq.lookup.rows import PART_ROWS, left_out, main_frame, raw_parts
from lsq.lookup.tabs import tabs
from lsq.sheets.saved_setup import METADATA_KEY
from lsq.sheets.spare_memory import give_back
from lsq.sheets.writing import write_csv, write_jsonl, write_parquet, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lsq.lookup.choice import Choice
    from lsq.lookup.run import Lookup
    from lsq.lookup.view import View
    from lsq.sheets.written import Written

__all__ = ["file_bytes", "file_name", "file_parts"]


def file_name(lookup: Lookup, choice: Choice) -> str:
    """Return a file name of ours: when it was fetched and what is in it, nothing of the sheet's."""
    at = datetime.fromtimestamp(lookup.finished_at, tz=choice.zone)
    what = "leads" if choice.rows is Rows.ALL else choice.rows.replace(" ", "-")
    return f"leadsheet-{what}-{at:%Y%m%d-%H%M}{choice.form}"


def file_bytes(
    view: View, choice: Choice, *, on_rows: Callable[[int], None] | None = None
) -> bytes:
    """Write one file; see `file_parts`."""
    return b"".join(part.data for part in file_parts(view, choice, on_rows=on_rows))


def file_parts(
    view: View,
    choice: Choice,
    *,
    on_rows: Callable[[int], None] | None = None,
    part_rows: int = PART_ROWS,
) -> Iterator[Written]:
    """Write one file piece by piece, each with a count of what it could not hold.

    Raw text is put together only so many rows at a time; the other forms are one piece.

    Args:
        view: What was fetched, with the viewer's order of stages and their matches; whether the
            file is masked is the choice's.
        choice: What the file is to hold.
        on_rows: Told how many rows of leads, or lines, are written so far; it may raise to end it.
        part_rows: Rows of one piece of raw text; the file is the same whatever it is.
    """
    if choice.form is Form.XLSX:
        sheets = tabs(view, choice)
        give_back()  # what typing the columns took
        yield write_xlsx(sheets, on_rows=on_rows)
    elif choice.form is Form.PARQUET:
        frame = main_frame(view.lookup, choice)
        setup = setup_of(view.lookup, choice, [*frame])
        give_back()
        written = write_parquet(frame, metadata={METADATA_KEY: setup.text().encode()})
        yield replace(written, left_out=left_out(view.lookup, choice))
    else:
        so_far = 0
        for part in raw_parts(view.lookup, choice, part_rows=part_rows):
            if choice.form is Form.JSONL:
                yield write_jsonl(part)
            else:
                for_excel = choice.form is Form.EXCEL_CSV
                yield write_csv(part, for_excel=for_excel, continued=so_far > 0)
            so_far += len(part)
            if on_rows is not None:
                on_rows(so_far)
