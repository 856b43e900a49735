"""Figures as people read them: digits in threes, units in words, a true minus.

Every page, file and report writes its numbers through these functions, so that they agree.
"""

from __future__ import annotations

__all__ = ["age_range", "change", "count", "counted", "decimal", "duration", "share", "size"]

_MINUS = "\N{MINUS SIGN}"
_DASH = "\N{EN DASH}"
_MINUTE_S = 60
_HOUR_S = 3600
_DAY_S = 86400
_ROUNDS_TO_TEN = 9.95
_UNIT_STEP = 1000


def count(number: int) -> str:
    """Write a whole number: `4,812`."""
    return f"{number:,}".replace("-", _MINUS)


def decimal(number: float) -> str:
    """Write a number with what it has after the point: `1,234,567`, `−0.5`."""
    written = f"{number:,.0f}" if float(number).is_integer() else f"{number:,}"
    return written.replace("-", _MINUS)


def change(number: int) -> str:
    """Write by how many something has changed, with its sign: `+78`, `−5`, `0`."""
    return f"+{count(number)}" if number > 0 else count(number)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Write how many of something there are: `1 lead`, `4,812 leads`."""
    return f"{count(number)} {noun if number == 1 else plural or noun + 's'}"


def share(part: float, *, places: int = 1, partial: bool = False) -> str:
    """Write a share of 1 as a percentage: `24.5%`.

    Args:
        part: The share, 0 to 1.
        places: Digits after the point.
        partial: Whether more leads are still to come, which a `~` in front says.
    """
    written = f"{part:.{places}%}"
    least = 10.0**-places
    if part > 0 and written == f"{0:.{places}%}":
        written = f"<{least:.{places}f}%"
    elif part < 1 and written == f"{1:.{places}%}":
        written = f">{100 - least:.{places}f}%"
    return f"~{written}" if partial else written


def duration(seconds: float) -> str:
    """Write a time span in at most two units: `1.3 s`, `12 s`, `2 min 5 s`, `2 h 14 min`, `3 d`."""
    if seconds < _ROUNDS_TO_TEN:
        return f"{_short(seconds)} s"
    whole = round(seconds)
    if whole >= _HOUR_S:
        whole = round(whole / _MINUTE_S) * _MINUTE_S
    for unit_s, unit, smaller_s, smaller in (
        (_DAY_S, "d", _HOUR_S, "h"),
        (_HOUR_S, "h", _MINUTE_S, "min"),
        (_MINUTE_S, "min", 1, "s"),
    ):
        if whole >= unit_s:
            rest = whole % unit_s // smaller_s
            return f"{whole // unit_s} {unit}" + (f" {rest} {smaller}" if rest else "")
    return f"{whole} s"


def age_range(*, newest_s: float, oldest_s: float) -> str:
    """Write how old data are: `2 min old`, or a range; `under 1 min old` when all of it is.

    Args:
        newest_s: Age of the newest, in seconds; ages below 0 (a clock set back) count as 0.
        oldest_s: Age of the oldest, in seconds.
    """
    newest, oldest = (max(0, int(age_s // _MINUTE_S)) for age_s in (newest_s, oldest_s))
    if oldest == 0:
        return "under 1 min old"
    if newest == oldest:
        return f"{_minutes(oldest)} old"
    if oldest * _MINUTE_S < _HOUR_S:
        return f"{newest}{_DASH}{oldest} min old"
    return f"{_minutes(newest)} {_DASH} {_minutes(oldest)} old"


def size(size_bytes: float) -> str:
    """Write a size in powers of 1,000: `512 B`, `1.2 MB`, `690 MB`."""
    amount = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if round(amount) < _UNIT_STEP:
            return f"{_short(amount)} {unit}"
        amount /= _UNIT_STEP
    return f"{_short(amount)} GB"


def _minutes(minutes: int) -> str:
    """Write whole minutes, 0 included."""
    return duration(minutes * _MINUTE_S) if minutes else "0 min"


def _short(amount: float) -> str:
    """Write one decimal below ten, unless it is 0, and none above."""
    return f"{amount:.1f}".removesuffix(".0") if amount < _ROUNDS_TO_TEN else f"{amount:,.0f}"
