"""What the charts share: one look, quick figures, the numbers in words, the same as a table."""

from __future__ import annotations

import html
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from pandas.api.types import is_numeric_dtype

from lsq.analysis.words import count, share
from lsq.sheets.names import unique_names
from lsq.ui.escape import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lsq.ui.palette import Palette

    Format = Callable[[Any], str]

__all__ = [
    "GREY",
    "LABEL_PX",
    "LINE_PX",
    "as_share",
    "as_table",
    "cells",
    "chart",
    "figure",
    "labels",
    "names_axis",
    "table",
    "tick",
    "top_axis",
]

LINE_PX = 36
"""Height of a line of a chart that has its names at the left."""

LABEL_PX = 48
"""Room beside a chart for a figure that begins at its edge."""

GREY = "rgba(128,144,160,.16)"
_TICK_LETTERS = 22
_CELL_TEXT_PX = 12
_PLAIN: Mapping[str, Format] = MappingProxyType({})


def figure(traces: Sequence[Mapping[str, Any]], colours: Palette, **layout: object) -> go.Figure:
    """Make a figure of plain mappings in the one look of all charts.

    Plotly takes ten milliseconds to look through a figure like ours for mistakes. The tests have
    it done; the pages do without.

    Args:
        traces: As Plotly wants them; every text in them escaped, for Plotly reads HTML.
        colours: The colours of the theme.
        layout: What differs from the common look.
    """
    font = {"size": 13, "color": colours.ink, "family": "Source Sans, sans-serif"}
    common = {
        "template": {},
        "margin": {"l": 0, "r": 8, "t": 4, "b": 0},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hoverlabel": {"font": font, "bgcolor": colours.page, "bordercolor": colours.other},
    }
    return go.Figure(data=list(traces), layout=common | layout, _validate=False)


def names_axis(names: Iterable[str]) -> dict[str, Any]:
    """Return the axis that names the lines of a chart, the first on top."""
    axis = _axis([tick(name) for name in names])
    return axis | {"range": axis["range"][::-1], "ticklabelstandoff": 8}


def top_axis(texts: Sequence[str], *, angles: Sequence[int]) -> dict[str, Any]:
    """Return the axis that names the columns of a chart of `cells`.

    Args:
        texts: A name for each column, escaped.
        angles: How they may stand in degrees; the first at which they do not touch is taken.
    """
    return _axis(texts) | {
        "side": "top",
        "autotickangles": list(angles),
        "tickfont": {"size": _CELL_TEXT_PX},
        # Names that stand upright end at the very edge: a title of nothing keeps them off it.
        "title": {"text": "\N{NO-BREAK SPACE}", "font": {"size": 4}, "standoff": 0},
    }


def _axis(texts: Sequence[str]) -> dict[str, Any]:
    return {
        "tickvals": list(range(len(texts))),
        "ticktext": list(texts),
        "range": [-0.5, len(texts) - 0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "automargin": True,
    }


def cells(  # noqa: PLR0913 - all that is said in a cell
    places: Sequence[tuple[int, int]],
    *,
    colours: Palette,
    tints: Sequence[str],
    texts: Sequence[str],
    told: Sequence[str],
    numbers: Sequence[object],
    others: float = 1.0,
) -> dict[str, object]:
    """Return a trace of cells that can be clicked: bars without gaps, for a heat map cannot.

    Args:
        places: The row and the column of each.
        colours: Of the theme.
        tints: What each is filled with.
        texts: What stands in each.
        told: What the pointer learns of each; escaped, because Plotly reads HTML.
        numbers: The `customdata` of each, from which a click learns what was clicked.
        others: The opacity of the others while some are selected.
    """
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row for row, _ in places],
        "base": [column - 0.5 for _, column in places],
        "x": [1] * len(places),
        "width": 1,
        "customdata": list(numbers),
        "text": list(texts),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"color": colours.ink, "size": _CELL_TEXT_PX},
        "hovertext": list(told),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": list(tints), "line": {"width": 2, "color": colours.page}},
        "unselected": {"marker": {"opacity": others}},
    }


def tick(name: str, *, letters: int = _TICK_LETTERS) -> str:
    """Write a name beside an axis: escaped, and short enough to leave room for the figures."""
    short = name if len(name) <= letters else f"{name[: letters - 1]}…"
    return html.escape(short)


def labels(x: Sequence[float], y: Sequence[int], texts: Sequence[str]) -> dict[str, object]:
    """Return a trace of texts that begin at points and may stand beyond the edge."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": texts,
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def chart(
    drawn: go.Figure, *, key: str, alt: str, on_click: Callable[[], None] | None = None
) -> None:
    """Draw a figure.

    Args:
        drawn: The figure.
        key: Its key on the page.
        alt: The same in words.
        on_click: Called when a point of it is clicked; it finds the point in the session state.
    """
    st.plotly_chart(
        drawn,
        key=key,
        theme=None,
        on_select=on_click or "ignore",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=alt,
    )


def table(frame: pd.DataFrame, *, alt: str, formats: Mapping[str, Format] = _PLAIN) -> None:
    """Draw the figures of a chart as a table: text escaped, whole numbers in threes.

    Args:
        frame: What to show, under the names to show.
        alt: The same in words.
        formats: How to write the numbers of columns that are no plain counts, by name.
    """
    numbers = [is_numeric_dtype(dtype) for dtype in frame.dtypes]
    names = unique_names(map(shown, frame.columns))
    columns = zip(names, numbers, frame.columns, range(len(names)), strict=True)
    drawn: dict[str, object] = {}
    written: dict[Any, Any] = {}
    for name, numeric, given, place in columns:
        values = frame.iloc[:, place]
        drawn[name] = values if numeric else [shown(value) for value in values]
        if numeric:
            written[name] = formats.get(str(given), count)
    styled = pd.DataFrame(drawn).style.format(written, na_rep="")
    st.table(styled, hide_index=True, border="horizontal", alt=alt)


def as_table(
    build: Callable[[], pd.DataFrame],
    *,
    key: str,
    alt: str,
    formats: Mapping[str, Format] = _PLAIN,
) -> None:
    """Offer the figures of a chart as a table, made only when it is opened; see `table`."""
    box = st.expander("As a table", key=key, type="compact", on_change="rerun")
    if box.open:
        with box:
            table(build(), alt=alt, formats=formats)


def as_share(*, partial: bool, places: int = 1) -> Format:
    """Return what writes a share of 1 in a table.

    Args:
        partial: Whether more leads are still to come.
        places: Digits after the point.
    """
    # A cell is Markdown, where ">" in front makes a quotation.
    return lambda part: share(float(part), places=places, partial=partial).replace(">", "\\>")
