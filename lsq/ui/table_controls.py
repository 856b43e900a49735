"""What stands above the table: search, column sets, sorting, and the columns one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lsq.analysis.columns import Kind
from lsq.analysis.searching import holding
from lsq.lookup.run import ROW
from lsq.ui.column_labels import column_labels
from lsq.ui.escape import shown
from lsq.ui.state import session
from lsq.ui.table_look import ALL, SETS, Look, column_set, columns_of, offered

if TYPE_CHECKING:
    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["found", "searched", "table_controls"]

_TEXTS = (pd.StringDtype, pd.CategoricalDtype)
_UP, _DOWN = "Smallest first", "Greatest first"
_SHEET = "Order of your sheet"


def table_controls(view: View) -> tuple[str, Look]:
    """Draw the controls.

    Returns:
        What is searched for, and which columns are shown in which order.
    """
    look = session().look or Look()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text_input(
            "Search",
            key="search",
            type="search",
            live=True,
            placeholder="Search names, phones, ids …",
            label_visibility="collapsed",
            width=320,
        )
        _sets(view, look)
        st.space("stretch")
        _sorting(view, look)
        _columns(view, look)
    _write_address(view, look)
    return searched(), look


def searched() -> str:
    """Return what the table on this page is searched for; "" where there is no search."""
    return (st.session_state.get("search") or "").strip()


def found(view: View, needle: str) -> Flags:
    """Mark the rows that hold what is searched for, as they are drawn.

    Every text but links, the numbers of rows, and all of the analyst's own columns.
    """
    texts = [name for name in map(str, view.shown) if _is_searched(view, name)]
    phones = [name for name in texts if name not in view.own and view.kind(name) is Kind.PHONE]
    return holding(view.shown, needle, texts=texts, phones=phones, numbers=[ROW])


def _is_searched(view: View, name: str) -> bool:
    text = isinstance(view.shown[name].dtype, _TEXTS) and view.kind(name) is not Kind.LINK
    return text or name in view.own


def _sets(view: View, look: Look) -> None:
    columns = columns_of(view, look)
    same = (name for name in SETS if {*column_set(view, name)} == {*columns})
    st.session_state["shown_columns"] = next(same, None)
    st.segmented_control(
        "Columns shown",
        SETS,
        key="shown_columns",
        label_visibility="collapsed",
        on_change=_take_set,
    )


def _take_set() -> None:
    if name := st.session_state["shown_columns"]:
        _become(columns=(), preset=name)


def _sorting(view: View, look: Look) -> None:
    arrow = "" if not look.sort else " ↓" if look.descending else " ↑"
    by = view.label(look.sort) if look.sort in view.frame else ""
    title = f"Sort: {shown(by, limit=30)}{arrow}" if by else "Sort"
    labels = {"": _SHEET, ROW: ROW, **column_labels(view, offered(view))}
    st.session_state["sort_by"] = look.sort if look.sort in labels else ""
    st.session_state["sort_way"] = _DOWN if look.descending else _UP
    with st.popover(title, icon=":material/swap_vert:", type="tertiary", key="sort"):
        st.selectbox(
            "Sort by", list(labels), format_func=labels.__getitem__, key="sort_by", on_change=_sort
        )
        st.segmented_control(
            "Order",
            [_UP, _DOWN],
            key="sort_way",
            required=True,
            on_change=_sort,
            help="Dates: oldest or newest first. Stages: in business order. Blanks come last.",
        )


def _sort() -> None:
    by, way = st.session_state["sort_by"], st.session_state["sort_way"]
    _become(sort=by or "", descending=way == _DOWN)


def _columns(view: View, look: Look) -> None:
    labels = column_labels(view, offered(view))
    st.session_state["columns_shown"] = list(columns_of(view, look))
    with st.popover(
        "Columns", icon=":material/view_column:", type="tertiary", key="column_chooser"
    ):
        st.multiselect(
            "Columns, in this order",
            list(labels),
            format_func=labels.__getitem__,
            key="columns_shown",
            on_change=_take_columns,
            help="Row and lead id are always there. Take all out to have every column again.",
        )


def _take_columns() -> None:
    _become(columns=tuple(st.session_state["columns_shown"]), preset=ALL, with_own=False)


def _become(**changes: object) -> None:
    mine = session()
    mine.look = replace(mine.look or Look(), **changes)  # type: ignore[arg-type]


def _write_address(view: View, look: Look) -> None:
    """Have the address say columns and sorting; what else it says is kept."""
    wanted = look.write(view)
    for name in ("cols", "sort"):
        if wanted.get(name) != st.query_params.get(name):
            if name in wanted:
                st.query_params[name] = wanted[name]
            else:
                del st.query_params[name]
