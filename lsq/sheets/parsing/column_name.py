"""What the name of a column of ids looks like, and what is written where a value is missing."""

from __future__ import annotations

import re

__all__ = ["names_ids", "names_leads", "plainly_names_ids", "tells_of_nothing"]

_MOST_WORDS = 5
_IDS = {"id", "ids", "guid", "guids", "uuid", "uuids", "identifier"}
_LEADS = {"lead", "leads", "prospect", "prospects"}
_BESIDE_IDS = _IDS | _LEADS | {"of", "the", "text", "crm", "contact", "customer", "record", "owner"}
_IN_ONE_WORD = re.compile("(?:lead|prospect)(?:id|guid)s?")
_NO = {
    *("no", "not", "non", "none", "null", "missing", "lost", "without", "unknown", "invalid"),
    *("wrong", "bad", "empty", "blank", "old", "pending", "needed", "required", "waiting", "see"),
    *("same", "duplicate", "deleted", "for", "to", "has", "is", "check", "ask", "awaiting"),
}
_HUMP = re.compile("(?<=[a-z])(?=[A-Z])")
_NOTHING = re.compile(
    r"[-?.]+|n/?a|nil|none|null|unknown|tb[ad]|lost|missing|deleted"
    r"|no (?!of ).+|not .+|.+ (?:missing|unknown|lost)"
)


def names_ids(cell: str) -> bool:
    """Tell whether a cell names a column of ids: "Lead ID", "ProspectID", "id", "ID of lead"."""
    words = _words(cell)
    if not words or len(words) > _MOST_WORDS or not _NO.isdisjoint(words):
        return False
    if words[-1] in _IDS or _IN_ONE_WORD.fullmatch("".join(words)):
        return True
    return not _IDS.isdisjoint(words) and not _LEADS.isdisjoint(words)


def plainly_names_ids(cell: str) -> bool:
    """Tell whether a cell that names a column of ids has no word but the usual ones for it."""
    words = _words(cell)
    usual = _BESIDE_IDS.issuperset(words) or _IN_ONE_WORD.fullmatch("".join(words)) is not None
    return usual and names_ids(cell)


def names_leads(cell: str) -> bool:
    """Tell whether a cell is "Lead" or "Prospect" alone, which over ids names them."""
    return cell.strip().casefold() in _LEADS


def tells_of_nothing(cell: str) -> bool:
    """Tell whether a cell says that there is no value, such as "n/a" or "no phone"."""
    return _NOTHING.fullmatch(cell.strip().casefold()) is not None


def _words(cell: str) -> list[str]:
    return re.findall("[a-z]+", _HUMP.sub(" ", cell).lower())
