"""The rows of a file of raw text, as one frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.lookup.rows import raw_parts

if TYPE_CHECKING:
    import pandas as pd

    from lsq.lookup.choice import Choice
    from lsq.lookup.run import Lookup

__all__ = ["raw_rows"]


def raw_rows(lookup: Lookup, choice: Choice) -> pd.DataFrame:
    """Return all of them at once."""
    (whole,) = raw_parts(lookup, choice, part_rows=1_000_000)
    return whole
