"""Leads as frames: typed for counting and showing, or raw text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lsq.analysis.columns import Kind, kind
from lsq.analysis.text import text_series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.api.models import LeadTable

__all__ = ["few_as_category", "leads_frame", "raw_frame", "unread"]

_DATE = r"\s*\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?\s*"
_DAY = r"\d{4}-\d\d-\d\d([ T]00:00(:00(\.0+)?)?)?"
_NUMBER = r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*"
# Programs write 0001-01-01 and 9999-12-31 for "never". Within these years a date survives every
# zone and every unit that pandas, Arrow and Plotly may turn it into.
_FIRST_DAY = pd.Timestamp("1678-01-01", tz="UTC")
_LAST_DAY = pd.Timestamp("2262-01-01", tz="UTC")
# From here on a float no longer holds every whole number, so digits would change.
_TOO_LARGE = 2**53
_FEW = 1000
_UNIQUE = frozenset({Kind.ID, Kind.PHONE, Kind.EMAIL, Kind.LINK})


def leads_frame(leads: LeadTable, *, kinds: Mapping[str, Kind] | None = None) -> pd.DataFrame:
    """Type the leads for counting and showing; what cannot be read is missing, never an error.

    Args:
        leads: The leads; their raw text stays there whatever becomes of it here.
        kinds: What columns hold, where that is known better than from their names.

    Returns:
        One row per lead in the order of `leads`, RangeIndex, columns in the order of
        `leads.columns`. Dates are datetime64[us, UTC]; an account's own columns of days without
        times are datetime64[us], with no zone that could move them. Numbers are Int64, or Float64
        where one has a fraction; all else is text, as category where few values repeat, otherwise
        str. Ids, phones, codes and every column nobody knows stay text.
    """
    known = kinds or {}
    return _framed(
        leads,
        {
            name: _typed(text_series(values), known.get(name) or kind(name), name=name)
            for name, values in leads.columns.items()
        },
    )


def raw_frame(leads: LeadTable) -> pd.DataFrame:
    """Show the leads as they came: dtype str throughout, missing where LeadSquared sent null."""
    return _framed(leads, {name: text_series(values) for name, values in leads.columns.items()})


def unread(leads: LeadTable, frame: pd.DataFrame) -> dict[str, int]:
    """Count the dates and numbers that could not be read.

    Args:
        leads: The leads with their raw text.
        frame: What `leads_frame` made of them.

    Returns:
        The number of values that are there in `leads` and missing in `frame`, by column; only
        columns that have some.
    """
    counts = {
        name: int((frame[name].isna() & text_series(values).str.strip().fillna("").ne("")).sum())
        for name, values in leads.columns.items()
        if name in frame and frame[name].hasnans
    }
    return {name: count for name, count in counts.items() if count}


def _framed(leads: LeadTable, columns: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Put the columns together; a name that no encoding can write is spelt with its escapes."""
    names = {name: name.encode("utf-8", "backslashreplace").decode() for name in columns}
    return pd.DataFrame(
        {names[name]: values for name, values in columns.items()}, index=range(len(leads))
    )


def _typed(text: pd.Series[str], as_kind: Kind, *, name: str) -> pd.Series:
    """Give one column of raw text the dtype of its kind."""
    if as_kind is Kind.DATE:
        return _dates(text, may_be_days=kind(name) is not Kind.DATE)
    if as_kind is Kind.NUMBER:
        return _numbers(text)
    return text if as_kind in _UNIQUE else few_as_category(text)


def _dates(text: pd.Series[str], *, may_be_days: bool) -> pd.Series:
    """Read dates and times, UTC unless they name a zone; anything else is missing.

    Where all are days and may be, they have no zone: a birthday is the same day in every one.
    """
    shaped = text.where(text.str.fullmatch(_DATE, na=False)).str.strip()
    read = pd.to_datetime(shaped, format="ISO8601", utc=True, errors="coerce")
    kept = read.where((read >= _FIRST_DAY) & (read < _LAST_DAY)).dt.as_unit("us")
    days = may_be_days and bool(shaped.dropna().str.fullmatch(_DAY).all())
    return kept.dt.tz_localize(None) if days else kept


def _numbers(text: pd.Series[str]) -> pd.Series:
    """Read numbers, as Int64 when all are whole; anything else is missing."""
    shaped = text.where(text.str.fullmatch(_NUMBER, na=False))
    read = pd.to_numeric(shaped, errors="coerce").astype("Float64")
    kept = read.where(read.abs() < _TOO_LARGE)
    return kept.astype("Int64") if bool((kept % 1 == 0).all()) else kept


def few_as_category(text: pd.Series[str]) -> pd.Series:
    """Share repeated values, where there are few of them and they repeat."""
    distinct = text.nunique()
    few = distinct <= _FEW and 2 * distinct <= len(text)
    return text.astype("category") if few else text
