"""What was understood of a sheet, in numbers, and what to fetch for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.words import count, counted
from lsq.api.models import Outcome
from lsq.lookup.choice import Shape
from lsq.lookup.reading_notes import repaired, restored, warnings
from lsq.lookup.sentences import sum_of_rows
from lsq.ui.column_picker import ask_columns, ask_preset
from lsq.ui.damaged import damaged_rows, ledger_button
from lsq.ui.escape import shown
from lsq.ui.fields import catalog
from lsq.ui.id_column import ask_id_column
from lsq.ui.masking import drawn, is_masked
from lsq.ui.preview import preview
from lsq.ui.state import session

if TYPE_CHECKING:
    from lsq.lookup.run import Lookup
    from lsq.sheets.id_column import IdCells
    from lsq.sheets.saved_setup import SavedSetup
    from lsq.sheets.sheet import Sheet

__all__ = ["Setup", "ask_setup", "setup_line", "sheet_line"]

_NOTES = 4
_MOST_NOTES = 100


@dataclass(frozen=True, slots=True)
class Setup:
    """What the viewer wants fetched: for which ids, which columns."""

    sheet: Sheet
    cells: IdCells
    columns: tuple[str, ...]


def sheet_line(sheet: Sheet) -> str:
    """Write which sheet is open, as Markdown: its name, worksheet and size."""
    worksheet = f" sheet “{shown(drawn(sheet.worksheet))}” ·" if sheet.worksheet else ""
    size = f"{counted(sheet.table.num_rows, 'row')} × {counted(sheet.table.num_columns, 'column')}"
    return f"**{shown(drawn(sheet.name))}** :gray[{worksheet} {size}]"


def setup_line(lookup: Lookup) -> str:
    """Write what a fetch was made of: its sheet, id column and number of columns."""
    columns = counted(len(lookup.plan.columns), "column")
    column = shown(drawn(lookup.plan.cells.column), limit=40)
    return f"Sheet and columns: {shown(drawn(lookup.sheet.name), limit=60)}, {column}, {columns}"


def ask_setup(sheet: Sheet, cells: IdCells, *, disabled: bool = False) -> Setup:
    """Show what was understood, and ask for the id column and the columns to fetch.

    Args:
        sheet: The sheet.
        cells: Its ids.
        disabled: Whether nothing can be changed now, because a fetch with it runs.
    """
    ids = counted(len(cells.ids), "distinct lead id")
    st.markdown(f"**{ids}** in column **{shown(drawn(cells.column))}**. {sum_of_rows(cells)}.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" ".join(_badges(sheet, cells)), width="content")
        if session().job is None:  # what was fetched has a ledger of its own
            st.space("stretch")
            ledger_button(cells)
    saved = sheet.setup
    if saved is not None and (said := restored(saved, but=_changed(saved, cells))):
        st.caption(f":material/history: {shown(drawn(said), limit=400)}")
    _say_notes(warnings(sheet, cells))
    known = catalog()
    left, right = st.columns([1, 2], gap="medium")
    with left:
        ask_id_column(sheet, cells.candidates, column=cells.column, disabled=disabled)
    with right:
        ask_preset(known, disabled=disabled)
    columns = ask_columns(known, disabled=disabled)
    damaged_rows(sheet, cells)
    preview(sheet, {cells.column, *cells.columns}, disabled=disabled)
    return Setup(sheet, cells, columns)


def _changed(setup: SavedSetup, cells: IdCells) -> set[str]:
    """Return the fields of a file's set-up that the viewer has decided otherwise since."""
    shape = Shape.LEADS if setup.leads_only else Shape.MINE
    same = {
        "id_column": cells.column == setup.id_column,
        "columns": st.session_state.get("columns") == [*setup.columns],
        "leads_only": session().download.get("shape") == shape,
        "masked": is_masked() == setup.masked,
        "zone": False,  # times are in the viewer's
    }
    return {field for field, holds in same.items() if not holds}


def _say_notes(notes: list[str]) -> None:
    """Say what is odd about the sheet, the rest of a long list on demand."""
    with st.container(gap=None):
        for note in notes[:_NOTES]:
            st.caption(shown(drawn(note), limit=400))
    if rest := notes[_NOTES:]:
        with st.expander(f"{counted(len(rest), 'further note')} on the reading"):
            for note in rest[:_MOST_NOTES]:
                st.caption(shown(drawn(note), limit=400))
            if len(rest) > _MOST_NOTES:
                st.caption(f"and {count(len(rest) - _MOST_NOTES)} more")


def _badges(sheet: Sheet, cells: IdCells) -> list[str]:
    badges = [":green-badge[:material/check: every row accounted for]"]
    badges += [f":blue-badge[{shown(words)}]" for words in repaired(cells)]
    if invalid := cells.count(Outcome.INVALID):
        verb = "row is not an id" if invalid == 1 else "rows are not ids"
        badges.append(f":orange-badge[:material/warning: {count(invalid)} {verb}]")
    if sheet.damage is not None:
        damaged = counted(len(sheet.damage) - sheet.damage.null_count, "damaged row")
        badges.append(f":orange-badge[:material/warning: {damaged}]")
    return badges
