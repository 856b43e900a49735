"""The table of leads: typed columns under their labels, and the lead that is looked at."""

from __future__ import annotations

from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from lsq.analysis.ordering import ordered
from lsq.analysis.schema import ID
from lsq.analysis.words import count, counted
from lsq.lookup.row_labels import place_of
from lsq.lookup.run import ROW
from lsq.ui.detail import show_lead
from lsq.ui.keys import column_key
from lsq.ui.screen import part
from lsq.ui.table_columns import column_config
from lsq.ui.table_controls import found, table_controls
from lsq.ui.table_look import columns_of

if TYPE_CHECKING:
    import pandas as pd
    from streamlit.elements.lib.column_types import ColumnConfig

    from lsq.analysis.ordering import Integers
    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["EAGER_ROWS", "leads_table", "rows_table"]

EAGER_ROWS = 20_000
"""Above this a table is sent in pieces, whatever is filtered, so that leads open in one way:
20,000 rows of 12 columns are about 4 MB."""

_HEIGHT_PX = 620
_LINE_PX = 32
_EDGE_PX = 4
_BUTTON_PX = 80
_TOOLBAR_PX = 14
"""With the gaps at both of its ends, room for what Streamlit shows above a table while the pointer
is on it: it would cover the buttons."""

_OPENED = "lead_opened"
_OPEN = "open_lead"


@part()
def leads_table(view: View, kept: Flags) -> None:
    """Draw the controls, the table, and the drawer of the lead that was chosen in it.

    Args:
        view: What is shown: `Row` (the first row of the sheet with its id), then its columns.
        kept: Which of its leads the filters leave.
    """
    needle, look = table_controls(view)
    rows = np.flatnonzero(kept & found(view, needle)) if needle else np.flatnonzero(kept)
    said = [f"{count(len(rows))} of {counted(int(kept.sum()), 'lead')} found"] if needle else []
    if _is_long(view) and len(rows):
        said.append("a click on a row's number shows the lead")
    if said:
        st.markdown(f":small[:gray[{' · '.join(said).capitalize()}]]")
    if not len(rows):
        st.markdown("No lead matches the search." if needle else "No lead matches all filters.")
        st.session_state.pop(_OPENED, None)  # clicked as its row went: nothing opens later
        return
    if look.sort in view.frame:
        rows = ordered(rows, view.ranks(look.sort), descending=look.descending)
    st.space(_TOOLBAR_PX)
    # What is drawn under another key each time, so that no selection outlives its rows, stands in
    # a container whose key stays.
    with st.container(key="leads_table"):
        rows_table(view, rows, [*columns_of(view, look)])


def rows_table(view: View, rows: Integers, columns: list[str]) -> None:
    """Draw some leads, and the drawer of the one that was chosen among them; in a fragment only.

    Args:
        view: What is shown.
        rows: Which of its leads, in the order to draw them.
        columns: Which columns; whatever they are, `Row` and the lead's id stand before them.
    """
    _table(view, rows, list(dict.fromkeys([ROW, ID, *columns])))
    if (lead_id := st.session_state.pop(_OPENED, None)) is not None:
        show_lead(view, lead_id)


def _is_long(view: View) -> bool:
    return len(view.frame) > EAGER_ROWS


def _table(view: View, rows: Integers, columns: list[str]) -> None:
    drawn = view.shown[columns].iloc[rows]
    config = column_config(view, drawn)
    # A header that is masked goes to the browser under no name of its own either.
    hidden = {name: column_key(view, name) for name in columns if view.drawn("", name) != name}
    drawn = drawn.rename(columns=hidden)
    config = {hidden.get(name, name): each for name, each in config.items()}
    if _is_long(view):
        _in_pieces(view, rows, drawn, config)
        return
    key = f"rows_{_fingerprint(rows, columns)}"
    st.dataframe(
        drawn,
        key=key,
        hide_index=True,
        height=min(_HEIGHT_PX, (len(rows) + 1) * _LINE_PX + _EDGE_PX),
        row_height=_LINE_PX,
        placeholder="",
        on_select=partial(_selected, view, rows, key),
        selection_mode="single-row",
        column_config=config,
        alt=_in_words(rows),
    )


def _in_pieces(
    view: View, rows: Integers, drawn: pd.DataFrame, config: dict[str, ColumnConfig]
) -> None:
    """Draw a long table: it knows no selection, so the numbers of its rows are buttons."""
    button = st.column_config.ButtonColumn(
        ROW,
        width=_BUTTON_PX,
        pinned=True,
        help="A click shows the lead",
        type="tertiary",
        key=_OPEN,
        on_click=_clicked,
        args=(view,),
    )
    st.dataframe(
        drawn.assign(**{ROW: view.row_labels.iloc[rows]}),
        lazy=True,
        hide_index=True,
        height=_HEIGHT_PX,
        row_height=_LINE_PX,
        placeholder="",
        column_config={**config, ROW: button},
        alt=_in_words(rows),
    )


def _in_words(rows: Integers) -> str:
    return f"{counted(len(rows), 'lead')}, one a row"


def _fingerprint(rows: Integers, columns: list[str]) -> str:
    """Return what is another one as soon as other rows stand there, or in another order."""
    return blake2b(rows.tobytes() + repr(columns).encode(), digest_size=8).hexdigest()


def _selected(view: View, rows: Integers, key: str) -> None:
    """Have the lead of the selected row shown; its row stays selected when the drawer closes."""
    for place in st.session_state[key]["selection"]["rows"]:
        st.session_state[_OPENED] = view.lookup.fetched.leads.ids[rows[place]]


def _clicked(view: View) -> None:
    """Have the lead shown whose button was clicked: told by its label, whatever is drawn now."""
    place = place_of(st.session_state[_OPEN]["label"], view.frame[ROW].to_numpy())
    st.session_state[_OPENED] = view.lookup.fetched.leads.ids[place]
