"""Which columns of the sheet are compared with which that came back: found, and correctable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.matching import How, Match
from lsq.analysis.schema import ID
from lsq.analysis.words import count, counted
from lsq.ui.column_labels import column_labels
from lsq.ui.escape import shown
from lsq.ui.state import session

if TYPE_CHECKING:
    from lsq.lookup.view import View

__all__ = ["columns_compared"]

_NOT_COMPARED = ""
_MOST_NAMED = 6
_POPOVER = "matches"


def columns_compared(view: View) -> None:
    """Draw the card that says what is compared, with a popover to correct it."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(_in_words(view))
            st.caption(_what_counts(view))
        popover = st.popover(
            "Columns", icon=":material/tune:", key=_POPOVER, on_change="rerun", width="content"
        )
        if popover.open:
            with popover:
                _choices(view)


def _in_words(view: View) -> str:
    pairs = [
        f"**{_own_name(view, match.own)}** ↔ {shown(view.label(match.lead))}"
        for match in view.matched[:_MOST_NAMED]
    ]
    rest = len(view.matched) - len(pairs)
    more = [f"{count(rest)} more"] if rest else []
    chosen = view.matched != view.lookup.matches
    how = "Chosen by you" if chosen else "Compared with your columns"
    named = " · ".join([*pairs, *more]) or "nothing"
    of = f"{count(len(view.matched))} of {counted(len(view.own), 'column')}"
    return f"{how}: {named} :gray[{of}]"


def _what_counts(view: View) -> str:
    said = "Blank and missing count as equal; activity dates are left out unless you choose them."
    repeats = view.repeats_that_differ
    if not repeats:
        return said
    have = "repeats a lead with other values" if repeats == 1 else "repeat leads with other values"
    return f"{said} {counted(repeats, 'row')} {have}: a lead's first row counts."


def _choices(view: View) -> None:
    """Draw a select box for every column of the sheet."""
    st.markdown("Columns of your file, and what each is an older state of")
    leads = [name for name in view.lookup.lead_columns if name != ID]
    labels = {_NOT_COMPARED: "not compared", **column_labels(view, leads)}
    now = {match.own: match.lead for match in view.matched}
    with st.container(height=360 if len(view.own) > _MOST_NAMED else "content", border=False):
        for place, own in enumerate(view.own):
            key = f"match_{place}"
            if st.session_state.get(key) != now.get(own, _NOT_COMPARED):
                st.session_state[key] = now.get(own, _NOT_COMPARED)
            st.selectbox(
                f"{_own_name(view, own)}{_how(view, own)}",
                list(labels),
                key=key,
                format_func=labels.__getitem__,
                on_change=_correct,
                args=(view, own, key),
            )
    st.button(
        "As found",
        key="matches_as_found",
        icon=":material/restart_alt:",
        disabled=view.matches is None,
        on_click=_forget,
    )


def _how(view: View, own: str) -> str:
    """Say what a match rests on where no name says it."""
    found = any(match.own == own and match.how is How.CONTENT for match in view.matched)
    return " :gray[matched by what is in it]" if found else ""


def _own_name(view: View, own: str) -> str:
    """Return what the sheet calls one of its columns, as it may be drawn."""
    return shown(view.bare_label(own), limit=60)


def _correct(view: View, own: str, key: str) -> None:
    """Compare a column with the one that was chosen, which no other is compared with then."""
    lead = st.session_state[key]
    said = {match.own: match for match in session().matches or ()}
    for other, match in said.items():
        if match.lead == lead:
            said[other] = Match(other, _NOT_COMPARED, How.CHOSEN)
    said[own] = Match(own, lead, How.CHOSEN)
    session().matches = tuple(said[name] for name in view.own if name in said)


def _forget() -> None:
    session().matches = None
