"""Stages by another column: a cell for each pair, the darker the more leads stand in it."""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.words import count, counted, share
from lsq.ui.charts.figure import (
    as_share,
    as_table,
    cells,
    chart,
    figure,
    names_axis,
    tick,
    top_axis,
)
from lsq.ui.palette import Palette, palette

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    import plotly.graph_objects as go

    from lsq.analysis.breakdowns import Cross

__all__ = ["Heat", "Measure", "heat_chart", "heat_figure"]

_CELL_PX = 34
_HEAD_PX = 34
_WRAPPED_TO = 6  # columns; more are too narrow for two lines on a phone
_LINE_LETTERS = 14
_HEAD_LETTERS = 20
_ANGLES = (0, -90)


class Measure(StrEnum):
    """What the cells say."""

    LEADS = "leads"
    OF_COLUMN = "of column"
    OF_STAGE = "of stage"


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """A heat table as it is drawn.

    Attributes:
        found: The leads of each cell.
        stages: What stands beside each row, as it may be shown.
        names: What stands above each column, as it may be shown; the last may be the others.
        measure: What the cells say.
        label: What the columns are the values of, within a sentence: "owner".
        partial: Whether more leads are still to come.
    """

    found: Cross
    stages: Sequence[str]
    names: Sequence[str]
    measure: Measure
    label: str
    partial: bool = False

    def parts(self) -> npt.NDArray[np.float64]:
        """Return what each cell says, counts or shares, as numbers."""
        if self.measure is Measure.LEADS:
            return self.found.leads.astype(np.float64)
        of_stage = self.measure is Measure.OF_STAGE
        return self.found.of_stage() if of_stage else self.found.of_column()


def heat_chart(heat: Heat, *, key: str, on_click: Callable[[], None]) -> None:
    """Draw the cells and offer them as a table.

    Args:
        heat: What to draw.
        key: Its key on the page.
        on_click: Called when a cell is clicked, whose `customdata` says its row and its column.
    """
    alt = _in_words(heat)
    chart(heat_figure(heat, palette()), key=key, alt=alt, on_click=on_click)
    parted = as_share(partial=heat.partial)
    formats = {} if heat.measure is Measure.LEADS else dict.fromkeys(heat.names, parted)
    as_table(lambda: _frame(heat), key=f"{key}_table", alt=alt, formats=formats)


def heat_figure(heat: Heat, colours: Palette) -> go.Figure:
    """Build the figure; see `heat_chart`."""
    parts, (rows, columns) = heat.parts(), heat.found.leads.shape
    greatest = max(float(np.max(parts, initial=0)), 1e-9)
    places = [(row, column) for row in range(rows) for column in range(columns)]
    drawn = cells(
        places,
        colours=colours,
        tints=[colours.tint(colours.hue, float(parts[at]) / greatest) for at in places],
        texts=[_written(heat, parts[place]) for place in places],
        told=[_told(heat, *place) for place in places],
        numbers=[list(place) for place in places],
        others=0.35,
    )
    return figure(
        [drawn],
        colours,
        clickmode="event+select",
        barmode="overlay",
        height=_CELL_PX * max(1, rows) + _HEAD_PX,
        margin={"l": 0, "r": 0, "t": _HEAD_PX, "b": 0},
        xaxis=top_axis([_head(name, columns) for name in heat.names], angles=_ANGLES),
        yaxis=names_axis(heat.stages),
    )


def _head(name: str, columns: int) -> str:
    """Write what stands above a column, in two lines where there is room."""
    if columns > _WRAPPED_TO:
        return tick(name, letters=_HEAD_LETTERS)
    lines = textwrap.wrap(name, _LINE_LETTERS, max_lines=2, placeholder="…")
    return "<br>".join(html.escape(line) for line in lines)


def _written(heat: Heat, part: float) -> str:
    """Write a cell; one without leads stays empty."""
    if not part:
        return ""
    if heat.measure is Measure.LEADS:
        return count(int(part))
    return share(float(part), places=0, partial=heat.partial)


def _told(heat: Heat, row: int, column: int) -> str:
    """Say all of a cell, for the pointer; escaped, because Plotly reads HTML."""
    found, partial = heat.found, heat.partial
    of_column = share(float(found.of_column()[row, column]), partial=partial)
    of_stage = share(float(found.of_stage()[row, column]), partial=partial)
    lines = [
        f"<b>{html.escape(heat.stages[row])} · {html.escape(heat.names[column])}</b>",
        counted(int(found.leads[row, column]), "lead"),
        f"{of_column} of {html.escape(heat.label)}",
        f"{of_stage} of stage",
    ]
    return "<br>".join(lines)


def _frame(heat: Heat) -> pd.DataFrame:
    parts = heat.found.leads if heat.measure is Measure.LEADS else heat.parts()
    stages = pd.Series(list(heat.stages), dtype="str")
    frame = pd.concat([stages, pd.DataFrame(parts)], axis="columns")
    frame.columns = pd.Index(["Stage", *heat.names])
    return frame


def _in_words(heat: Heat) -> str:
    """Say how many leads each column has and where most of them stand."""
    found = heat.found
    said = [f"{counted(int(found.leads.sum()), 'lead')} by stage and {heat.label}."]
    shares = found.of_column()
    for place, name in enumerate(heat.names):
        most = int(np.argmax(found.leads[:, place]))
        part = share(float(shares[most, place]), places=0, partial=heat.partial)
        leads = counted(int(found.leads[:, place].sum()), "lead")
        said.append(f"{name}: {leads}, most in {heat.stages[most]} ({part}).")
    return " ".join(said)
