"""The download dialog: which rows, which shape, which format, each with its count."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.filters import apply
from lsq.analysis.words import counted
from lsq.api.errors import LsqError
from lsq.api.models import Outcome
from lsq.lookup.choice import MIME, Choice, Form, Rows, Shape
from lsq.lookup.files import file_bytes, file_name
from lsq.lookup.rows import main_size
from lsq.ui.access import viewer_address
from lsq.ui.configuration import settings
from lsq.ui.screen import window
from lsq.ui.state import session
from lsq.ui.table_controls import found
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from lsq.lookup.run import Lookup
    from lsq.lookup.view import View

__all__ = ["built", "download_button"]

_LEADS = (Rows.ALL, Rows.FILTERED)
_MASK = "download_choice_mask"
_PLAIN, _HIDDEN = "As fetched", "Masked"


def download_button(view: View, *, primary: bool, needle: str = "") -> None:
    """Draw the button that opens the dialog.

    Args:
        view: What can be downloaded.
        primary: Whether it is the most likely thing to do on its page.
        needle: What the table on the page is searched for.
    """
    if st.button(
        "Download",
        key="download",
        icon=":material/download:",
        type="primary" if primary else "secondary",
    ):
        # As the switch says each time: Esc leaves the last choice behind.
        st.session_state[_MASK] = _HIDDEN if view.masked else _PLAIN
        _dialog(view, _kept(view, needle), searched=bool(needle))


@window("Download", icon=":material/download:")
def _dialog(view: View, kept: pd.Index[int] | None, *, searched: bool) -> None:
    lookup, zone = view.lookup, viewer_zone()
    rows = _which_rows(_counts(lookup, kept, searched=searched), searched=searched)
    shape = Shape.MINE
    if rows in _LEADS:
        shape = Shape(_choice("One line is", "shape", [option.value for option in Shape]))
    mask = _mask()
    for_excel = _choice("CSV is for", "csv", ["Excel", "Programs"]) == "Excel"
    chosen = kept if rows is Rows.FILTERED else None
    choice = Choice(rows=rows, shape=shape, zone=zone, kept=chosen, mask=mask)
    lines, columns = main_size(lookup, choice)
    _files(view, choice, for_excel=for_excel, empty=not lines)
    st.caption(
        f"{counted(lines, 'row')} × {counted(columns, 'column')} · built when you click · "
        f"times in {zone.key} · no keys inside"
    )


def _mask() -> bool:
    """Ask whether files are masked."""
    chosen = st.segmented_control("Phone and e-mail", [_PLAIN, _HIDDEN], required=True, key=_MASK)
    return chosen != _PLAIN


def _files(view: View, choice: Choice, *, for_excel: bool, empty: bool) -> None:
    def button(label: str, key: str, form: Form) -> None:
        _button(label, key, view=view, choice=replace(choice, form=form), empty=empty)

    button("Excel workbook", "download_xlsx", Form.XLSX)
    csv, label = (Form.EXCEL_CSV, "Excel") if for_excel else (Form.CSV, "programs")
    with st.container(horizontal=True):
        button(f"CSV for {label}", "download_csv", csv)
        button("Parquet", "download_parquet", Form.PARQUET)
        button("JSON lines", "download_jsonl", Form.JSONL)


def _kept(view: View, needle: str) -> pd.Index[int] | None:
    """Return the positions of the leads that filters and search leave; None when they leave all."""
    kept = apply(view.indexed, session().filters)
    if needle:
        kept &= found(view, needle)
    return None if kept.all() else view.frame.index[kept]


def _counts(lookup: Lookup, kept: pd.Index[int] | None, *, searched: bool) -> dict[str, str]:
    """Return the choices that are not empty with their sizes, the likeliest first.

    What is filtered is one even if nothing is left, so that nobody takes all for it unawares.
    """
    of = lookup.ledger.counts()
    sizes = {
        Rows.ALL: sum(of.values()),
        Rows.NOT_FOUND: of[Outcome.NOT_FOUND],
        Rows.NOT_USED: of[Outcome.BLANK] + of[Outcome.INVALID],
        Rows.FAILED: of[Outcome.FAILED],
        Rows.LEDGER: sum(of.values()),
    }
    nouns = {Rows.NOT_FOUND: "id", Rows.FAILED: "id"}
    counts = {
        rows.value: counted(number, nouns.get(rows, "row"))
        for rows, number in sizes.items()
        if number
    }
    if kept is None:
        return counts
    by = "by search and filters" if session().filters else "by search"
    said = counted(len(kept), "lead") + (f" {by}" if searched else "")
    return {Rows.FILTERED.value: said, **counts}


def _which_rows(counts: dict[str, str], *, searched: bool) -> Rows:
    options, last = list(counts), session().download.get("rows")
    chosen: str = st.radio(
        "Which rows",
        options,
        index=options.index(last) if last in options and Rows.FILTERED not in options else 0,
        format_func=lambda rows: (
            "Found" if searched and rows == Rows.FILTERED else rows.capitalize()
        ),
        captions=list(counts.values()),
        horizontal=True,
        key="download_choice_rows",
    )
    session().download["rows"] = chosen
    return Rows(chosen)


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


def _button(label: str, key: str, *, view: View, choice: Choice, empty: bool) -> None:
    whole = choice.form is Form.XLSX
    st.download_button(
        label,
        data=partial(built, viewer_address(settings().access), partial(file_bytes, view, choice)),
        file_name=file_name(view.lookup, choice),
        mime=MIME[choice.form],
        key=key,
        on_click="ignore",
        disabled=empty,
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
