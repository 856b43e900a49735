"""What damaged rows have suffered, row by row, and the ledger of the reading."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.words import count, counted
from lsq.lookup.choice import MIME, Form
from lsq.lookup.damaged_rows import damaged_rows as listed
from lsq.lookup.masking import masked_cells
from lsq.sheets.ledger import settle
from lsq.sheets.writing import write_csv
from lsq.ui.handing_out import handed_out
from lsq.ui.masking import is_masked

if TYPE_CHECKING:
    from lsq.sheets.id_column import IdCells
    from lsq.sheets.sheet import Sheet

__all__ = ["damaged_rows", "ledger_button"]

LISTED = 100

_KEPT = (
    "No row is left out: a damaged one keeps its cells as they could be read, without NUL "
    "characters. Where its id column holds no id, its other cells are searched for one."
)


def damaged_rows(sheet: Sheet, cells: IdCells) -> None:
    """List the damaged rows with what is wrong and the ids that were found; nothing without any."""
    if sheet.damage is None:
        return
    total = len(sheet.damage) - sheet.damage.null_count
    with st.expander(
        counted(total, "damaged row"), key="damaged", icon=":material/warning:", on_change="rerun"
    ) as box:
        if box.open:
            frame = listed(cells, first=LISTED)
            st.dataframe(frame, hide_index=True, row_height=32, alt="The damaged rows")
            st.caption(f"{_more(total - LISTED)}{_KEPT}")


def _more(rows: int) -> str:
    verb = "is" if rows == 1 else "are"
    return f"{count(rows)} more {verb} in the ledger. " if rows > 0 else ""


def ledger_button(cells: IdCells) -> None:
    """Offer every row with its outcome so far as a file, before anything is fetched."""
    st.download_button(
        "Download the ledger",
        data=handed_out(partial(_ledger, cells, mask=is_masked())),
        file_name=f"leadsheet-ledger{Form.EXCEL_CSV}",
        mime=MIME[Form.EXCEL_CSV],
        key="download_ledger",
        help="Every row, its id, and why it has none, as CSV for Excel",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _ledger(cells: IdCells, *, mask: bool) -> bytes:
    frame = settle(cells, None).frame
    return write_csv(masked_cells(frame) if mask else frame, for_excel=True).data
