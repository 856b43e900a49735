"""A workbook's typed cells as the text that a person would write."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["cell_text"]

_EXACT_INTEGERS = 1e15
"""Below it a float holds every integer, and a spreadsheet program shows every digit."""

_LONGEST = 1e21
"""From here on zeros would be guesses; the short form with an exponent stays."""


def cell_text(value: object) -> str:
    """Write one cell: 5 not 5.0, TRUE, 2026-06-14, 2026-06-14 09:12:00; text stays as it is."""
    return value if type(value) is str else _WRITERS[type(value)](value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT_INTEGERS:
        return str(int(value))
    # Spreadsheet programs keep and show 15 digits: 0.1 + 0.2 is 0.3 there.
    short = Decimal(format(value, ".15g"))
    return f"{short:f}" if abs(short) < _LONGEST else format(value, ".15g")


def _moment(value: dt.datetime) -> str:
    # Day fractions are not exact: 09:12 can arrive as 09:11:59.9999995.
    nearest = value + dt.timedelta(microseconds=500)
    milliseconds = nearest.microsecond // 1000
    text = nearest.strftime("%Y-%m-%d %H:%M:%S") if nearest.year >= 1000 else str(nearest)[:19]  # noqa: PLR2004  # strftime does not pad years
    return f"{text}.{milliseconds:03}" if milliseconds else text


def _duration(value: dt.timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


_WRITERS: dict[type, Callable[..., str]] = {
    bool: lambda value: "TRUE" if value else "FALSE",
    int: str,
    float: _number,
    dt.date: dt.date.isoformat,
    dt.datetime: _moment,
    dt.time: lambda value: value.strftime("%H:%M:%S"),
    dt.timedelta: _duration,
}
