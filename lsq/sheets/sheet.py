"""What a read sheet is, and what a person can choose about the reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from lsq.sheets.saved_setup import SavedSetup

__all__ = ["PASTED", "Choices", "Sheet", "Worksheet"]

PASTED = "pasted ids"
"""The name of a sheet that was pasted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the person decided; None leaves the decision to the reader.

    Attributes:
        worksheet: Name of the worksheet to read.
        encoding: A codec name such as "cp1250".
        separator: One character, or "" for one cell a line.
        header_row: The shown row that holds the column names; 0 when there is none.
    """

    worksheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One worksheet of a workbook.

    Attributes:
        name: As on its tab.
        rows: Rows from its first to its last filled one, header included.
        ids: Cells of its best column that hold an id.
    """

    name: str
    rows: int
    ids: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """A sheet as text, nothing converted and no row dropped in silence.

    Attributes:
        name: File name as given, for sentences.
        table: One string column per sheet column with unique names; cells are never null,
            an empty cell is "". Wholly empty rows in between are rows.
        row_numbers: int64, one per table row: the 1-based row that a spreadsheet program shows.
        worksheet: The worksheet that was read; None for text.
        worksheets: All worksheets, in their order; empty for text.
        encoding: Name of the text encoding; None for a workbook and for Parquet.
        separator: Of the cells in a line; "" for one cell a line, None where nothing separates
            them: in a workbook, in Parquet, in JSON lines.
        header_row: The shown row of the column names; 0 when there is none.
        names_sure: Whether each name is sure to stand over its own column.
        damage: Dictionary array of `Damage` words, one per table row, null where the row is whole;
            None when all are.
        starts: Positions in `table` at which a table of the file begins; one unless the file
            holds several tables below each other.
        setup: What a file of ours says of itself, as far as it holds for these columns; or None.
        notes: Sentences on what was decided or is odd.
    """

    name: str
    table: pa.Table
    row_numbers: npt.NDArray[np.int64]
    worksheet: str | None = None
    worksheets: tuple[Worksheet, ...] = ()
    encoding: str | None = None
    separator: str | None = None
    header_row: int = 0
    names_sure: bool = True
    damage: pa.DictionaryArray | None = None
    starts: tuple[int, ...] = (0,)
    setup: SavedSetup | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether the file itself says what its columns are, as Parquet and JSON lines do."""
        return self.worksheet is None and self.separator is None
