"""What a column's name says about the ids in it."""

from __future__ import annotations

import re

__all__ = ["EXACT", "doubt_of_name", "name_looks", "near"]

EXACT = 2
"""How a name looks that lead ids have and nothing else has."""

_NEAR = 0.9
"""A column with nine tenths of the best one's ids ties with it: a few damaged cells decide
nothing between the lead ids and, say, the owner ids beside them."""

_NEAR_BY_NAME = 0.5
"""A column named exactly as lead ids are ties with half as many: every lead has an owner, but not
every row of an analyst has its lead."""

_EXACT = {"leadid", "prospectid"}
_LEAD = re.compile("lead|prospect")
_OTHER = re.compile(
    "owner|user|activity|opportunity|task|account|company|product|parent|related|by"
)


def name_looks(name: str) -> int:
    """Tell how much a name promises lead ids: 2 exactly, 1 somewhat, -1 something else's."""
    letters = re.sub(r"[^a-z]", "", name.lower())
    if letters in _EXACT:
        return EXACT
    if _OTHER.search(letters):
        return -1
    return 1 if _LEAD.search(letters) else 0


def near(ids: int, most: int, looks: int) -> bool:
    """Say whether a column with so many ids is as good as the one with most of them.

    Args:
        ids: Its cells with an id.
        most: Those of the column with most.
        looks: How its name looks, by `name_looks`.
    """
    return ids >= most * (_NEAR_BY_NAME if looks == EXACT else _NEAR)


def doubt_of_name(name: str) -> tuple[str, ...]:
    """Return a sentence where a column that was taken is named as the ids of something else are."""
    if name_looks(name) >= 0:
        return ()
    return (f"Column {name} does not look like lead ids by its name; its ids are taken for some.",)
