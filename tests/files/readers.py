"""Files as their readers see them: our own, and the libraries that people use."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.json as pa_json
import pyarrow.parquet as pq
from python_calamine import load_workbook

from lsq.lookup.choice import Form
from lsq.sheets.parsing.parse import parse_sheet
from tests.files.losses import apostrophised

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["READERS", "Columns", "Reader"]

Columns = dict[str, list[str]]


class Reader(NamedTuple):
    """A way to read a format.

    Attributes:
        form: The format.
        name: Of the library.
        read: From the bytes to each column's texts by its name.
        shows: What it makes of a text that the file holds.
    """

    form: Form
    name: str
    read: Callable[[bytes], Columns]
    shows: Callable[[str], str] = str


def _columns(header: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Columns:
    cells = ["" if value is None else value for row in rows for value in row]
    assert {type(cell) for cell in cells} <= {str}
    return {
        name: list(column) for name, column in zip(header, zip(*rows, strict=True), strict=True)
    }


def _our_own(form: Form) -> Callable[[bytes], Columns]:
    return lambda data: parse_sheet(data, name=f"again{form}").table.to_pydict()


def _csv_module(data: bytes) -> Columns:
    csv.field_size_limit(1_000_000)
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return _columns(header, rows)


def _csv_by_pandas(data: bytes) -> Columns:
    return _of_frame(pd.read_csv(io.BytesIO(data), dtype="str", keep_default_na=False))


def _csv_by_pyarrow(data: bytes) -> Columns:
    names = _csv_module(data)
    as_text = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
    )
    within = pa_csv.ParseOptions(newlines_in_values=True)
    table = pa_csv.read_csv(io.BytesIO(data), parse_options=within, convert_options=as_text)
    columns: Columns = table.to_pydict()
    return columns


def _xlsx_by_calamine(data: bytes) -> Columns:
    header, *rows = load_workbook(io.BytesIO(data)).get_sheet_by_name("Leads").to_python()
    return _columns(header, rows)


def _xlsx_by_openpyxl(data: bytes) -> Columns:
    header, *rows = openpyxl.load_workbook(io.BytesIO(data))["Leads"].iter_rows(values_only=True)
    return _columns(header, [[value or "" for value in row] for row in rows])


def _xlsx_by_pandas(engine: str) -> Callable[[bytes], Columns]:
    return lambda data: _of_frame(
        pd.read_excel(io.BytesIO(data), dtype="str", keep_default_na=False, engine=engine)
    )


def _of_frame(frame: pd.DataFrame) -> Columns:
    return {str(name): frame[name].tolist() for name in frame}


def _parquet_by_pyarrow(data: bytes) -> Columns:
    columns: Columns = pq.read_table(io.BytesIO(data)).to_pydict()
    return columns


def _jsonl_by_pandas(data: bytes) -> Columns:
    return _of_frame(pd.read_json(io.BytesIO(data), lines=True, dtype=False))


def _jsonl_by_pyarrow(data: bytes) -> Columns:
    names = parse_sheet(data, name="again.jsonl").table.column_names
    as_text = pa_json.ParseOptions(explicit_schema=pa.schema([(n, pa.string()) for n in names]))
    columns: Columns = pa_json.read_json(io.BytesIO(data), parse_options=as_text).to_pydict()
    return columns


def _without_nul(text: str) -> str:
    return text.replace("\0", "")


def _undecoded(text: str) -> str:
    """Show the escape that Excel puts before a text that looks like one of its own."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


READERS = (
    Reader(Form.CSV, "our own", _our_own(Form.CSV), _without_nul),
    Reader(Form.CSV, "csv module", _csv_module),
    Reader(Form.CSV, "pandas", _csv_by_pandas),
    Reader(Form.CSV, "pyarrow", _csv_by_pyarrow),
    Reader(Form.EXCEL_CSV, "our own", _our_own(Form.EXCEL_CSV)),
    Reader(Form.EXCEL_CSV, "csv module", _csv_module, apostrophised),
    Reader(Form.EXCEL_CSV, "pandas", _csv_by_pandas, apostrophised),
    Reader(Form.EXCEL_CSV, "pyarrow", _csv_by_pyarrow, apostrophised),
    Reader(Form.XLSX, "our own", _our_own(Form.XLSX)),
    Reader(Form.XLSX, "calamine", _xlsx_by_calamine),
    Reader(Form.XLSX, "openpyxl", _xlsx_by_openpyxl, _undecoded),
    Reader(Form.XLSX, "pandas with calamine", _xlsx_by_pandas("calamine")),
    Reader(Form.XLSX, "pandas with openpyxl", _xlsx_by_pandas("openpyxl"), _undecoded),
    Reader(Form.PARQUET, "our own", _our_own(Form.PARQUET)),
    Reader(Form.PARQUET, "pyarrow", _parquet_by_pyarrow),
    Reader(Form.PARQUET, "pandas", lambda data: _of_frame(pd.read_parquet(io.BytesIO(data)))),
    Reader(Form.JSONL, "our own", _our_own(Form.JSONL)),
    Reader(Form.JSONL, "pandas", _jsonl_by_pandas),
    Reader(Form.JSONL, "pyarrow", _jsonl_by_pyarrow),
)
"""Every format with everything that reads it here."""
