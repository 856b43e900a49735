"""One facet of the panel: the values of a column with their counts, and what else it can do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.drift import MOVEMENT, Movement
from lsq.analysis.facets import Sorting, counted, tab_separated
from lsq.analysis.stages import STAGE
from lsq.analysis.words import count
from lsq.sheets.names import unique_names
from lsq.ui.escape import shown, spoken
from lsq.ui.facet_state import hold, invert
from lsq.ui.keys import column_key, digest

if TYPE_CHECKING:
    from lsq.analysis.filters import Filters, Sieve
    from lsq.lookup.view import View
    from lsq.ui.panel import Change

    Counts = list[tuple[str, int]]

__all__ = ["facet", "value_row"]

SHOWN_VALUES = 9
_UNSHOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a value of control characters alone: a widget has to be called something."""


def facet(view: View, sieve: Sieve, column: str) -> None:
    """Draw a facet: its name, nine values to tick, the others behind `more`.

    Args:
        view: Whose leads.
        sieve: The filters in force.
        column: The column of the facet.
    """
    chosen, key = sieve.filters.facet(column), column_key(view, column)
    with st.container(gap=None, key=f"facet_{key}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            excluded = "  :small[:orange[excluded]]" if chosen.excluded else ""
            st.markdown(f"**{shown(view.label(column))}**{excluded}", width="content")
            st.space("stretch")
            # Its name is read aloud; what is seen of it is "⋯", see `ui.style`.
            name = f"Menu of {spoken(view.label(column), limit=40)}"
            menu = st.popover(name, type="tertiary", key=f"menu_{key}", on_change="rerun")
        by = Sorting(st.session_state.get(f"sort_{key}") or Sorting.ORDER)
        counts = counted(sieve, column, by=by, order=_business_order(view, column))
        if menu.open:  # drawn unseen, the menus would be a fifth of every page
            with menu:
                _menu(view, column, counts, excluded=chosen.excluded)
        for value, leads in counts[:SHOWN_VALUES]:
            value_row(
                spoken(view.drawn(column, value), limit=40) or _UNSHOWN,
                leads,
                key=f"value_{digest(column, value)}",
                on=value in chosen.chosen,
                change=partial(_tick, column, value),
            )
        if rest := [value for value, _ in counts[SHOWN_VALUES:]]:
            _more(view, column, rest, chosen.chosen)


def value_row(label: str, leads: int, *, key: str, on: bool, change: Change) -> None:
    """Draw a value to tick with its count.

    Args:
        label: Its name, made safe for a widget's label.
        leads: How many leads have it.
        key: The widget's key.
        on: Whether it is ticked.
        change: What a tick does to the filters, see `ui.panel.Drawn`.
    """
    with st.container(horizontal=True, gap=None, vertical_alignment="center"):
        hold(key, on, change)
        st.checkbox(label, key=key, width="stretch")
        st.markdown(f":small[:gray[{count(leads)}]]", width="content", text_alignment="right")


def _menu(view: View, column: str, counts: Counts, *, excluded: bool) -> None:
    key = column_key(view, column)
    st.segmented_control(
        "Sort by",
        [each.value for each in Sorting],
        default=Sorting.ORDER.value,
        required=True,
        key=f"sort_{key}",
        persist_state="session",
    )
    hold(f"exclude_{key}", excluded, partial(_exclude, column))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.toggle("Exclude", key=f"exclude_{key}")
        st.space("stretch")
        st.button(
            "Invert",
            key=f"invert_{key}",
            on_click=invert,
            args=(column, [value for value, _ in counts]),
        )
    drawn = [(view.drawn(column, value), leads) for value, leads in counts]
    st.caption("Counts, to copy")
    st.code(tab_separated(view.label(column), drawn), language=None)


def _more(view: View, column: str, rest: list[str], chosen: tuple[str, ...]) -> None:
    drawn = unique_names([view.drawn(column, value) for value in rest])
    names = dict(zip(rest, drawn, strict=True))
    key = f"more_{column_key(view, column)}"
    hold(key, [value for value in rest if value in chosen], partial(_take, column))
    with st.popover(f"{count(len(rest))} more", type="tertiary"):
        st.multiselect(
            f"More values of {spoken(view.label(column))}",
            rest,
            format_func=lambda value: names.get(value, value),
            key=key,
        )


def _business_order(view: View, column: str) -> list[str]:
    if column == MOVEMENT:
        return list(Movement)
    return [stage.name for stage in view.order] if column == STAGE else []


def _tick(column: str, value: str, filters: Filters, _old: bool, new: bool) -> Filters:  # noqa: FBT001 - a widget's value
    return filters.tick(column, (value,), on=new)


def _exclude(column: str, filters: Filters, _old: bool, new: bool) -> Filters:  # noqa: FBT001 - a widget's value
    return filters.exclude(column, on=new)


def _take(column: str, filters: Filters, old: list[str], new: list[str]) -> Filters:
    gone = [value for value in old if value not in new]
    return filters.tick(column, gone, on=False).tick(column, new, on=True)
