"""Files as whoever gets them reads them: with other libraries than those that wrote them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq

from lsq.lookup.choice import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def read_back(form: Form, data: bytes) -> list[dict[str, Any]]:
    """Return a file's rows; values as its format gives them."""
    return _READERS[form](data)


def _csv(data: bytes) -> list[dict[str, Any]]:
    text = data.decode("utf-8-sig")
    csv.field_size_limit(10_000_000)
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _xlsx(data: bytes) -> list[dict[str, Any]]:
    header, *rows = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()
    names = [cell.value for cell in header]
    assert not any(cell.data_type == "f" for row in rows for cell in row)
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]


def _parquet(data: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(data)).to_pylist()
    return rows


def _jsonl(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().split("\n") if line]


_READERS: Mapping[Form, Callable[[bytes], list[dict[str, Any]]]] = {
    Form.CSV: _csv,
    Form.EXCEL_CSV: _csv,
    Form.XLSX: _xlsx,
    Form.PARQUET: _parquet,
    Form.JSONL: _jsonl,
}
