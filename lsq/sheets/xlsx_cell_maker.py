"""The cells of worksheets, and what of them a workbook cannot hold, counted as they pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
from xlsxwriter.utility import xl_rowcol_to_cell

from lsq.sheets.column_text import names_text
from lsq.sheets.names import unique_names
from lsq.sheets.written import Written
from lsq.sheets.xlsx_cells import Cells, Clean, Kind, cells_of, clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.sheets.xlsx_book import Worksheet

    _At = tuple[int, int]

__all__ = ["CellMaker"]

_NAMED = 20


class CellMaker:
    """Makes the cells of one worksheet after the other.

    Attributes:
        lost: What could not be held in those made so far, and where.
    """

    def __init__(self) -> None:
        """Begin without a loss."""
        self.lost = Written()

    def header(self, sheet: Worksheet) -> list[Cells]:
        """Return the names of a worksheet's columns, no two the same."""
        if sheet.start:
            self.lost = replace(self.lost, continued=(*self.lost.continued, sheet.name))
        names, surrogates = names_text(sheet.frame.columns)
        clean = clean_text(names)
        # What a cell cannot hold may have been all that told two names apart.
        texts = pa.array(unique_names(clean.texts.to_pylist()), type=pa.string())
        texts = clean_text(texts).texts  # a number may have made one too long
        replaced, cut = ([(0, column) for column in at] for at in (clean.replaced, clean.cut))
        self._lose(sheet, replaced, cut, surrogates=surrogates)
        return [Cells(Kind.TEXT, None, Clean(texts.slice(i, 1))) for i in range(len(texts))]

    def part(self, sheet: Worksheet, rows: pd.DataFrame, *, start: int) -> list[Cells]:
        """Return the cells of some rows of a worksheet, of which `start` stand above them."""
        cells = [cells_of(rows.iloc[:, i], kind) for i, kind in enumerate(sheet.kinds)]
        for i, (_, _, clean, surrogates) in enumerate(cells):
            if clean is not None:
                replaced, cut = (
                    [(start + 1 + row, i) for row in at] for at in (clean.replaced, clean.cut)
                )
                self._lose(sheet, replaced, cut, surrogates=surrogates)
        return cells

    def with_last(self, sheet: Worksheet) -> pd.DataFrame:
        """Return all rows of a worksheet; its last ones know of every loss, its own included."""
        if sheet.last is None:
            return sheet.frame
        before = self.lost
        self.part(sheet, sheet.frame, start=0)
        last, self.lost = sheet.last(self.lost), before
        return pd.concat([sheet.frame, last], ignore_index=True)

    def _lose(
        self, sheet: Worksheet, replaced: Sequence[_At], cut: Sequence[_At], *, surrogates: int
    ) -> None:
        """Add cells that lost something, by row and column counted from 0."""
        if not (replaced or cut or surrogates):
            return
        replaced_at, cut_at = (
            [f"{sheet.name}!{xl_rowcol_to_cell(*cell)}" for cell in cells[:_NAMED]]
            for cells in (replaced, cut)
        )
        lost = self.lost
        self.lost = replace(
            lost,
            replaced=lost.replaced + len(replaced) + surrogates,
            cut=lost.cut + len(cut),
            replaced_at=(*lost.replaced_at, *replaced_at)[:_NAMED],
            cut_at=(*lost.cut_at, *cut_at)[:_NAMED],
        )
