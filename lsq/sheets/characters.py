"""Characters that files cannot hold: half ones, and those that XML has no way to write."""

from __future__ import annotations

__all__ = ["NOT_IN_XML", "SURROGATES", "without_surrogates"]

SURROGATES = "\ud800-\udfff"
"""Halves of a pair, as a class of a regular expression; JSON and UTF-16 can hold one alone."""

NOT_IN_XML = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff"
"""What XML 1.0 forbids besides, as such a class; a workbook can hold none of them."""


def without_surrogates(text: str) -> str:
    """Put U+FFFD in the place of each lone surrogate, which no file of text can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
