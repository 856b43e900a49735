"""Guide: how to, limits, connection, privacy."""

from __future__ import annotations

import streamlit as st

import app
from lsq.ui.frame import heading
from lsq.ui.guide import connection_card, how_to
from lsq.ui.screen import screen


@screen(connect_in_sidebar=False)
def page() -> None:
    """Show what a newcomer asks, and the connection."""
    heading("Guide")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        how_to()
    with right:
        connection_card()


if __name__ == "__main__":
    app.main()
