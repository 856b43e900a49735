"""Stages by owner, source, the analyst's own columns, any other of few values, or age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.ages import age_bands, band_days
from lsq.analysis.breakdowns import cross
from lsq.analysis.drift import MOVEMENT
from lsq.analysis.filters import Range
from lsq.analysis.schema import CREATED
from lsq.analysis.stages import STAGE
from lsq.analysis.words import count
from lsq.sheets.names import unique_names
from lsq.ui.charts.heat import Heat, Measure, heat_chart
from lsq.ui.escape import shown
from lsq.ui.facet_state import take_up
from lsq.ui.facets import offer_of
from lsq.ui.screen import part
from lsq.ui.state import session
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from lsq.analysis.breakdowns import Cross
    from lsq.analysis.filters import Filters
    from lsq.analysis.values import Flags, Values
    from lsq.lookup.view import View

__all__ = ["Cells", "filter_by_cell", "stage_by"]

_CHART = "stage_by_chart"
_COLUMNS = 8
_SEGMENTS = 5
_MORE = "\N{HORIZONTAL ELLIPSIS}"  # the name of no column that came back, nor of one of the sheet's


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What a click on a cell has to know.

    Attributes:
        found: The leads of each cell.
        column: Whose values the columns are.
        values: All its values; of `CREATED`, its bands of ages.
        today: The day from which ages are counted back.
        zone: Where days begin.
    """

    found: Cross
    column: str
    values: Values
    today: date
    zone: ZoneInfo


@part()
def stage_by(view: View, kept: Flags, drawn_for: Filters) -> None:
    """Draw the heat table under its two controls; a click on a cell filters every result page.

    Args:
        view: Whose leads.
        kept: Which of them the filters leave.
        drawn_for: Those filters. A click on a cell changes them, and then the whole page follows.
    """
    if session().filters != drawn_for:
        st.rerun()
    segments, rest = _offered(view)
    if not segments:
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Stage by", anchor=False, width="content")
            column = _column(view, segments, rest)
            label = "age" if column == CREATED else view.small_label(column)
            st.space("stretch")
            measure = _measure(label)
        cells = _cells(view, kept, column)
        found = cells.found
        names = [view.drawn(column, name) for name in found.names]
        stages = [view.drawn(STAGE, name) for name in found.stages]
        if found.others:
            names.append(f"{count(len(found.others))} others")
        partial_too = bool(view.lookup.fetched.not_asked)
        heat = Heat(found, stages, names, measure, label, partial=partial_too)
        heat_chart(heat, key=_CHART, on_click=partial(filter_by_cell, cells))


def _cells(view: View, kept: Flags, column: str) -> Cells:
    zone = viewer_zone()
    today = datetime.fromtimestamp(view.lookup.finished_at, tz=zone).date()
    if column == CREATED:
        values, top = age_bands(view.frame[CREATED], today=today, zone=zone), None
    else:
        values, top = view.indexed.values(column), _COLUMNS
    order = [stage.name for stage in view.order]
    found = cross(view.indexed, kept, order=order, by=values, top=top)
    return Cells(found, column, values, today, zone)


def _offered(view: View) -> tuple[list[str], list[str]]:
    """Return the columns to choose from: those that are segments, and those behind "More".

    The days of `CREATED` are no values to compare with; it stands for the age.
    """
    offer = offer_of(view)
    likely = [name for name in offer.facets if name not in {STAGE, MOVEMENT}]
    others = [*(name for name in offer.facets if name == MOVEMENT), *offer.more_facets]
    columns = [*likely, *others] or list(offer.groups)
    every = dict.fromkeys([*columns, *offer.groups])
    ages = [CREATED] if CREATED in view.frame else []
    fit = len(columns) <= _SEGMENTS
    shown_first = columns if fit else (likely or columns)[: _SEGMENTS - 1]
    return [*shown_first, *ages], [name for name in every if name not in shown_first]


def _column(view: View, segments: Sequence[str], rest: Sequence[str]) -> str:
    """Draw the columns to choose from and return the one chosen."""
    if not rest:
        return _choice(view, segments)
    chosen = _choice(view, [*segments, _MORE])
    if chosen != _MORE:
        return chosen
    names = _labels(view, rest)
    found: str = st.selectbox(
        "Another column",
        rest,
        key=_kept_to("stage_by_more", rest),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=220,
    )
    return found


def _choice(view: View, options: Sequence[str]) -> str:
    names = {name: shown(label, limit=24) for name, label in _labels(view, options).items()}
    chosen: str = st.segmented_control(
        "Stage by",
        options,
        key=_kept_to("stage_by", options),
        default=options[0],
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    return chosen


def _measure(label: str) -> Measure:
    names = {
        Measure.LEADS: "Leads",
        Measure.OF_COLUMN: f"% of {shown(label, limit=20)}",
        Measure.OF_STAGE: "% of stage",
    }
    chosen: Measure = st.segmented_control(
        "What the cells say",
        list(Measure),
        key="stage_by_measure",
        default=Measure.OF_COLUMN,
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    return Measure(chosen)


def _labels(view: View, columns: Sequence[str]) -> dict[str, str]:
    """Name each column, no two the same."""
    words = {CREATED: "Age", _MORE: "More"}
    labels = unique_names(words.get(name) or view.label(name) for name in columns)
    return dict(zip(columns, labels, strict=True))


def _kept_to(key: str, options: Sequence[str]) -> str:
    """Forget what a control holds if it is not to be chosen any more, as in another sheet."""
    if st.session_state.get(key, options[0]) not in options:
        del st.session_state[key]
    return key


def filter_by_cell(cells: Cells) -> None:
    """Take a clicked cell's stage and value into the filters; a second click takes both out."""
    points = st.session_state[_CHART]["selection"]["points"]
    row, place = map(int, points[0]["customdata"]) if points else (-1, -1)
    found, column = cells.found, cells.column
    if not points or not found.leads[row, place]:
        return
    filters = take_up()
    wanted = filters.choose(STAGE, [found.stages[row]])
    if column == CREATED:
        wanted = wanted.limit(_band(cells, found.names[place]))
    else:
        wanted = wanted.choose(column, found.names[place : place + 1] or found.others)
    session().filters = filters.without(STAGE).without(column) if wanted == filters else wanted


def _band(cells: Cells, name: str) -> Range:
    """Return the range that lets exactly the leads of a band of ages stay."""
    days = band_days(cells.values.names.index(name), today=cells.today)
    if days is None:
        return Range(CREATED, blank=True)
    return Range(CREATED, *days, zone=cells.zone.key)
