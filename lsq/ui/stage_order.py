"""The order of the stages and what each means, changed in a list; it holds everywhere."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.stages import STAGE, Stage, StageRole, moved, with_role
from lsq.ui.escape import shown, spoken
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.lookup.view import View

__all__ = ["move", "order_sentence", "set_role", "stage_order_popover"]

_ROLES = (StageRole.OPEN, StageRole.WON, StageRole.LOST)
_SCROLLED_FROM = 10
_LIST_PX = 430
_NAME_PX = 140


def order_sentence(view: View) -> str:
    """Say where the order of the stages comes from, and where to change it."""
    if view.stages is not None:
        whose = "This is your own order"
    elif view.catalog.stages:
        whose = "Order comes from the account"
    else:
        whose = "This is the usual order"
    return f"{whose}; change it under Stage order."


def stage_order_popover(view: View) -> None:
    """Draw the button, and under it the list, which is made only while it is open."""
    popover = st.popover(
        "Stage order",
        key="stage_order",
        type="tertiary",
        icon=":material/swap_vert:",
        on_change="rerun",
    )
    if popover.open:
        with popover:
            _list(view)


def _list(view: View) -> None:
    order = view.order
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":small[One order in charts, tables, filters and files.]", width="content")
        st.button(
            "Reset to the account's order" if view.catalog.stages else "Reset to the usual order",
            key="stage_order_reset",
            type="tertiary",
            icon=":material/restart_alt:",
            disabled=view.stages is None,
            on_click=_reset,
        )
    tall = len(order) > _SCROLLED_FROM
    with st.container(height=_LIST_PX if tall else "content", gap="xxsmall", border=False):
        for place in range(len(order)):
            _line(view, order, place)


def _line(view: View, order: Sequence[Stage], place: int) -> None:
    stage = order[place]
    drawn = view.drawn(STAGE, stage.name)
    key = hashlib.sha256(stage.name.encode()).hexdigest()[:16]
    name = shown(drawn, limit=40)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.markdown(name, width=_NAME_PX)
        role_key = f"stage_role_{key}"
        st.session_state[role_key] = stage.role if stage.role in _ROLES else None
        st.selectbox(
            f"What {spoken(drawn, limit=40)} means",
            _ROLES,
            key=role_key,
            format_func=str.capitalize,
            placeholder="Unlisted",
            label_visibility="collapsed",
            width=105,
            on_change=set_role,
            args=(order, stage.name, role_key),
        )
        for way, by, last in (("up", -1, 0), ("down", 1, len(order) - 1)):
            st.button(
                f":material/arrow_{way}ward:",
                key=f"stage_{way}_{key}",
                help=f"Move {name} {way}",
                type="tertiary",
                disabled=place == last,
                on_click=move,
                args=(order, stage.name, by),
            )


def move(drawn: Sequence[Stage], name: str, by: int) -> None:
    """Move a stage by so many places from where it is now.

    Args:
        drawn: The order as it was drawn.
        name: The stage.
        by: How far down; below 0 it goes up.
    """
    order, place = _current(drawn, name)
    session().stages = moved(order, place, by=by)


def set_role(drawn: Sequence[Stage], name: str, key: str) -> None:
    """Have a stage mean what was chosen under this key; see `move`."""
    order, place = _current(drawn, name)
    if (role := st.session_state[key]) is not None:
        session().stages = with_role(order, place, StageRole(role))


def _current(drawn: Sequence[Stage], name: str) -> tuple[Sequence[Stage], int]:
    """Return the order as it is now, which a click before this one may have changed; and a place.

    A stage that came in since stands in the order that was drawn.
    """
    order = session().stages or ()
    names = [stage.name for stage in order]
    if len(order) == len(drawn) and name in names:
        return order, names.index(name)
    return drawn, [stage.name for stage in drawn].index(name)


def _reset() -> None:
    session().stages = None
