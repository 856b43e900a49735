"""Column names: never empty, never twice; and those that mark our own files."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "LEDGER_COLUMNS",
    "OUTCOME_COLUMN",
    "SUFFIX",
    "TAKEN",
    "column_names",
    "unique_names",
]

OUTCOME_COLUMN = "Outcome"
"""The column that marks a file as written here."""

SUFFIX = " (LeadSquared)"
"""What is added to a lead's column whose name the analyst's sheet has already."""

TAKEN = rf"(?:{re.escape(SUFFIX)})?(?: \(\d+\))?"
"""How the name of a column of ours may go on, as a regular expression."""

LEDGER_COLUMNS = ("row", "value", "id", "outcome", "detail")
"""The columns of every ledger."""


def column_names(header: Sequence[str], *, width: int) -> list[str]:
    """Name `width` columns after a header's cells; an empty cell gives "Column 3".

    The spelling stays as written; only a repetition changes, to "Name (2)".
    """
    cells = [*header, *[""] * (width - len(header))]
    return unique_names(
        cell if cell.strip() else f"Column {number}" for number, cell in enumerate(cells, 1)
    )


def unique_names(names: Iterable[str]) -> list[str]:
    """Give each repetition of a name the first free number, in brackets."""
    names = list(names)
    taken, given, last_number = set(names), set[str](), Counter[str]()
    unique = []
    for name in names:
        chosen = name
        while chosen in given or (chosen != name and chosen in taken):
            last_number[name] += 1
            chosen = f"{name} ({last_number[name] + 1})"
        given.add(chosen)
        unique.append(chosen)
    return unique
