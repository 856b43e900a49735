"""A frame's columns as text, for files: exact where they are text, plain where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["column_text", "is_text", "name_text"]


def is_text(series: pd.Series) -> bool:
    """Say whether a column holds text, plain or as a category; objects are written as text."""
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    return pd.api.types.is_object_dtype(dtype) or isinstance(dtype, pd.StringDtype)


def column_text(series: pd.Series) -> tuple[pa.StringArray, int]:
    """Write each value as text; a missing one is "".

    Whole numbers have no ".0", booleans are TRUE and FALSE, times `2026-06-14 09:12:00`.

    Returns:
        The texts, and how many held a lone surrogate, which no file can hold: it is replaced.
    """
    if is_text(series):
        texts, replaced = _plain_text(series)
    else:
        texts, replaced = _typed_text(series), 0
    return pc.fill_null(texts, ""), replaced


def name_text(name: Hashable) -> str:
    """Write a column's name as text that a file can hold."""
    return _without_surrogates(str(name))


def _typed_text(series: pd.Series) -> pa.StringArray:
    dtype = series.dtype
    if pd.api.types.is_bool_dtype(dtype):
        texts = series.map({True: "TRUE", False: "FALSE"})
    elif pd.api.types.is_float_dtype(dtype):
        texts = series.map(_float_text, na_action="ignore")
    else:
        texts = series.astype("object").map(str, na_action="ignore")
    return pa.array(texts, type=pa.string(), from_pandas=True)


def _float_text(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _plain_text(series: pd.Series) -> tuple[pa.StringArray, int]:
    if isinstance(series.dtype, pd.StringDtype):
        return pa.array(series, type=pa.string(), from_pandas=True), 0
    # A list, because a pandas column of text cannot hold a lone surrogate even for a moment.
    filled = zip(series.astype("object"), series.notna(), strict=True)
    texts = [str(value) if there else "" for value, there in filled]
    try:
        return pa.array(texts, type=pa.string()), 0
    except UnicodeEncodeError:
        clean = [_without_surrogates(text) for text in texts]
        changed = sum(text != kept for text, kept in zip(texts, clean, strict=True))
        return pa.array(clean, type=pa.string()), changed


def _without_surrogates(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
