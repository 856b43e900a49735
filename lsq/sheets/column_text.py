"""A frame's columns as text, for files: exact where they are text, plain where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.characters import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

__all__ = ["column_text", "is_text", "name_text", "names_text", "nullable_text"]

# Between these Arrow writes a fraction as Python does; beyond them it takes an exponent earlier.
_LEAST_PLAIN, _MOST_PLAIN = 1e-4, 1e10
_EXACT = 2**53  # up to which a float holds every whole number


def is_text(series: pd.Series) -> bool:
    """Say whether a column holds text, plain or as a category; objects are written as text."""
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    return pd.api.types.is_object_dtype(dtype) or isinstance(dtype, pd.StringDtype)


def column_text(series: pd.Series) -> tuple[pa.StringArray, int]:
    """Write each value as text; a missing one is "". As `nullable_text` otherwise."""
    texts, replaced = nullable_text(series)
    return (pc.fill_null(texts, "") if texts.null_count else texts), replaced


def nullable_text(series: pd.Series) -> tuple[pa.StringArray, int]:
    """Write each value as text; a missing one is null.

    Whole numbers have no ".0", booleans are TRUE and FALSE, times `2026-06-14 09:12:00`. A column
    that Arrow holds already, as it does text and categories of text, is not copied.

    Returns:
        The texts, and how many held a lone surrogate, which no file can hold: it is replaced.
    """
    if _is_object(series):
        return _of_objects(series)
    try:
        values = pa.array(series, from_pandas=True)
    except pa.ArrowNotImplementedError:  # complex numbers, which nobody sends
        return pa.array(_each(series), type=pa.string()), 0
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return _text_of(values, series), 0


def name_text(name: Hashable) -> str:
    """Write a column's name as text that a file can hold."""
    return without_surrogates(str(name))


def names_text(names: Iterable[Hashable]) -> tuple[pa.StringArray, int]:
    """Write column names as text; as `column_text`."""
    texts = [str(name) for name in names]
    kept = [without_surrogates(text) for text in texts]
    changed = sum(text != clean for text, clean in zip(texts, kept, strict=True))
    return pa.array(kept, type=pa.string()), changed


def _is_object(series: pd.Series) -> bool:
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    return bool(pd.api.types.is_object_dtype(dtype))


def _text_of(values: pa.Array, series: pd.Series) -> pa.StringArray:
    """Let Arrow write what it writes as promised, and Python the rest of `series`."""
    kind = values.type
    if pa.types.is_boolean(kind):
        return pc.if_else(values, "TRUE", "FALSE")
    if pa.types.is_floating(kind):
        return _of_floats(values.cast(pa.float64()))
    if pa.types.is_timestamp(kind) and kind.tz is None and kind.unit in {"s", "us"}:
        return _of_times(values)
    if pa.types.is_integer(kind) or pa.types.is_large_string(kind) or pa.types.is_string(kind):
        return values.cast(pa.string())
    return pa.array(_each(series), type=pa.string())


def _of_times(values: pa.TimestampArray) -> pa.StringArray:
    try:
        return values.cast(pa.timestamp("s")).cast(pa.string())
    except pa.ArrowInvalid:  # some have parts of a second, six digits of them
        return pc.replace_substring_regex(values.cast(pa.string()), r"\.000000$", "")


def _of_floats(values: pa.DoubleArray) -> pa.StringArray:
    size = pc.abs(values)
    whole = pc.and_(pc.equal(pc.floor(values), values), pc.less(size, _EXACT))
    if pc.all(whole, min_count=0).as_py():
        return values.cast(pa.int64()).cast(pa.string())
    plain = pc.and_(pc.greater_equal(size, _LEAST_PLAIN), pc.less(size, _MOST_PLAIN))
    if pc.all(pc.or_(plain, pc.equal(size, 0)), min_count=0).as_py():
        return values.cast(pa.string())
    texts = [None if value is None else _float_text(value) for value in values.to_pylist()]
    return pa.array(texts, type=pa.string())


def _float_text(value: float) -> str:
    return repr(value).removesuffix(".0")


def _each(series: pd.Series) -> list[str | None]:
    filled = zip(series.astype("object"), series.notna(), strict=True)
    return [str(value) if there else None for value, there in filled]


def _of_objects(series: pd.Series) -> tuple[pa.StringArray, int]:
    # A list, because a pandas column of text cannot hold a lone surrogate even for a moment.
    texts = _each(series)
    try:
        return pa.array(texts, type=pa.string()), 0
    except UnicodeEncodeError:
        clean = [None if text is None else without_surrogates(text) for text in texts]
        changed = sum(text != kept for text, kept in zip(texts, clean, strict=True))
        return pa.array(clean, type=pa.string()), changed
