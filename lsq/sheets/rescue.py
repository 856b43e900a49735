"""Ids out of cells that hold more, or other, than a clean id; and why a cell holds none."""

from __future__ import annotations

import re
from typing import NamedTuple

from lsq.api.lead_id import LeadId, parse_lead_id
from lsq.sheets.id_shape import ID_IN_TEXT

__all__ = ["CellReading", "Repair", "read_cell"]


class Repair:
    """What was repaired, worded to stand after a number: "212 ids read from links"."""

    CASE = "had stray spaces or capitals"
    QUOTES = "had braces or quotes"
    DASHES = "had no dashes"
    LINK = "ids read from links"
    TEXT = "stood among other text"
    SEVERAL = "shared a cell with other ids"


class CellReading(NamedTuple):
    """One cell: its ids and what was repaired, or the reason for none; blank has neither."""

    ids: tuple[LeadId, ...] = ()
    repair: str | None = None
    reason: str | None = None


# What cannot be seen goes, and the dashes that word processors make become plain ones.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), "")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_PLAIN = str.maketrans({**_UNSEEN, **_DASHES})
_WRAPPING = "{}[]()<>\"'` \t\r\n,;\u00a0\u00b4\u2018\u2019\u201c\u201d\u00ab\u00bb"

_KEY = re.compile(r"([a-z_]+)(?:=|%3d)(?:\{|%7b)?$", re.IGNORECASE)
_LEAD_KEYS = {"leadid", "lead_id", "prospectid", "prospect_id"}
_LONGEST_KEY = 40

_GROUPS = re.compile(r"[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}", re.IGNORECASE)
_HEX_LIKE = re.compile(r"[0-9a-f-]{20,}", re.IGNORECASE)
_DIGITS = 32


def read_cell(text: str) -> CellReading:
    """Read the ids of one cell, in their order, as LeadSquared writes them."""
    plain = text.translate(_PLAIN)
    bare = plain.strip(_WRAPPING).strip()
    if not bare:
        return CellReading()
    if (lead_id := parse_lead_id(bare)) is not None:
        return CellReading((lead_id,), _repair_of_one(plain, bare))
    found = list(ID_IN_TEXT.finditer(plain))
    kept = _lead_matches(plain, found)
    ids = tuple(i for match in kept if (i := parse_lead_id(match.group())) is not None)
    if not ids:
        return CellReading(reason=_reason(bare, zero=bool(found)))
    return CellReading(ids, _repair_among(plain, ids))


def _repair_of_one(plain: str, bare: str) -> str:
    if bare.count("-") != 4:  # noqa: PLR2004  # the dashes of 8-4-4-4-12
        return Repair.DASHES
    return Repair.CASE if plain.strip() == bare else Repair.QUOTES


def _repair_among(plain: str, ids: tuple[LeadId, ...]) -> str:
    if "://" in plain or _KEY.search(plain[: plain.lower().find(ids[0])][-_LONGEST_KEY:]):
        return Repair.LINK
    return Repair.SEVERAL if len(ids) > 1 else Repair.TEXT


def _lead_matches(plain: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Leave out the ids of other things (`ActivityId=…`) when a link also names its lead."""
    keys = [_KEY.search(plain[max(0, m.start() - _LONGEST_KEY) : m.start()]) for m in found]
    names = [key.group(1).lower() if key else None for key in keys]
    if not _LEAD_KEYS.intersection(names):
        return found
    return [m for m, name in zip(found, names, strict=True) if name is None or name in _LEAD_KEYS]


def _reason(bare: str, *, zero: bool) -> str:
    if zero or (_HEX_LIKE.fullmatch(bare) and not bare.strip("0-")):
        return 'the all-zero id means "none"'
    if _GROUPS.fullmatch(bare):
        wrong = next(letter for letter in bare if letter not in "0123456789abcdefABCDEF-")
        return f"“{wrong}” is not a hexadecimal digit"
    if _HEX_LIKE.fullmatch(bare) is None:
        return "no id in it"
    digits = len(bare.replace("-", ""))
    if digits == _DIGITS:
        return "dashes in the wrong places"
    return f"too {'short' if digits < _DIGITS else 'long'}: {digits} of 32 hexadecimal digits"
