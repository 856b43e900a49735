"""What stands above a table of leads: what is ticked in it, or how a lead is shown and ticked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import streamlit as st

from lsq.analysis.words import count
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.api.lead_id import LeadId
    from lsq.lookup.view import View

__all__ = ["OPENED", "show_soon", "ticked", "ticks_line"]

OPENED = "lead_opened"
"""Where the session keeps the lead whose drawer opens next."""

_LINE_PX = 40
"""As high with buttons as without: of a table that moves under the hand the wrong row is ticked."""

_HOW = "A click on a row's number shows the lead"


def ticked(view: View) -> list[int]:
    """Return the places of the ticked leads, the one ticked last at the end."""
    if not session().ticks.ids:
        return []
    places = {lead: place for place, lead in enumerate(view.lookup.fetched.leads.ids)}
    return [places[lead] for lead in session().ticks.ids if lead in places]


def ticks_line(view: View, shown: Sequence[LeadId], *, said: str) -> None:
    """Draw the line; in a fragment only.

    Args:
        view: What is shown.
        shown: The leads of the table.
        said: What the search has found, or "".
    """
    places = ticked(view)
    # Both together may need two lines on a phone.
    height: Literal["content"] | int = "content" if places and said else _LINE_PX
    with st.container(horizontal=True, vertical_alignment="center", height=height, border=False):
        if not places:
            st.markdown(f":small[:gray[{said or _HOW}]]")
            return
        hidden = len(places) - session().ticks.shown_among(shown)
        away = f", {count(hidden)} not shown" if hidden else ""
        if said:
            st.markdown(f":small[:gray[{said}]]", width="content")
        st.markdown(f"**{count(len(places))} selected**{away}", width="content")
        last = places[-1]
        st.button(
            f"Show row {view.row_labels.iloc[last].strip()}",
            key="show_ticked",
            type="tertiary",
            shortcut="Alt+L",
            on_click=partial(show_soon, view.lookup.fetched.leads.ids[last]),
        )
        st.button(
            "Clear",
            key="clear_ticks",
            type="tertiary",
            icon=":material/close:",
            on_click=session().ticks.clear,
        )


def show_soon(lead: LeadId) -> None:
    """Have the drawer of a lead open with the next run."""
    st.session_state[OPENED] = lead
