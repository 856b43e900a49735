"""Dates and times as sheets write them, compared with the account's instants.

A sheet seldom says which clock its times are of, nor whether 5/6 is in May or in June. What most
of its rows agree on with the account says both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from lsq.analysis.scales import only_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from lsq.analysis.values import Flags

    Micros = npt.NDArray[np.int64]

__all__ = ["read_share", "same_times", "without_zone", "zone_of"]

_ZONED = re.compile(r"^(?P<name>.*\S)\s*\((?P<zone>UTC|GMT|[A-Za-z_]+(?:/[\w+-]+)+)\)\s*$")
_ISO = r"\s*\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?\s*"
_OFFSET = r"(?:Z|[+-]\d\d:?\d\d)\s*$"
_DAYS = ("%d %m %Y", "%m %d %Y", "%Y %m %d", "%d %b %Y", "%b %d %Y", "%d %B %Y", "%B %d %Y")
_SHORT_DAYS = ("%d %m %y", "%m %d %y", "%d %b %y")
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_FORMATS = tuple(f"{day}{clock}" for day, clock in product((*_DAYS, *_SHORT_DAYS), _CLOCKS))
_SAMPLE = 200
_READ = 0.9
"""Of the best way's rows that another way to read a column must reach to be tried as well."""

_SECOND_US = 1_000_000
_QUARTER_US = 900 * _SECOND_US
_DAY_US = 86_400 * _SECOND_US
_WIDEST_US = 14 * 3600 * _SECOND_US
_COMMON = 0.2
"""Share of rows that has to have an offset from UTC before it counts as a clock of the sheet."""

_NEVER = np.iinfo(np.int64).min
_HALF_HOURS = (0, 11, *(sign * half for half in range(1, 29) for sign in (1, -1)))
"""Clocks to try, in half hours from UTC: UTC itself, India, and then the others."""


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Rows that are written alike: microseconds of a wall clock, and whether that is UTC's."""

    at: Micros
    utc: bool


def zone_of(header: str) -> ZoneInfo | None:
    """Return the zone that a header names as our own files do: `CreatedOn (Asia/Kolkata)`."""
    found = _ZONED.match(header)
    try:
        return ZoneInfo(found["zone"]) if found else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def without_zone(header: str) -> str:
    """Return a header without the zone that it names."""
    found = _ZONED.match(header)
    return found["name"] if found else header


def read_share(old: pd.Series) -> float:
    """Say how many of the values that are there can be read as a date, 0 to 1."""
    text = old.fillna("").astype("str")
    there = int(text.str.strip().ne("").sum())
    return max((int(_is_read(way).sum()) for way in _readings(text)), default=0) / max(there, 1)


def same_times(old: pd.Series, new: pd.Series, *, header: str = "") -> tuple[Flags, Flags]:
    """Mark the rows whose time has not changed, as exactly as the sheet writes times.

    A sheet of days is compared by day, one of minutes by minute; so is an account's column of days.

    Args:
        old: Text.
        new: datetime64, with a zone unless it holds days without times.
        header: The name of `old` in the sheet; it may name the zone.

    Returns:
        Which rows are the same, and which cannot be read. No row is both.
    """
    text = old.fillna("").astype("str").reset_index(drop=True)
    blank = text.str.strip().eq("").to_numpy()
    days, zone = only_days(new), zone_of(header)
    utc = _micros(new if days else new.dt.tz_convert("UTC").dt.tz_localize(None))
    by_wall = None if days else zone
    wall = utc if by_wall is None else _micros(new.dt.tz_convert(by_wall).dt.tz_localize(None))
    agreed, unread = np.zeros(len(text), dtype=np.bool_), ~blank
    for number, way in enumerate(_readings(text)):
        found = np.zeros_like(agreed)
        for part in way:
            now = utc if part.utc else wall
            old_at = _utc_day(part, zone) if days else part.at
            found |= _agreed(old_at, now, known=days or part.utc or zone is not None)
        if not number or found.sum() > agreed.sum():
            agreed, unread = found, ~_is_read(way) & ~blank
    unchanged: Flags = np.where(blank, utc == _NEVER, agreed)
    return unchanged, unread


def _readings(text: pd.Series) -> Iterator[tuple[_Part, ...]]:
    """Yield the ways to read a column that read most of it.

    Spreadsheet programs turn some cells of a column of days into dates and leave the others as
    they were typed, so the ISO rows are read by themselves, and the others around them.
    """
    iso = text.str.fullmatch(_ISO)
    read = _iso(text.where(iso)) if bool(iso.any()) else None
    plain = text.mask(iso, "").str.strip().str.replace(r"[\s,./-]+", " ", regex=True)
    sample = plain[plain != ""].iloc[:_SAMPLE]
    hits = {way: int(_read(sample, way).notna().sum()) for way in _likely(sample)}
    most = max(hits.values(), default=0)
    if not most and read:
        yield (read,)
    for way, rows in hits.items():
        if most and rows >= _READ * most:
            others = _Part(_micros(_read(plain, way)), utc=False)
            yield _put_together(read, others) if read else (others,)


