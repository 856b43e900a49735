"""Ids out of a cell that holds more, or other, than a clean id; and why a cell holds none."""

from __future__ import annotations

import re
from typing import NamedTuple

from lsq.api.lead_id import LeadId, parse_lead_id
from lsq.sheets.id_keys import Key, keys_of
from lsq.sheets.id_shape import DASHES, GLUED, ID_IN_TEXT, NOTHING, PLAIN, SPACES, WIDE, WRAPPING

__all__ = ["LONGEST_MISS", "NO_ID", "OTHERS_ID", "CellReading", "Repair", "read_cell"]


class Repair:
    """What was repaired, worded to stand after a number: "212 ids read from links"."""

    CASE = "ids with stray spaces or capitals"
    QUOTES = "ids in braces, quotes or commas"
    DASHES = "ids without dashes"
    LOOKALIKES = "ids with look-alike dashes or digits"
    LINK = "ids read from links"
    TEXT = "ids among other text"
    SEVERAL = "ids that share a cell"
    GLUED = "ids without a separator beside them"


class CellReading(NamedTuple):
    """One cell: its ids and what was repaired, or the reason for none; blank has neither."""

    ids: tuple[LeadId, ...] = ()
    repair: str | None = None
    reason: str | None = None


NO_ID = "no id in it"
"""The reason of a cell that looks nothing like an id."""

OTHERS_ID = "the id of something else than a lead"
"""The reason of a cell that names, say, an activity and no lead."""

LONGEST_MISS = 1000
"""Characters of a cell that may have been meant as an id; a longer one is something else."""

_LOOKALIKE = re.compile(f"{DASHES}|{WIDE}")
_CODED_DASH = re.compile("%(?:25)*2d", re.IGNORECASE)
_GROUPS = re.compile(r"\w{8}-\w{4}-\w{4}-\w{4}-\w{12}|\w{32}")
_HEX_LIKE = re.compile(r"[0-9a-fA-F-]{20,}")
_FOREIGN = re.compile(r"[^0-9a-fA-F-]")
_MOST_FOREIGN = 4
_DIGITS = 32


def read_cell(text: str, *, glued: bool = False) -> CellReading:
    """Read the ids of one cell, in their order, as LeadSquared writes them.

    Args:
        text: The cell.
        glued: Whether a separator may be missing, so that an id can touch its neighbours.
    """
    plain = text if text.isascii() else text.translate(PLAIN)
    if "%" in plain:
        plain = _CODED_DASH.sub("-", plain)
    bare = plain.strip(WRAPPING)
    if not bare:
        return CellReading(reason=NO_ID if plain.strip(NOTHING) else None)
    if (lead_id := parse_lead_id(bare)) is not None:
        return CellReading((lead_id,), _repair_of_one(text, plain, bare))
    found = list(ID_IN_TEXT.finditer(plain))
    is_glued = glued and not found
    if is_glued:
        found = list(GLUED.finditer(plain))
    keys = keys_of(plain, found)
    ids = [
        lead_id
        for match, key in zip(found, keys, strict=True)
        if key is not Key.OTHER and (lead_id := parse_lead_id(match.group())) is not None
    ]
    if not ids:
        return CellReading(reason=_reason(bare, keys))
    if is_glued:
        return CellReading(tuple(ids), Repair.GLUED)
    if "://" in plain or (Key.LEAD in keys and ("=" in plain or "%" in plain)):
        # A formula says its id twice, as an address and as a label; a list means it.
        return CellReading(tuple(dict.fromkeys(ids)), Repair.LINK)
    return CellReading(tuple(ids), Repair.SEVERAL if len(ids) > 1 else Repair.TEXT)


def _repair_of_one(text: str, plain: str, bare: str) -> str:
    if bare.count("-") != 4:  # noqa: PLR2004  # the dashes of 8-4-4-4-12
        return Repair.DASHES
    if not text.isascii() and _LOOKALIKE.search(text):
        return Repair.LOOKALIKES
    return Repair.CASE if plain.strip(SPACES) == bare else Repair.QUOTES


def _reason(bare: str, keys: list[Key]) -> str:
    if Key.OTHER in keys:
        return OTHERS_ID
    if keys or (not bare.strip("0-") and bare.count("0") == _DIGITS):
        return 'the all-zero id means "none"'
    return _near_miss(bare) if len(bare) <= LONGEST_MISS else NO_ID


def _near_miss(bare: str) -> str:
    """Say what is wrong with a text that was perhaps meant as an id; a letter is never guessed."""
    if _GROUPS.fullmatch(bare) and (foreign := _FOREIGN.findall(bare)):
        few = "-" in bare or len(foreign) <= _MOST_FOREIGN
        return f"“{foreign[0]}” is not a hexadecimal digit" if few else NO_ID
    if _HEX_LIKE.fullmatch(bare) is None or not bare.strip("-"):
        return NO_ID
    digits = len(bare.replace("-", ""))
    if digits == _DIGITS:
        return "dashes in the wrong places"
    return f"too {'short' if digits < _DIGITS else 'long'}: {digits} of 32 hexadecimal digits"
