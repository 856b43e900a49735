"""Pasted text: a list of ids, or a part of a spreadsheet."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lsq.sheets.characters import without_surrogates
from lsq.sheets.errors import SheetError
from lsq.sheets.id_shape import holds_id
from lsq.sheets.limits import Limits
from lsq.sheets.parsing.decode import Decoded
from lsq.sheets.parsing.dialect import find_writing
from lsq.sheets.parsing.line import lines_of, split_line
from lsq.sheets.parsing.text_in import sheet_of_cells, split_text
from lsq.sheets.sheet import PASTED, Choices, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsq.sheets.parsing.line import Dialect

__all__ = ["parse_pasted"]

_PIECE = re.compile(
    # The name before an id stays with it, so that an owner's is seen to be one.
    r"(?:[\[{(]{0,9}[\"']?[a-zA-Z][a-zA-Z_ -]{0,40}[\"']?\s{0,3}[:=]\s{0,3})?[^\s,;|]+"
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_TITLE = re.compile(r"[^\W\d_][^\d]*")
_LIMITS = Limits()
_LINES_FOR_ONE_ODD = 10


def parse_pasted(text: str, *, limits: Limits = _LIMITS) -> Sheet:
    """Read ids separated by lines, commas, tabs, spaces or semicolons; or pasted cells.

    In a list, each piece between separators is a row of the one column, and its row number is its
    line. Text whose lines have several cells, most of them not ids, is read as a table.

    Raises:
        SheetError: Nothing was pasted, or too much.
    """
    text = without_surrogates(text)
    limits.check_bytes(PASTED, len(text.encode()))
    if not text.strip():
        title = "Nothing is pasted yet."
        raise SheetError(title, "Paste lead ids, one per line or separated by commas.")
    dialect = find_writing(text.encode()).dialect
    if _is_table(text, dialect):
        decoded = Decoded(text.encode(), "pasted")
        choices = Choices(separator=dialect.separator)
        cells = split_text(decoded, name=PASTED, choices=choices, limits=limits)
        return sheet_of_cells(cells, name=PASTED, choices=choices, limits=limits)
    return _read_list(text, limits=limits)


def _is_table(text: str, dialect: Dialect) -> bool:
    if dialect.separator in {"", " "}:
        return False
    lines = [line.rstrip("\r\n") for line in lines_of(text.strip("\r\n"))]
    records = [split_line(line, dialect).cells for line in lines if line]
    width, usual = Counter(map(len, records)).most_common(1)[0]
    odd = len(records) - usual
    # A cell too many or too few here and there makes no list of a table.
    even = odd == 0 or (usual > 1 and odd <= max(1, len(records) // _LINES_FOR_ONE_ODD))
    cells = [cell for record in records for cell in record if cell.strip()]
    ids = sum(map(holds_id, cells))
    several_lines = dialect.separator == "\t" or len(records) > 1
    return several_lines and even and width > 1 and ids * 4 < len(cells) * 3


def _read_list(text: str, *, limits: Limits) -> Sheet:
    lines = _LINE_END.split(text)
    header = _title_line(lines)
    pieces = list(_pieces(lines, skip=header))
    limits.check_rows(PASTED, len(pieces))
    column = "Lead id" if header is None else lines[header].strip()
    return Sheet(
        name=PASTED,
        table=pa.table({column: pa.array([piece for _, piece in pieces], type=pa.string())}),
        row_numbers=np.asarray([line for line, _ in pieces], dtype=np.int64),
        separator="",
        header_row=0 if header is None else header + 1,
    )


def _title_line(lines: list[str]) -> int | None:
    """Return the position of a column's name above a list of ids: words without a digit."""
    first = next(position for position, line in enumerate(lines) if line.strip())
    is_title = _TITLE.fullmatch(lines[first].strip()) is not None
    return first if is_title and any(map(holds_id, lines[first + 1 :])) else None


def _pieces(lines: list[str], *, skip: int | None) -> Iterator[tuple[int, str]]:
    for position, line in enumerate(lines):
        if position != skip:
            for piece in _PIECE.findall(line):
                yield position + 1, piece
