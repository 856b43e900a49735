"""CSV in two forms: exact, for programs; and for Excel, where no cell begins as a formula does."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from lsq.sheets.column_text import column_text, is_text, names_text
from lsq.sheets.formula_safety import escape
from lsq.sheets.written import Written

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write_csv"]

_MARK = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for Windows-1252
_NUL = "\0"


def write_csv(frame: pd.DataFrame, *, for_excel: bool = False, continued: bool = False) -> Written:
    """Write a frame as UTF-8 text, every field quoted, so that a bare carriage return stays inside.

    Args:
        frame: Any columns; missing values become empty fields. The index is left out.
        for_excel: Add the mark that Excel needs, and an apostrophe before each text, column names
            included, that a spreadsheet program would run; NUL, which Excel cannot hold, becomes
            U+FFFD. `read_sheet` takes mark and apostrophes off again.
        continued: Leave out the mark and the column names: these rows go on after others.

    Returns:
        The bytes; how many cells had a character replaced and how many got an apostrophe, column
        names included where they are written.
    """
    written = _Columns(for_excel=for_excel)
    names, lost = names_text(frame.columns)
    if not continued:
        names = written.text(names, lost)
    columns = [written.column(frame.iloc[:, at]) for at in range(frame.shape[1])]
    out = io.BytesIO()
    out.write(_MARK if for_excel and not continued else b"")
    options = pa_csv.WriteOptions(include_header=not continued, quoting_style="all_valid")
    pa_csv.write_csv(pa.table(columns, names=names.to_pylist()), out, options)
    return Written(data=out.getvalue(), replaced=written.replaced, escaped=written.escaped)


class _Columns:
    """Columns as text of one form, with a count of what became of them."""

    def __init__(self, *, for_excel: bool) -> None:
        self.replaced = self.escaped = 0
        self._for_excel = for_excel

    def column(self, series: pd.Series) -> pa.StringArray:
        """Return a column as it is written; what is no text cannot run."""
        texts, lost = column_text(series)
        return self.text(texts, lost) if is_text(series) else texts

    def text(self, texts: pa.StringArray, lost: int) -> pa.StringArray:
        """Return texts, of which `lost` have a character replaced already, as they are written."""
        self.replaced += lost
        if not self._for_excel:
            return texts
        nuls = pc.sum(pc.match_substring(texts, pattern=_NUL)).as_py() or 0
        if nuls:
            self.replaced += nuls
            texts = pc.replace_substring(texts, pattern=_NUL, replacement="\ufffd")
        texts, changed = escape(texts)
        self.escaped += changed
        return texts
