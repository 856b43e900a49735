"""The shape of a lead id inside other text, once for Python's `re` and once for Arrow's RE2.

Cells are looked at in plain form: what cannot be seen is left out, and dashes of all kinds are
plain ones. `PLAIN` does that for one text, `UNSEEN` and `DASHES` are the same as sets for RE2.
"""

from __future__ import annotations

import re

__all__ = [
    "CLEAN",
    "DASHES",
    "GLUED",
    "ID_IN_TEXT",
    "LOOSE",
    "NOTHING",
    "NO_LEAD",
    "PLAIN",
    "SHORTEST",
    "SPACES",
    "TOUCHING",
    "UNSEEN",
    "WIDE",
    "WRAPPING",
    "holds_id",
]

SHORTEST = 32
"""Characters of the shortest id: hexadecimal digits only."""

NO_LEAD = "00000000-0000-0000-0000-000000000000"
"""What programs write for "none"; it has the shape of an id and is not one."""

CLEAN = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
"""RE2: the whole cell is one id as LeadSquared writes it."""

UNSEEN = "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
"""One character that cannot be seen, as a set for regular expressions."""

DASHES = "[\u2010-\u2015\u2043\u207b\u2212\u2500\u2e3a\u2e3b\ufe58\ufe63\uff0d]"
"""One character that looks like a dash, as a set for regular expressions."""

WIDE = "[\uff01-\uff0c\uff0e-\uff5e]"
"""One letter, digit or sign in the width of a Chinese character."""

SPACES = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""All white space there is."""

NOTHING = SPACES + (
    "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00ab\u00bb"
)
"""White space and quotes: a cell of these alone is blank."""

WRAPPING = NOTHING + "{}[]()<>,;.=|"
"""What people and programs put around an id: also brackets, commas, a formula's sign."""

_HEX, _DASH = "[0-9a-fA-F]", "(?:-|%(?:25)*2[dD])?"
_GROUPS = (8, 4, 4, 4, 12)
_BODY = _DASH.join(f"{_HEX}{{{digits}}}" for digits in _GROUPS)

LOOSE = f"(^|[^0-9a-zA-Z]|%(?:25)*{_HEX}{{2}}){_BODY}($|[^0-9a-zA-Z])"
"""RE2: a plain text may hold an id; RE2 knows no look-around, so what is found is read again."""

ID_IN_TEXT = re.compile(
    # Part of a longer number or word is not an id, nor is a GUID with a further group of digits.
    rf"(?:(?<![0-9a-zA-Z])|(?<=%{_HEX}{{2}})|(?<=%25{_HEX}{{2}}))(?<!{_HEX}{{4}}-)"
    rf"{_BODY}(?![0-9a-zA-Z]|-{_HEX}{{4}})"
)
"""Each match is an id as written: dashes optional, boundaries outside letters and digits."""

TOUCHING = _DASH.removesuffix("?").join(f"{_HEX}{{{digits}}}" for digits in _GROUPS)
"""RE2: where a separator may be missing, dashes alone say where an id begins and ends."""

GLUED = re.compile(f"{TOUCHING}|{ID_IN_TEXT.pattern}")
"""The same for `re`, beside ids with boundaries."""


def _members(characters: str) -> list[int]:
    spans = re.findall("(.)-(.)|(.)", characters[1:-1])
    return [n for a, b, one in spans for n in range(ord(one or a), ord(one or b) + 1)]


PLAIN: dict[int, str] = {
    **dict.fromkeys(_members(UNSEEN), ""),
    **{wide: chr(wide - 0xFEE0) for wide in _members(WIDE)},
    **dict.fromkeys(_members(DASHES), "-"),
}
"""For `str.translate`: the plain form of a text."""


def holds_id(text: str) -> bool:
    """Say whether the shape of an id is somewhere in `text`."""
    return len(text) >= SHORTEST and ID_IN_TEXT.search(text) is not None
