"""Days since something happened to the leads of each stage: the median and the middle half."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lsq.analysis.words import count, counted
from lsq.ui.charts.figure import (
    GREY,
    LABEL_PX,
    LINE_PX,
    as_share,
    as_table,
    chart,
    figure,
    labels,
    names_axis,
)
from lsq.ui.palette import Palette, palette, stage_colours

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["age_chart", "age_figure"]

_KEY = "age_chart"


def age_chart(ages: pd.DataFrame, stages: pd.DataFrame, *, since: str, partial: bool) -> None:
    """Draw a mark for the median of each stage before its middle half, and offer the table.

    Args:
        ages: As `analysis.ages.ageing` returns them.
        stages: The same stages as `analysis.stages.stage_counts` returns them.
        since: Since what: "last activity".
        partial: Whether more leads are still to come.
    """
    alt = _in_words(ages, since)
    chart(age_figure(ages, stages, palette(), partial=partial), key=_KEY, alt=alt)
    parted = as_share(partial=partial, places=0)
    formats = {"Over 30 d": parted, "Over 90 d": parted}
    as_table(lambda: _frame(ages), key=f"{_KEY}_table", alt=alt, formats=formats)


def age_figure(
    ages: pd.DataFrame, stages: pd.DataFrame, colours: Palette, *, partial: bool
) -> go.Figure:
    """Build the figure; see `age_chart`."""
    traces, widest = _traces(ages, stage_colours(stages, colours), colours.page, partial=partial)
    return figure(
        traces,
        colours,
        barmode="overlay",
        barcornerradius=3,
        height=LINE_PX * max(1, len(ages)) + 24,
        margin={"l": 0, "r": LABEL_PX, "t": 4, "b": 20},
        xaxis={
            "range": [-0.03 * widest, widest * 1.03],
            "fixedrange": True,
            "gridcolor": GREY,
            "zeroline": False,
            "ticks": "",
            "nticks": 4,
            "tickangle": 0,
            "tickformat": ",d",
            "ticksuffix": " d",
        },
        yaxis=names_axis(ages["stage"]),
    )


def _traces(
    ages: pd.DataFrame, every_colour: list[str], page: str, *, partial: bool
) -> tuple[list[dict[str, object]], int]:
    """Return the middle halves, the medians and their labels; and the days of the longest."""
    about = "~" if partial else ""
    rows = [row for row, leads in enumerate(ages["leads"]) if leads]
    low, medians, high = (
        [int(days[row]) for row in rows]
        for days in (ages[name].tolist() for name in ("low", "median", "high"))
    )
    middle = {
        "type": "bar",
        "orientation": "h",
        "y": rows,
        "base": low,
        "x": [end - start for start, end in zip(low, high, strict=True)],
        "width": 0.5,
        "hoverinfo": "skip",
        "marker": {"color": GREY},
    }
    marks = {
        "type": "scatter",
        "mode": "markers",
        "y": rows,
        "x": medians,
        "cliponaxis": False,
        "hoverinfo": "skip",
        "marker": {
            "size": 11,
            "color": [every_colour[row] for row in rows],
            "line": {"width": 1.5, "color": page},
        },
    }
    ends = [max(pair) for pair in zip(medians, high, strict=True)]
    texts = [f"   <b>{about}{count(days)}</b>" for days in medians]
    return [middle, marks, labels(ends, rows, texts)], max([1, *high])


def _frame(ages: pd.DataFrame) -> pd.DataFrame:
    middle = [
        "" if pd.isna(low) else f"{count(int(low))}\N{EN DASH}{count(int(high))}"
        for low, high in zip(ages["low"], ages["high"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Stage": ages["stage"],
            "Leads": ages["leads"] + ages["undated"],
            "No date": ages["undated"],
            "Median": ages["median"].astype("Int64"),
            "Middle half": pd.Series(middle, dtype="str"),
            "Over 30 d": ages["over_30"],
            "Over 90 d": ages["over_90"],
        }
    )


def _in_words(ages: pd.DataFrame, since: str) -> str:
    columns = (ages[name] for name in ("stage", "median", "leads", "undated"))
    parts = []
    for stage, days, dated, undated in zip(*columns, strict=True):
        median = "no dates" if pd.isna(days) else counted(int(days), "day")
        of = f" ({count(undated)} of {counted(dated + undated, 'lead')} without a date)"
        if dated or undated:
            parts.append(f"{stage} {median}{of if undated else ''}")
    return f"Median of the days since {since} by stage: {'; '.join(parts) or 'no dates'}."
