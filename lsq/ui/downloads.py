"""The download dialog: which rows, which shape, which format, each with its count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.filters import apply
from lsq.analysis.words import counted
from lsq.api.models import Outcome
from lsq.lookup.choice import LEDGER_OUTCOMES, Choice, Form, Rows, Shape
from lsq.ui.download_files import files
from lsq.ui.screen import window
from lsq.ui.state import session
from lsq.ui.table_controls import found
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from lsq.lookup.view import View

__all__ = ["download_button"]

_PICKED = (Rows.SELECTED, Rows.SEARCHED, Rows.FILTERED)
"""What the viewer has just made out of all rows: the likeliest to be wanted, whatever was last."""

_KEY = "download_choice_"
_MASK = f"{_KEY}mask"
_PLAIN, _HIDDEN = "As fetched", "Masked"
_EXCEL, _PROGRAMS = "Excel", "Programs"


@dataclass(frozen=True, slots=True, eq=False)
class _Offer:
    """Rows that a file can hold: how many they are, and of which leads if not of all."""

    said: str
    kept: pd.Index[int] | None = None


def download_button(
    view: View, *, primary: bool, needle: str = "", ticked: Sequence[int] = ()
) -> None:
    """Draw the button that opens the dialog.

    Args:
        view: What can be downloaded.
        primary: Whether it is the most likely thing to do on its page.
        needle: What the table on the page is searched for.
        ticked: The places of the leads that are ticked in it.
    """
    if st.button(
        "Download",
        key="download",
        icon=":material/download:",
        type="primary" if primary else "secondary",
    ):
        # As the switch says each time.
        st.session_state[_MASK] = _HIDDEN if view.masked else _PLAIN
        _dialog(view, _picked(view, needle, ticked) | _outcomes(view))


@window("Download", icon=":material/download:")
def _dialog(view: View, offers: dict[Rows, _Offer]) -> None:
    rows = _which_rows(offers)
    shape = Shape.MINE
    if rows not in LEDGER_OUTCOMES:
        shape = Shape(_choice("One row is", "shape", [*Shape]))
    mask = st.segmented_control("Phone and e-mail", [_PLAIN, _HIDDEN], required=True, key=_MASK)
    for_excel = _choice("CSV is for", "csv", [_EXCEL, _PROGRAMS]) == _EXCEL
    choice = Choice(
        rows=rows, shape=shape, zone=viewer_zone(), kept=offers[rows].kept, mask=mask != _PLAIN
    )
    csv = Form.EXCEL_CSV if for_excel else Form.CSV
    files(view, choice, csv=csv, again=partial(_dialog, view, offers))


def _picked(view: View, needle: str, ticked: Sequence[int]) -> dict[Rows, _Offer]:
    """Return what is ticked, and what filters and search leave if they leave out anything.

    What is filtered is offered even if nothing is left, so that nobody takes all unawares.
    """
    offers = {}
    if ticked:
        leads = view.frame.index[sorted(ticked)]
        offers[Rows.SELECTED] = _Offer(counted(len(leads), "lead"), leads)
    kept = apply(view.indexed, session().filters)
    if needle:
        kept &= found(view, needle)
    if not kept.all():
        leads = view.frame.index[kept]
        too = ", filtered too" if needle and session().filters else ""
        said = f"{counted(len(leads), 'lead')}{too}"
        offers[Rows.SEARCHED if needle else Rows.FILTERED] = _Offer(said, leads)
    return offers


def _outcomes(view: View) -> dict[Rows, _Offer]:
    """Return all rows, and those of the ledger that there are."""
    of = view.lookup.ledger.counts()
    sizes = {
        Rows.ALL: sum(of.values()),
        Rows.NOT_FOUND: of[Outcome.NOT_FOUND],
        Rows.NOT_USED: of[Outcome.BLANK] + of[Outcome.INVALID],
        Rows.FAILED: of[Outcome.FAILED],
        Rows.LEDGER: sum(of.values()),
    }
    nouns = {Rows.NOT_FOUND: "id", Rows.FAILED: "id"}
    return {
        rows: _Offer(counted(number, nouns.get(rows, "row")))
        for rows, number in sizes.items()
        if number
    }


def _which_rows(offers: dict[Rows, _Offer]) -> Rows:
    """Ask; what is picked comes first and is chosen, else what was chosen last, else all."""
    options, last = list(offers), session().download.get("rows")
    first = 0 if options[0] in _PICKED or last not in options else options.index(Rows(last))
    chosen: str = st.radio(
        "Which rows",
        options,
        index=first,
        format_func=str.capitalize,
        captions=[offer.said for offer in offers.values()],
        horizontal=True,
        key=f"{_KEY}rows",
        on_change=partial(_remember, "rows"),
    )
    return Rows(chosen)


def _choice(label: str, name: str, options: list[str]) -> str:
    last = session().download.get(name)
    chosen = st.segmented_control(
        label,
        options,
        default=last if last in options else options[0],
        required=True,
        format_func=lambda option: option[0].upper() + option[1:],
        key=f"{_KEY}{name}",
        on_change=partial(_remember, name),
    )
    return chosen or options[0]


def _remember(name: str) -> None:
    """Keep what the viewer has chosen; what is only chosen for want of it is not kept."""
    session().download[name] = st.session_state[f"{_KEY}{name}"]
