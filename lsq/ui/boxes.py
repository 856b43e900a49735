"""What goes wrong, in one box with one sentence and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.ui.escape import shown

if TYPE_CHECKING:
    from lsq.api.errors import LsqError

__all__ = ["error_sentence", "question"]


def error_sentence(error: LsqError) -> None:
    """Show an error of ours; what it repeats from outside is escaped."""
    st.error(
        shown(error.advice, limit=400),
        title=shown(error.title, limit=300),
        icon=":material/error:",
    )


def question(asked: LsqError) -> None:
    """Show what the viewer has to decide before anything can go on: nothing is wrong with it."""
    st.warning(
        shown(asked.advice, limit=400),
        title=shown(asked.title, limit=300),
        icon=":material/help:",
    )
