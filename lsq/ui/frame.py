"""The sidebar that every page has: whose account, which sheet, how old."""

from __future__ import annotations

import time

import streamlit as st

from lsq.analysis.words import age_range, count, counted
from lsq.ui.connection import badge, connect_popover, unused_keys_note
from lsq.ui.escape import shown
from lsq.ui.masking import drawn
from lsq.ui.state import Session, session
from lsq.ui.style import style

__all__ = ["frame", "heading"]


def frame(*, connect: bool) -> None:
    """Draw what stands around a page.

    Args:
        connect: Whether the connection form hangs under the account's badge.
    """
    style()
    with st.sidebar:
        with st.container(horizontal=True, vertical_alignment="center"):
            badge()
            st.space("stretch")
            if connect:
                connect_popover()
        unused_keys_note()
        _sheet(session())


def heading(title: str, said: str = "") -> st.delta_generator.DeltaGenerator:
    """Draw the one header row of a page, and return it for the buttons at its end.

    Args:
        title: The page's name.
        said: Markdown of ours with the numbers; values from outside already escaped.
    """
    row = st.container(horizontal=True, vertical_alignment="center")
    row.title(title, width="content", anchor=False)
    if said:
        row.markdown(said, width="content")
    row.space("stretch")
    return row


def _sheet(mine: Session) -> None:
    if mine.sheet is None or mine.cells is None:
        st.markdown(":gray[No sheet yet]")
        return
    with st.container(gap=None):
        st.markdown(f"**{shown(drawn(mine.sheet.name))}**")
        st.markdown(f":gray[{_state(mine, mine.cells.rows)}]")


def _state(mine: Session, rows: int) -> str:
    if mine.running:
        return f"{counted(rows, 'row')} · fetching …"
    lookup = mine.lookup()
    if lookup is None:
        return f"{counted(rows, 'row')} · not fetched yet"
    came_at = lookup.fetched.leads.fetched_at
    if not came_at:
        return f"{count(0)} leads"
    now = time.time()
    ages = age_range(newest_s=now - max(came_at), oldest_s=now - min(came_at))
    return f"{counted(len(came_at), 'lead')} · {ages}"
