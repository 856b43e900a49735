"""Stages by the values of another column, and how far columns are filled in.

Everything here counts whole numbers over columns written out once, so that a click on a filter
costs milliseconds at a hundred thousand leads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.stages import STAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lsq.analysis.values import Flags, Indexed, Values

__all__ = ["Cross", "cross", "fill"]


@dataclass(frozen=True, slots=True, eq=False)
class Cross:
    """Leads by stage and by the values of a column.

    Attributes:
        stages: A name for each row.
        names: A value for each column, but not for the last one if there are `others`.
        others: The values that share the last column.
        leads: int64, a row per stage, a column per name and one for the others if there are any.
    """

    stages: tuple[str, ...]
    names: tuple[str, ...]
    others: tuple[str, ...]
    leads: npt.NDArray[np.int64]

    def of_column(self) -> npt.NDArray[np.float64]:
        """Return the share of each cell in its column, 0 in an empty one."""
        shares: npt.NDArray[np.float64] = self.leads / np.maximum(
            self.leads.sum(axis=0, keepdims=True), 1
        )
        return shares

    def of_stage(self) -> npt.NDArray[np.float64]:
        """Return the share of each cell in its stage, 0 in an empty one."""
        shares: npt.NDArray[np.float64] = self.leads / np.maximum(
            self.leads.sum(axis=1, keepdims=True), 1
        )
        return shares


def cross(
    table: Indexed,
    kept: Flags,
    *,
    order: Sequence[str],
    by: Values,
    top: int | None = 8,
) -> Cross:
    """Count the leads of each stage by another column.

    Args:
        table: One row per lead.
        kept: Which rows are counted.
        order: The name of every stage that occurs, and others that shall be shown.
        by: The other column, written out; blank is a value like any other.
        top: How many values have a column of their own, the most frequent first, then by name; the
            rest share one, unless it is a single value. None: all have, in the order of `by`.

    Returns:
        The counts, without values that no row counted has.
    """
    stages = table.values(STAGE)
    width = len(by.names)
    codes = stages.codes[kept].astype(np.int64) * width + by.codes[kept]
    counts = np.bincount(codes, minlength=len(stages.names) * width).reshape(
        len(stages.names), width
    )
    place = {name: at for at, name in enumerate(stages.names)}
    empty = np.zeros(width, dtype=np.int64)
    leads = np.array(
        [counts[place[name]] if name in place else empty for name in order], dtype=np.int64
    ).reshape(len(order), width)
    totals = leads.sum(axis=0)
    there = [at for at in range(width) if totals[at]]
    if top is not None:
        there.sort(key=lambda at: (-totals[at], by.names[at]))
    cut = len(there) if top is None or len(there) <= top + 1 else top
    own, rest = there[:cut], there[cut:]
    parts = [leads[:, own]] + ([leads[:, rest].sum(axis=1, keepdims=True)] if rest else [])
    return Cross(
        stages=tuple(order),
        names=tuple(by.names[at] for at in own),
        others=tuple(by.names[at] for at in rest),
        leads=np.hstack(parts),
    )


def fill(table: Indexed, kept: Flags, columns: Sequence[str]) -> pd.DataFrame:
    """Count the rows in which each column has a value.

    Returns:
        A row per column, in the order given: `column` str; `filled` int64; `share` float64, of the
        rows kept.
    """
    filled = np.array(
        [np.count_nonzero(table.filled(column) & kept) for column in columns], dtype=np.int64
    )
    return pd.DataFrame(
        {
            "column": pd.Series(list(columns), dtype="str"),
            "filled": filled,
            "share": filled / max(int(kept.sum()), 1),
        }
    )
