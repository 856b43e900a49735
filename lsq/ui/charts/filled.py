"""How far each column is filled in, the emptiest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.words import count, share
from lsq.ui.charts.figure import (
    GREY,
    LABEL_PX,
    as_share,
    as_table,
    chart,
    figure,
    labels,
    names_axis,
)
from lsq.ui.palette import Palette, palette

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

__all__ = ["MOST_COLUMNS", "fill_chart", "fill_figure"]

MOST_COLUMNS = 12
_KEY = "fill_chart"
_BAR_PX = 28


def fill_chart(filled: pd.DataFrame, *, partial: bool) -> None:
    """Draw the emptiest columns and offer all of them as a table.

    Args:
        filled: As `analysis.breakdowns.fill` returns it, with what people call the columns.
        partial: Whether more leads are still to come.
    """
    ordered = filled.sort_values("share", kind="stable", ignore_index=True)
    alt = _in_words(ordered, partial=partial)
    chart(fill_figure(ordered.head(MOST_COLUMNS), palette(), partial=partial), key=_KEY, alt=alt)
    if len(ordered) > MOST_COLUMNS:
        st.caption(f"The {MOST_COLUMNS} emptiest of {count(len(ordered))} columns.")
    names = {"column": "Column", "filled": "Leads with a value", "share": "Share"}
    formats = {"Share": as_share(partial=partial)}
    as_table(lambda: ordered.rename(columns=names), key=f"{_KEY}_table", alt=alt, formats=formats)


def fill_figure(filled: pd.DataFrame, colours: Palette, *, partial: bool) -> go.Figure:
    """Build the figure; see `fill_chart`."""
    rows = list(range(len(filled)))
    texts = [f" {share(part, partial=partial)}" for part in filled["share"]]
    whole = {
        "y": rows,
        "x": [1] * len(rows),
        "marker": {"color": GREY},
    }
    bars = {
        "y": rows,
        "x": filled["share"].tolist(),
        "marker": {"color": colours.hue},
    }
    common = {"type": "bar", "orientation": "h", "width": 0.58, "hoverinfo": "skip"}
    return figure(
        [common | whole, common | bars, labels([1] * len(rows), rows, texts)],
        colours,
        barmode="overlay",
        barcornerradius=3,
        margin={"l": 0, "r": LABEL_PX, "t": 4, "b": 0},
        height=_BAR_PX * max(1, len(rows)) + 12,
        xaxis={"visible": False, "fixedrange": True, "range": [0, 1]},
        yaxis=names_axis(filled["column"]),
    )


def _in_words(filled: pd.DataFrame, *, partial: bool) -> str:
    drawn = filled.head(MOST_COLUMNS)
    parts = [
        f"{name} {share(part, partial=partial)}"
        for name, part in zip(drawn["column"], drawn["share"], strict=True)
    ]
    if len(filled) > MOST_COLUMNS:
        parts.append(f"and {count(len(filled) - MOST_COLUMNS)} more")
    return f"Filled in, by column, the emptiest first: {'; '.join(parts)}."
