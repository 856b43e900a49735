"""One lead, computed from its number: what its columns have in common and follow from."""

from __future__ import annotations

from time import gmtime

from lsq.sandbox import tables
from lsq.sandbox.dice import SIDES, Die, Weighted, roll
from lsq.sandbox.ids import lead_id

__all__ = ["NOW_S", "Lead"]

NOW_S = 1_794_700_800
"""The account's present, 2026-11-15 00:00 UTC, in seconds since the epoch: no lead is newer."""

_DAY_S = 86_400
_DAYS = 548
# Admissions: most enquiries come from April to July, fewer at weekends. Shares by month, January
# first, and by hour of the day in UTC (half past nine in India is four o'clock).
_MONTHS = (5, 6, 8, 12, 15, 14, 11, 8, 6, 5, 4, 4)
_HOURS = (3, 2, 3, 4, 7, 9, 9, 8, 7, 7, 8, 8, 7, 6, 6, 6, 5, 4, 3, 2, 1, 1, 1, 2)
_SUNDAY, _SATURDAY = 6, 5


def _share_of_day(day: int) -> float:
    """Return how many leads come on the day that ends `day` days before the present."""
    date = gmtime(NOW_S - (day + 1) * _DAY_S)
    weekend = {_SATURDAY: 0.7, _SUNDAY: 0.45}
    return _MONTHS[date.tm_mon - 1] * weekend.get(date.tm_wday, 1.0)


_CREATED_DAYS_S = Weighted(
    [(NOW_S - (day + 1) * _DAY_S, _share_of_day(day)) for day in range(_DAYS)]
)
_CREATED_HOURS_S = Weighted([(hour * 3600, share) for hour, share in enumerate(_HOURS)])
_NEVER_ACTIVE = 0.22
_LOST = frozenset(tables.LOST_STAGES)


class Lead:
    """A lead of the demo account.

    Attributes:
        number: Which lead it is, from 0.
        dice: What its values are picked by.
        stage: The stage it is in.
        created_s: When it was created, in seconds since the epoch.
    """

    __slots__ = ("_id", "created_s", "dice", "number", "stage")

    def __init__(self, number: int, *, known_id: str = "") -> None:
        """Roll the dice of lead `number`; its id, where known, need not be computed."""
        self.number = number
        self._id = known_id
        self.dice = dice = roll(number)
        # What nearly every answer holds, or is sorted by; all else is worked out when asked for.
        self.stage: tables.Stage = tables.STAGES.pick(dice[Die.STAGE])
        self.created_s: int = (
            _CREATED_HOURS_S.pick(dice[Die.CREATED_HOUR])
            + _CREATED_DAYS_S.pick(dice[Die.CREATED_DAY])
            + dice[Die.CREATED_SECOND] % 3600
        )

    @property
    def id(self) -> str:
        """Its lead id."""
        return self._id or lead_id(self.number)

    def part(self, die: int) -> float:
        """Return a die as a part of one: 0 up to, not including, 1."""
        return self.dice[die] / SIDES

    @property
    def owner(self) -> tables.Owner:
        """The user who owns it."""
        return tables.OWNERS.pick(self.dice[Die.OWNER])

    @property
    def city(self) -> tables.City | None:
        """Where it lives, if that is known."""
        return tables.CITIES.pick(self.dice[Die.CITY])

    @property
    def activity_s(self) -> int | None:
        """When somebody last did something with it; None for prospects nobody has touched."""
        stage = self.stage.name
        if stage == "Prospect" and self.part(Die.NEVER_ACTIVE) < _NEVER_ACTIVE:
            return None
        age_s = NOW_S - self.created_s
        part = self.part(Die.ACTIVITY)
        # Open leads were mostly seen lately, lost ones at any time since they came.
        return NOW_S - int(age_s * (part if stage in _LOST else part**3))

    @property
    def modified_s(self) -> int:
        """When it was last changed: with its last activity or some time after."""
        since = self.activity_s or self.created_s
        return since + int((NOW_S - since) * self.part(Die.MODIFIED) ** 6)

    @property
    def score(self) -> int:
        """Its stage's score with a spread; sometimes negative, as in real accounts."""
        spread = self.part(Die.SCORE) + self.part(Die.SCORE_SPREAD) - 1
        return self.stage.score + round(26 * spread)
