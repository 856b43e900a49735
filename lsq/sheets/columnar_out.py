"""Files for programs beside CSV: Parquet with types, and JSON lines with the raw text."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pandas.api.types import is_bool_dtype, is_float_dtype, is_integer_dtype

from lsq.sheets.column_text import is_text, names_text, nullable_text
from lsq.sheets.names import unique_names
from lsq.sheets.written import Written

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["write_jsonl", "write_parquet"]

_ESCAPES = {mark: json.dumps(mark)[1:-1] for mark in ("\\", '"', *map(chr, range(0x20)))}
"""What JSON does not let stand in a text; the backslash first, since the others get one."""

_ESCAPED = r'["\\\x00-\x1f]'
_INFINITE = "inf$"


def write_parquet(frame: pd.DataFrame, *, metadata: Mapping[bytes, bytes] | None = None) -> Written:
    """Write a frame with its types, its index left out; objects are written as text.

    Args:
        frame: The rows.
        metadata: What the file's schema is to say beside its columns.

    Returns:
        The bytes; how many texts, column names included, held a lone surrogate, which became
        U+FFFD. Names that are equal then are numbered.
    """
    names, replaced = names_text(frame.columns)
    columns: dict[str, pd.Series] = {}
    for position, name in enumerate(unique_names(names.to_pylist())):
        columns[name], lost = _sound(frame.iloc[:, position])
        replaced += lost
    sound = pd.DataFrame(columns, index=frame.index, copy=False)
    table = pa.Table.from_pandas(sound, preserve_index=False)
    out = BytesIO()
    told = {**table.schema.metadata, **(metadata or {})}
    pq.write_table(table.replace_schema_metadata(told), out, compression="zstd")
    return Written(data=out.getvalue(), replaced=replaced)


def write_jsonl(frame: pd.DataFrame) -> Written:
    r"""Write one JSON object a row, UTF-8; a line ends in "\n".

    Numbers and booleans are such, all else is text as in CSV; what is missing is null, and so is a
    number that JSON cannot write.

    Returns:
        As `write_parquet`.
    """
    names, replaced = names_text(frame.columns)
    pieces: list[pa.Array | pa.Scalar] = []
    for position, name in enumerate(unique_names(names.to_pylist())):
        values, lost = _json_values(frame.iloc[:, position])
        replaced += lost
        before = ", " if pieces else "{"
        pieces += [_large(f"{before}{json.dumps(name, ensure_ascii=False)}: "), values]
    if not pieces:
        return Written(data=b"{}\n" * len(frame))
    lines = pc.binary_join_element_wise(*pieces, _large("}\n"), _large(""))
    letters = lines.buffers()[2]  # all lines, one after the other
    return Written(data=letters.to_pybytes() if len(lines) else b"", replaced=replaced)


def _sound(series: pd.Series) -> tuple[pd.Series, int]:
    """Make a column one that Arrow can hold; only objects may not be that yet."""
    if not is_text(series) or _is_arrows(series):
        return series, 0
    texts, replaced = nullable_text(series)
    return pd.Series(texts.to_pylist(), index=series.index, dtype="str"), replaced


def _is_arrows(series: pd.Series) -> bool:
    dtype = series.dtype
    of = dtype.categories.dtype if isinstance(dtype, pd.CategoricalDtype) else dtype
    return isinstance(of, pd.StringDtype)


def _json_values(series: pd.Series) -> tuple[pa.LargeStringArray, int]:
    """Write each value as JSON."""
    texts, replaced = nullable_text(series)
    texts = texts.cast(pa.large_string())  # a part of rows may hold more than 2 GB
    if is_bool_dtype(series.dtype):
        texts = pc.utf8_lower(texts)
    elif is_float_dtype(series.dtype):
        infinite = pc.match_substring_regex(texts, pattern=_INFINITE)
        texts = pc.if_else(infinite, None, texts)
    elif not is_integer_dtype(series.dtype):
        quote = _large('"')
        texts = pc.binary_join_element_wise(quote, _escaped(texts), quote, _large(""))
    return pc.fill_null(texts, "null"), replaced


def _large(text: str) -> pa.LargeStringScalar:
    return pa.scalar(text, type=pa.large_string())


def _escaped(texts: pa.LargeStringArray) -> pa.LargeStringArray:
    special = pc.match_substring_regex(texts, pattern=_ESCAPED)
    if pc.any(special, min_count=0).as_py():
        for mark, escape in _ESCAPES.items():
            texts = pc.replace_substring(texts, pattern=mark, replacement=escape)
    return texts
