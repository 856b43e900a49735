"""How each column of the table is drawn: its label, its type, its schema name as help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lsq.analysis.moves import SINCE
from lsq.analysis.scales import only_days
from lsq.analysis.schema import ID
from lsq.lookup.run import ROW
from lsq.ui.escape import shown
from lsq.ui.zone import viewer_zone, zone_label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streamlit.elements.lib.column_types import ColumnConfig

    from lsq.lookup.view import View

__all__ = ["column_config"]

_ID_PX = 96
_NAME_PX = 140
"""Row, id and name are about 300 pixels together. Streamlit lets no column stand still where those
that should are more than 60 % of the table: so on a phone all of them are pushed."""

_SCORE_PX = 110
_SINCE_PX = 190
"""The width of "Not interested → Application": the first rows say nothing of it, most are empty."""

_SCORE = "Score"
_FULL_SCORE = 100
_NAMES = ("FirstName", "LastName")


def column_config(view: View, drawn: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Return Streamlit's description of each column but `Row`, whose cells are buttons.

    Args:
        view: What is shown.
        drawn: The rows and columns that are drawn; their dtypes decide, so that what is masked is
            text whatever it was.
    """
    who = [name for name in _NAMES if name in drawn][:1]
    pinned = {ID: _ID_PX} | dict.fromkeys(who, _NAME_PX)
    return {
        name: _config(view, name, drawn[name], pinned) for name in map(str, drawn) if name != ROW
    }


def _config(view: View, name: str, values: pd.Series, pinned: Mapping[str, int]) -> ColumnConfig:
    config: Callable[..., ColumnConfig] = st.column_config.TextColumn
    options: dict[str, object] = {"help": "Your sheet" if name in view.own else shown(name)}
    title = view.label(name)
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        config, zone = st.column_config.DatetimeColumn, viewer_zone()
        options |= {"format": "DD MMM YYYY, HH:mm", "timezone": zone.key}
        title = f"{title} ({zone_label(zone)})"
    elif only_days(values):
        config = st.column_config.DateColumn
        options["format"] = "DD MMM YYYY"
    elif pd.api.types.is_numeric_dtype(values.dtype):
        config = st.column_config.NumberColumn
        if name == _SCORE and values.notna().any():
            config = st.column_config.ProgressColumn
            most = max(_FULL_SCORE, float(values.max()))
            options |= {"format": "%d", "min_value": 0, "max_value": most, "width": _SCORE_PX}
    if name == SINCE:
        options["width"] = _SINCE_PX
    if name in pinned:
        options |= {"pinned": True, "width": pinned[name]}
    return config(title, **options)
