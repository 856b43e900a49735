"""Lead ids that are numbers in disguise: 0, 1, 2… as GUIDs that look drawn at random.

A GUID of version 4 has 122 free bits. A number goes into them by two steps that can be undone:
multiply by an odd factor (modulo 2**122), then fold the upper half onto the lower. So an id tells
its number without a list, and a million leads need no memory.
"""

from __future__ import annotations

import re

__all__ = ["is_lead_id", "lead_id", "number_of"]

_BITS = 122
_MASK = (1 << _BITS) - 1
_HALF = _BITS // 2
_START = 0x1C9E3779B97F4A7C15F39CC0605CEDC
_FACTORS = (0x2545F4914F6CDD1D8B72E90AD4C3A1B, 0x1D6E8FEB86659FD93A5B2C7E4F10963)
_INVERSES = tuple(pow(factor, -1, 1 << _BITS) for factor in _FACTORS)
_LOW = (1 << 62) - 1

_HEX = "[0-9A-Fa-f]"
_GUID = re.compile(rf"{_HEX}{{8}}(-{_HEX}{{4}}){{3}}-{_HEX}{{12}}")
_VERSION_4 = re.compile(rf"{_HEX}{{8}}-{_HEX}{{4}}-4{_HEX}{{3}}-[89ABab]{_HEX}{{3}}-{_HEX}{{12}}")


def lead_id(number: int) -> str:
    """Return the id of lead `number` (0 to 2**122 - 1), in lower case with dashes."""
    bits = (number + _START) & _MASK
    for factor in _FACTORS:
        bits = bits * factor & _MASK
        bits ^= bits >> _HALF
    text = f"{bits >> 74:012x}4{bits >> 62 & 0xFFF:03x}{0b10 << 62 | bits & _LOW:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_lead_id(text: str) -> bool:
    """Say whether `text` is a GUID as the API wants it: 36 characters, letters in any case."""
    return _GUID.fullmatch(text) is not None


def number_of(text: str) -> int | None:
    """Return the number that `lead_id` made this id from; None when it cannot have made it."""
    if _VERSION_4.fullmatch(text) is None:
        return None
    guid = int(text.replace("-", ""), 16)
    bits = guid >> 80 << 74 | (guid >> 64 & 0xFFF) << 62 | guid & _LOW
    for inverse in reversed(_INVERSES):
        bits ^= bits >> _HALF
        bits = bits * inverse & _MASK
    return (bits - _START) & _MASK
