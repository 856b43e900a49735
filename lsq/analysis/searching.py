"""Rows that hold what somebody typed: literal words in any of some columns, phones by digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from lsq.analysis.text import contains

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from lsq.analysis.values import Flags

__all__ = ["holding"]

_MOST_WORDS = 8
_LONGEST = 200
_FEWEST_DIGITS = 4
_PHONE_LIKE = re.compile(r"[\d\s()+.-]+")


def holding(
    frame: pd.DataFrame,
    needle: str,
    *,
    texts: Sequence[str],
    phones: Sequence[str] = (),
    numbers: Sequence[str] = (),
) -> Flags:
    """Mark the rows in which every word of `needle` stands somewhere, without regard to case.

    Args:
        frame: The rows as they are drawn.
        needle: What was typed; no character of it is special, and only its first 200 characters and
            8 words count.
        texts: Columns of text to look in.
        phones: Columns in which four or more digits are also found across spaces and dashes.
        numbers: Columns in which a whole number is found if it is the very value.

    Returns:
        One flag per row; without a word every row is marked.
    """
    needle = needle[:_LONGEST]  # of what was pasted by mistake no pattern could be made
    rows = np.arange(len(frame))
    for word in sorted(needle.split()[:_MOST_WORDS], key=len, reverse=True):
        # Where few rows are left, only those are looked at; to take out many would cost more.
        few = 2 * len(rows) < len(frame)
        left = frame[[*texts, *numbers]].iloc[rows] if few else frame
        here = _with_word(left, word, texts, numbers)
        rows = rows[here if few else here[rows]]
    found = np.zeros(len(frame), dtype=np.bool_)
    found[rows] = True
    digits = re.sub(r"\D", "", needle)
    if len(digits) >= _FEWEST_DIGITS and _PHONE_LIKE.fullmatch(needle):
        spaced = r"\D*".join(digits)
        for name in phones:
            text = frame[name].astype("str")
            found |= text.str.contains(spaced, regex=True, na=False).to_numpy(dtype=np.bool_)
    return found


def _with_word(
    frame: pd.DataFrame, word: str, texts: Sequence[str], numbers: Sequence[str]
) -> Flags:
    here = np.zeros(len(frame), dtype=np.bool_)
    for name in texts:
        here |= contains(frame[name], word).to_numpy()
        if here.all():
            return here
    for name in numbers if word.isdecimal() else ():
        here |= (frame[name].astype("str") == word).to_numpy()
    return here
