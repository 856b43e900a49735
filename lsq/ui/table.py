"""The table of leads: typed columns under their labels, and the lead that is looked at."""

from __future__ import annotations

from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

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
from lsq.ui.state import session
from lsq.ui.table_columns import column_config
from lsq.ui.table_controls import found, table_controls
from lsq.ui.table_look import columns_of
from lsq.ui.ticked import OPENED, show_soon, ticked, ticks_line

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ButtonColumnResult

    from lsq.analysis.ordering import Integers
    from lsq.analysis.values import Flags
    from lsq.api.lead_id import LeadId
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
    said = f"{count(len(rows))} of {counted(int(kept.sum()), 'lead')} found" if needle else ""
    if not len(rows):
        if said or ticked(view):
            ticks_line(view, [], said=said)
        st.markdown("No lead matches the search." if needle else "No lead matches all filters.")
        st.session_state.pop(OPENED, None)  # clicked as its row went: nothing opens later
        return
    if look.sort in view.frame:
        rows = ordered(rows, view.ranks(look.sort), descending=look.descending)
    # What is drawn under another key each time, so that no selection outlives its rows, stands in
    # a container whose key stays.
    with st.container(key="leads_table"):
        rows_table(view, rows, [*columns_of(view, look)], said=said)


def rows_table(view: View, rows: Integers, columns: list[str], *, said: str = "") -> None:
    """Draw some leads, and the drawer of the one that was chosen among them; in a fragment only.

    Args:
        view: What is shown.
        rows: Which of its leads, in the order to draw them; one at least.
        columns: Which columns; whatever they are, `Row` and the lead's id stand before them.
        said: What is to be said of them above the table.
    """
    ids = view.lookup.fetched.leads.ids
    shown = [ids[row] for row in rows]
    ticks_line(view, shown, said=said)
    st.space(_TOOLBAR_PX)
    _table(view, rows, shown, list(dict.fromkeys([ROW, ID, *columns])))
    if (lead_id := st.session_state.pop(OPENED, None)) is not None:
        show_lead(view, lead_id)


def _is_long(view: View) -> bool:
    return len(view.frame) > EAGER_ROWS


def _table(view: View, rows: Integers, shown: list[LeadId], columns: list[str]) -> None:
    drawn = view.shown[columns].iloc[rows]
    config = column_config(view, drawn) | {ROW: _row_buttons(view)}
    # A header that is masked goes to the browser under no name of its own either.
    hidden = {name: column_key(view, name) for name in columns if view.drawn("", name) != name}
    drawn = drawn.rename(columns=hidden).assign(**{ROW: view.row_labels.iloc[rows]})
    config = {hidden.get(name, name): each for name, each in config.items()}
    how: dict[str, Any] = {
        "hide_index": True,
        "row_height": _LINE_PX,
        "placeholder": "",
        "column_config": config,
        "alt": f"{counted(len(rows), 'lead')}, one a row",
    }
    if _is_long(view):
        st.dataframe(drawn, lazy=True, height=_HEIGHT_PX, **how)  # it knows no selection
        return
    ticks = session().ticks
    key = f"rows_{_fingerprint(rows, columns)}_{ticks.cleared}"
    if key not in st.session_state:
        ticks.begin(shown)
    st.dataframe(
        drawn,
        key=key,
        height=min(_HEIGHT_PX, (len(rows) + 1) * _LINE_PX + _EDGE_PX),
        on_select=partial(_ticked, shown, key),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": ticks.drawn}},
        **how,
    )


def _row_buttons(view: View) -> ButtonColumnResult:
    """Return the column of the rows' numbers, which are buttons: a cell tells of every arrow key.

    So a lead opens in one way, however long the table is, and a tick is nothing but a tick.
    """
    return st.column_config.ButtonColumn(
        ROW,
        width=_BUTTON_PX,
        pinned=True,
        help="The row of your sheet that first holds the lead's id; a click shows the lead",
        type="tertiary",
        key=_OPEN,
        on_click=_clicked,
        args=(view,),
    )


def _fingerprint(rows: Integers, columns: list[str]) -> str:
    """Return what is another one as soon as other rows stand there, or in another order."""
    return blake2b(rows.tobytes() + repr(columns).encode(), digest_size=8).hexdigest()


def _ticked(shown: list[LeadId], key: str) -> None:
    session().ticks.take(shown, st.session_state[key]["selection"]["rows"])


def _clicked(view: View) -> None:
    """Have the lead shown whose button was clicked: told by its label, whatever is drawn now."""
    place = place_of(st.session_state[_OPEN]["label"], view.frame[ROW].to_numpy())
    show_soon(view.lookup.fetched.leads.ids[place])
