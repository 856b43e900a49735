"""JSON lines, or one list of JSON objects, to a table of text."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lsq.sheets.errors import not_a_sheet
from lsq.sheets.parsing.grid import empty_cells
from lsq.sheets.parsing.typed_text import value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lsq.sheets.limits import Limits

    Object = dict[str, Any]

__all__ = ["looks_like_json", "read_json"]

_ROWS_AT_ONCE = 5_000
_OPENS_LIST = re.compile(rb"\s*\[\s*(?=\{)")
_FIRST_LINE = re.compile(rb"\s*(\{[^\n]*)")  # if it opens an object, however long it is
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)  # NaN is no value


def looks_like_json(data: bytes) -> bool:
    """Say whether a text in UTF-8 is a list of objects, or its first line is an object."""
    if opened := _OPENS_LIST.match(data):
        return _begins_with_object(data[opened.end() :])
    first = _FIRST_LINE.match(data)
    return first is not None and isinstance(_loaded(first[1]), dict)


def read_json(data: bytes, *, name: str, limits: Limits) -> pa.Table:
    """Read the objects, a row each.

    Args:
        data: In UTF-8, without its mark.
        name: Of the file, for sentences.
        limits: What is too much; found on the way.

    Returns:
        A string column for each key, in the order in which they first come; "" where an object
        has none, or null. What is nested stays JSON.

    Raises:
        SheetError: Too large, or something in it is no JSON object.
    """
    columns: dict[str, list[pa.StringArray]] = {}
    objects, rows = _objects(data, name=name), 0
    while some := list(islice(objects, _ROWS_AT_ONCE)):
        keys = dict.fromkeys(key for each in some for key in each)
        limits.check_rows(name, rows + len(some))
        limits.check_cells(name, rows=rows + len(some), columns=len({*columns, *keys}))
        for key in keys:
            columns.setdefault(key, [empty_cells(rows)])
        for key, pieces in columns.items():
            pieces.append(_texts(some, key) if key in keys else empty_cells(len(some)))
        rows += len(some)
    made = [pa.chunked_array(pieces, type=pa.string()) for pieces in columns.values()]
    return pa.table(made, names=[value_text(key) for key in columns])


def _texts(objects: Iterable[Object], key: str) -> pa.StringArray:
    values = (each.get(key) for each in objects)
    return pa.array(("" if value is None else value_text(value) for value in values), pa.string())


def _objects(data: bytes, *, name: str) -> Iterator[Object]:
    what, values = _entries(data, name=name) if _OPENS_LIST.match(data) else _lines(data)
    for number, value in values:
        if not isinstance(value, dict):
            why = f"It begins as JSON, but {what} {number:,} is no JSON object."
            raise not_a_sheet(name, f"{why} Write it anew, or save the list as CSV.")
        yield value


def _entries(data: bytes, *, name: str) -> tuple[str, Iterator[tuple[int, object]]]:
    listed = _loaded(data)
    if not isinstance(listed, list):
        why = "It looks like a list of JSON objects, but it is broken. Write it anew."
        raise not_a_sheet(name, why)
    return "entry", enumerate(listed, 1)


def _lines(data: bytes) -> tuple[str, Iterator[tuple[int, object]]]:
    lines = enumerate(data.split(b"\n"), 1)
    return "line", ((number, _loaded(line)) for number, line in lines if line.strip())


def _begins_with_object(data: bytes) -> bool:
    try:
        return isinstance(_DECODER.raw_decode(data.decode("utf-8", "replace"))[0], dict)
    except (ValueError, RecursionError):
        return False


def _loaded(data: bytes) -> object:
    """Return what a piece of JSON says; None if it is none."""
    try:
        return _DECODER.decode(data.decode())
    except (ValueError, RecursionError):
        return None
