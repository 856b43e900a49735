"""Columns that have a least and a greatest value: numbers, and days in somebody's zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "Numbers",
    "day_bounds",
    "day_of",
    "number_of",
    "numbers_of",
    "only_days",
]

Numbers: TypeAlias = "npt.NDArray[np.float64]"
"""One number per row, NaN where there is none; moments are microseconds since the epoch."""

FIRST_DAY = date(1678, 1, 2)
LAST_DAY = date(2261, 12, 30)
"""The days that every date in a frame lies between, in every zone."""

_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)\s*", re.ASCII)
_MOST_DIGITS = 15
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def numbers_of(column: pd.Series) -> Numbers:
    """Return a column of numbers or dates as numbers; of any other, the texts that are ones."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        moments = column.dt.as_unit("us").astype("int64").to_numpy(dtype=np.float64)
        return np.where(column.isna(), np.nan, moments)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    codes, distinct = pd.factorize(column)
    # Missing values have the code -1, which takes the NaN at the end.
    return np.array([*map(number_of, map(str, distinct)), np.nan])[codes]


def only_days(column: pd.Series) -> bool:
    """Tell whether a column holds days that are the same in every zone."""
    return pd.api.types.is_datetime64_dtype(column.dtype)


def number_of(text: str) -> float:
    """Read a plain number of at most 15 digits, as people write it; NaN for anything else."""
    if len(text) > 2 * _MOST_DIGITS or not _NUMBER.fullmatch(text):
        return np.nan
    return float(text) if sum(map(str.isdigit, text)) <= _MOST_DIGITS else np.nan


def day_bounds(day: date, zone: str) -> tuple[float, float]:
    """Return the first and the last microsecond of a day in a zone, since the epoch."""
    day = min(max(day, FIRST_DAY), LAST_DAY)
    first, after = (_start(each, zone) for each in (day, day + timedelta(days=1)))
    return first, after - 1


def day_of(moment: float, zone: str) -> date:
    """Return the day on which a moment, in microseconds since the epoch, is in a zone."""
    return (_EPOCH + timedelta(microseconds=moment)).astimezone(ZoneInfo(zone)).date()


def _start(day: date, zone: str) -> float:
    start = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
    return (start.astimezone(UTC) - _EPOCH) / _MICROSECOND
