"""The filters in force: what every click, in the panel or elsewhere, does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.filters import Filters
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.ui.panel import Change

__all__ = ["choose", "clear", "hold", "invert", "reset", "take_up"]


def take_up() -> Filters:
    """Take up what was clicked in the panel since it was drawn, and return the filters."""
    mine = session()
    mine.filters = mine.panel.take_up(mine.filters, st.session_state)  # type: ignore[arg-type]
    return mine.filters


def hold(key: str, value: object, change: Change) -> None:
    """Have the widget drawn next under `key` hold `value`; `change` says what a click does."""
    session().panel.hold(key, value, change, state=st.session_state)  # type: ignore[arg-type]


def choose(column: str, values: Sequence[str]) -> None:
    """Filter a column by exactly these values, on every result page; none lets all rows stay."""
    session().filters = take_up().choose(column, values)


def invert(column: str, values: Sequence[str]) -> None:
    """Choose those of these values of a column that are not chosen, and no others."""
    session().filters = take_up().invert(column, values)


def clear(column: str) -> None:
    """Leave a column alone: neither values nor a range."""
    session().filters = take_up().without(column)


def reset() -> None:
    """Let every row stay."""
    take_up()
    session().filters = Filters()
