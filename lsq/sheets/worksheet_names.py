"""Names that every spreadsheet program takes for a worksheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["worksheet_names"]

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_RESERVED = {"history"}  # Excel keeps it for itself


def worksheet_names(names: Iterable[str]) -> list[str]:
    """Make names allowed and unique without regard to case; a repetition gets " (2)"."""
    taken = set(_RESERVED)
    given = []
    for name in names:
        bare = _FORBIDDEN.sub("-", name).strip("' ") or "Sheet"
        chosen, number = bare[:_LONGEST].rstrip("' "), 1
        while chosen.casefold() in taken:
            number += 1
            mark = f" ({number})"
            chosen = bare[: _LONGEST - len(mark)].rstrip("' ") + mark
        taken.add(chosen.casefold())
        given.append(chosen)
    return given
