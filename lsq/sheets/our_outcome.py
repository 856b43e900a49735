"""Whether a table is a file of ours, by its outcome column: one answer for all who ask.

Anybody may have a column called `Outcome`. Ours has our words, and its place: behind the analyst's
columns with their ids and directly before the lead's, which begin with `ProspectID`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from lsq.api.models import Outcome
from lsq.sheets.names import OUTCOME_COLUMN, TAKEN

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["LEADS_ID", "find_outcome"]

LEADS_ID = "ProspectID"
"""The first of a lead's columns."""

_OUTCOME = re.compile(re.escape(OUTCOME_COLUMN) + TAKEN)
_LEADS_ID = re.compile(LEADS_ID + TAKEN)
_HEX = "[0-9A-Fa-f]"
_AN_ID = f"{_HEX}{{8}}(-?{_HEX}{{4}}){{3}}-?{_HEX}{{12}}"


def find_outcome(table: pa.Table) -> str | None:
    """Return the header of our outcome column, the last one if there are several; None if none is.

    With one row for each lead, which has it in CSV for Excel alone, it is the last column and says
    nothing but `found`. A row that somebody has added may be blank there.

    Args:
        table: String columns without nulls.
    """
    names = table.column_names
    for place in filter(lambda at: _OUTCOME.fullmatch(names[at]), range(len(names) - 1, 0, -1)):
        before, behind = names[:place], names[place + 1 :]
        if behind:
            words, is_placed = [*Outcome], bool(_LEADS_ID.fullmatch(behind[0]))
        else:
            words, is_placed = [Outcome.FOUND], LEADS_ID in before
        if is_placed and _holds(table[names[place]], words) and _has_ids(table.select(before)):
            return str(names[place])
    return None


def _holds(texts: pa.ChunkedArray, words: Collection[str]) -> bool:
    """Say whether a column holds at least one of these words, and no other text."""
    among = pc.is_in(texts, value_set=pa.array([*words, ""], type=pa.string()))
    filled = pc.any(pc.not_equal(texts, ""), min_count=0).as_py()
    return bool(filled and pc.all(among).as_py())


def _has_ids(table: pa.Table) -> bool:
    return any(
        pc.any(pc.match_substring_regex(column, pattern=_AN_ID), min_count=0).as_py()
        for column in table.columns
    )
