"""Text to records: lists of cells as the csv module reads them, quotes and line breaks honoured."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsq.sheets.limits import Limits

__all__ = ["parse", "read_records"]

# The module's own limit of 131,072 characters a cell would refuse a sheet that the limits allow.
csv.field_size_limit(2**31 - 1)

_ABOVE_THE_TABLE = 1_000  # lines that may stand there; the data rows are counted exactly later
_NO_SEPARATOR = "\x1f"  # the unit separator: in no sheet that people type


def parse(text: str, separator: str) -> Iterator[list[str]]:
    """Read records one by one; a wholly empty line is an empty list.

    Args:
        text: With its line ends as they are: LF, CRLF or CR.
        separator: One character, or "" for one cell a line.
    """
    # newline="" keeps a carriage return inside quotes as it was written.
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator or _NO_SEPARATOR)


def read_records(text: str, *, separator: str, name: str, limits: Limits) -> list[list[str]]:
    """Read all records, checking the limits on the way so that memory stays bounded.

    Raises:
        SheetError: Too many rows or cells.
    """
    records: list[list[str]] = []
    reader, widest = parse(text, separator), 0
    for record in reader:
        records.append(record)
        if len(record) > widest:
            widest = len(record)
            limits.check_cells(name, rows=len(records), columns=widest)
        if len(records) > limits.max_rows + _ABOVE_THE_TABLE:
            limits.check_rows(name, len(records) + sum(1 for _ in reader))
    limits.check_cells(name, rows=len(records), columns=widest)
    return records
