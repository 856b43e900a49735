"""The apostrophe that keeps a spreadsheet program from running a cell as a formula.

Put on by the CSV for Excel, taken off again by the reader in files that carry our outcome column
and the mark of that form. Every text is changed back to itself: an apostrophe already there counts
as part of the danger, so that exactly one is added and exactly one removed.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from lsq.api.models import Outcome
from lsq.sheets.names import LEDGER_COLUMNS
from lsq.sheets.our_outcome import find_outcome

__all__ = ["escape", "escaped", "holds_outcomes", "unescape"]

_SPACES = " \u00a0\u3000"
_STARTS = "=+-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20"
_IN_CLASS = _STARTS.replace("-", r"\-").replace("\x00", r"\x00")
_DANGER = f"^'*[{_SPACES}]*[{_IN_CLASS}]"
_BEGINNINGS = [*f"'{_SPACES}{_STARTS}"]
# A plus sign before seven digits or more is a phone's: as a number it would lose it in Excel.
_NUMBER = r"^(-?[0-9]+|\+[0-9]{1,6})(\.[0-9]+)?([eE][+-]?[0-9]+)?$"


def escape(texts: pa.StringArray) -> tuple[pa.StringArray, int]:
    """Put an apostrophe before each text that could run; numbers such as -5 stay, phones do not.

    Returns:
        The texts, and how many were changed.
    """
    # Made here: an array that is made when this is imported loads pandas, in the reader too.
    beginnings = pa.array(_BEGINNINGS, type=pa.string())
    begins = pc.is_in(pc.utf8_slice_codeunits(texts, start=0, stop=1), value_set=beginnings)
    some = texts.filter(begins)  # a closer look costs three times as much
    runs = _could_run(some)
    changed = pc.sum(runs).as_py() or 0
    if not changed:
        return texts, 0
    written = pc.if_else(runs, pc.binary_join_element_wise("'", some, ""), some)
    return pc.replace_with_mask(texts, begins, written), changed


def unescape(texts: pa.StringArray) -> pa.StringArray:
    """Take one apostrophe off each text that `escape` has changed."""
    marked = pc.starts_with(texts, pattern="'")
    if not pc.any(marked, min_count=0).as_py():
        return texts
    rest = pc.utf8_slice_codeunits(texts, start=1)
    return pc.if_else(pc.and_(marked, _could_run(rest)), rest, texts)


def escaped(table: pa.Table) -> int:
    """Count the cells that look as `escape` leaves them; 0 where it would have changed another."""
    number = 0
    for column in table.columns:
        runs = _could_run(column)
        marked = pc.starts_with(column, pattern="'")
        if pc.any(pc.and_not(runs, marked), min_count=0).as_py():
            return 0
        number += pc.sum(pc.and_(runs, marked), min_count=0).as_py()
    return number


def holds_outcomes(table: pa.Table) -> bool:
    """Say whether a table carries our outcome column: see `our_outcome`.

    A ledger's is called `outcome`, among the columns of a ledger and no others.
    """
    if tuple(table.column_names) != LEDGER_COLUMNS:
        return find_outcome(table) is not None
    words = pa.array([*Outcome], type=pa.string())
    return table.num_rows > 0 and bool(pc.all(pc.is_in(table["outcome"], value_set=words)).as_py())


def _could_run(texts: pa.StringArray) -> pa.BooleanArray:
    danger = pc.match_substring_regex(texts, pattern=_DANGER)
    if not pc.any(danger, min_count=0).as_py():
        return danger
    return pc.and_not(danger, pc.match_substring_regex(texts, pattern=_NUMBER))
