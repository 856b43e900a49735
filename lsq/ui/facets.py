"""The filters in the sidebar: values with live counts, shared by the result pages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.columns import label
from lsq.analysis.filters import Filters, apply, facet_columns, facet_counts
from lsq.analysis.stages import STAGE
from lsq.analysis.words import count
from lsq.ui.escape import shown
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["filtered", "filters_in_force"]

SHOWN_VALUES = 9
MOST_FACETS = 6


def filtered(view: View) -> Flags:
    """Draw the filters in the sidebar and return which rows of `view.frame` they keep."""
    mine = session()
    _read_link()
    with st.sidebar:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**Filters**", width="content")
            st.space("stretch")
            st.button(
                "Reset",
                key="reset",
                type="tertiary",
                icon=":material/restart_alt:",
                disabled=not mine.filters,
                on_click=_reset,
            )
        for column in facet_columns(view.frame)[:MOST_FACETS]:
            _facet(view, column)
    _write_link()
    return apply(view.indexed, mine.filters)


def filters_in_force(view: View) -> None:
    """Show what is filtered as chips that remove themselves; nothing when nothing is.

    A filter of a column that the leads do not have filters nothing and has no chip.
    """
    facets = [facet for facet in session().filters.facets if facet.column in view.frame]
    if not facets:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="chips"):
        st.markdown(":gray[Filtered by]", width="content")
        for facet in facets:
            values = shown(" or ".join(facet.chosen), limit=60)
            st.button(
                f"{shown(view.label(facet.column))}: {values}",
                key=f"chip_{facet.column}",
                icon=":material/close:",
                icon_position="right",
                on_click=choose,
                args=(facet.column, ()),
            )
        st.button("Clear all", key="clear", type="tertiary", on_click=_reset)


def choose(column: str, values: Sequence[str]) -> None:
    """Filter a column by exactly these values, on every result page; none lets all rows stay."""
    mine = session()
    mine.filters = mine.filters.choose(column, values)


def _reset() -> None:
    session().filters = Filters()


def _facet(view: View, column: str) -> None:
    filters = session().filters
    order = [stage.name for stage in view.order] if column == STAGE else []
    counts = facet_counts(view.indexed, column, filters, order=order)
    values = list(zip(counts["value"], counts["leads"], strict=True))
    with st.container(gap=None):
        st.markdown(f"**{shown(view.label(column))}**")
        for value, leads in values[:SHOWN_VALUES]:
            _value(column, value, leads)
        if rest := [value for value, _ in values[SHOWN_VALUES:]]:
            _more(column, rest)


def _value(column: str, value: str, leads: int) -> None:
    key = f"facet_{hashlib.sha256(f'{column} {value}'.encode()).hexdigest()[:16]}"
    st.session_state[key] = value in session().filters.chosen(column)
    with st.container(horizontal=True, gap=None, vertical_alignment="center"):
        st.checkbox(
            shown(value, limit=40),
            key=key,
            width="stretch",
            on_change=_toggle,
            args=(column, value),
        )
        st.markdown(f":small[:gray[{count(leads)}]]", width="content")


def _more(column: str, rest: list[str]) -> None:
    key = f"more_{column}"
    st.session_state[key] = [v for v in session().filters.chosen(column) if v in rest]
    with st.popover(f"{count(len(rest))} more", type="tertiary"):
        st.multiselect(
            f"More values of {shown(label(column))}",
            rest,
            key=key,
            on_change=_take_more,
            args=(column, rest),
        )


def _toggle(column: str, value: str) -> None:
    chosen = list(session().filters.chosen(column))
    if value in chosen:
        chosen.remove(value)
    else:
        chosen.append(value)
    choose(column, chosen)


def _take_more(column: str, rest: list[str]) -> None:
    kept = [value for value in session().filters.chosen(column) if value not in rest]
    choose(column, [*kept, *st.session_state[f"more_{column}"]])


def _read_link() -> None:
    """Take up the filters of a link, once, when the session starts with one."""
    mine = session()
    if not mine.link_read:
        mine.link_read = True
        names = Filters().to_query().keys() | set(st.query_params)
        found = Filters.from_query({name: st.query_params.get_all(name) for name in names})
        if found:
            mine.filters = found


def _write_link() -> None:
    """Keep coded choices (stage, source) in the address, so that a link repeats the view."""
    wanted = session().filters.to_query()
    for name in ("stage", "source"):
        if name in wanted:
            st.query_params[name] = wanted[name]
        else:
            st.query_params.pop(name, None)
