"""Text with separators to a `Sheet`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.errors import SheetError
from lsq.sheets.formula_safety import escaped, holds_outcomes, unescape
from lsq.sheets.parsing.dialect import find_writing, split_declaration
from lsq.sheets.parsing.grid import grid_of_text
from lsq.sheets.parsing.mend import mend
from lsq.sheets.parsing.tabulate import tabulate
from lsq.sheets.sheet import Choices, Sheet

if TYPE_CHECKING:
    from lsq.sheets.limits import Limits
    from lsq.sheets.parsing.decode import Decoded
    from lsq.sheets.parsing.grid import Grid

__all__ = ["Cells", "sheet_of_cells", "split_text"]

_STAY = (
    "The apostrophe before {cells} stays, because this file was saved without the mark of CSV for "
    "Excel: save it as “CSV UTF-8”, or use the workbook."
)
_NEVER_SEPARATES = {'"', "\r", "\n", "\0"}


class Cells(NamedTuple):
    """A text that is split into cells.

    Attributes:
        grid: All of them.
        encoding: That of the text.
        separator: What stood between them.
        notes: Sentences for the reader.
    """

    grid: Grid
    encoding: str
    separator: str
    notes: tuple[str, ...]


def split_text(decoded: Decoded, *, name: str, choices: Choices, limits: Limits) -> Cells:
    """Split the text of a table or list; arguments and errors as in `reading.read_sheet`."""
    text, declared = split_declaration(decoded.data)
    separator = choices.separator if choices.separator is not None else declared
    if separator and (len(separator.encode()) > 1 or separator in _NEVER_SEPARATES):
        title = f"“{separator}” cannot separate the cells of {name}."
        raise SheetError(title, "Choose one character, such as a comma or a semicolon.")
    writing = find_writing(text, separator=separator)
    mended = mend(text, writing)
    grid = grid_of_text(mended, writing, lost=decoded.lost > 0, name=name, limits=limits)
    if writing.spaced:
        trimmed = (pc.utf8_ltrim(column, " ") for column in grid.columns[1:])
        grid = grid._replace(columns=[*grid.columns[:1], *trimmed])
    return Cells(grid, decoded.encoding, writing.dialect.separator, decoded.notes)


def sheet_of_cells(cells: Cells, *, name: str, choices: Choices, limits: Limits) -> Sheet:
    """Find the table in the cells; the text is needed no more, and may be let go before."""
    made = tabulate(cells.grid, name=name, limits=limits, header_row=choices.header_row)
    table = made.table
    notes = (*cells.notes, *made.notes)
    # Only our CSV for Excel has both a mark and our column; the one for programs is exact.
    if holds_outcomes(table):
        if cells.encoding == "utf-8-sig":
            table = _unescape_all(table)
        elif number := escaped(table):
            notes = (*notes, _STAY.format(cells=f"{number:,} {'cell' if number == 1 else 'cells'}"))
    return Sheet(
        name=name,
        table=table,
        row_numbers=made.row_numbers,
        encoding=cells.encoding,
        separator=cells.separator,
        header_row=made.header_row,
        names_sure=made.names_sure,
        damage=made.damage,
        starts=made.starts,
        notes=notes,
    )


def _unescape_all(table: pa.Table) -> pa.Table:
    names = unescape(pa.array(table.column_names, type=pa.string())).to_pylist()
    return pa.table([unescape(column) for column in table.columns], names=names)
