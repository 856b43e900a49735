"""Text as it comes: blanks have a name, lone surrogates a replacement, search is literal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.text_pages import taken_over
from lsq.api.models import TextColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["BLANK", "contains", "each", "named", "named_counts", "sound", "text_series"]

BLANK = "(blank)"
"""How a blank value is called wherever values are counted, chosen or shown."""

_LONE = re.compile(r"[\ud800-\udfff]")


def sound(text: str) -> str:
    """Replace each lone surrogate, legal in JSON and nowhere else, by U+FFFD."""
    return _LONE.sub("\ufffd", text)


def text_series(values: Sequence[str | None]) -> pd.Series[str]:
    """Make one column of text: dtype str, None as missing, "" as "", lone surrogates replaced."""
    try:
        return taken_over(values) if isinstance(values, TextColumn) else _made(values)
    except UnicodeEncodeError:
        mended = [None if value is None else sound(value) for value in values]
        return _made(mended)


def _made(values: Iterable[str | None]) -> pd.Series[str]:
    return pd.Series(list(values), dtype="str")


def each(
    values: pd.Series, change: Callable[[str], str], *, missing: str | None = None
) -> pd.Series[str]:
    """Change the text of a column, looking at each distinct value once.

    Args:
        values: Any dtype; what is not text is written as text first.
        change: What becomes of a value that is there.
        missing: What becomes of a missing value.

    Returns:
        dtype str, with the index of `values`.
    """
    codes, distinct = pd.factorize(values)
    changed = text_series([*(change(str(value)) for value in distinct), missing])
    # Missing values have the code -1, which takes the last one.
    return pd.Series(changed.array.take(codes), index=values.index)


def named(values: pd.Series) -> pd.Series[str]:
    """Write out every value of a column as text, with "(blank)" where there is none.

    Args:
        values: Any dtype; missing, empty and white space alone are blank.

    Returns:
        dtype str without missing values, with the index of `values`.
    """
    return each(values, lambda text: text if text.strip() else BLANK, missing=BLANK)


def named_counts(values: pd.Series) -> pd.Series[int]:
    """Count each value of a column, "(blank)" among them, the most frequent first, then by name.

    Returns:
        dtype int64, summing to the length of `values`, with the values as index.
    """
    counts = named(values).value_counts()
    return counts.sort_index().sort_values(ascending=False, kind="stable")


def contains(values: pd.Series, needle: str) -> pd.Series[bool]:
    """Mark the values that hold `needle`, without regard to case; no character of it is special.

    Returns:
        dtype bool, with the index of `values`; a missing value holds nothing.
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        hits = contains(values.cat.categories.to_series(), needle).to_numpy()
        # Missing values have the code -1, which takes the False at the end.
        return pd.Series(np.append(hits, False)[values.cat.codes], index=values.index)
    text = values.astype("str")
    return text.str.contains(sound(needle), case=False, regex=False, na=False).astype(bool)
