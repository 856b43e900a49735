"""The table of leads: typed columns, labels beside schema names, search and column sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.columns import PRESETS, Kind
from lsq.analysis.filters import Filters, apply
from lsq.analysis.words import counted
from lsq.lookup.run import ROW
from lsq.ui.escape import shown
from lsq.ui.screen import part
from lsq.ui.zone import viewer_zone, zone_label

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    import pandas as pd
    from streamlit.elements.lib.column_types import ColumnConfig

    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["leads_table"]

EAGER_ROWS = 20_000
"""Above this a table is sent in pieces: 20,000 rows of 12 columns are about 4 MB."""

_SETS = {"Essentials": "essentials", "Contact": "contact", "Activity": "activity", "All": ""}
_SEARCHED = {Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.ID}


@part()
def leads_table(view: View, kept: Flags) -> None:
    """Draw the search, the column sets and the table.

    Args:
        view: What is shown: `Row` (the first row of the sheet with its id), then its columns.
        kept: Which of its leads the filters leave.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        needle = st.text_input(
            "Search",
            key="search",
            type="search",
            placeholder="Search names, phones, ids …",
            label_visibility="collapsed",
            width=320,
        )
        chosen = st.segmented_control(
            "Columns shown",
            list(_SETS),
            default="All",
            key="shown_columns",
            label_visibility="collapsed",
            required=True,
        )
    rows = _searched(view, kept, needle or "")
    if rows.empty:
        st.markdown("No lead matches the search." if needle else "No lead matches all filters.")
        return
    zone = viewer_zone()
    columns = _columns(rows, _SETS[chosen or "All"])
    # A table without selection is no widget, so its key stands on the container around it.
    with st.container(key="leads_table"):
        st.dataframe(
            rows[columns],
            hide_index=True,
            height=620,
            row_height=32,
            placeholder="",
            lazy=len(rows) > EAGER_ROWS or None,
            column_config={name: _config(view, name, zone) for name in columns},
            alt=f"{counted(len(rows), 'lead')}, one a row",
        )


def _searched(view: View, kept: Flags, needle: str) -> pd.DataFrame:
    if not needle.strip():
        return view.frame[kept]
    columns = tuple(name for name in map(str, view.frame) if view.kind(name) in _SEARCHED)
    searched = Filters(search=needle, search_columns=columns)
    return view.frame[kept & apply(view.indexed, searched)]


def _columns(frame: pd.DataFrame, preset: str) -> list[str]:
    """Return the columns of a set that the leads have, the row first and the id last."""
    wanted = PRESETS[preset] if preset else tuple(map(str, frame))
    middle = [name for name in wanted if name in frame and name not in {ROW, "ProspectID"}]
    return [ROW, *middle, "ProspectID"]


def _config(view: View, name: str, zone: ZoneInfo) -> ColumnConfig:
    if name == ROW:
        help_text = "The row of your sheet that first holds the lead's id"
        return st.column_config.NumberColumn(ROW, width=60, pinned=True, help=help_text)
    config: Callable[..., ColumnConfig] = st.column_config.TextColumn
    options: dict[str, object] = {"help": shown(name)}
    title = view.label(name)
    if view.kind(name) is Kind.DATE:
        config = st.column_config.DatetimeColumn
        options |= {"format": "DD MMM YYYY, HH:mm", "timezone": zone.key}
        title = f"{title} ({zone_label(zone)})"
    elif name == "Score":
        config = st.column_config.ProgressColumn
        options |= {"format": "%d", "min_value": 0, "max_value": 100}
    elif view.kind(name) is Kind.NUMBER:
        config = st.column_config.NumberColumn
    if name == "FirstName":
        options["pinned"] = True
    return config(title, **options)
