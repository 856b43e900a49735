"""What passes between the app and the process that reads a sheet: a request, and one answer.

A request is a line of JSON and then the bytes. An answer is an Arrow stream: the columns of the
table, then the row numbers, then the damage where there is any; everything else of the `Sheet`, or
the error instead of one, is JSON in the metadata of its schema.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import IO, Any

import pyarrow as pa

from lsq.sheets.errors import SheetError, WorksheetTie
from lsq.sheets.limits import Limits
from lsq.sheets.saved_setup import read_setup
from lsq.sheets.sheet import Choices, Sheet, Worksheet

__all__ = ["Request", "read_answer", "read_request", "write_error", "write_request", "write_sheet"]

_ROWS_AT_ONCE = 65_536
_COLUMNS = ("table", "row_numbers", "damage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be read.

    Attributes:
        name: Of the file, for sentences; None for pasted text.
        size: Bytes that follow.
        choices: What the person decided.
        limits: What is refused as too large.
    """

    name: str | None
    size: int
    choices: Choices
    limits: Limits


def write_request(request: Request, data: bytes, sink: IO[bytes]) -> None:
    """Write the request and its bytes."""
    sink.write(json.dumps(asdict(request)).encode() + b"\n")
    sink.write(data)
    sink.flush()


def read_request(source: IO[bytes]) -> Request:
    """Read the request; its bytes are the next to be read.

    Raises:
        EOFError: Nobody asks any more.
    """
    line = source.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    told = json.loads(line)
    choices, limits = Choices(**told.pop("choices")), Limits(**told.pop("limits"))
    return Request(**told, choices=choices, limits=limits)


def write_sheet(sheet: Sheet, sink: IO[bytes]) -> None:
    """Write a sheet batch by batch, each let go of once it is written."""
    schema, batches = _laid_out(sheet)
    del sheet
    with pa.ipc.new_stream(sink, schema) as writer:
        while batches:
            writer.write_batch(batches.pop())


def _laid_out(sheet: Sheet) -> tuple[pa.Schema, list[pa.RecordBatch]]:
    """Return the stream's schema and its batches, the last one first."""
    told = {
        field.name: getattr(sheet, field.name)
        for field in fields(Sheet)
        if field.name not in _COLUMNS
    }
    told["worksheets"] = [asdict(worksheet) for worksheet in sheet.worksheets]
    told["setup"] = None if sheet.setup is None else sheet.setup.text()
    told["rows"], told["damaged"] = sheet.table.num_rows, sheet.damage is not None
    columns = [*sheet.table.columns, pa.array(sheet.row_numbers)]
    names = [*sheet.table.column_names, "row_numbers"]
    if sheet.damage is not None:
        columns.append(sheet.damage)
        names.append("damage")
    table = pa.table(columns, names=names)
    batches = table.to_batches(max_chunksize=_ROWS_AT_ONCE)
    batches.reverse()
    return table.schema.with_metadata({"sheet": json.dumps(told)}), batches


def write_error(error: SheetError, sink: IO[bytes]) -> None:
    """Write why there is no sheet."""
    told: dict[str, Any] = {"title": error.title, "advice": error.advice}
    if isinstance(error, WorksheetTie):
        told["worksheets"] = [asdict(worksheet) for worksheet in error.worksheets]
    with pa.ipc.new_stream(sink, pa.schema([], metadata={"error": json.dumps(told)})):
        pass


def read_answer(source: IO[bytes]) -> Sheet:
    """Read the sheet.

    Raises:
        SheetError: The one that was written.
        EOFError: The answer is not whole.
    """
    try:
        with pa.ipc.open_stream(source) as reader:
            table, told = reader.read_all(), reader.schema.metadata
    except (pa.ArrowInvalid, OSError) as error:
        raise EOFError from error
    if b"error" in told:
        raise _error(**json.loads(told[b"error"]))
    return _sheet(table, json.loads(told[b"sheet"]))


def _error(
    *, title: str, advice: str, worksheets: list[dict[str, Any]] | None = None
) -> SheetError:
    if worksheets is None:
        return SheetError(title, advice)
    return WorksheetTie(title, advice, tuple(Worksheet(**told) for told in worksheets))


def _sheet(table: pa.Table, told: dict[str, Any]) -> Sheet:
    if table.num_rows != told.pop("rows"):  # one that ends between two batches looks whole to Arrow
        raise EOFError
    damaged: bool = told.pop("damaged")
    width = table.num_columns - 1 - damaged
    told["worksheets"] = tuple(Worksheet(**one) for one in told["worksheets"])
    told["setup"] = read_setup(told["setup"] or "")
    told["starts"], told["notes"] = tuple(told["starts"]), tuple(told["notes"])
    return Sheet(
        **told,
        table=table.select(range(width)).replace_schema_metadata(),
        row_numbers=table.column(width).to_numpy(),
        damage=table.column(width + 1).combine_chunks() if damaged else None,
    )
