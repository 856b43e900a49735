"""Parquet files to a table of text; what they unpack to is known from their last bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from lsq.sheets.errors import SheetError, not_a_sheet
from lsq.sheets.limits import MB
from lsq.sheets.parsing.typed_text import typed_text

if TYPE_CHECKING:
    from lsq.sheets.limits import Limits

__all__ = ["read_parquet"]

_NO_PARQUET = (pa.ArrowException, OSError, ValueError, OverflowError)


def read_parquet(data: bytes, *, name: str, limits: Limits) -> pa.Table:
    """Read a file's columns as text.

    Args:
        data: The whole file.
        name: Its name, for sentences.
        limits: What is too much; the file says how much it holds before anything is unpacked.

    Returns:
        String columns under the names that they have in the file, which may repeat; "" where a
        value is missing. Its schema's metadata are the file's.

    Raises:
        SheetError: Broken, or too large.
    """
    try:
        with pq.ParquetFile(pa.BufferReader(data)) as file:
            _check(file.metadata, columns=len(file.schema_arrow), name=name, limits=limits)
            return _text(file)
    except MemoryError:
        raise
    except _NO_PARQUET as error:
        why = "It looks like a Parquet file, but it is broken. Write it anew."
        raise not_a_sheet(name, why) from error


def _check(told: pq.FileMetaData, *, columns: int, name: str, limits: Limits) -> None:
    limits.check_rows(name, told.num_rows)
    limits.check_cells(name, rows=told.num_rows, columns=columns)
    groups = map(told.row_group, range(told.num_row_groups))
    unpacked = sum(group.total_byte_size for group in groups)
    if unpacked > limits.max_inflated_bytes:
        limit = f"the limit is {limits.max_inflated_bytes / MB:,.0f} MB"
        title = f"{name} unpacks to {unpacked / MB:,.0f} MB; {limit}."
        raise SheetError(title, "Leave out columns, or split it.")


def _text(file: pq.ParquetFile) -> pa.Table:
    """Write the values as text, a group of rows at a time: typed they need not stand there too."""
    schema = file.schema_arrow
    pieces: list[list[pa.Array]] = [[] for _ in schema]
    for number in range(file.num_row_groups):
        group = file.read_row_group(number, use_threads=False)
        for place, column in enumerate(group.columns):
            pieces[place].extend(typed_text(column).chunks)
    columns = [pa.chunked_array(chunks, type=pa.string()) for chunks in pieces]
    fields = [pa.field(field.name, pa.string()) for field in schema]
    return pa.table(columns, schema=pa.schema(fields, metadata=schema.metadata))
