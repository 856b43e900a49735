"""Outcomes as a column: its name, its words, and their fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lsq.api.models import Outcome
from lsq.sheets.names import OUTCOME_COLUMN
from lsq.sheets.our_outcome import find_outcome

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from lsq.sheets.sheet import Sheet

__all__ = [
    "OUTCOME_COLUMN",
    "OUTCOME_WORDS",
    "behind_outcome",
    "code_of",
    "outcome_column",
    "outcome_header",
]

OUTCOME_WORDS: pd.Index[str] = pd.Index([outcome.value for outcome in Outcome])
"""The categories of every outcome column, in the fixed order of all counts."""

_CODES = {outcome: code for code, outcome in enumerate(Outcome)}


def code_of(outcome: Outcome) -> int:
    """Return the outcome's position in `OUTCOME_WORDS`."""
    return _CODES[outcome]


def outcome_column(codes: npt.NDArray[np.int8]) -> pd.Categorical[str]:
    """Make positions in `OUTCOME_WORDS` a categorical column."""
    return pd.Categorical.from_codes(codes, categories=OUTCOME_WORDS)


def outcome_header(sheet: Sheet) -> str | None:
    """Return the header of our outcome column, where the sheet has one.

    The file's own set-up says which; else its name, words and place do: see `our_outcome`.
    """
    if sheet.setup is not None:
        return sheet.setup.outcome_column or None
    return find_outcome(sheet.table)


def behind_outcome(sheet: Sheet) -> tuple[str, ...]:
    """Return the headers behind our outcome column, where a lead's columns stand; () without it."""
    outcome, names = outcome_header(sheet), sheet.table.column_names
    return tuple(names[names.index(outcome) + 1 :]) if outcome else ()
