"""What is filtered, as chips that remove themselves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.scales import only_days
from lsq.analysis.text import BLANK
from lsq.analysis.words import decimal
from lsq.ui.escape import shown
from lsq.ui.facet_state import clear, reset
from lsq.ui.keys import column_key
from lsq.ui.state import session
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    from lsq.analysis.filters import Bound, Facet, Range
    from lsq.lookup.view import View

__all__ = ["filters_in_force", "range_said"]

_MINUS = "\N{MINUS SIGN}"


def filters_in_force(view: View) -> None:
    """Show what is filtered as chips that remove themselves; nothing when nothing is.

    A filter of a column that the leads do not have filters nothing and has no chip.
    """
    filters = session().filters
    chosen = [(each.column, _facet_said(view, each)) for each in filters.facets if each.chosen]
    ranges = [(each.column, _range_said(view, each)) for each in filters.ranges]
    said: dict[str, list[str]] = {}
    for column, text in (*chosen, *ranges):
        if column in view.frame:
            said.setdefault(column, []).append(text)
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="chips"):
        st.markdown(":gray[Filtered by]", width="content")
        for column, texts in said.items():
            st.button(
                f"{shown(view.label(column))}: {shown(' and '.join(texts), limit=60)}",
                key=f"chip_{column_key(view, column)}",
                icon=":material/close:",
                icon_position="right",
                on_click=clear,
                args=(column,),
            )
        st.button("Clear all", key="clear", type="tertiary", on_click=reset)


def _facet_said(view: View, facet: Facet) -> str:
    values = " or ".join(view.drawn(facet.column, value) for value in facet.chosen)
    return f"not {values}" if facet.excluded else values


def _range_said(view: View, wanted: Range) -> str:
    anywhere = wanted.column in view.frame and only_days(view.frame[wanted.column])
    return range_said(wanted, zone="" if anywhere else viewer_zone().key)


def range_said(wanted: Range, *, zone: str = "") -> str:
    """Say a range in words: `40–80`, `−5 to 3`, `from 1 Jun 2026`, `up to 80 or (blank)`.

    Args:
        wanted: Numbers or days.
        zone: The viewer's; days of another one name it. "" where they are the same in every zone.
    """
    low, high = _end_said(wanted.low), _end_said(wanted.high)
    days = [end for end in (wanted.low, wanted.high) if isinstance(end, date)]
    if low and high:
        signed = low.startswith(_MINUS) or high.startswith(_MINUS)
        between = " – " if days else " to " if signed else "–"
        ends = low if low == high else f"{low}{between}{high}"
    else:
        ends = (low and f"from {low}") or (high and f"up to {high}")
    if days and zone and wanted.zone != zone:
        ends = f"{ends} in {wanted.zone}"
    return " or ".join(filter(None, (ends, BLANK if wanted.blank else "")))


def _end_said(end: Bound) -> str:
    if end is None:
        return ""
    return f"{end.day} {end:%b %Y}" if isinstance(end, date) else decimal(end)
