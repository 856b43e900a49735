"""Rows of a worksheet as XML, written by Arrow a whole column at a time.

Cell by cell, as the libraries of Python do it, a workbook takes ten times as long. Texts stand in
their cells ("inline"), which every spreadsheet program reads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.utility import xl_col_to_name

from lsq.sheets.xlsx_cells import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lsq.sheets.xlsx_cells import Cells

__all__ = ["rows_xml"]

_SPECIAL = r"[&<>\r]|_x[0-9A-Fa-f]{4}_"
_LOOKS_ESCAPED = "_x[0-9A-Fa-f]{4}_"  # Excel would take "_x0041_" for an A
_ITS_START = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_OUTER_SPACE = r"^\s|\s$"
_IN_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def rows_xml(
    columns: Sequence[Cells], *, rows: int, first_row: int, styles: Mapping[Kind, int]
) -> memoryview:
    """Write some rows.

    Args:
        columns: Their cells, column by column.
        rows: How many there are.
        first_row: The number of the first of them, counted from 1.
        styles: The format of the cells of each kind, as the workbook numbers them; the kinds
            left out have none.

    Returns:
        A `<row>` element for each, in UTF-8.
    """
    numbers = pc.cast(pa.array(np.arange(first_row, first_row + rows)), pa.string())
    cells = [
        part
        for i, column in enumerate(columns)
        for part in _column_xml(column, f'<c r="{xl_col_to_name(i)}', numbers, styles)
    ]
    lines = pc.binary_join_element_wise('<row r="', numbers, '">', *cells, "</row>", "")
    return _bytes(lines)


def _column_xml(
    column: Cells, start: str, rows: pa.StringArray, styles: Mapping[Kind, int]
) -> list[pa.StringArray]:
    """Write the cells of a column, "" where there is none: its numbers, its texts, or both."""
    parts = []
    if column.numbers is not None:
        kind = ' t="b"' if column.kind is Kind.YES_NO else ""
        style = f' s="{styles[column.kind]}"' if column.kind in styles else ""
        opening = f'"{style}{kind}><v>'
        parts.append((opening, column.numbers, "</v></c>"))
    if column.clean is not None:
        texts = column.clean.texts
        texts = pc.if_else(pc.equal(texts, ""), None, texts)
        parts.append((_opening(texts, styles[Kind.TEXT]), _escaped(texts), "</t></is></c>"))
    return [
        pc.fill_null(pc.binary_join_element_wise(start, rows, opening, inner, end, ""), "")
        for opening, inner, end in parts
    ]


def _opening(texts: pa.StringArray, style: int) -> pa.StringArray | str:
    """Write what stands before each text; spaces at its ends are only kept where XML is told."""
    plain = f'" s="{style}" t="inlineStr"><is><t>'
    spaced = pc.match_substring_regex(texts, pattern=_OUTER_SPACE)
    if not pc.any(spaced).as_py():
        return plain
    return pc.if_else(spaced, plain.replace("<t>", '<t xml:space="preserve">'), plain)


def _escaped(texts: pa.StringArray) -> pa.StringArray:
    """Write texts as XML, and so that Excel takes none of them for an escape of its own."""
    if not pc.any(pc.match_substring_regex(texts, pattern=_SPECIAL)).as_py():
        return texts
    looks_escaped = pc.fill_null(pc.match_substring_regex(texts, pattern=_LOOKS_ESCAPED), False)  # noqa: FBT003
    if pc.any(looks_escaped).as_py():
        found = texts.filter(looks_escaped).to_pylist()
        written = pa.array([_ITS_START.sub("_x005F_", text) for text in found], type=pa.string())
        texts = pc.replace_with_mask(texts, looks_escaped, written)
    for character, written in _IN_XML.items():
        texts = pc.replace_substring(texts, pattern=character, replacement=written)
    return texts


def _bytes(lines: pa.StringArray) -> memoryview:
    """Return the characters of all lines, one after the other as they stand in memory."""
    _, offsets, data = lines.buffers()
    if data is None:
        return memoryview(b"")
    ends = np.frombuffer(offsets, dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
    return memoryview(data)[ends[0] : ends[-1]]
