"""What can be wrong with one row of a text file, in words that follow "the row has"."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Damage"]


class Damage(StrEnum):
    """Why a row may not have been meant as it was read; its ids are found all the same."""

    SHORT = "fewer cells than there are columns"
    LONG = "more cells than there are columns"
    QUOTE = "a stray quote"
    OPEN_QUOTE = "a quote that is never closed"
    SEPARATOR = "another separator than the other rows"
    NUL = "NUL characters, which were left out"
    UNREADABLE = "characters that could not be read"
