"""The first thing a viewer sees: drop a sheet, paste ids, or try the sample."""

from __future__ import annotations

import streamlit as st

from lsq.sandbox.sample import SAMPLE_NAME, sample_sheet
from lsq.sheets.candidates import TieError
from lsq.sheets.errors import WorksheetTie
from lsq.ui.accounts import Way, connection
from lsq.ui.boxes import error_sentence, question
from lsq.ui.configuration import settings
from lsq.ui.escape import shown
from lsq.ui.id_column import ask_id_column
from lsq.ui.masking import drawn_error
from lsq.ui.opening import read_again, use, use_pasted
from lsq.ui.preview import preview
from lsq.ui.reading_controls import ask_worksheet
from lsq.ui.state import session

__all__ = ["ask_for_sheet", "sample_button"]

_TYPES = [
    *("csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods"),
    *("parquet", "jsonl", "ndjson", "json"),
]
_PROMISES = (
    (
        ":material/fact_check: **Every row accounted for**",
        "Found, not found, duplicate, blank, not an id, failed. The counts always add up.",
    ),
    (
        ":material/speed: **Cost before spend**",
        "You see the calls and the time before anything is asked for.",
    ),
    (
        ":material/lock: **Yours only**",
        "Keys and leads stay in this session. Nothing is kept on disk.",
    ),
)


def ask_for_sheet() -> None:
    """Draw the empty page; a sheet that is taken runs the page again."""
    mine = session()
    st.title("Look up a sheet of lead ids", anchor=False)
    st.markdown(
        "Drop a sheet that holds LeadSquared lead ids. You get every lead fresh, joined to your "
        "own rows, the stage breakdown, what moved since your file, and a workbook."
    )
    if mine.lost_job:
        again = ": leads that are still fresh are not asked for twice"
        st.info(
            "It was dropped after half an hour, or started in another browser. Drop the sheet "
            f"again{again if settings().cache != 'off' else ''}.",
            title="That fetch is no longer on this server.",
            icon=":material/schedule:",
        )
    with st.container(border=True):
        _drop_or_paste()
        if connection().way is Way.DEMO:
            with st.container(horizontal=True, vertical_alignment="center"):
                sample_button()
                st.caption(
                    "5,000 made-up rows on the demo account. Nothing leaves this machine.",
                    width="content",
                )
    _ask_what_is_meant()
    for column, (title, text) in zip(st.columns(3), _PROMISES, strict=True):
        column.container(gap=None).markdown(f"{title}  \n:gray[{text}]")


def sample_button() -> None:
    """Offer the sample sheet of the demo account."""
    st.button(
        "Try the sample sheet",
        key="sample",
        icon=":material/science:",
        on_click=lambda: use(sample_sheet(), name=SAMPLE_NAME),
    )


def _drop_or_paste() -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        uploaded = st.file_uploader(
            "Drop a sheet here, or choose one",
            type=_TYPES,
            key="sheet",
            max_upload_size=min(settings().max_upload_mb, st.get_option("server.maxUploadSize")),
            help="CSV, TSV, TXT, Excel, OpenDocument, Parquet or JSON lines: any file from here "
            "too. The column with the ids is found for you.",
        )
    with right:
        st.text_area(
            "or paste ids",
            key="paste",
            height=145,
            placeholder="One per line, or separated by commas, tabs or spaces. Links work too.",
            on_change=_use_pasted,
        )
    if uploaded is not None and _is_new(uploaded.file_id):
        with left, st.spinner(f"Reading {shown(uploaded.name, limit=60)} …"):
            use(uploaded.getvalue(), name=uploaded.name)
        st.rerun()


def _is_new(file_id: str) -> bool:
    """Whether this very upload has not been read yet; the page runs again after each look."""
    mine = session()
    new = mine.upload_id != file_id
    mine.upload_id = file_id
    return new


def _use_pasted() -> None:
    text = str(st.session_state.get("paste") or "")
    if text.strip():
        use_pasted(text)


def _ask_what_is_meant() -> None:
    """Say why the sheet could not be used yet; ask for its worksheet or its id column."""
    mine = session()
    if mine.problem is None:
        return
    asked = isinstance(mine.problem, TieError | WorksheetTie)
    (question if asked else error_sentence)(drawn_error(mine.problem))
    if isinstance(mine.problem, WorksheetTie):
        ask_worksheet(mine.problem.worksheets)
    if mine.without_ids is not None:
        with st.container(border=True):
            tied = mine.problem.candidates if isinstance(mine.problem, TieError) else ()
            marked = {candidate.column for candidate in tied}
            reading = mine.wanted is not None
            preview(mine.without_ids, marked, disabled=reading, asked=True)
            ask_id_column(mine.without_ids, tied, disabled=reading)
    read_again()
