"""Whose id it is: the name that stands before an id in a link, a label or a JSON object."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Key", "keys_of"]


class Key(Enum):
    """What the name before an id says."""

    LEAD = auto()
    OTHER = auto()
    UNKNOWN = auto()
    NONE = auto()


# `LeadID=`, `"ProspectID": "`, `Lead ID: `, and in a link inside a link `%26LeadID%3D%7B`.
_KEY = re.compile(
    r"(?:%(?:25)*[0-9a-f]{2})?([a-z][a-z_ -]*)[\"']?\s*"
    r"(?:=|:|%(?:25)*3[ad])(?:[\s\"'{(]|%(?:25)*7b)*$",
    re.IGNORECASE,
)
_LONGEST_KEY = 48
_LEAD = re.compile(r"(?:lead|prospect)(?:id|guid)?s?$")
_OTHER = re.compile(
    r"(?:owner|user|activity|opportunity|task)(?:id|guid)?s?$"
    r"|(?:account|company|product|parent|event|list|form|campaign|org|organi[sz]ation|session"
    r"|tenant|createdby|modifiedby|assignedto)(?:id|guid)s?$"
)
_ONLY_BETWEEN = re.compile(
    r"(?:[\s,;|{}\[\]()<>\"'&]|%(?:25)*(?:2[0c]|3b|7[bcd])|and|or)*", re.IGNORECASE
)
_NEXT_LINK = re.compile(r"\s|://")


def keys_of(text: str, found: Iterable[re.Match[str]]) -> list[Key]:
    """Tell for each id found in `text` what the name before it says.

    An id that follows another with nothing but commas between belongs to the same name. Beside an
    id that is named as a lead's, an id without such a name in the same link, and one with a name
    that is not known anywhere in the text, is `Key.OTHER`.
    """
    keys: list[Key] = []
    links: list[int] = []
    end = 0
    for match in found:
        before = text[max(end, match.start() - _LONGEST_KEY) : match.start()]
        key = _key(before)
        if keys and match.start() - end <= _LONGEST_KEY:
            if key is Key.NONE and _ONLY_BETWEEN.fullmatch(before):
                key = keys[-1]
            links.append(links[-1] + (_NEXT_LINK.search(before) is not None))
        else:
            links.append(links[-1] + 1 if links else 0)
        keys.append(key)
        end = match.end()
    return _beside_leads(keys, links)


def _key(before: str) -> Key:
    named = _KEY.search(before)
    if named is None:
        return Key.NONE
    name = re.sub("[^a-z]", "", named.group(1).lower())
    if _LEAD.search(name):
        return Key.LEAD
    return Key.OTHER if _OTHER.search(name) else Key.UNKNOWN


def _beside_leads(keys: list[Key], links: list[int]) -> list[Key]:
    with_lead = {link for link, key in zip(links, keys, strict=True) if key is Key.LEAD}
    if not with_lead:
        return keys
    return [
        Key.OTHER if key is Key.UNKNOWN or (key is Key.NONE and link in with_lead) else key
        for key, link in zip(keys, links, strict=True)
    ]
