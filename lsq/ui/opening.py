"""A dropped file or pasted text is read, and read again when the viewer decides otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.api.errors import LsqError
from lsq.lookup.choice import Shape
from lsq.sheets.candidates import TieError
from lsq.sheets.errors import SheetError, WorksheetTie
from lsq.sheets.id_column import find_ids
from lsq.sheets.reading import read_pasted, read_sheet
from lsq.ui.configuration import settings
from lsq.ui.escape import shown
from lsq.ui.masking import drawn
from lsq.ui.state import Dropped, session

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Choices, Sheet
    from lsq.ui.state import Session

__all__ = ["read_again", "use", "use_column", "use_pasted"]


def use(data: bytes, *, name: str) -> None:
    """Read a file and work on it from now on; why it cannot be used is kept to be shown.

    Args:
        data: The file's bytes.
        name: Its name, for sentences.
    """
    _open(lambda: read_sheet(data, name=name, limits=settings().limits), Dropped(name, data))


def use_pasted(text: str) -> None:
    """Read pasted text, likewise."""
    _open(lambda: read_pasted(text, limits=settings().limits), None)


def _open(read: Callable[[], Sheet], dropped: Dropped | None) -> None:
    mine = session()
    mine.drop_sheet()
    try:
        sheet = read()
    except WorksheetTie as tie:
        mine.dropped = dropped
        mine.ask(None, tie)
    except LsqError as error:
        mine.problem = error  # the file is let go: nothing else can be made of it
    else:
        mine.dropped = dropped
        try:
            mine.take(sheet, find_ids(sheet))
            _restore(mine, sheet)
        except SheetError as error:
            mine.ask(sheet, error)


def _restore(mine: Session, sheet: Sheet) -> None:
    """Set up what a file of ours says of itself; times stay in the viewer's zone.

    Masks are put on as in the file, never taken off.
    """
    if sheet.setup is None:
        return
    st.session_state["columns"] = [*sheet.setup.columns]
    mine.download["shape"] = Shape.LEADS if sheet.setup.leads_only else Shape.MINE
    if sheet.setup.masked:
        mine.masked = True


def use_column(column: str) -> None:
    """Take the ids of another column; the result of the last one goes."""
    mine = session()
    sheet = mine.sheet or mine.without_ids
    if sheet is not None:
        mine.drop_rows()
        mine.column = column
        mine.take(sheet, find_ids(sheet, column=column))


def read_again() -> None:
    """If the file is to be read in another way, do it, say so here meanwhile, and draw anew."""
    mine = session()
    wanted, dropped = mine.wanted, mine.dropped
    if wanted is None:
        return
    if dropped is not None and not mine.running:
        with st.container(border=True):
            st.empty()  # in the place of the button that would fetch the sheet as it was
            with st.spinner(f"Reading {shown(drawn(dropped.name), limit=60)} again …"):
                try:
                    _read_as(mine, dropped, wanted)
                except Exception:  # the next look would only fail again, with nothing to click
                    mine.wanted = None
                    raise
    mine.wanted = None
    st.rerun()


def _read_as(mine: Session, dropped: Dropped, wanted: Choices) -> None:
    """Read the file as it is wanted; where that cannot be, the last reading stays."""
    try:
        sheet = read_sheet(
            dropped.data, name=dropped.name, choices=wanted, limits=settings().limits
        )
    except WorksheetTie as tie:
        mine.choices = wanted
        mine.ask(None, tie)
        return
    except LsqError as error:
        mine.refused = error
        return
    chosen = mine.column if mine.column in sheet.table.column_names else None
    try:
        cells = find_ids(sheet, column=chosen)
    except SheetError as error:
        if mine.cells is not None and not isinstance(error, TieError):
            mine.refused = SheetError(error.title, "So the sheet stays as it was read before.")
            return
        mine.ask(sheet, error)
    else:
        mine.drop_rows()
        mine.take(sheet, cells)
    mine.choices = wanted
