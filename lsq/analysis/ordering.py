"""Rows in the order of a column: numbers by size, text without regard to case, blanks last."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Integers: TypeAlias = npt.NDArray[np.int64]

__all__ = ["ordered", "ranks"]

_NONE = -1


def ranks(values: pd.Series, *, first: Sequence[str] = ()) -> Integers:
    """Number each row by where its value stands among the values of the column.

    Args:
        values: Any dtype that `analysis.frames` makes. Text that is numbers throughout is ordered
            by size.
        first: Values that stand before all others, in this order, such as stages.

    Returns:
        int64 per row, the smaller the earlier; equal values have the same. -1 where there is none.
    """
    codes, distinct = pd.factorize(values)
    column = pd.Series(distinct)
    if isinstance(values.dtype, pd.StringDtype | pd.CategoricalDtype):
        column = _comparable(column.astype("str"), first)
    order = column.argsort(kind="stable").to_numpy()
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order] = np.arange(len(order))
    place[:-1][column.isna().to_numpy()] = _NONE
    place[-1] = _NONE  # missing values have the code -1, which takes the last place
    found: Integers = place[codes]
    return found


def ordered(rows: Integers, by: Integers, *, descending: bool = False) -> Integers:
    """Put rows into the order of their ranks.

    Args:
        rows: Positions of rows.
        by: The rank of every row, from `ranks`.
        descending: Whether the greatest come first; those without a value come last either way.

    Returns:
        The same positions; rows of the same rank keep their order.
    """
    key = by[rows]
    last = np.iinfo(np.int64).max
    key = np.where(key == _NONE, last, -key if descending else key)
    found: Integers = rows[np.argsort(key, kind="stable")]
    return found


def _comparable(text: pd.Series[str], first: Sequence[str]) -> pd.Series:
    """Return what text is compared by; missing for white space alone."""
    written = text.where(text.str.strip() != "")
    if first:
        place = {name: number for number, name in enumerate(first)}
        rest = {name: len(first) + number for number, name in enumerate(sorted({*text} - {*first}))}
        return written.map(place | rest)
    try:
        return pd.to_numeric(written)
    except (ValueError, OverflowError):
        return written.str.lower()
