"""Leads by the week in which they were created."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lsq.analysis.words import count, counted
from lsq.ui.charts.figure import GREY, as_table, chart, figure
from lsq.ui.palette import Palette, palette
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["MOST_WEEKS", "week_chart", "week_figure"]

MOST_WEEKS = 52
_KEY = "week_chart"
_HEIGHT_PX = 300


def week_chart(weeks: pd.DataFrame) -> None:
    """Draw a bar for each week, the last year of them, and say what came before and what is later.

    Args:
        weeks: As `analysis.ages.weekly` returns them in the viewer's zone, at least one.
    """
    come = _come(weeks)
    last = come.tail(MOST_WEEKS)
    alt = _in_words(last)
    chart(week_figure(last, palette()), key=_KEY, alt=alt)
    said = []
    if earlier := int(come["leads"].sum() - last["leads"].sum()):
        first = _day(last["monday"].iloc[0])
        said.append(f"{counted(earlier, 'more lead')} created before {first}.")
    if later := int(weeks["leads"].sum() - come["leads"].sum()):
        said.append(f"{counted(later, 'lead')} with a date that is still to come.")
    if said:
        st.caption(" ".join(said))
    as_table(lambda: _frame(last), key=f"{_KEY}_table", alt=alt)


def _come(weeks: pd.DataFrame) -> pd.DataFrame:
    """Leave out what is after this week: one wrong year would move all others out of the chart.

    Where nothing else is left, that is all there is to draw.
    """
    today = pd.Timestamp(datetime.now(tz=viewer_zone()).date())
    filled = weeks.index[(weeks["leads"] > 0) & (weeks["monday"] <= today)]
    return weeks.loc[: filled[-1]] if len(filled) else weeks


def week_figure(weeks: pd.DataFrame, colours: Palette) -> go.Figure:
    """Build the figure; see `week_chart`."""
    leads = weeks["leads"].tolist()
    days = [_day(monday) for monday in weeks["monday"]]
    bars = {
        "type": "bar",
        "x": weeks["monday"].dt.strftime("%Y-%m-%d").tolist(),
        "y": leads,
        "marker": {"color": colours.hue},
        "hovertext": [
            f"<b>{counted(number, 'lead')}</b><br>in the week of {day}"
            for number, day in zip(leads, days, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return figure(
        [bars],
        colours,
        bargap=0.18,
        barcornerradius=2,
        height=_HEIGHT_PX,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        xaxis={
            "type": "date",
            "fixedrange": True,
            "showgrid": False,
            "ticks": "",
            "nticks": 5,
            "tickangle": 0,
            "tickformat": "%b<br>%Y",
            "automargin": True,
        },
        yaxis={
            "rangemode": "tozero",
            "fixedrange": True,
            "gridcolor": GREY,
            "zeroline": False,
            "ticks": "",
            "nticks": 4,
            "tickformat": ",d",
            "automargin": True,
        },
    )


def _frame(weeks: pd.DataFrame) -> pd.DataFrame:
    """List the weeks, the latest first."""
    frame = weeks[::-1].reset_index(drop=True)
    frame["monday"] = [_day(monday) for monday in frame["monday"]]
    frame.columns = ["Week of", "Leads"]
    return frame


def _day(monday: pd.Timestamp) -> str:
    return f"{monday:%d %b %Y}".lstrip("0")


def _in_words(weeks: pd.DataFrame) -> str:
    leads, days = weeks["leads"].tolist(), [_day(monday) for monday in weeks["monday"]]
    total, most = sum(leads), max(leads)
    return (
        f"{counted(total, 'lead')} created in {counted(len(weeks), 'week')}, from the week of "
        f"{days[0]} to that of {days[-1]}: {count(round(total / len(weeks)))} a week on average, "
        f"most in the week of {days[leads.index(most)]} ({count(most)}), "
        f"{count(leads[-1])} in the last one."
    )
