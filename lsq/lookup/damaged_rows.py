"""The damaged rows of a sheet: which, what is wrong with each, and the ids it gave all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from lsq.sheets.id_column import IdCells

__all__ = ["damaged_rows"]


def damaged_rows(cells: IdCells, *, first: int) -> pd.DataFrame:
    """List damaged rows in the order of the sheet.

    Args:
        cells: The sheet's ids.
        first: How many rows to list at most.

    Returns:
        One line per row: `Row` (int64, the shown row), `The row has` (the words of `Damage`) and
        `Lead ids` (joined with ", "; "none" without any).
    """
    columns: dict[str, Any] = {"Row": "first", "The row has": "first", "Lead ids": ", ".join}
    if cells.damage is None:
        return pd.DataFrame(columns=[*columns])
    at = cells.damage.is_valid().to_numpy(zero_copy_only=False).nonzero()[0]
    position = cells.position[at]
    at = at[position <= pd.unique(position)[:first].max(initial=-1)]  # several ids, several entries
    entries = pd.DataFrame(
        {
            "Row": cells.row[at],
            "The row has": cells.damage.take(at).to_pylist(),
            "Lead ids": cells.id.take(at).fill_null("none").to_pylist(),
        }
    )
    return entries.groupby(cells.position[at], sort=False).agg(columns)
