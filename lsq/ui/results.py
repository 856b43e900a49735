"""What the result pages share: the empty card, the header row, the heads of their cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.stages import STAGE, stage_counts
from lsq.analysis.words import count
from lsq.ui.accounts import Way, connection
from lsq.ui.downloads import download_button
from lsq.ui.escape import shown
from lsq.ui.frame import heading
from lsq.ui.looking import view_of
from lsq.ui.masking import drawn
from lsq.ui.progress import still_fetching
from lsq.ui.sheet_in import sample_button
from lsq.ui.state import Session, session
from lsq.ui.ticked import ticked

if TYPE_CHECKING:
    import pandas as pd

    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["card_heading", "go_to_lookup", "has_stages", "head", "result", "stages_of"]


def result(title: str) -> View | None:
    """Return what this session looks at; without leads show what to do first, and return None.

    Args:
        title: The page's name, shown above the empty card.
    """
    mine = session()
    # Asked for first: the fetch may end in between, and then the page has to run again.
    running = mine.running
    lookup = mine.lookup()
    if lookup is not None and len(lookup.fetched.leads):
        return view_of(lookup)
    heading(title)
    if running:
        still_fetching()
        return None
    with st.container(border=True, horizontal_alignment="center"):
        name, text = _why_empty(mine)
        st.subheader(name, anchor=False, width="content")
        st.markdown(text, width="content")
        with st.container(horizontal=True, horizontal_alignment="center"):
            go_to_lookup()
            if mine.sheet is None and connection().way is Way.DEMO:
                sample_button()
    return None


def _why_empty(mine: Session) -> tuple[str, str]:
    """Return what an empty result page says: its name, and what to do."""
    if mine.lost_job:
        return "That fetch is not here", "It was dropped, or started in another browser."
    if mine.sheet is None:
        more = ", or try the sample" if connection().way is Way.DEMO else ""
        return "No leads yet", f"Drop a sheet on Lookup{more}."
    if mine.lookup() is None:
        return "Nothing fetched yet", f"{shown(drawn(mine.sheet.name))} is ready on Lookup."
    return "No lead was found", f"Lookup says what became of {shown(drawn(mine.sheet.name))}."


def go_to_lookup() -> None:
    """Draw the button that opens Lookup, the next step where there is nothing to show."""
    if st.button("Go to Lookup", key="go_lookup", type="primary"):
        st.switch_page(session().pages["lookup"])


def head(
    title: str, view: View, kept: Flags, *, needle: str = "", with_table: bool = False
) -> None:
    """Draw the header row of a result page, with its download; say if more is to come.

    Args:
        title: The page's name.
        view: What the page shows.
        kept: Which of its leads the filters leave.
        needle: What its table is searched for.
        with_table: Whether leads can be ticked on it.
    """
    leads, rows = len(kept), int(kept.sum())
    said = f"**{count(leads)}** leads" if rows == leads else f"**{count(rows)}** of {count(leads)}"
    with heading(title, said):
        places = ticked(view) if with_table else []
        download_button(view, primary=True, needle=needle, ticked=places)
    if view.lookup.partial:
        still_fetching()


def card_heading(title: str, caption: str) -> None:
    """Draw the head of a card: its name, and how to read it."""
    with st.container(gap=None):
        st.subheader(title, anchor=False)
        st.caption(caption)


def has_stages(view: View, kept: Flags) -> bool:
    """Whether there are stages to count; if not, say why and what to do."""
    if not kept.any():
        st.markdown("No lead matches all filters.")
        return False
    if STAGE in view.frame:
        return True
    with st.container(border=True, horizontal_alignment="center"):
        st.subheader("No stages to count", anchor=False, width="content")
        st.markdown("Add Stage to the columns on Lookup and fetch again.", width="content")
        go_to_lookup()
    return False


def stages_of(view: View, kept: Flags) -> pd.DataFrame:
    """Count the leads that are kept by stage; see `analysis.stages.stage_counts`."""
    return stage_counts(view.indexed, view.order, kept=kept)
