"""The stage chart: bars in business order, and behind them who reached at least the stage."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
import streamlit as st

from lsq.analysis.stages import STAGE, StageRole
from lsq.analysis.words import count, counted, share
from lsq.ui.escape import shown
from lsq.ui.facets import choose
from lsq.ui.palette import Palette, palette, stage_colours
from lsq.ui.state import session

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["stage_chart", "stage_table"]

BAR_PX = 36
GREY = "rgba(128,144,160,.16)"


def stage_chart(stages: pd.DataFrame, *, partial: bool) -> None:
    """Draw the bars; a click on one filters every result page by its stage.

    Args:
        stages: As `analysis.stages.stage_counts` returns them.
        partial: Whether more leads are still to come.
    """
    st.plotly_chart(
        stage_figure(stages, palette(), partial=partial),
        key="stage_chart",
        theme=None,
        on_select=_filter_by_click,
        selection_mode="points",
        config={"displayModeBar": False},
        alt=_in_words(stages),
    )


def stage_figure(stages: pd.DataFrame, colours: Palette, *, partial: bool) -> go.Figure:
    """Build the figure; every name in it is escaped, because Plotly reads HTML in labels."""
    names = [html.escape(name) for name in stages["stage"]]
    leads = stages["leads"].astype("int64").tolist()
    reached = stages["reached"].fillna(0).astype("int64").tolist()
    labels = [
        f" <b>{count(number)}</b>  {share(float(part), partial=partial)}"
        for number, part in zip(leads, stages["share"].fillna(0), strict=True)
    ]
    hatched = ["/" if role == StageRole.UNLISTED else "" for role in stages["role"]]
    rows = list(range(len(names)))
    behind = go.Bar(
        y=rows, x=reached, orientation="h", width=0.78, marker={"color": GREY}, hoverinfo="skip"
    )
    front = go.Bar(
        y=rows,
        x=leads,
        orientation="h",
        width=0.58,
        text=labels,
        textposition="outside",
        cliponaxis=False,
        customdata=stages["stage"].tolist(),
        hoverinfo="none",  # no label either, but unlike "skip" it leaves the bar clickable
        marker={
            "color": stage_colours(stages, colours),
            "pattern": {"shape": hatched, "fgcolor": colours.ink, "size": 5},
        },
        unselected={"marker": {"opacity": 0.35}},
    )
    figure = go.Figure([behind, front])
    figure.update_layout(
        **_layout(colours, names, widest=max([1, *reached, *(1.18 * number for number in leads)]))
    )
    return figure


def stage_table(stages: pd.DataFrame, *, partial: bool) -> None:
    """Draw the same figures as a table, in the same order."""
    frame = stages[["stage", "leads", "share", "reached"]].copy()
    frame["stage"] = [shown(name) for name in frame["stage"]]
    frame.columns = ["Stage", "Leads", "Share", "Reached"]

    def partial_share(part: Any) -> str:  # noqa: ANN401 - the styler hands over any cell
        return share(float(part), partial=partial)

    styled = frame.style.format(
        {"Leads": "{:,}", "Share": partial_share, "Reached": "{:,}"}, na_rep=""
    )
    st.table(styled, hide_index=True, border="horizontal", alt=_in_words(stages))


def _layout(colours: Palette, names: list[str], *, widest: float) -> dict[str, object]:
    return {
        "barmode": "overlay",
        "height": BAR_PX * max(1, len(names)) + 24,
        "margin": {"l": 0, "r": 8, "t": 4, "b": 0},
        "showlegend": False,
        "dragmode": False,
        "clickmode": "event+select",
        "barcornerradius": 3,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 13, "color": colours.ink, "family": "Source Sans, sans-serif"},
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, widest * 1.12]},
        "yaxis": {
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "autorange": "reversed",
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
            "ticklabelstandoff": 8,
            "automargin": True,
        },
    }


def _filter_by_click() -> None:
    """Take the clicked bar's stage into the filters; a second click on it takes it out."""
    points = st.session_state["stage_chart"]["selection"]["points"]
    names = [str(point["customdata"]) for point in points if point.get("customdata")]
    if names:
        chosen = session().filters.chosen(STAGE)
        choose(STAGE, () if chosen == tuple(names) else names)


def _in_words(stages: pd.DataFrame) -> str:
    parts = [
        f"{name} {count(int(leads))} ({share(float(part))})"
        for name, leads, part in zip(
            stages["stage"], stages["leads"], stages["share"].fillna(0), strict=True
        )
    ]
    total = int(stages["leads"].sum())
    return f"{counted(total, 'lead')} by stage: {'; '.join(parts)}."
