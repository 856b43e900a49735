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
    lookup, kept, zone = view.lookup, _kept(view), viewer_zone()
    counts = _counts(lookup, kept)
    rows = Rows(_remembered("Which rows", "rows", list(counts), counts))
    shape = Shape.MINE
    if rows in _LEADS:
        shape = Shape(_choice("One line is", "shape", [option.value for option in Shape]))
    mask = _mask(view)
    for_excel = _choice("CSV is for", "csv", ["Excel", "Programs"]) == "Excel"
    chosen = kept if rows is Rows.FILTERED else None
    write = partial(file_bytes, lookup, rows=rows, shape=shape, zone=zone, kept=chosen, mask=mask)
    name = partial(file_name, lookup, rows=rows, zone=zone)
    _files(partial(write, stages=view.order), name, for_excel=for_excel)
    lines, columns = main_size(lookup, rows=rows, shape=shape, kept=chosen)
    st.caption(
        f"{counted(lines, 'row')} × {counted(columns, 'column')} · built when you click · "
        f"times in {zone.key} · no keys inside"
    )


def _mask(view: View) -> bool:
    """Ask whether files are masked; each time the dialog opens as the switch says."""
    plain, hidden = "As fetched", "Masked"
    chosen = st.segmented_control(
        "Phone and e-mail",
        [plain, hidden],
        default=hidden if view.masked else plain,
        required=True,
        key="download_choice_mask",
    )
    return chosen != plain


def _files(write: Callable[..., bytes], name: Callable[[Form], str], *, for_excel: bool) -> None:
    _button("Excel workbook", "download_xlsx", Form.XLSX, write, name)
    csv, label = (Form.EXCEL_CSV, "Excel") if for_excel else (Form.CSV, "programs")
    with st.container(horizontal=True):
        _button(f"CSV for {label}", "download_csv", csv, write, name)
        _button("Parquet", "download_parquet", Form.PARQUET, write, name)
        _button("JSON lines", "download_jsonl", Form.JSONL, write, name)


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


def _button(
    label: str, key: str, form: Form, write: Callable[..., bytes], name: Callable[[Form], str]
) -> None:
    whole = form is Form.XLSX
    st.download_button(
        label,
        data=partial(built, viewer_address(settings().access), partial(write, form=form)),
        file_name=name(form),
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
