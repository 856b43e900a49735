"""The one switch that masks phones and e-mails, in everything that is shown and in every file."""

from __future__ import annotations

import streamlit as st

from lsq.analysis.masks import masked_text
from lsq.api.errors import LsqError
from lsq.ui.accounts import Way, connection
from lsq.ui.escape import shown
from lsq.ui.state import session

__all__ = ["drawn", "drawn_error", "is_masked", "mask_switch"]

_KEY = "mask"
_HELP = (
    f"Shows {shown('+91-98•••••345')} and {shown('a•••@example.com')} in tables, details, charts, "
    "search and chips, and in files unless the download says otherwise. Numbers and addresses "
    "inside other text are masked too."
)


def is_masked() -> bool:
    """Tell whether this viewer sees phones and e-mails masked: on a team's keys unless they say no.

    Call it only behind `ui.screen`, which has checked the viewer, and has found what they said
    before a reload.
    """
    said = session().masked
    return connection().way is Way.TEAM if said is None else said


def drawn(text: str) -> str:
    """Return a text of the sheet, its name among them, as this viewer may see it; see `is_masked`.

    What came back is drawn by `lookup.view.View.drawn`, which knows its columns.
    """
    return masked_text(text) if is_masked() else text


def drawn_error(error: LsqError) -> LsqError:
    """Return what is wrong with a sheet, which repeats names and cells of it, likewise."""
    return LsqError(drawn(error.title), drawn(error.advice))


def mask_switch() -> None:
    """Draw the switch."""
    st.session_state[_KEY] = is_masked()
    st.toggle("Mask phone and e-mail", key=_KEY, on_change=_switch, help=_HELP)


def _switch() -> None:
    session().masked = bool(st.session_state[_KEY])
