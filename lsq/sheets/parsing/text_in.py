"""Text with separators to a `Sheet`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from lsq.sheets.errors import SheetError
from lsq.sheets.formula_safety import holds_outcomes, unescape
from lsq.sheets.parsing.dialect import find_separator, split_declaration
from lsq.sheets.parsing.records import read_records
from lsq.sheets.parsing.tabulate import tabulate
from lsq.sheets.sheet import Choices, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.sheets.limits import Limits
    from lsq.sheets.parsing.decode import Decoded

__all__ = ["read_text"]

_NEVER_SEPARATES = {'"', "\r", "\n"}


def read_text(decoded: Decoded, *, name: str, choices: Choices, limits: Limits) -> Sheet:
    """Read a table or list; arguments and errors as in `reading.read_sheet`."""
    text, declared = split_declaration(decoded.text)
    separator = choices.separator if choices.separator is not None else declared
    if separator is None:
        separator = find_separator(text)
    elif len(separator) > 1 or separator in _NEVER_SEPARATES:
        title = f"“{separator}” cannot separate the cells of {name}."
        raise SheetError(title, "Choose one character, such as a comma or a semicolon.")
    records = read_records(text, separator=separator, name=name, limits=limits)
    odd_quote = _open_quote_note(text, records)
    made = tabulate(records, name=name, limits=limits, header_row=choices.header_row)
    table = made.table
    # Only our CSV for Excel has both a mark and our column; the one for programs is exact.
    if decoded.encoding == "utf-8-sig" and holds_outcomes(table):
        table = _unescape_all(table)
    return Sheet(
        name=name,
        table=table,
        row_numbers=made.row_numbers,
        encoding=decoded.encoding,
        separator=separator,
        header_row=made.header_row,
        notes=(*decoded.notes, *made.notes, *odd_quote),
    )


def _unescape_all(table: pa.Table) -> pa.Table:
    names = unescape(pa.array(table.column_names, type=pa.string())).to_pylist()
    return pa.table([unescape(column) for column in table.columns], names=names)


def _open_quote_note(text: str, records: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Tell when a quote runs to the end of the file and takes the rows after it along."""
    if text.count('"') % 2 and records and any("\n" in cell for cell in records[-1]):
        row = len(records)
        return (f"A quote opened in row {row:,} is never closed: the rest is one cell.",)
    return ()
