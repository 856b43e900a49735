"""CSV in two forms: exact, for programs; and for Excel, where no cell can run as a formula."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv as pa_csv

from lsq.sheets.column_text import column_text, is_text, name_text
from lsq.sheets.formula_safety import escape
from lsq.sheets.written import Written

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write_csv"]

_MARK = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for Windows-1252


def write_csv(frame: pd.DataFrame, *, for_excel: bool = False, continued: bool = False) -> Written:
    """Write a frame as UTF-8 text, every field quoted, so that a bare carriage return stays inside.

    Args:
        frame: Any columns; missing values become empty fields. The index is left out.
        for_excel: Add the mark that Excel needs, and an apostrophe before each text, column names
            included, that a spreadsheet program would run. `read_sheet` takes both off again.
        continued: Leave out the mark and the column names: these rows go on after others.

    Returns:
        The bytes; how many lone surrogates were replaced and how many texts got an apostrophe.
    """
    replaced = escaped = 0
    columns = []
    for position in range(frame.shape[1]):
        series = frame.iloc[:, position]
        texts, lost = column_text(series)
        replaced += lost
        if for_excel and is_text(series):
            texts, changed = escape(texts)
            escaped += changed
        columns.append(texts)
    names = pa.array([name_text(name) for name in frame.columns], type=pa.string())
    if for_excel and not continued:
        names, changed = escape(names)
        escaped += changed
    out = io.BytesIO()
    out.write(_MARK if for_excel and not continued else b"")
    options = pa_csv.WriteOptions(include_header=not continued, quoting_style="all_valid")
    pa_csv.write_csv(pa.table(columns, names=names.to_pylist()), out, options)
    return Written(data=out.getvalue(), replaced=replaced, escaped=escaped)
