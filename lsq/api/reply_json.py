"""JSON from a server that may send anything: read without loss, and never with a crash.

Numbers keep the digits they came with (a 20-digit id is no float), and every value becomes text.
"""

from __future__ import annotations

import json
import re
from typing import Final

__all__ = ["UnreadableError", "as_text", "as_texts", "read_json"]

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class UnreadableError(ValueError):
    """The body is not JSON, or is nested deeper than any answer of this API."""


class _Literal(str):
    """A number, or NaN or Infinity, by its own digits; nested values write it without quotes."""

    __slots__ = ()


_DECODER = json.JSONDecoder(parse_int=_Literal, parse_float=_Literal, parse_constant=_Literal)


def read_json(body: bytes) -> object:
    """Read a body as dicts, lists, strings, bools and None; numbers come as strings of digits.

    A byte order mark is dropped and invalid UTF-8 becomes U+FFFD; of repeated keys the last holds.

    Raises:
        UnreadableError: If the body is not JSON.
    """
    try:
        document: object = _DECODER.decode(body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        message = "not JSON"
        raise UnreadableError(message) from None
    return document


def as_text(value: object) -> str | None:
    """Return a value of a document as text: strings as they are, nested values as JSON.

    Lone surrogates, which no file could hold, become U+FFFD. None stays None.

    Raises:
        RecursionError: For values nested deeper than Python's stack.
    """
    if value is None:
        return None
    text = str(value) if isinstance(value, str) else _written(value)
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def as_texts(values: list[object]) -> list[str | None]:
    """Return a column's values as text; stages, owners and cities are read and kept once."""
    try:
        texts = {value: as_text(value) for value in set(values)}
    except TypeError:  # lists and dicts among them
        return [as_text(value) for value in values]
    return [texts[value] for value in values]


def _written(value: object) -> str:
    if isinstance(value, _Literal):
        return str(value)
    if isinstance(value, dict):
        pairs = (f"{_written(str(key))}: {_written(inner)}" for key, inner in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return json.dumps(value, ensure_ascii=False)
