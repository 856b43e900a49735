"""Lead by lead: what the sheet says beside what the account says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from lsq.analysis.columns import Kind
from lsq.analysis.drift import Movement
from lsq.analysis.stages import STAGE
from lsq.analysis.words import counted
from lsq.lookup.run import ROW
from lsq.ui.changes import change_name
from lsq.ui.escape import shown
from lsq.ui.screen import part
from lsq.ui.zone import viewer_zone, zone_label

if TYPE_CHECKING:
    import numpy.typing as npt
    from streamlit.elements.lib.column_types import ColumnConfig

    from lsq.analysis.drift import Drift
    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["lead_by_lead"]

_EAGER_ROWS = 20_000
_HEIGHT_PX = 520
_LINE_PX = 32
_ID = "ProspectID"
_NAMES = ("FirstName", "LastName")


@part()
def lead_by_lead(view: View, drift: Drift, kept: Flags) -> None:
    """Draw the leads that have changed, with pills that say in what."""
    which = _choices(view, drift, kept)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Lead by lead", anchor=False, width="content")
            chosen = st.pills(
                "Only leads that",
                list(which),
                selection_mode="multi",
                key="changed_in",
                format_func=shown,
                label_visibility="collapsed",
            )
        wanted = [which[name] for name in chosen if name in which] or list(which.values())
        rows = np.flatnonzero(np.any([np.zeros_like(kept), *wanted], axis=0))
        if not len(rows):
            st.markdown("No lead has changed in the columns compared.")
            return
        st.caption(f"{counted(len(rows), 'lead')}, as in your file and now")
        _table(view, drift, rows)


def _choices(view: View, drift: Drift, kept: Flags) -> dict[str, Flags]:
    """Return the leads of each pill, by its name; only pills that have some."""
    found: dict[str, Flags] = {}
    if drift.moves is not None:
        for place, way in enumerate(Movement):
            if way is not Movement.STAYED:
                found[way.capitalize()] = drift.moves.direction == place
    for column, changed in drift.changed.items():
        if column != STAGE:
            found[change_name(view, column)] = changed
    return {name: rows & kept for name, rows in found.items() if (rows & kept).any()}


def _table(view: View, drift: Drift, rows: npt.NDArray[np.int64]) -> None:
    """Draw the leads; of the columns compared those that have changed in one of them."""
    drawn, zone = view.shown.iloc[rows], viewer_zone()
    text = st.column_config.TextColumn
    columns: dict[str, pd.Series] = {ROW: drawn[ROW]}
    config: dict[str, ColumnConfig] = {ROW: st.column_config.NumberColumn(width=60, pinned=True)}
    for name in (each for each in _NAMES if each in drawn):
        columns[name], config[name] = drawn[name], text(view.label(name))
    for match in drift.matches:
        if drift.changed[match.lead][rows].any():
            old, new, label = f"{match.lead} then", f"{match.lead} now", view.label(match.lead)
            columns[old], config[old] = drawn[match.own], text(f"{label}, your file")
            columns[new], config[new] = drawn[match.lead], text(f"{label}, now")
            if view.kind(match.lead) is Kind.DATE:
                config[new] = st.column_config.DatetimeColumn(
                    f"{label}, now ({zone_label(zone)})",
                    format="DD MMM YYYY, HH:mm",
                    timezone=zone.key,
                )
    columns[_ID], config[_ID] = drawn[_ID], text(view.label(_ID))
    st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        height=min(_HEIGHT_PX, _LINE_PX * (len(rows) + 1) + 4),
        row_height=_LINE_PX,
        placeholder="",
        lazy=len(rows) > _EAGER_ROWS or None,
        column_config=config,
        alt=f"{counted(len(rows), 'lead')}, one a row, old and new side by side",
    )
