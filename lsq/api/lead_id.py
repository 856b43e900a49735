"""What a lead id is, and how text becomes one.

LeadSquared calls it the lead id, the prospect id (`ProspectID`) and, in links, `LeadID`: a GUID,
written as 8-4-4-4-12 hexadecimal digits. Letters' case carries no meaning, so ids are compared in
lower case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LeadId", "are_normal", "parse_lead_id"]

LeadId = NewType("LeadId", str)
"""A lead id in lower case with dashes, e.g. `0acb9356-bcd1-4128-b63a-97f52cb8cc3c`."""

_NORMAL = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LINE = 37  # characters of an id and a line feed
_NONE = "00000000-0000-0000-0000-000000000000"
_WRITTEN = re.compile(
    r"\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?",
    re.IGNORECASE,
)


def are_normal(texts: Sequence[str]) -> bool:
    """Tell whether all texts are ids in lower case with dashes already; quick for many.

    They are looked at as one table of bytes, an id a line, much faster than one by one.
    """
    lines = "\n".join([*texts, ""]).encode(errors="replace")
    at_dashes = (lines[place::_LINE] for place in (8, 13, 18, 23))
    return (
        len(lines) == len(texts) * _LINE
        and lines[_LINE - 1 :: _LINE] == b"\n" * len(texts)
        and all(column == b"-" * len(texts) for column in at_dashes)
        and lines.translate(None, b"0123456789abcdef") == b"----\n" * len(texts)
        and f"{_NONE}\n".encode() not in lines
    )


def parse_lead_id(text: str) -> LeadId | None:
    """Read one id as people and programs write it.

    Upper case, braces, missing dashes and surrounding white space are accepted. The all-zero GUID
    is what programs write for "none" and is not an id.

    Returns:
        The id in lower case with dashes, or None when the text is not an id.
    """
    normal = text
    if not _NORMAL.fullmatch(text):  # most are, and need no new text
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            return None
        normal = "-".join(match.groups()).lower()
    return LeadId(normal) if normal.strip("0-") else None
