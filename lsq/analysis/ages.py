"""How old leads are: since they were created or last active, by stage, and in weeks.

Everything here counts whole numbers, so that a click on a filter costs milliseconds at a hundred
thousand leads.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.stages import STAGE
from lsq.analysis.text import BLANK
from lsq.analysis.values import Values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    import numpy.typing as npt

    from lsq.analysis.values import Flags, Indexed

__all__ = ["AGES", "age_bands", "ageing", "band_days", "days_since", "weekly"]

AGES = (7, 30, 90, 180, 365)
"""The bands of ages end at these days, the last one never."""

_STARTS = (0, *(end + 1 for end in AGES))
_AGEING = {"stage": "str", "leads": "int64", "undated": "int64"} | dict.fromkeys(
    ("low", "median", "high", "over_30", "over_90"), "Float64"
)
_EN_DASH = "\N{EN DASH}"
_DAY_US = 86_400_000_000
_WEEK = timedelta(days=7)


def days_since(dates: pd.Series, *, now_s: float) -> npt.NDArray[np.int64]:
    """Count the whole days from each date to now.

    Args:
        dates: dtype datetime64 with a zone.
        now_s: Now, in seconds since the epoch.

    Returns:
        Days per row, 0 for a date that is still to come, -1 for a missing one.
    """
    instants = _instants_us(dates)
    days = np.maximum((int(now_s * 1e6) - instants) // _DAY_US, 0)
    return np.where(dates.isna().to_numpy(), -1, days)


def age_bands(dates: pd.Series, *, today: date, zone: ZoneInfo) -> Values:
    """Write dates out as how many days ago they are, in bands that end at `AGES`.

    Args:
        dates: dtype datetime64 with a zone; one that is still to come is in the first band.
        today: The day from which is counted back.
        zone: Where the days begin.

    Returns:
        The bands in order, the youngest first, and blank for missing dates; `band_days` says which
        days are in one.
    """
    begins = (today - timedelta(days=end) for end in reversed(AGES))
    edges_us = [int(_midnight(day, zone).timestamp() * 1e6) for day in begins]
    band = len(AGES) - np.searchsorted(edges_us, _instants_us(dates), side="right")
    codes = np.where(dates.isna(), len(AGES) + 1, band)
    names = [f"{start}{_EN_DASH}{end} days" for start, end in zip(_STARTS, AGES, strict=False)]
    return Values((*names, f"over {AGES[-1]} days", BLANK), codes.astype(np.int32))


def band_days(place: int, *, today: date) -> tuple[date | None, date | None] | None:
    """Return the first and the last day of a band of `age_bands`, None where it has no such end.

    Args:
        place: The place of the band; that of blank has no days and gives None.
        today: As there.
    """
    if place > len(AGES):
        return None
    first = today - timedelta(days=AGES[place]) if place < len(AGES) else None
    return first, today - timedelta(days=_STARTS[place]) if place else None


def ageing(
    table: Indexed, kept: Flags, *, order: Sequence[str], dates: str, now_s: float
) -> pd.DataFrame:
    """Tell for each stage how long ago its leads were created, or last active.

    Args:
        table: One row per lead.
        kept: Which rows are counted.
        order: The name of every stage that occurs, and others that shall be shown.
        dates: The column that says when.
        now_s: Now, in seconds since the epoch.

    Returns:
        A row per stage of `order`: `stage` str; `leads` int64, those with a date; `undated` int64,
        those without; `low`, `median` and `high` Float64, the quartiles in days, each the smallest
        number that so many leads do not exceed, missing without leads; `over_30` and `over_90`
        Float64, shares of `leads` of more days than that, missing without leads.
    """
    stages = table.values(STAGE)
    place = {name: at for at, name in enumerate(stages.names)}
    days = days_since(table.frame[dates], now_s=now_s)[kept]
    # One number for stage and days: sorting numbers is many times as fast as sorting pairs.
    span = int(np.max(days, initial=0)) + 2
    both = np.sort(stages.codes[kept] * np.int64(span) + (days + 1))
    lines = []
    for name in order:
        code = place.get(name, len(place))
        first, after = np.searchsorted(both, (code * span, (code + 1) * span))
        lines.append((name, *_ages(both[first:after] - code * span - 1)))
    columns = dict(zip(_AGEING, zip(*lines, strict=True), strict=True)) if lines else {}
    return pd.DataFrame(
        {
            name: pd.Series(list(columns.get(name, ())), dtype=dtype)
            for name, dtype in _AGEING.items()
        }
    )


def weekly(dates: pd.Series, kept: Flags, *, zone: ZoneInfo) -> pd.DataFrame:
    """Count the rows of each week, Monday to Sunday as they are in a zone.

    Args:
        dates: dtype datetime64 with a zone; a missing date is in no week.
        kept: Which rows are counted.
        zone: Where the weeks begin at midnight.

    Returns:
        A row per week from the first to the last that has rows, and those between: `monday`
        datetime64[s] without a zone; `leads` int64.
    """
    dated = dates[kept & dates.notna().to_numpy()]
    if dated.empty:
        return pd.DataFrame(
            {"monday": np.array([], "datetime64[s]"), "leads": np.array([], np.int64)}
        )
    first, last = (instant.astimezone(zone) for instant in (dated.min(), dated.max()))
    start = _midnight(first.date() - timedelta(days=first.weekday()), zone)
    weeks = (last.date() - start.date()).days // 7 + 1
    mondays = [start + number * _WEEK for number in range(weeks)]
    begins_us = [int(monday.timestamp() * 1e6) for monday in mondays]
    week = np.searchsorted(begins_us, _instants_us(dated), side="right") - 1
    return pd.DataFrame(
        {
            "monday": np.array([monday.date() for monday in mondays], "datetime64[s]"),
            "leads": np.bincount(week, minlength=weeks).astype(np.int64),
        }
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _instants_us(dates: pd.Series) -> npt.NDArray[np.int64]:
    """Return microseconds since the epoch, the least of all integers for a missing date."""
    instants: npt.NDArray[np.int64] = dates.dt.as_unit("us").to_numpy("datetime64[us]").view("i8")
    return instants


def _ages(days: npt.NDArray[np.int64]) -> tuple[float | None, ...]:
    """Sum up the days of one stage, sorted; those below 0 have no date."""
    undated = int(np.searchsorted(days, 0))
    dated = days[undated:]
    if not len(dated):
        return 0, undated, None, None, None, None, None
    quartiles = (int(dated[-(-len(dated) * part // 4) - 1]) for part in (1, 2, 3))
    over = (1 - int(np.searchsorted(dated, end, side="right")) / len(dated) for end in (30, 90))
    return len(dated), undated, *quartiles, *over
