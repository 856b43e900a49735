"""The filters in the sidebar: values with live counts, and ranges, shared by the result pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.facets import Offer, offer
from lsq.analysis.filters import Filters, Sieve
from lsq.analysis.masks import masked_text
from lsq.ui.column_labels import column_labels
from lsq.ui.facet_chips import filters_in_force
from lsq.ui.facet_ranges import range_of
from lsq.ui.facet_state import choose, reset, take_up
from lsq.ui.facet_values import facet
from lsq.ui.links import take_up_link, write_link
from lsq.ui.masking import mask_switch
from lsq.ui.state import session

if TYPE_CHECKING:
    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["choose", "filtered", "filters_in_force", "offer_of"]

MOST_FACETS = 6
"""More are drawn only when asked for: a panel is no list of all columns."""


def filtered(view: View) -> Flags:
    """Draw the filters in the sidebar and return which rows of `view.frame` they keep."""
    take_up_link(view)
    filters = take_up()
    sieve, offered = Sieve(view.indexed, filters), offer_of(view)
    with st.sidebar:
        _head(filters)
        panel = st.container()
        asked = _more_filters(view, offered)
        with panel:
            _facets_and_ranges(view, sieve, {*_likely(offered), *asked, *filters.columns})
        mask_switch()
    write_link(view)
    return sieve.kept


def _head(filters: Filters) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Filters**", width="content")
        st.space("stretch")
        st.button(
            "Reset",
            key="reset",
            type="tertiary",
            icon=":material/restart_alt:",
            disabled=filters == Filters(),
            on_click=reset,
        )


def offer_of(view: View) -> Offer:
    """Return what the columns offer; asked once for each table."""
    panel = session().panel
    if panel.offered is None or panel.offered[0] is not view.indexed:
        masking = view.lookup.masking
        offered = offer(
            view.indexed,
            kind=view.kind,
            own=view.own,
            private=lambda column: masking.of(column) is not masked_text,
        )
        panel.offered = (view.indexed, offered)
    return panel.offered[1]


def _facets_and_ranges(view: View, sieve: Sieve, wanted: set[str]) -> None:
    offered = offer_of(view)
    for column in (*offered.facets, *offered.more_facets):
        if column in wanted:
            facet(view, sieve, column)
    for column in (*offered.ranges, *offered.more_ranges):
        if column in wanted:
            range_of(view, sieve, column)


def _likely(offered: Offer) -> tuple[str, ...]:
    """Return the columns that stand in the panel unasked."""
    return (*offered.facets[:MOST_FACETS], *offered.ranges)


def _more_filters(view: View, offered: Offer) -> list[str]:
    """Draw the list of all other columns, and return those that were asked for."""
    every = (*offered.facets, *offered.more_facets, *offered.ranges, *offered.more_ranges)
    rest = [column for column in every if column not in _likely(offered)]
    if not rest:
        return []
    names = column_labels(view, rest)
    with st.popover("More filters", type="tertiary", icon=":material/add:"):
        return st.multiselect(
            "Further columns to filter by",
            rest,
            format_func=lambda column: names.get(column, column),
            key="more_filters",
            placeholder="Choose columns",
            select_all=False,
            persist_state="session",
        )
