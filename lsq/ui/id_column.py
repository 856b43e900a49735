"""The control that says which column holds the ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.words import count, share
from lsq.sheets.names import unique_names
from lsq.ui.masking import drawn
from lsq.ui.opening import use_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.sheets.candidates import Candidate
    from lsq.sheets.sheet import Sheet

__all__ = ["ask_id_column"]


def ask_id_column(
    sheet: Sheet,
    candidates: Sequence[Candidate],
    *,
    column: str | None = None,
    disabled: bool = False,
) -> None:
    """Ask for the id column, those with ids first and with their share.

    Args:
        sheet: The sheet.
        candidates: Its columns with ids, as far as they are known.
        column: The one in use; None has nothing chosen.
        disabled: Whether it cannot be changed now, because a fetch runs.
    """
    known = {candidate.column: candidate for candidate in candidates}
    names = sheet.table.column_names
    titles = dict(zip(names, unique_names([drawn(name) for name in names]), strict=True))

    def described(name: str) -> str:
        title = titles[name]
        if name not in known:
            return f"{title} (no ids)" if known else title
        found = known[name]
        of = f"{count(found.ids)} of {count(found.cells)}"
        return f"{title} ({of} look like ids, {share(found.share, places=0)})"

    st.session_state["id_column"] = column  # what the sheet before had chosen is not kept
    st.selectbox(
        "Id column",
        list(dict.fromkeys([*known, *names])),
        index=None if column is None else 0,  # then the session's state says which
        format_func=described,
        key="id_column",
        placeholder="Choose the column that holds the ids",
        on_change=_use_column,
        disabled=disabled,
    )


def _use_column() -> None:
    if column := st.session_state.get("id_column"):
        use_column(column)