def _iso(text: pd.Series) -> _Part:
    """Read the rows that are written as ISO says; the others are missing."""
    read = pd.to_datetime(text, format="ISO8601", utc=True, errors="coerce")
    return _Part(_micros(read.dt.tz_localize(None)), bool(text.str.contains(_OFFSET).any()))


def _put_together(iso: _Part, others: _Part) -> tuple[_Part, ...]:
    """Make one part of two that are as exact as each other: they are of one clock then."""
    steps = {_precision(part.at) for part in (iso, others)}
    if iso.utc or len(steps) > 1:
        return iso, others
    return (_Part(np.maximum(iso.at, others.at), utc=False),)


def _is_read(way: tuple[_Part, ...]) -> Flags:
    """Mark the rows that a way reads."""
    read: Flags = np.any([part.at != _NEVER for part in way], axis=0)
    return read


def _likely(sample: pd.Series) -> Iterator[str]:
    """Yield the formats that have a clock, and a month in letters, where most of a sample has."""
    clock = bool(sample.str.contains(":").mean() > 1 / 2)
    letters = bool(sample.str.contains(r"[a-z]{3}", case=False).mean() > 1 / 2)
    for way in _FORMATS:
        if ("%M" in way) is clock and ("%b" in way.lower()) is letters:
            yield way


def _read(text: pd.Series, way: str) -> pd.Series:
    return pd.to_datetime(text, format=way, errors="coerce")


def _micros(times: pd.Series) -> Micros:
    """Return times as microseconds since the epoch, int64, `_NEVER` where there is none."""
    found: Micros = times.astype("datetime64[us]").to_numpy().astype(np.int64)
    return found


def _utc_day(part: _Part, zone: ZoneInfo | None) -> Micros:
    """Return when the days begin that times are on; times of a zone are on those of UTC.

    An account's days were written so while the column held times too.
    """
    at = part.at
    if zone is not None and not part.utc and _precision(at) < _DAY_US:
        wall = pd.Series(at.astype("datetime64[us]"))
        first = np.ones(len(wall), dtype=np.bool_)  # of the hour that an autumn has twice
        here = wall.dt.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
        at = _micros(here.dt.tz_convert("UTC").dt.tz_localize(None))
    begin: Micros = np.where(at == _NEVER, _NEVER, at - np.where(at == _NEVER, 0, at % _DAY_US))
    return begin


def _agreed(old: Micros, now: Micros, *, known: bool) -> Flags:
    """Mark the rows that say the same on one clock, the sheet's own unless it is known."""
    both = (old != _NEVER) & (now != _NEVER)
    step = _precision(old)
    floored = np.where(both, now - now % step, 0)
    apart = np.where(both, old - floored, 1)
    if known:
        agreed: Flags = both & (apart == 0)
        return agreed
    if step == _DAY_US:
        return _same_days(old, now, both)
    offsets, rows = np.unique(apart[both], return_counts=True)
    clock = (offsets % _QUARTER_US == 0) & (np.abs(offsets) <= _WIDEST_US)
    common = offsets[clock & (rows >= _COMMON * both.sum())]
    on_a_clock: Flags = both & np.isin(apart, common if len(common) else [0])
    return on_a_clock


def _same_days(old: Micros, now: Micros, both: Flags) -> Flags:
    """Mark the rows that have the same day on the clock on which most of them have.

    Summer time is an hour beside it: a clock on which at least half of the rows have the same day.
    """
    rows = both.sum()
    hits = [0] * len(_HALF_HOURS)
    for place, half_hours in enumerate(_HALF_HOURS):
        hits[place] = int(_on_day(old, now, both, half_hours).sum())
        if hits[place] == rows:
            break
    best = _HALF_HOURS[hits.index(max(hits))]
    beside = (_on_day(old, now, both, best + hour) for hour in (-2, 2))
    summer = [found for found in beside if 2 * found.sum() >= rows]
    same: Flags = np.any([_on_day(old, now, both, best), *summer], axis=0)
    return same


def _on_day(old: Micros, now: Micros, both: Flags, half_hours: int) -> Flags:
    moved = now + half_hours * 2 * _QUARTER_US
    on_day: Flags = both & (old == moved - moved % _DAY_US)
    return on_day


def _precision(at: Micros) -> int:
    """Return the smallest step that times are written in: a day, a minute, a second or less."""
    read = at[at != _NEVER]
    for step in (_DAY_US, 60 * _SECOND_US, _SECOND_US, _SECOND_US // 1000):
        if not (read % step).any():
            return step
    return 1
