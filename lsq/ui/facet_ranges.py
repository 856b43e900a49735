"""A range of the panel: least and greatest number, or first and last day, of a column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from lsq.analysis.columns import Kind
from lsq.analysis.facets import span
from lsq.analysis.scales import day_of, only_days
from lsq.analysis.text import BLANK
from lsq.analysis.words import decimal
from lsq.ui.escape import shown, spoken
from lsq.ui.facet_state import hold
from lsq.ui.facet_values import value_row
from lsq.ui.keys import column_key
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    from lsq.analysis.filters import Bound, Filters, Sieve
    from lsq.lookup.view import View

__all__ = ["range_of"]

WIDEST_SLIDER = 1000
"""Steps; beyond them a pixel would be more than one, and the ends are typed."""


def range_of(view: View, sieve: Sieve, column: str) -> None:
    """Draw a range in a closed expander.

    Args:
        view: Whose leads.
        sieve: The filters in force.
        column: A column of numbers or dates that has more than one.
    """
    key = column_key(view, column)
    with st.expander(shown(view.label(column)), key=f"range_{key}"):
        low, high = span(sieve.table, column)
        if view.kind(column) is Kind.DATE and column not in view.own:
            _days(sieve, column, low, high, key=key)
        elif low.is_integer() and high.is_integer() and high - low <= WIDEST_SLIDER:
            _slider(view, sieve, column, int(low), int(high))
        else:
            _numbers(sieve, column, low, high, key=key)
        blank = np.isnan(sieve.table.numbers(column))
        if blank.any():
            value_row(
                BLANK,
                int((blank & sieve.without(column)).sum()),
                key=f"blank_{key}",
                on=sieve.filters.range(column).blank,
                change=partial(_ask_blank, column),
            )


def _slider(view: View, sieve: Sieve, column: str, least: int, greatest: int) -> None:
    wanted = sieve.filters.range(column)
    low = least if wanted.low is None else _within(wanted.low, least, greatest)
    high = greatest if wanted.high is None else _within(wanted.high, least, greatest)
    key, label = f"slide_{column_key(view, column)}", spoken(view.label(column))
    hold(key, (int(low), int(high)), partial(_slide, column, (least, greatest)))
    st.slider(label, least, greatest, key=key, label_visibility="collapsed")


def _numbers(sieve: Sieve, column: str, least: float, greatest: float, *, key: str) -> None:
    wanted = sieve.filters.range(column)
    with st.container(horizontal=True):
        for name, end, hint in (("From", "low", least), ("To", "high", greatest)):
            of_end = f"{end}_{key}"
            bound = getattr(wanted, end)
            change = partial(_set_end, column, end, "UTC")
            hold(of_end, None if bound is None else float(bound), change)
            st.number_input(name, value=None, key=of_end, placeholder=decimal(hint))


def _days(sieve: Sieve, column: str, least: float, greatest: float, *, key: str) -> None:
    wanted = sieve.filters.range(column)
    given = [end for end in (wanted.low, wanted.high) if isinstance(end, date)]
    zone = wanted.zone if given else viewer_zone().key
    anywhere = only_days(sieve.table.frame[column])
    first, last = (day_of(end, "UTC" if anywhere else zone) for end in (least, greatest))
    with st.container(horizontal=True):
        for name, end in (("From", "low"), ("To", "high")):
            of_end = f"{end}_{key}"
            hold(of_end, getattr(wanted, end), partial(_set_end, column, end, zone))
            st.date_input(
                name,
                value=None,
                min_value=min([first, *given]),
                max_value=max([last, *given]),
                key=of_end,
                format="YYYY-MM-DD",
            )
    if not anywhere:
        st.caption(f"Days in {zone}")


def _within(number: Bound, least: int, greatest: int) -> int:
    return int(min(max(number, least), greatest))  # type: ignore[type-var,arg-type]


def _slide(
    column: str,
    whole: tuple[int, int],
    filters: Filters,
    _old: tuple[int, int],
    new: tuple[int, int],
) -> Filters:
    low, high = (None if end == limit else end for end, limit in zip(new, whole, strict=True))
    return filters.limit(replace(filters.range(column), low=low, high=high))


def _set_end(
    column: str,
    end: str,
    zone: str,
    filters: Filters,
    _old: object,
    new: float | date | None,
) -> Filters:
    wanted = replace(filters.range(column), zone=zone)
    return filters.limit(replace(wanted, low=new) if end == "low" else replace(wanted, high=new))


def _ask_blank(column: str, filters: Filters, _old: bool, new: bool) -> Filters:  # noqa: FBT001 - a widget's value
    return filters.limit(replace(filters.range(column), blank=new))
