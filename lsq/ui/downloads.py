"""The download dialog: which rows, which shape, which format, each with its count."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.filters import apply
from lsq.analysis.words import counted
from lsq.api.errors import LsqError
from lsq.api.models import Outcome
from lsq.lookup.files import MIME, Form, Rows, Shape, file_bytes, file_name, main_size
from lsq.ui.access import viewer_address
from lsq.ui.configuration import settings
from lsq.ui.looking import view_of
from lsq.ui.screen import window
from lsq.ui.state import session
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from lsq.lookup.run import Lookup
    from lsq.lookup.view import View

__all__ = ["built", "download_button"]

_LEADS = (Rows.ALL, Rows.FILTERED)


def download_button(view: View, *, primary: bool) -> None:
    """Draw the button that opens the dialog."""
    if st.button(
        "Download",
        key="download",
        icon=":material/download:",
        type="primary" if primary else "secondary",
    ):
        _dialog(view)


@window("Download", icon=":material/download:")
def _dialog(view: View) -> None:
    lookup, kept = view.lookup, _kept(view)
    counts = _counts(lookup, kept)
    rows = Rows(_remembered("Which rows", "rows", list(counts), counts))
    shape = Shape.MINE
    if rows in _LEADS:
        shape = Shape(_choice("One line is", "shape", [option.value for option in Shape]))
    for_excel = _choice("CSV is for", "csv", ["Excel", "Programs"]) == "Excel"
    csv, csv_label = Form.CSV, "CSV for programs"
    if for_excel:
        csv, csv_label = Form.EXCEL_CSV, "CSV for Excel"
    chosen = kept if rows is Rows.FILTERED else None
    _button(lookup, "Excel workbook", "download_xlsx", Form.XLSX, rows, shape, chosen)
    with st.container(horizontal=True):
        _button(lookup, csv_label, "download_csv", csv, rows, shape, chosen)
        _button(lookup, "Parquet", "download_parquet", Form.PARQUET, rows, shape, chosen)
        _button(lookup, "JSON lines", "download_jsonl", Form.JSONL, rows, shape, chosen)
    lines, columns = main_size(lookup, rows=rows, shape=shape, kept=chosen)
    st.caption(
        f"{counted(lines, 'row')} × {counted(columns, 'column')} · built when you click · "
        f"times in {viewer_zone().key} · no keys inside"
    )


def _kept(view: View) -> pd.Index[int] | None:
    """Return the positions of the leads that the filters leave; None when nothing is filtered."""
    filters = session().filters
    if not filters:
        return None
    kept = view.frame.index[apply(view.indexed, filters)]
    return None if len(kept) == len(view.frame) else kept


def _counts(lookup: Lookup, kept: pd.Index[int] | None) -> dict[str, str]:
    """Return the choices that are not empty with their sizes, the likeliest first."""
    of = lookup.ledger.counts()
    sizes = {
        Rows.FILTERED: 0 if kept is None else len(kept),
        Rows.ALL: sum(of.values()),
        Rows.NOT_FOUND: of[Outcome.NOT_FOUND],
        Rows.NOT_USED: of[Outcome.BLANK] + of[Outcome.INVALID],
        Rows.FAILED: of[Outcome.FAILED],
        Rows.LEDGER: sum(of.values()),
    }
    nouns = {Rows.FILTERED: "lead", Rows.NOT_FOUND: "id", Rows.FAILED: "id"}
    return {
        rows.value: counted(number, nouns.get(rows, "row"))
        for rows, number in sizes.items()
        if number
    }


def _remembered(label: str, name: str, options: list[str], captions: dict[str, str]) -> str:
    last = session().download.get(name)
    chosen: str = st.radio(
        label,
        options,
        index=options.index(last) if last in options and "filtered" not in options else 0,
        format_func=str.capitalize,
        captions=[captions[option] for option in options],
        horizontal=True,
        key=f"download_choice_{name}",
    )
    session().download[name] = chosen
    return chosen


def _choice(label: str, name: str, options: list[str]) -> str:
    last = session().download.get(name, options[0])
    chosen: str = st.segmented_control(
        label,
        options,
        default=last,
        required=True,
        format_func=lambda option: option[0].upper() + option[1:],
        key=f"download_choice_{name}",
    )
    session().download[name] = chosen or options[0]
    return session().download[name]


def _button(  # noqa: PLR0913, PLR0917 - the choices of the dialog
    lookup: Lookup,
    label: str,
    key: str,
    form: Form,
    rows: Rows,
    shape: Shape,
    kept: pd.Index[int] | None,
) -> None:
    whole = form is Form.XLSX
    st.download_button(
        label,
        data=partial(
            built,
            viewer_address(settings().access),
            partial(
                file_bytes,
                lookup,
                form=form,
                rows=rows,
                shape=shape,
                zone=viewer_zone(),
                kept=kept,
                stages=view_of(lookup).order,
            ),
        ),
        file_name=file_name(lookup, form, rows=rows, zone=viewer_zone()),
        mime=MIME[form],
        key=key,
        on_click="ignore",
        type="primary" if whole else "secondary",
        icon=":material/table_view:" if whole else None,
        width="stretch",
    )


def built(address: str, build: Callable[[], bytes]) -> bytes:
    """Build a file once its button is clicked: in a thread of its own, so the rule is asked again.

    Args:
        address: The signed-in address of the viewer for whom the button was drawn.
        build: Makes the file.
    """
    if not settings().access.admits(address):
        title = "You may no longer use this app."
        raise LsqError(title, "Ask whoever runs it.")
    return build()
