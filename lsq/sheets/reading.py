"""Bytes of any spreadsheet, or pasted text, to a `Sheet`: a table of text with its row numbers."""

from __future__ import annotations

from lsq.sheets.limits import Limits
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.parsing.pasted import PASTED, parse_pasted
from lsq.sheets.sheet import Choices, Sheet

__all__ = ["PASTED", "read_pasted", "read_sheet"]

_NO_CHOICES = Choices()
_LIMITS = Limits()


def read_sheet(
    data: bytes, *, name: str, choices: Choices = _NO_CHOICES, limits: Limits = _LIMITS
) -> Sheet:
    """Read a file, recognised by its bytes and not by its ending."""
    return parse_sheet(data, name=name, choices=choices, limits=limits)


def read_pasted(text: str, *, limits: Limits = _LIMITS) -> Sheet:
    """Read pasted ids or cells."""
    return parse_pasted(text, limits=limits)
