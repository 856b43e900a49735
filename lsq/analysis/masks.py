"""Phones and e-mails that can be recognised but not used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsq.analysis.columns import Kind, kind
from lsq.analysis.text import each

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["masked", "masked_email", "masked_phone", "masked_value"]

_COUNTRY = re.compile(r"\+\d{1,3}[- ]")
_NOT_A_DIGIT = re.compile(r"\D")
_FEWEST_DIGITS = 8
_EMAIL = re.compile(r"\s*(\S)[^@]*(@[^@\s]+)\s*")


def masked_phone(text: str) -> str:
    """Keep the country's code and five digits: `+91-98•••••345`; fewer than eight show none."""
    written = text.strip()
    country = _COUNTRY.match(written)
    start = country.end() if country else 0
    digits = _NOT_A_DIGIT.sub("", written[start:])
    if len(digits) < _FEWEST_DIGITS:
        return "•••••" if written else text
    return f"{written[:start]}{digits[:2]}•••••{digits[-3:]}"


def masked_email(text: str) -> str:
    """Keep the first letter and the host: `a•••@example.com`; what has no host shows nothing."""
    address = _EMAIL.fullmatch(text)
    if address is None:
        return "•••" if text.strip() else text
    return f"{address[1]}•••{address[2]}"


_MASKS = {Kind.PHONE: masked_phone, Kind.EMAIL: masked_email}


def masked_value(column: str, text: str) -> str:
    """Mask one value of `column` if it holds phones or e-mails; other text stays."""
    mask = _MASKS.get(kind(column))
    return mask(text) if mask else text


def masked(frame: pd.DataFrame, *, kinds: Mapping[str, Kind] | None = None) -> pd.DataFrame:
    """Mask every phone and e-mail of a frame; `frame` itself stays as it is.

    Args:
        frame: Any rows, with schema names or an analyst's own headers as columns.
        kinds: What columns hold, where that is known better than from their names.

    Returns:
        The same rows and columns, the masked ones of dtype str; blank values stay blank.
    """
    known = kinds or {}
    result = frame.copy()
    for name in frame.columns:
        mask = _MASKS.get(known.get(name) or kind(str(name)))
        if mask is not None:
            result[name] = each(frame[name], mask)
    return result
