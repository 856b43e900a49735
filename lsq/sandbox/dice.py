"""Chance without a generator: a lead's dice are one digest of its number.

The same number rolls the same dice on every machine and every Python, so a lead's values can be
computed when they are asked for and stored nowhere.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum, auto
from hashlib import blake2b
from itertools import accumulate
from struct import unpack
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SIDES", "Die", "Weighted", "roll"]

SIDES = 1 << 16
"""Each die shows 0 to 65,535."""

Value = TypeVar("Value")


class Die(IntEnum):
    """Which die decides what, so that no two columns share one by accident."""

    STAGE = 0
    OWNER = auto()
    SOURCE = auto()
    MEDIUM = auto()
    CAMPAIGN = auto()
    FIRST_NAME = auto()
    LAST_NAME = auto()
    EMAIL = auto()
    PHONE = auto()
    PHONE_SPELLING = auto()
    MOBILE = auto()
    COMPANY = auto()
    JOB = auto()
    CITY = auto()
    STREET = auto()
    ZIP = auto()
    COURSE = auto()
    CREATED_DAY = auto()
    CREATED_HOUR = auto()
    CREATED_SECOND = auto()
    ACTIVITY = auto()
    ACTIVITY_NAME = auto()
    NEVER_ACTIVE = auto()
    MODIFIED = auto()
    SCORE = auto()
    SCORE_SPREAD = auto()
    ENGAGEMENT = auto()
    QUALITY = auto()
    CONSENT = auto()
    NOTES = auto()
    NAUGHTY = auto()
    OLDER_SHEET = auto()


def roll(number: int) -> tuple[int, ...]:
    """Return the dice of lead `number`, one for each `Die`."""
    digest = blake2b(number.to_bytes(16, "little"), person=b"leadsheet").digest()
    return unpack("<32H", digest)


class Weighted(Generic[Value]):
    """Values that come up in given shares."""

    def __init__(self, shares: Iterable[tuple[Value, float]]) -> None:
        """Keep the values; `shares` are weights of any sum."""
        values, weights = zip(*shares, strict=True)
        total = sum(weights)
        self.values: tuple[Value, ...] = values
        self._edges = [round(SIDES * upto / total) for upto in accumulate(weights)][:-1]

    def pick(self, die: int) -> Value:
        """Return the value that a die between 0 and 65,535 stands for."""
        return self.values[bisect_right(self._edges, die)]
