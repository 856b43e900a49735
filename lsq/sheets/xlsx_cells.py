"""What an XLSX cell can hold: text cleaned and cut, times as dates, numbers as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from lsq.sheets.column_text import column_text, is_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import pyarrow as pa

__all__ = ["LONGEST_TEXT", "Column", "clean_text", "column_cells", "column_kind"]

LONGEST_TEXT = 32_767
"""Characters of an XLSX cell, counted as UTF-16 does: an emoji counts twice."""

_UNHOLDABLE = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff]"
_EXACT = 10**15  # a spreadsheet program keeps 15 digits
_FIRST_DAY = pd.Timestamp("1900-03-01")  # before it spreadsheet programs disagree on the calendar
_LAST_DAY = pd.Timestamp("9999-12-31 23:59:59")


class Column(NamedTuple):
    """Some rows of one column, ready to write.

    Attributes:
        kind: Name of the worksheet's write method: "string", "number", "boolean" or "datetime".
        cells: Python values; None where nothing is written.
        replaced: Cells with a replaced character.
        cut: Cells that were cut.
    """

    kind: str
    cells: Sequence[Any]
    replaced: int = 0
    cut: int = 0


def column_kind(series: pd.Series) -> str:
    """Choose how a whole column is written; what would lose digits or days is written as text."""
    dtype = series.dtype
    if pd.api.types.is_bool_dtype(dtype):
        return "boolean"
    if pd.api.types.is_numeric_dtype(dtype) and _fits_numbers(series):
        return "number"
    if pd.api.types.is_datetime64_dtype(dtype) and _fits_dates(series):
        return "datetime"
    return "string"


def column_cells(series: pd.Series, kind: str) -> Column:
    """Make the cells of a column, or of some of its rows, as `column_kind` chose for it."""
    if kind != "string":
        return Column(kind, _values(series))
    texts, surrogates = column_text(series)
    if not is_text(series):
        return Column(kind, texts.to_pylist())
    cells, replaced, cut = clean_text(texts)
    return Column(kind, cells, replaced + surrogates, cut)


def clean_text(texts: pa.StringArray) -> tuple[list[str], int, int]:
    """Replace what XML cannot hold and cut what is too long.

    Returns:
        The texts, how many had a character replaced, and how many were cut.
    """
    unholdable = pc.match_substring_regex(texts, pattern=_UNHOLDABLE)
    replaced = pc.sum(unholdable).as_py() or 0
    if replaced:
        texts = pc.replace_substring_regex(texts, pattern=_UNHOLDABLE, replacement="\ufffd")
    # Half is the shortest that can be too long, since a character counts twice at most.
    long = np.flatnonzero(pc.greater(pc.utf8_length(texts), LONGEST_TEXT // 2).to_numpy(False))  # noqa: FBT003  # pyarrow takes zero_copy_only by position here
    cells = texts.to_pylist()
    cut = 0
    for position in long.tolist():
        units = cells[position].encode("utf-16-le")
        if len(units) > LONGEST_TEXT * 2:
            cells[position] = units[: LONGEST_TEXT * 2].decode("utf-16-le", "ignore")
            cut += 1
    return cells, replaced, cut


def _values(series: pd.Series) -> list[Any]:
    values = series.astype("object")
    return values.where(series.notna(), None).tolist()


def _fits_numbers(series: pd.Series) -> bool:
    filled = series.dropna().to_numpy()
    if not np.issubdtype(filled.dtype, np.number) or np.issubdtype(
        filled.dtype, np.complexfloating
    ):
        return False
    if not np.isfinite(filled).all():
        return False
    return not np.issubdtype(filled.dtype, np.integer) or bool((np.abs(filled) < _EXACT).all())


def _fits_dates(series: pd.Series) -> bool:
    filled = series.dropna()
    return bool(((filled >= _FIRST_DAY) & (filled <= _LAST_DAY)).all())
