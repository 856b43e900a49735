"""The cards of Stages: where the leads are now, how old they are, and what is filled in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st
from pandas.api.types import is_datetime64_any_dtype

from lsq.analysis.ages import ageing, weekly
from lsq.analysis.breakdowns import fill
from lsq.analysis.drift import MOVEMENT, SINCE
from lsq.analysis.schema import ACTIVITY, CREATED, ID
from lsq.analysis.stages import STAGE
from lsq.analysis.words import counted
from lsq.lookup.run import ROW
from lsq.ui.charts.ageing import age_chart
from lsq.ui.charts.filled import fill_chart
from lsq.ui.charts.stage_bars import stage_chart, stage_table
from lsq.ui.charts.weeks import week_chart
from lsq.ui.results import card_heading
from lsq.ui.stage_order import order_sentence, stage_order_popover
from lsq.ui.stage_tiles import since_file
from lsq.ui.zone import viewer_zone, zone_label

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["more_cards", "now_cards"]

_NOT_FILLED_IN = frozenset({ROW, SINCE, MOVEMENT, ID})
_CARD_PX = 290
_SINCE = {ACTIVITY: "last activity", CREATED: "created"}


def now_cards(view: View, kept: Flags, stages: pd.DataFrame) -> None:
    """Draw the stage chart, and beside it the same as a table.

    Args:
        view: Whose leads.
        kept: Which of them the filters leave.
        stages: Those as `analysis.stages.stage_counts` returns them.
    """
    names = _drawn(view, stages)
    chart, table = st.columns([3, 2], gap="medium")
    with chart.container(border=True, height="stretch"):
        card_heading(
            "Where the leads are now",
            "Bar: leads in the stage. Grey behind it: reached at least this stage. "
            "Click a bar to filter everywhere.",
        )
        stage_chart(stages, names, partial=_partial(view))
    with table.container(border=True, height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("The same as a table", anchor=False, width="content")
            st.space("stretch")
            stage_order_popover(view)
        st.caption(order_sentence(view))
        stage_table(stages, names, partial=_partial(view), since=since_file(view, kept))


def more_cards(view: View, kept: Flags, stages: pd.DataFrame) -> None:
    """Draw the cards of ages and columns, as far as there are dates; see `now_cards`."""
    dated = [name for name in _SINCE if _has_dates(view, name)]
    cards: list[Callable[[], None]] = [partial(_filled, view, kept)]
    if dated:
        cards.insert(0, partial(_ages, view, kept, stages, dated))
    if CREATED in dated:
        cards.insert(0, partial(_weeks, view, kept))
    with st.grid(columns=len(cards), min_column_width=_CARD_PX, gap="medium"):
        for draw in cards:
            with st.container(border=True, height="stretch"):
                draw()


def _weeks(view: View, kept: Flags) -> None:
    zone = viewer_zone()
    weeks = weekly(view.frame[CREATED], kept, zone=zone)
    undated = int(kept.sum() - weeks["leads"].sum())
    days = f"Monday to Sunday in {zone_label(zone)}."
    card_heading("Created per week", f"{days}{_without_a_date(undated)}")
    if len(weeks):
        week_chart(weeks)


def _ages(view: View, kept: Flags, stages: pd.DataFrame, columns: list[str]) -> None:
    head, column = st.container(), columns[0]
    if len(columns) > 1:
        column = st.segmented_control(
            "Days since",
            columns,
            key="age_since",
            default=columns[0],
            required=True,
            format_func=lambda name: f"Since {_SINCE[name]}",
            label_visibility="collapsed",
        )
    ages = ageing(
        view.indexed,
        kept,
        order=stages["stage"].tolist(),
        dates=column,
        now_s=view.lookup.finished_at,
    )
    with head:
        card_heading(
            "How long ago, by stage",
            "Mark and number: the median in days. Grey: the middle half of the leads."
            f"{_without_a_date(int(ages['undated'].sum()))}",
        )
    ages["stage"] = _drawn(view, stages)
    age_chart(ages, stages, since=_SINCE[column], partial=_partial(view))


def _without_a_date(leads: int) -> str:
    return f" {counted(leads, 'lead')} without a date." if leads else ""


def _filled(view: View, kept: Flags) -> None:
    card_heading(
        "Filled in, by column", "Leads that have a value there, the emptiest column first."
    )
    names = [name for name in map(str, view.frame) if name not in _NOT_FILLED_IN]
    filled = fill(view.indexed, kept, names)
    filled["column"] = [view.label(name) for name in names]
    fill_chart(filled, partial=_partial(view))


def _drawn(view: View, stages: pd.DataFrame) -> list[str]:
    """Return the names of stages as they may be drawn."""
    return [view.drawn(STAGE, name) for name in stages["stage"]]


def _has_dates(view: View, column: str) -> bool:
    return column in view.frame and is_datetime64_any_dtype(view.frame[column].dtype)


def _partial(view: View) -> bool:
    """Tell whether more leads are still to come."""
    return bool(view.lookup.fetched.not_asked)
