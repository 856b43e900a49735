"""The first rows of a sheet as they were read, and under them how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.words import counted
from lsq.lookup.masking import masked_sheet
from lsq.sheets.names import unique_names
from lsq.ui.masking import is_masked
from lsq.ui.reading_controls import reading_controls

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    from pandas.io.formats.style import Styler
    from streamlit.elements.lib.column_types import ColumnConfig

    from lsq.sheets.sheet import Sheet

__all__ = ["preview"]

ROWS = 100
_COLUMNS = 60
"""Columns that are shown; a sheet can have thousands, which no browser draws."""

_IDS = "background-color: rgba(47, 111, 196, .13)"
_DAMAGED = "background-color: rgba(194, 87, 26, .16)"
_DOUBTED = "cp1252"
"""The encoding of text that says nothing of its own: every byte is a letter in it."""


def preview(
    sheet: Sheet, id_columns: Collection[str], *, disabled: bool, asked: bool = False
) -> None:
    """Show the first rows and how they were read; open by itself where that is doubtful.

    Args:
        sheet: The sheet.
        id_columns: Its columns of ids, to be marked.
        disabled: Whether the reading cannot be changed now, because a fetch runs.
        asked: Whether the viewer has to decide something about the sheet.
    """
    # Decided once a sheet: a doubt that a viewer has settled must not shut what they look at.
    st.session_state.setdefault("reading", asked or _is_doubtful(sheet))
    box = st.expander(
        f"First {ROWS} rows, as read, and how",  # with another label it would be another box
        key="reading",
        icon=":material/table:",
        on_change="rerun",
    )
    if box.open:
        with box:
            _rows(sheet, id_columns)
            reading_controls(sheet, disabled=disabled)


def _is_doubtful(sheet: Sheet) -> bool:
    return sheet.damage is not None or len(sheet.starts) > 1 or sheet.encoding == _DOUBTED


def _rows(sheet: Sheet, id_columns: Collection[str]) -> None:
    names: list[str] = sheet.table.column_names
    drawn = [name for at, name in enumerate(names) if at < _COLUMNS or name in id_columns]
    frame = sheet.table.select(drawn).slice(0, ROWS).to_pandas()
    if is_masked():
        frame = masked_sheet(frame, ids=id_columns)
    ids = {name for name, read in zip(frame, drawn, strict=True) if read in id_columns}
    row, damage = unique_names([*frame, "Row", "Damage"])[-2:]
    config: dict[str, ColumnConfig] = {
        name: st.column_config.TextColumn(f"{name} (ids)" if name in ids else name)
        for name in frame
    }
    config[row] = st.column_config.NumberColumn("Row", width=60, pinned=True, format="%d")
    frame.insert(0, row, sheet.row_numbers[: len(frame)])
    if sheet.damage is not None and sheet.damage.slice(0, ROWS).is_valid().to_pylist().count(True):
        frame.insert(1, damage, sheet.damage.slice(0, ROWS).to_pylist())
        config[damage] = st.column_config.TextColumn("Damage: the row has", width=200)
    st.dataframe(
        _marked(frame, damage, ids),
        hide_index=True,
        placeholder="",
        row_height=32,
        column_config=config,
        alt=f"{counted(len(frame), 'row')} of the sheet as read",
    )
    if hidden := len(names) - len(drawn):
        further = f"{counted(hidden, 'further column')} {'is' if hidden == 1 else 'are'}"
        st.caption(f"{further} not shown here; none is lost.")


def _marked(frame: pd.DataFrame, damage: str, id_columns: Collection[str]) -> Styler:
    """Tint the id columns and the damaged rows; words say the same beside the colours."""

    def tints(line: pd.Series[str]) -> list[str]:
        is_damaged = isinstance(line.get(damage), str)
        return [
            _DAMAGED if is_damaged else _IDS if name in id_columns else "" for name in line.index
        ]

    return frame.style.apply(tints, axis="columns")
