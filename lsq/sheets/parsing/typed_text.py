"""A typed column as the text that a person would write, as in a workbook's cells."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.characters import without_surrogates
from lsq.sheets.parsing.cell_text import cell_text

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[pa.ChunkedArray], pa.ChunkedArray]

__all__ = ["typed_text", "value_text"]

_AS_A_CELL = (bool, int, float, dt.date, dt.time, dt.timedelta)
_OTHERWISE = r"[en]|^-0$|^.{17}"
"""Numbers that Arrow writes otherwise than a person: 1e+20, -0, 0.30000000000000004."""


def typed_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write a column of any type: 5 not 5.0, TRUE, 2026-06-14 09:12:00; a missing cell is "".

    A time with a zone is written in UTC with "+00:00" behind it; what is nested becomes JSON.

    Returns:
        The same rows as strings without nulls.
    """
    if isinstance(column.type, pa.BaseExtensionType):
        column = column.cast(column.type.storage_type)
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    write = next((write for fits, write in _WRITERS if fits(column.type)), _each)
    return write(column).fill_null("")


def value_text(value: object) -> str:
    """Write one value that came out of JSON, or of a column of a rare type."""
    if isinstance(value, str):
        return _writable(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, _AS_A_CELL):
        return cell_text(value)
    return _writable(json.dumps(value, ensure_ascii=False, default=str))


def _writable(text: str) -> str:
    """Put U+FFFD in the place of half a character, which no file of text can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return without_surrogates(text)
    return text


def _each(column: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = (None if value is None else value_text(value) for value in column.to_pylist())
    return pa.chunked_array([pa.array(texts, type=pa.string())])


def _uuids(column: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = (None if value is None else str(UUID(bytes=value)) for value in column.to_pylist())
    return pa.chunked_array([pa.array(texts, type=pa.string())])


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        column.validate(full=True)  # Parquet calls text what it has not looked at
    except pa.ArrowInvalid:
        column = column.cast(pa.large_binary())
        texts = (value and value.decode("utf-8", "replace") for value in column.to_pylist())
        return pa.chunked_array([pa.array(texts, type=pa.string())])
    return column.cast(pa.string())


def _floats(column: pa.ChunkedArray) -> pa.ChunkedArray:
    column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    texts = column.cast(pa.string())
    other = pc.match_substring_regex(texts, pattern=_OTHERWISE).fill_null(False)  # noqa: FBT003
    if not pc.any(other, min_count=0).as_py():
        return texts
    written = _each(column.filter(other)).combine_chunks()
    every = pc.replace_with_mask(texts.combine_chunks(), other.combine_chunks(), written)
    return pa.chunked_array([every])


def _decimals(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(column.cast(pa.string()), pattern=r"\.0+$", replacement="")


def _moments(column: pa.ChunkedArray) -> pa.ChunkedArray:
    is_zoned, unit = column.type.tz is not None, column.type.unit
    column = column.cast(pa.timestamp(unit))
    if unit in {"us", "ns"}:
        column = pc.round_temporal(column, 1, unit="millisecond")
    texts = column.cast(pa.timestamp("ms")).cast(pa.string())
    texts = pc.replace_substring_regex(texts, pattern=r"\.000$", replacement="")
    return pc.binary_join_element_wise(texts, "+00:00", "") if is_zoned else texts


_UUID = pa.binary(16)  # other bytes are a text, even if they are as many

_WRITERS: tuple[tuple[Callable[[pa.DataType], bool], Write], ...] = (
    (_UUID.equals, _uuids),
    (lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind), _texts),
    (pa.types.is_boolean, lambda column: pc.if_else(column, "TRUE", "FALSE")),
    (pa.types.is_integer, lambda column: column.cast(pa.string())),
    (pa.types.is_null, lambda column: column.cast(pa.string())),
    (pa.types.is_floating, _floats),
    (pa.types.is_decimal, _decimals),
    (pa.types.is_timestamp, _moments),
    (pa.types.is_date, lambda column: column.cast(pa.date32()).cast(pa.string())),
)
