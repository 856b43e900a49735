"""The stage chart: bars in business order, and behind them who reached at least the stage."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lsq.analysis.stages import STAGE, StageRole
from lsq.analysis.words import change, count, counted, share
from lsq.ui.charts.figure import GREY, LINE_PX, as_share, chart, figure, names_axis, table
from lsq.ui.facets import choose
from lsq.ui.palette import Palette, palette, stage_colours
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

__all__ = ["filter_by_bar", "stage_chart", "stage_figure", "stage_table"]

_KEY = "stage_chart"


def stage_chart(stages: pd.DataFrame, names: Sequence[str], *, partial: bool) -> None:
    """Draw the bars; a click on one filters every result page by its stage.

    Args:
        stages: As `analysis.stages.stage_counts` returns them.
        names: The stages as they may be drawn.
        partial: Whether more leads are still to come.
    """
    chart(
        stage_figure(stages, names, palette(), partial=partial),
        key=_KEY,
        alt=_in_words(stages, names, partial=partial),
        on_click=functools.partial(filter_by_bar, stages["stage"].tolist()),
    )


def stage_figure(
    stages: pd.DataFrame, names: Sequence[str], colours: Palette, *, partial: bool
) -> go.Figure:
    """Build the figure; see `stage_chart`."""
    leads = stages["leads"].astype("int64").tolist()
    reached = stages["reached"].fillna(0).astype("int64").tolist()
    labels = [
        f" <b>{count(number)}</b>  {share(float(part), partial=partial)}"
        for number, part in zip(leads, stages["share"].fillna(0), strict=True)
    ]
    hatched = ["/" if role == StageRole.UNLISTED else "" for role in stages["role"]]
    rows = list(range(len(stages)))
    behind = {
        "y": rows,
        "x": reached,
        "width": 0.78,
        "hoverinfo": "skip",
        "marker": {"color": GREY},
    }
    front = {
        "y": rows,
        "x": leads,
        "width": 0.58,
        "text": labels,
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": rows,
        "hoverinfo": "none",  # no label either, but unlike "skip" it leaves the bar clickable
        "marker": {
            "color": stage_colours(stages, colours),
            "pattern": {"shape": hatched, "fillmode": "overlay", "fgcolor": colours.ink, "size": 5},
        },
        "unselected": {"marker": {"opacity": 0.35}},
    }
    widest = max([1, *reached, *(1.18 * number for number in leads)])
    return figure(
        [{"type": "bar", "orientation": "h", **bars} for bars in (behind, front)],
        colours,
        barmode="overlay",
        barcornerradius=3,
        clickmode="event+select",
        height=LINE_PX * max(1, len(rows)) + 24,
        xaxis={"visible": False, "fixedrange": True, "range": [0, widest * 1.12]},
        yaxis=names_axis(names),
    )


def stage_table(
    stages: pd.DataFrame,
    names: Sequence[str],
    *,
    partial: bool,
    since: Mapping[str, int] | None = None,
) -> None:
    """Draw the same figures as a table, in the same order.

    Args:
        stages: As for `stage_chart`.
        names: As there.
        partial: Whether more leads are still to come.
        since: How many leads more each stage has than in the analyst's file, if that is known.
    """
    frame = stages[["stage", "leads", "share", "reached"]].assign(stage=list(names))
    frame.columns = pd.Index(["Stage", "Leads", "Share", "Reached"])
    formats = {"Share": as_share(partial=partial)}
    if since is not None:
        frame["Since file"] = pd.array([since.get(name) for name in stages["stage"]], dtype="Int64")
        formats["Since file"] = change
    table(frame, alt=_in_words(stages, names, partial=partial), formats=formats)


def filter_by_bar(order: Sequence[str]) -> None:
    """Take the clicked bar's stage into the filters; a second click on it takes it out.

    Args:
        order: The stages in the order of the bars.
    """
    points = st.session_state[_KEY]["selection"]["points"]
    places = [point["customdata"] for point in points if point.get("customdata") is not None]
    if places:
        clicked = tuple(order[int(place)] for place in places)
        choose(STAGE, () if session().filters.chosen(STAGE) == clicked else clicked)


def _in_words(stages: pd.DataFrame, names: Sequence[str], *, partial: bool) -> str:
    parts = [
        f"{name} {count(int(leads))} ({share(float(part), partial=partial)})"
        for name, leads, part in zip(names, stages["leads"], stages["share"].fillna(0), strict=True)
    ]
    total = int(stages["leads"].sum())
    return f"{counted(total, 'lead')} by stage: {'; '.join(parts)}."
