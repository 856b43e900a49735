"""Outcomes as a column: its name, its words, and their fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lsq.api.models import Outcome
from lsq.sheets.names import OUTCOME_COLUMN

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["OUTCOME_COLUMN", "OUTCOME_WORDS", "code_of", "outcome_column"]

OUTCOME_WORDS: pd.Index[str] = pd.Index([outcome.value for outcome in Outcome])
"""The categories of every outcome column, in the fixed order of all counts."""

_CODES = {outcome: code for code, outcome in enumerate(Outcome)}


def code_of(outcome: Outcome) -> int:
    """Return the outcome's position in `OUTCOME_WORDS`."""
    return _CODES[outcome]


def outcome_column(codes: npt.NDArray[np.int8]) -> pd.Categorical[str]:
    """Make positions in `OUTCOME_WORDS` a categorical column."""
    return pd.Categorical.from_codes(codes, categories=OUTCOME_WORDS)
