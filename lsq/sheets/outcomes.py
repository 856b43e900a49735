"""Outcomes as a column: its name, its words, and their fixed order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lsq.api.models import Outcome
from lsq.sheets.names import OUTCOME_COLUMN

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from lsq.sheets.sheet import Sheet

__all__ = ["OUTCOME_COLUMN", "OUTCOME_WORDS", "code_of", "outcome_column", "outcome_header"]

OUTCOME_WORDS: pd.Index[str] = pd.Index([outcome.value for outcome in Outcome])
"""The categories of every outcome column, in the fixed order of all counts."""

_HEADER = re.compile(re.escape(OUTCOME_COLUMN) + r"(?: \((?:LeadSquared|\d+)\))?")
_CODES = {outcome: code for code, outcome in enumerate(Outcome)}


def code_of(outcome: Outcome) -> int:
    """Return the outcome's position in `OUTCOME_WORDS`."""
    return _CODES[outcome]


def outcome_column(codes: npt.NDArray[np.int8]) -> pd.Categorical[str]:
    """Make positions in `OUTCOME_WORDS` a categorical column."""
    return pd.Categorical.from_codes(codes, categories=OUTCOME_WORDS)


def outcome_header(sheet: Sheet) -> str | None:
    """Return the header of our outcome column, where the sheet has one.

    The file's own set-up says which; else it is the last one that is called so and holds our words.
    """
    if sheet.setup is not None:
        return sheet.setup.outcome_column or None
    words = pa.array(OUTCOME_WORDS, type=pa.string())
    for name in filter(_HEADER.fullmatch, reversed(sheet.table.column_names)):
        if pc.all(pc.is_in(sheet.table[name], value_set=words)).as_py():
            return str(name)
    return None
