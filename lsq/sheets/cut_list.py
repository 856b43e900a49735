"""A list of ids that was cut into columns, because its ids stand several in a line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.id_shape import LOOSE
from lsq.sheets.many_cells import read_cells, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.sheets.many_cells import Found
    from lsq.sheets.sheet import Sheet

__all__ = ["ALL_READ", "ONE_READ", "as_list"]

ALL_READ = (
    "Its lines hold several ids and no names, so the ids of all columns were read, as a list."
)
ONE_READ = "The other columns hold ids too, which are not asked."
"""What is said of such a list when a person has chosen one column."""

_NO_WORDS = r"^(?:[^\pL\pN]|and|or|AND|OR)*$"
_OPENS_LIST = r"^[^\pL\pN]*[\[({]|[=:(\[{][^0-9a-zA-Z]*[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}"
_FEWEST_COLUMNS = 3
"""Two columns of ids below each other may be leads and their owners."""


def as_list(sheet: Sheet, found: Mapping[str, Found]) -> Sheet | None:
    """Return the sheet with each line in one cell if it is a list of ids, none of them twice.

    Args:
        sheet: The sheet.
        found: The ids of every column that has some.
    """
    table = sheet.table
    if sheet.header_row or len(sheet.starts) > 1 or len(found) < 2:  # noqa: PLR2004  # one column
        return None
    first = table.column_names[0]
    opens = pc.match_substring_regex(table.column(0).slice(0, 1), pattern=_OPENS_LIST)
    several = table.num_rows == 1 or len(found) >= _FEWEST_COLUMNS or opens[0].as_py()
    if not several or not all(_no_words(column) for column in table.columns):
        return None
    lines = pc.binary_join_element_wise(*(whole(column) for column in table.columns), ", ")
    counts, ids, *_ = read_cells(lines)
    most = 2 * np.count_nonzero(counts > 1) >= np.count_nonzero(counts)
    if not most or len(ids.unique()) < len(ids):
        return None
    return replace(sheet, table=pa.table({first: lines}))


def _no_words(column: pa.ChunkedArray) -> bool:
    """Tell whether each cell of a column has an id in it, or nothing that can be read."""
    has_id = pc.match_substring_regex(column, pattern=LOOSE).to_numpy()
    none = pc.match_substring_regex(column, pattern=_NO_WORDS).to_numpy()
    return bool(np.all(has_id | none))
