"""JSON from a server that may send anything: read without loss, and never with a crash.

Numbers keep the digits they came with (a 20-digit id is no float), and every value becomes text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from lsq.api.text_column import TextColumn

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DAMAGE", "Json", "UnreadableError", "as_column", "as_text", "read_json"]

DAMAGE: Final = "\ufffd"
"""Stands for a character that could not be read, here or earlier on its way."""


_PLAIN: Final = frozenset({str, type(None)})
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class UnreadableError(ValueError):
    """The body is not JSON, or is nested deeper than any answer of this API."""


class _Literal(str):
    """A number, or NaN or Infinity, by its own digits; nested values write it without quotes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Json:
    """A body as it was read.

    Attributes:
        document: Dicts, lists, strings, bools and None; numbers as strings of their digits.
        doubled: Objects that gave a key more than one value; the last one holds.
    """

    document: object
    doubled: int = 0


def read_json(body: bytes) -> Json:
    """Read a body; a byte order mark is dropped and invalid UTF-8 becomes U+FFFD.

    Raises:
        UnreadableError: If the body is not JSON.
    """
    try:
        text = body.decode("utf-8-sig", errors="replace")
        document = _decoder().decode(text)
        # Mostly there is a colon after a quote for every key that is left, and so none is doubled.
        if _keys(document) == text.count('":'):
            return Json(document)
        return _counted(text)
    except (ValueError, RecursionError):
        message = "not JSON"
        raise UnreadableError(message) from None


def _keys(document: object) -> int:
    """Count the keys of a list of objects, and of the one around it; what is deeper is not seen."""
    around = document if isinstance(document, dict) else {}
    lists = [value for value in (document, *around.values()) if isinstance(value, list)]
    return len(around) + sum(len(each) for rows in lists for each in rows if isinstance(each, dict))


def _counted(text: str) -> Json:
    """Read once more, and look at every object."""
    doubled = 0

    def as_dict(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal doubled
        read = dict(pairs)
        doubled += len(read) != len(pairs)
        return read

    return Json(_decoder(as_dict).decode(text), doubled)


def _decoder(
    as_dict: Callable[[list[tuple[str, object]]], dict[str, object]] | None = None,
) -> json.JSONDecoder:
    return json.JSONDecoder(
        parse_int=_Literal,
        parse_float=_Literal,
        parse_constant=_Literal,
        object_pairs_hook=as_dict,
    )


def as_text(value: object) -> str | None:
    """Return a value of a document as text: strings as they are, nested values as JSON.

    Lone surrogates, which no file could hold, become U+FFFD. None stays None.

    Raises:
        RecursionError: For values nested deeper than Python's stack.
    """
    if value is None:
        return None
    text = str(value) if isinstance(value, str) else _written(value)
    return text if text.isascii() else _LONE_SURROGATE.sub(DAMAGE, text)


def as_column(values: list[object]) -> TextColumn:
    """Return a column's values as text."""
    if _PLAIN.issuperset(map(type, values)):
        column = TextColumn(cast("list[str | None]", values))
        if column.is_sound():
            return column
    return TextColumn([as_text(value) for value in values])


def _written(value: object) -> str:
    if isinstance(value, _Literal):
        return str(value)
    if isinstance(value, dict):
        pairs = (f"{_written(str(key))}: {_written(inner)}" for key, inner in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return json.dumps(value, ensure_ascii=False)
