"""What was decided and found when a sheet was read, in sentences; the same on page and shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lsq.analysis.words import count, counted, share
from lsq.api.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import pyarrow as pa

    from lsq.sheets.id_column import IdCells
    from lsq.sheets.saved_setup import SavedSetup
    from lsq.sheets.sheet import Sheet

__all__ = [
    "SEPARATORS",
    "decided",
    "encoding_words",
    "id_share",
    "no_ids",
    "repaired",
    "repeats",
    "restored",
    "warnings",
]

SEPARATORS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "pipe",
    " ": "space",
    "": "none",
}
"""Separators by name; "none" is one cell a line."""

_ENCODINGS = {"utf-8-sig": "UTF-8 with a byte order mark", "cp1252": "Windows-1252"}
_ROWS_NAMED = 10
_COLUMNS_NAMED = 10


def decided(sheet: Sheet, cells: IdCells) -> list[str]:
    """Say how the sheet was read: worksheet, or encoding and separator; names; id column."""
    said = [] if sheet.worksheet is None else [_worksheets(sheet)]
    if sheet.separator is not None:
        name = SEPARATORS.get(sheet.separator, f"“{sheet.separator}”")
        marks = "one cell a line" if not sheet.separator else f"separator {name}"
        said.append(f"Encoding {encoding_words(sheet)}, {marks}.")
    header = f"in row {count(sheet.header_row)}" if sheet.header_row else "numbered, without a row"
    said.append(f"Column names {'as the file gives them' if sheet.is_settled else header}.")
    said.append(f"Id column {cells.column}: {id_share(cells)}.")
    return said


def restored(setup: SavedSetup, *, but: Collection[str] = ()) -> str:
    """Say what is set up as in a file of ours; "" if nothing is.

    Args:
        setup: What the file says of itself.
        but: Its fields that were decided otherwise.
    """
    parts = {
        "id_column": f"id column {setup.id_column}",
        "columns": counted(len(setup.columns), "column"),
        "leads_only": "one row per lead" if setup.leads_only else "",
        "masked": "phones and e-mails masked" if setup.masked else "",
        "zone": f"times in {setup.zone}",
    }
    said = [words for field, words in parts.items() if words and field not in but]
    return f"Set up as in the file: {', '.join(said)}." if said else ""


def encoding_words(sheet: Sheet) -> str:
    """Name the text encoding as people know it."""
    encoding = sheet.encoding or "unknown"
    return _ENCODINGS.get(encoding, encoding.upper())


def id_share(cells: IdCells) -> str:
    """Write how many rows have an id: `98 of 100 rows hold an id (98.0%)`."""
    holding = len(np.unique(cells.position[cells.first >= 0]))
    percent = f" ({share(holding / cells.rows)})" if cells.rows else ""
    verb = "holds" if cells.rows == 1 else "hold"
    return f"{count(holding)} of {counted(cells.rows, 'row')} {verb} an id{percent}"


def repaired(cells: IdCells) -> list[str]:
    """Say what was repaired, most first: `212 ids read from links`, `1 id without dashes`."""
    return [
        f"{count(number)} {words.replace('ids', 'id', 1) if number == 1 else words}"
        for words, number in cells.repairs.items()
    ]


def no_ids(cells: IdCells) -> list[str]:
    """Say which rows hold something else than an id, and why; nothing without any."""
    if not (number := cells.count(Outcome.INVALID)):
        return []
    words = "row is not an id" if number == 1 else "rows are not ids"
    at = np.flatnonzero(cells.outcome == Outcome.INVALID)[:_ROWS_NAMED]
    reasons = cells.reason.take(at).to_pylist()
    return [f"{count(number)} {words}: {_each(cells.row[at], reasons, of=number)}."]


def repeats(cells: IdCells) -> list[str]:
    """Say which rows repeat the id of which earlier one; nothing without any."""
    if not (number := cells.count(Outcome.DUPLICATE)):
        return []
    verb = "repeats" if number == 1 else "repeat"
    noun, earlier = "row", "the id of an earlier row"
    if cells.extra_ids:  # of a row with several ids it need not be all that repeat
        noun, earlier = "id", "an earlier one"
    at = np.flatnonzero(cells.outcome == Outcome.DUPLICATE)[:_ROWS_NAMED]
    firsts = [f"row {count(row)}" for row in cells.first_row[at].tolist()]
    named = _each(cells.row[at], firsts, of=number)
    return [f"{counted(number, noun)} {verb} {earlier}: {named}."]


def warnings(sheet: Sheet, cells: IdCells) -> list[str]:
    """Say what the reader noted, which rows are damaged, and which ids stood elsewhere."""
    return [
        *sheet.notes,
        *cells.notes,
        *_other_tables(sheet, cells),
        *_damage(sheet),
        *_elsewhere(cells),
        *_unasked(cells),
    ]


def _worksheets(sheet: Sheet) -> str:
    each = [
        f"{one.name} ({counted(one.rows, 'row')}, {counted(one.ids, 'id')})"
        for one in sheet.worksheets
    ]
    others = f" of {len(each)}: {', '.join(each)}" if len(each) > 1 else ""
    return f"Worksheet {sheet.worksheet}{others}."


def _other_tables(sheet: Sheet, cells: IdCells) -> list[str]:
    said = []
    for start, column in zip(sheet.starts, cells.columns, strict=False):
        if column != cells.column:
            row = count(int(sheet.row_numbers[start]))
            said.append(f"In the table from row {row} on the ids stand in column {column}.")
    return said


def _damage(sheet: Sheet) -> list[str]:
    if sheet.damage is None:
        return []
    said = []
    for words, rows in _by_word(sheet.damage, sheet.row_numbers):
        verb = "has" if len(rows) == 1 else "have"
        said.append(f"{counted(len(rows), 'row')} {verb} {words}: {_named(rows)}.")
    return said


def _elsewhere(cells: IdCells) -> list[str]:
    if cells.elsewhere is None:
        return []
    said = []
    for column, rows in _by_word(cells.elsewhere, cells.row):
        ids = counted(len(rows), "id")
        verb = "was" if len(rows) == 1 else "were"
        named = _named(list(dict.fromkeys(rows)))
        said.append(f"{ids} of damaged rows {verb} read from column {column}: {named}.")
    return said


def _unasked(cells: IdCells) -> list[str]:
    if cells.unasked is None:
        return []
    columns = [*_by_word(cells.unasked, cells.row)]
    said = []
    for column, rows in columns[:_COLUMNS_NAMED]:
        named = _named(rows)
        verb = "holds" if len(rows) == 1 else "hold"
        where = f"an id in column {column}, not in the id column"
        said.append(f"{named[0].upper()}{named[1:]} {verb} {where}.")
    if more := sum(len(rows) for _, rows in columns[_COLUMNS_NAMED:]):
        verb = "holds" if more == 1 else "hold"
        said.append(f"{counted(more, 'more row')} {verb} an id in another column.")
    return said


def _by_word(
    words: pa.DictionaryArray, rows: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> Iterable[tuple[str, list[int]]]:
    code = words.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    for number, word in enumerate(words.dictionary.to_pylist()):
        if len(at := np.flatnonzero(code == number)):
            yield word, rows[at].tolist()


def _each(rows: np.ndarray[tuple[int], np.dtype[np.int64]], words: list[str], *, of: int) -> str:
    """Name the first rows with a word on each: `row 4 (too short), row 9 (…) and 40 more`."""
    said = [f"row {count(row)} ({why})" for row, why in zip(rows.tolist(), words, strict=True)]
    more = f" and {count(of - len(said))} more" if of > len(said) else ""
    return f"{', '.join(said)}{more}"


def _named(rows: list[int]) -> str:
    """Name the first rows and say how many more there are: `rows 4, 9 and 31`."""
    if len(rows) == 1:
        return f"row {count(rows[0])}"
    first = [count(row) for row in rows[:_ROWS_NAMED]]
    if len(rows) > _ROWS_NAMED:
        return f"rows {', '.join(first)} and {count(len(rows) - _ROWS_NAMED)} more (see the ledger)"
    return f"rows {', '.join(first[:-1])} and {first[-1]}"
