"""What an XLSX cell can hold: text cleaned and cut, times as dates, numbers as numbers."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.characters import NOT_IN_XML
from lsq.sheets.column_text import column_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Flags = npt.NDArray[np.bool_]

__all__ = [
    "CUT_MARK",
    "LONGEST_TEXT",
    "Cells",
    "Clean",
    "Kind",
    "cells_of",
    "clean_text",
    "column_kind",
]

LONGEST_TEXT = 32_767
"""Characters of an XLSX cell, counted as UTF-16 does: an emoji counts twice."""

CUT_MARK = " … [cut: a cell holds 32,767 characters]"
"""What a text ends in that was longer."""

_UNHOLDABLE = f"[{NOT_IN_XML}]"
_EXACT = 10**15  # a spreadsheet program keeps 15 digits
_LEAST = float(np.finfo(np.float64).tiny)  # Excel takes what is nearer to nought for nought
_DAY_ZERO = pd.Timestamp("1899-12-30")
_FIRST_DAY = pd.Timestamp("1900-03-01")  # before it spreadsheet programs disagree on the calendar
_LAST_DAY = pd.Timestamp("9999-12-31 23:59:59")


class Kind(Enum):
    """How the cells of a column are written."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    YES_NO = "yes or no"
    TIME = "time"
    DAY = "day"


class Clean(NamedTuple):
    """Texts that a cell can hold.

    Attributes:
        texts: As given, but for what was changed; null stays null.
        replaced: Positions of those with a replaced character.
        cut: Positions of those that were cut.
    """

    texts: pa.StringArray
    replaced: Sequence[int] = ()
    cut: Sequence[int] = ()


class Cells(NamedTuple):
    """Some rows of one column, ready to write; a row has a number or a text, or neither.

    Attributes:
        kind: What its numbers mean.
        numbers: As XML writes them, null where there is none; None for a column of text.
        clean: Its texts, null or empty where there is none; None for a column without text.
        surrogates: Texts in which a lone surrogate was replaced.
    """

    kind: Kind
    numbers: pa.StringArray | None = None
    clean: Clean | None = None
    surrogates: int = 0


def column_kind(series: pd.Series) -> Kind:
    """Say how the cells of a column are written.

    Single cells of it may be texts all the same: what would lose digits or days, and in a column of
    objects the texts between its numbers or times.
    """
    values = _without_texts(series)
    if pd.api.types.is_bool_dtype(values.dtype):
        return Kind.YES_NO
    if pd.api.types.is_numeric_dtype(values.dtype) and not _is_complex(values):
        return Kind.NUMBER
    if pd.api.types.is_datetime64_dtype(values.dtype):
        return Kind.DAY if _are_days(values[_fits(values)]) else Kind.TIME
    return Kind.TEXT


def cells_of(series: pd.Series, kind: Kind) -> Cells:
    """Make the cells of a column, or of some of its rows, as `column_kind` chose for it."""
    if kind is Kind.TEXT:
        texts, surrogates = column_text(series)
        return Cells(kind, None, clean_text(texts), surrogates)
    values = _without_texts(series)
    fit = _fits(values)
    numbers = _NUMBERS[kind](values if fit.all() else values.where(fit))
    if fit.all() and not pd.api.types.is_object_dtype(series.dtype):
        return Cells(kind, numbers)
    texts, surrogates = column_text(series)
    rest = pc.if_else(pa.array(fit & values.notna().to_numpy()), "", texts)
    return Cells(kind, numbers, clean_text(rest), surrogates)


def clean_text(texts: pa.StringArray) -> Clean:
    """Replace what XML cannot hold, and cut what is too long; both leave the rest as it is."""
    unholdable = pc.match_substring_regex(texts, pattern=_UNHOLDABLE)
    replaced = _positions(unholdable)
    if replaced:
        texts = pc.replace_substring_regex(texts, pattern=_UNHOLDABLE, replacement="\ufffd")
    # Half is the shortest that can be too long, since a character counts twice at most.
    long = _positions(pc.greater(pc.utf8_length(texts), LONGEST_TEXT // 2))
    found = texts.take(pa.array(long, type=pa.int64()))
    shorter = {at: _cut(text) for at, text in zip(long, found, strict=True)}
    cut = [at for at, text in shorter.items() if text is not None]
    if cut:
        is_cut = np.zeros(len(texts), dtype=np.bool_)
        is_cut[cut] = True
        ends = pa.array([shorter[at] for at in cut], type=pa.string())
        texts = pc.replace_with_mask(texts, pa.array(is_cut), ends)
    return Clean(texts, replaced, cut)


def _cut(text: pa.StringScalar) -> str | None:
    """Return what is left of a text that is too long, marked as such; None for all others."""
    units: bytes = text.as_py().encode("utf-16-le")
    if len(units) <= LONGEST_TEXT * 2:
        return None
    return units[: (LONGEST_TEXT - len(CUT_MARK)) * 2].decode("utf-16-le", "ignore") + CUT_MARK


def _positions(flags: pa.BooleanArray) -> list[int]:
    here = pc.fill_null(flags, False).to_numpy(zero_copy_only=False)  # noqa: FBT003
    return np.flatnonzero(here).tolist()


def _is_text(series: pd.Series) -> pd.Series[bool]:
    return series.map(lambda value: isinstance(value, str)).astype(bool)


def _without_texts(series: pd.Series) -> pd.Series:
    """Return a column of objects as what its other values are; every other column as it is."""
    if not pd.api.types.is_object_dtype(series.dtype):
        return series
    others = series.reset_index(drop=True)
    others = others[~_is_text(others) & others.notna()]
    return others.infer_objects().reindex(range(len(series)))


def _decimals(values: pd.Series) -> pa.StringArray:
    return pc.cast(pa.array(values, from_pandas=True), pa.string())


def _flags(values: pd.Series) -> pa.StringArray:
    return _decimals(values.astype("Int8"))


def _days(values: pd.Series) -> pa.StringArray:
    """Count days, and parts of them, from the day that spreadsheet programs count from."""
    times = pd.to_datetime(values).dt.as_unit("us")  # in nanoseconds 292 years are too many
    return _decimals((times - _DAY_ZERO) / pd.Timedelta(days=1))


_NUMBERS = {
    Kind.NUMBER: _decimals,
    Kind.SHARE: _decimals,
    Kind.YES_NO: _flags,
    Kind.TIME: _days,
    Kind.DAY: _days,
}


def _is_complex(series: pd.Series) -> bool:
    return bool(pd.api.types.is_complex_dtype(series.dtype))


def _fits(series: pd.Series) -> Flags:
    """Mark the values that a spreadsheet program keeps as they are; a missing one is among them."""
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        fits = series.between(_FIRST_DAY, _LAST_DAY)
    elif pd.api.types.is_integer_dtype(series.dtype):
        fits = series.between(-_EXACT, _EXACT, inclusive="neither")
    elif pd.api.types.is_float_dtype(series.dtype):
        size = series.abs()
        fits = ((size >= _LEAST) | (size == 0)) & (size != np.inf)
    else:
        return np.ones(len(series), dtype=np.bool_)
    return fits.fillna(value=True).to_numpy(dtype=np.bool_) | series.isna().to_numpy()


def _are_days(series: pd.Series) -> bool:
    filled = series.dropna()
    return len(filled) > 0 and bool((filled == filled.dt.normalize()).all())
