"""Records to a table of text: names, row numbers, ragged rows, repeated headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from lsq.sheets.errors import SheetError
from lsq.sheets.names import column_names
from lsq.sheets.parsing.table_start import Start, find_start

if TYPE_CHECKING:
    import numpy.typing as npt

    from lsq.sheets.limits import Limits

__all__ = ["Tabulated", "tabulate"]


class Tabulated(NamedTuple):
    """The parts of a `Sheet` that the records decide; documented there."""

    table: pa.Table
    row_numbers: npt.NDArray[np.int64]
    header_row: int
    notes: tuple[str, ...]


def tabulate(
    records: list[list[str]],
    *,
    name: str,
    limits: Limits,
    first_row: int = 1,
    header_row: int | None = None,
) -> Tabulated:
    """Build the table.

    Args:
        records: Every row of the sheet, wholly empty ones included; ragged rows are padded in
            place.
        name: File name, for the errors.
        limits: For the rows below the names.
        first_row: The shown row of `records[0]`.
        header_row: The shown row of the names, 0 for none; None to find it.

    Raises:
        SheetError: Nothing is filled in, too many rows, or there is no row `header_row`.
    """
    while records and not any(map(str.strip, records[-1])):
        records.pop()
    if not records:
        title = f"{name} is empty."
        raise SheetError(title, "Drop a sheet that holds lead ids.")
    start = _start(records, name=name, first_row=first_row, header_row=header_row)
    header = [] if start.header is None else records[start.header]
    positions = [i for i in range(start.first, len(records)) if not header or records[i] != header]
    limits.check_rows(name, len(positions))
    repeated = len(records) - start.first - len(positions)
    body = [records[i] for i in positions]
    numbers = np.asarray(positions, dtype=np.int64) + first_row
    notes = [*_preamble_notes(start, first_row=first_row, repeated=repeated)]
    notes += _ragged_notes(body, numbers, header=header)
    table = _table(body, header=header)
    return Tabulated(
        table, numbers, 0 if start.header is None else first_row + start.header, tuple(notes)
    )


def _start(records: list[list[str]], *, name: str, first_row: int, header_row: int | None) -> Start:
    if header_row is None:
        return find_start(records)
    if header_row == 0:
        return Start(None, 0)
    position = header_row - first_row
    if not 0 <= position < len(records):
        title = f"{name} has no row {header_row:,} to take the column names from."
        raise SheetError(title, f"Its filled rows are {first_row:,} to {len(records):,}.")
    return Start(position, position + 1)


def _table(body: list[list[str]], *, header: list[str]) -> pa.Table:
    width = max(map(len, body), default=0)
    for record in body:
        if len(record) < width:
            record.extend([""] * (width - len(record)))
    columns = [pa.array([record[i] for record in body], type=pa.string()) for i in range(width)]
    columns += [pa.array([""] * len(body), type=pa.string())] * (len(header) - width)
    names = [*header, *[""] * (width - len(header))]
    # A separator at the end of every line makes a column that holds nothing and has no name.
    while len(columns) > 1 and not names[-1].strip() and not any(columns[-1].unique().to_pylist()):
        columns.pop()
        names.pop()
    return pa.table(columns, names=column_names(names, width=len(columns)))


def _preamble_notes(start: Start, *, first_row: int, repeated: int) -> list[str]:
    notes = []
    above = start.first if start.header is None else start.header
    if above:
        last = first_row + above - 1
        rows = f"Row {last} stands" if above == 1 else f"Rows {first_row} to {last} stand"
        notes.append(f"{rows} above the table and {'is' if above == 1 else 'are'} not counted.")
    if start.header is None:
        notes.append("There is no row of column names, so the columns are numbered.")
    if repeated:
        rows = "1 row repeats" if repeated == 1 else f"{repeated:,} rows repeat"
        notes.append(f"{rows} the column names; left out.")
    return notes


def _ragged_notes(
    body: list[list[str]], numbers: npt.NDArray[np.int64], *, header: list[str]
) -> list[str]:
    widths = np.fromiter(map(len, body), dtype=np.int64, count=len(body))
    expected = len(header) or max(map(len, body), default=0)
    notes = []
    for wrong, words in (
        ((widths < expected) & (widths > 0), "fewer cells than the others, filled up with nothing"),
        (widths > expected, "more cells than there are column names; they are kept"),
    ):
        if count := int(wrong.sum()):
            rows = "1 row has" if count == 1 else f"{count:,} rows have"
            notes.append(f"{rows} {words} (first: row {int(numbers[wrong][0]):,}).")
    return notes
