"""Columns about persons, told by what they are called and by what stands in them.

What such a column holds may never leave in a link, so whatever is in doubt is about persons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsq.analysis.text import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.analysis.values import Indexed

__all__ = ["People", "names_number_of_one", "names_person"]

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]")
_THING = re.compile(
    r"\b(?:activity|batch|board|branch|brand|campaign|campus|centre|center|city|class|college"
    r"|company|country|course|degree|department|district|event|exam|form|institut\w*|intake|package"
    r"|page|plan|product|program|programme|project|region|scheme|school|source|speciali\w*|stage"
    r"|state|stream|subject|territory|university|vertical|webinar|zone) names?\b"
)
"""Names of what is no person."""

_PERSON = re.compile(
    r"name|owner|user|agent|counsel|manag|assign|alloc|executive|caller|faculty|teacher|trainer"
    r"|instructor|professor|person|mentor|advis|represent|handl|tutor|coach(?!ing)|consultant|(?<!p)refer"
    r"|parent|father|mother|guardian|spouse|husband|wife|sibling|brother|sister|officer|supervis"
    r"|incharge|employee|staff|creator|modifier|doctor|partner|birth|latitude|longitude"
    r"|\b(?:by|dob|rep|reps|rm|tl|bdm|bde|asm|poc|spoc|head|leader|in charge)\b"
    r"|\b(?:to|with)\s*$"
)
_NO_PERSON = re.compile(
    r".*\b(?:count|income|size|status|type)\s*"
    r"|(?:mx )?(?:referral|referral source|source referral|source referrer)\s*"
)
"""What is said of persons without naming them, and referrals as a source, which is no person."""

_NUMBER_OF_ONE = re.compile(
    r"\b(?:id|no|num|number|roll|passport|aadha+r|pan|registration|enrol\w*|admission|ref\w*)\b"
)
"""Names of numbers that tell one lead from all others."""

_LIKE_A_NAME = re.compile(r"[^\W\d_a-z][\w'.-]*(?:\s+[^\W\d_a-z][\w'.-]*){1,3}")
_OF_USERS = ("OwnerIdName", "CreatedByName", "ModifiedByName")
_OF_LEADS = ("FirstName", "LastName")


def names_number_of_one(title: str) -> bool:
    """Tell whether a column's name may be one for numbers that stand for one lead: `mx_Roll_No`."""
    return bool(_NUMBER_OF_ONE.search(_said(title)))


def _said(title: str) -> str:
    return " ".join(_PARTS.findall(title)).lower()


def names_person(title: str) -> bool:
    """Tell whether a column's schema name or label may be one for persons: `mx_Course_Mentor`."""
    said = _said(title)
    if _NO_PERSON.fullmatch(said):
        return False
    return bool(_PERSON.search(_THING.sub(" ", said)))


@dataclass(frozen=True, slots=True)
class People:
    """The persons that the leads know of.

    Attributes:
        users: The whole names of owners and other users, case-folded.
        words: Every word of them, and of the names of the leads.
    """

    users: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, table: Indexed) -> People:
        """Take the names from the columns of a table that hold some."""
        users = _names(table, _OF_USERS)
        names = users | _names(table, _OF_LEADS)
        return cls(users, frozenset(word for name in names for word in name.split()))

    def stand_in(self, values: Sequence[str]) -> bool:
        """Tell whether at least half of the distinct values of a column are names of persons."""
        there = [value for value in values if value != BLANK]
        return 0 < len(there) <= 2 * sum(map(self.is_one, there))

    def is_one(self, value: str) -> bool:
        """Tell whether a value is the name of a person that the leads know of."""
        name = value.strip()
        if name.casefold() in self.users:
            return True
        return bool(_LIKE_A_NAME.fullmatch(name)) and self.words.issuperset(name.casefold().split())


def _names(table: Indexed, columns: Sequence[str]) -> frozenset[str]:
    found = (name for column in columns if column in table for name in table.values(column).names)
    return frozenset(name.strip().casefold() for name in found if name != BLANK)
