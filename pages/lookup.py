"""Lookup: a sheet, what was understood, what it costs, the fetch, and how it ended."""

from __future__ import annotations

import streamlit as st

import app
from lsq.ui.cost import fetch_card
from lsq.ui.frame import heading
from lsq.ui.opening import read_again
from lsq.ui.outcome import show_failure, show_outcome
from lsq.ui.progress import progress_card
from lsq.ui.screen import screen
from lsq.ui.setup import ask_setup, setup_line, sheet_line
from lsq.ui.sheet_in import ask_for_sheet
from lsq.ui.state import session


@screen()
def page() -> None:
    """One page, one state at a time: empty, ready, fetching, done."""
    mine = session()
    with st.container(width=980):
        if mine.sheet is None or mine.cells is None:
            ask_for_sheet()
            return
        heading("Lookup", sheet_line(mine.sheet)).button(
            "Change sheet",
            key="change_sheet",
            type="tertiary",
            icon=":material/swap_horiz:",
            on_click=mine.drop_sheet,
        )
        again = mine.wanted is not None
        running = mine.running  # once: the fetch may end while the page is drawn
        lookup = None if running or again else mine.lookup()
        if lookup is None:
            with st.container(border=True):
                setup = ask_setup(mine.sheet, mine.cells, disabled=running or again)
            if again:
                read_again()
            elif running:
                progress_card()
            else:
                show_failure()
                fetch_card(setup)
            return
        top = st.container()
        with st.expander(setup_line(lookup), icon=":material/settings:"):
            setup = ask_setup(mine.sheet, mine.cells)
        changed = setup.columns != lookup.plan.columns
        with top:
            show_outcome(lookup, next_step=not changed)
        if changed:
            fetch_card(setup, done=lookup)


if __name__ == "__main__":
    app.main()
