"""Leads by the rows of the sheet: a short text each, that tells the lead wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lsq.sheets.names import SUFFIX

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

__all__ = ["LEADS_ROW", "ROW", "place_of", "row_labels"]

ROW = "Row"
"""Header of the column that says where in the sheet a lead stands."""

LEADS_ROW = f"{ROW}{SUFFIX}"
"""What a column that came back under that very name is called beside it."""

_WIDTH = 8
_NTH = " · "


def row_labels(rows: pd.Series[int]) -> pd.Series[str]:
    """Name each lead by its row, and a further lead of one row by which of them it is.

    Args:
        rows: The first row of each lead.

    Returns:
        dtype str, `214` and `214 · 2`, set in so that they sort as numbers where text is sorted.
    """
    labels = rows.astype("str").str.rjust(_WIDTH)
    nth = rows.groupby(rows).cumcount()
    again = nth > 0
    if again.any():
        labels[again] += _NTH + (nth[again] + 1).astype("str")
    return labels


def place_of(label: str, rows: npt.NDArray[np.int64]) -> int:
    """Return the position of the lead that `row_labels` called so."""
    number, _, nth = label.partition(_NTH)
    return int(np.flatnonzero(rows == int(number))[int(nth or 1) - 1])
