"""Chance without a generator: a lead's dice are one digest of its number.

The same number rolls the same dice on every machine and every Python, so a lead's values can be
computed when they are asked for and stored nowhere.
"""

from __future__ import annotations

from array import array
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


class Die:
    """Which die decides what, so that no two columns share one by accident.

    Plain numbers: every lead of every answer looks a dozen of them up.
    """

    STAGE = 0
    OWNER = 1
    SOURCE = 2
    MEDIUM = 3
    CAMPAIGN = 4
    FIRST_NAME = 5
    LAST_NAME = 6
    EMAIL = 7
    PHONE = 8
    PHONE_SPELLING = 9
    MOBILE = 10
    COMPANY = 11
    JOB = 12
    CITY = 13
    STREET = 14
    ZIP = 15
    COURSE = 16
    CREATED_DAY = 17
    CREATED_HOUR = 18
    CREATED_SECOND = 19
    ACTIVITY = 20
    ACTIVITY_NAME = 21
    NEVER_ACTIVE = 22
    MODIFIED = 23
    SCORE = 24
    SCORE_SPREAD = 25
    ENGAGEMENT = 26
    QUALITY = 27
    CONSENT = 28
    NOTES = 29
    NAUGHTY = 30
    OLDER_SHEET = 31


def roll(number: int) -> tuple[int, ...]:
    """Return the dice of lead `number`: 32, one for each `Die`."""
    digest = blake2b(number.to_bytes(16, "little"), person=b"leadsheet").digest()
    return unpack("<32H", digest)


class Weighted(Generic[Value]):
    """Values that come up in given shares."""

    def __init__(self, shares: Iterable[tuple[Value, float]]) -> None:
        """Keep the values; `shares` are weights of any sum."""
        values, weights = zip(*shares, strict=True)
        total = sum(weights)
        self.values: tuple[Value, ...] = values
        self._place_of = array("H")  # of the value that each side of a die stands for
        for place, upto in enumerate(accumulate(weights)):
            edge = round(SIDES * upto / total)
            self._place_of.extend([place] * (edge - len(self._place_of)))

    def pick(self, die: int) -> Value:
        """Return the value that a die between 0 and 65,535 stands for."""
        return self.values[self._place_of[die]]
