"""Lead by lead: what the sheet says beside what the account says now."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from lsq.analysis.moves import Movement
from lsq.analysis.stages import STAGE
from lsq.analysis.words import counted
from lsq.ui.changes import change_labels
from lsq.ui.escape import shown
from lsq.ui.screen import part
from lsq.ui.table import rows_table

if TYPE_CHECKING:
    from lsq.analysis.drift import Drift
    from lsq.analysis.ordering import Integers
    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["lead_by_lead"]

_NAMES = ("FirstName", "LastName")


@part()
def lead_by_lead(view: View, drift: Drift, kept: Flags) -> None:
    """Draw the leads that have changed, with pills that say in what."""
    which, labels = _choices(drift, kept), change_labels(view, drift)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Lead by lead", anchor=False, width="content")
            chosen = st.pills(
                "Only leads that",
                list(which),
                selection_mode="multi",
                key="changed_in",
                format_func=lambda name: (
                    f"Changed {shown(labels[name])}" if name in labels else name.capitalize()
                ),
                label_visibility="collapsed",
                wrap=True,
            )
        wanted = [which[name] for name in chosen if name in which] or list(which.values())
        rows = np.flatnonzero(np.any([np.zeros_like(kept), *wanted], axis=0))
        if not len(rows):
            st.markdown("No lead has changed in the columns compared.")
            return
        st.caption(f"{counted(len(rows), 'lead')}: what your file says, and beside it what is now")
        rows_table(view, rows, _columns(view, drift, rows))


def _choices(drift: Drift, kept: Flags) -> dict[str, Flags]:
    """Return the leads of each pill, by movement or by column; only pills that have some."""
    found: dict[str, Flags] = {}
    if drift.moves is not None:
        for place, way in enumerate(Movement):
            if way is not Movement.STAYED:
                found[way] = drift.moves.direction == place
    found |= {column: changed for column, changed in drift.changed.items() if column != STAGE}
    return {name: rows & kept for name, rows in found.items() if (rows & kept).any()}


def _columns(view: View, drift: Drift, rows: Integers) -> list[str]:
    """Return the name, then of each column that has changed for some of them: yours, and now."""
    pairs = [
        (match.own, match.lead) for match in drift.matches if drift.changed[match.lead][rows].any()
    ]
    names = [name for name in _NAMES if name in view.frame]
    return [*names, *chain.from_iterable(pairs)]
