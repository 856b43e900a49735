"""Columns written out once: each distinct value by its name, and which one a row has.

Counting and filtering look at numbers then, not at a hundred thousand texts for every click.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from lsq.analysis.scales import numbers_of
from lsq.analysis.text import BLANK

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from lsq.analysis.scales import Numbers

__all__ = ["Flags", "Indexed", "Values", "filled", "values_of"]

Flags: TypeAlias = "npt.NDArray[np.bool_]"
"""One flag per row."""


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """The values of a column.

    Attributes:
        names: Each distinct value once, as text; "(blank)" stands for none.
        codes: int32 per row, the position of its value in `names`.
    """

    names: tuple[str, ...]
    codes: npt.NDArray[np.int32]

    def counts(self, kept: Flags | None = None) -> npt.NDArray[np.int64]:
        """Count the rows of each name, of all rows or of those kept; int64, as long as `names`."""
        codes = self.codes if kept is None else self.codes[kept]
        return np.bincount(codes, minlength=len(self.names)).astype(np.int64)

    def having(self, chosen: Collection[str]) -> Flags:
        """Mark the rows that have one of these values."""
        wanted = set(chosen)
        return np.array([name in wanted for name in self.names] or [False])[self.codes]


def values_of(column: pd.Series) -> Values:
    """Write a column out; any dtype, and missing, empty and white space alone are blank."""
    codes, distinct = pd.factorize(column)
    # Missing values have the code -1, which takes the last place.
    texts = [str(value) for value in distinct]
    named = [text if text.strip() else BLANK for text in [*texts, ""]]
    names = list(dict.fromkeys(named if (codes < 0).any() else named[:-1]))
    place = {name: at for at, name in enumerate(names)}
    moved = np.array([place.get(name, -1) for name in named], dtype=np.int32)
    return Values(tuple(names), moved[codes])


def filled(column: pd.Series) -> Flags:
    """Mark where a column has a value; missing, empty and white space alone are none."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        # Missing values have the code -1, which takes the False at the end.
        distinct = filled(column.cat.categories.to_series())
        return np.append(distinct, np.False_)[column.cat.codes]
    there = column.notna()
    if isinstance(column.dtype, pd.StringDtype):
        there &= column.str.strip().fillna("").ne("")
    return there.to_numpy(dtype=np.bool_)


class Indexed:
    """A frame whose columns are written out when first asked for, and then kept.

    Attributes:
        frame: Any rows with a RangeIndex; never changed.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        """Write nothing out yet."""
        self.frame = frame
        self._values: dict[str, Values] = {}
        self._filled: dict[str, Flags] = {}
        self._numbers: dict[str, Numbers] = {}

    def __contains__(self, column: object) -> bool:
        """Tell whether the frame has this column."""
        return column in self.frame

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.frame)

    def values(self, column: str) -> Values:
        """Return a column written out."""
        if column not in self._values:
            self._values[column] = values_of(self.frame[column])
        return self._values[column]

    def filled(self, column: str) -> Flags:
        """Mark the rows in which a column has a value; white space alone is none."""
        if column not in self._filled:
            self._filled[column] = filled(self.frame[column])
        return self._filled[column]

    def numbers(self, column: str) -> Numbers:
        """Return the numbers or moments of a column, NaN where it has none."""
        if column not in self._numbers:
            self._numbers[column] = numbers_of(self.frame[column])
        return self._numbers[column]
