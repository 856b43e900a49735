"""The shape of a lead id inside other text, once for Python's `re` and once for Arrow's RE2."""

from __future__ import annotations

import re

__all__ = ["CLEAN", "ID_IN_TEXT", "LOOSE", "NO_LEAD", "SHORTEST", "holds_id"]

SHORTEST = 32
"""Characters of the shortest id: hexadecimal digits only."""

NO_LEAD = "00000000-0000-0000-0000-000000000000"
"""What programs write for "none"; it has the shape of an id and is not one."""

CLEAN = "(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
"""RE2: the whole cell is one id with dashes, in either case."""

_BODY = "[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
_LOOSE_DASH = "[-\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff\u00ad]{0,2}"

LOOSE = f"(?i)(^|[^0-9a-z]|%[0-9a-f]{{2}}){_BODY.replace('-?', _LOOSE_DASH)}($|[^0-9a-z])"
"""RE2: an id is somewhere in the cell, for counting; RE2 knows no look-around."""

ID_IN_TEXT = re.compile(
    # Part of a longer number or word is not an id, nor is a GUID with a further group of digits.
    rf"(?:(?<![0-9a-z])|(?<=%[0-9a-f]{{2}}))(?<![0-9a-f]{{4}}-){_BODY}(?![0-9a-z]|-[0-9a-f]{{4}})",
    re.IGNORECASE,
)
"""Each match is an id as written: dashes optional, boundaries outside letters and digits."""


def holds_id(text: str) -> bool:
    """Say whether the shape of an id is somewhere in `text`."""
    return len(text) >= SHORTEST and ID_IN_TEXT.search(text) is not None
