"""What was decided about a file's rows, in sentences that name the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.sheets.parsing.more_tables import Further
    from lsq.sheets.parsing.table_start import Start

__all__ = ["notes_on_ids", "structure_notes"]

_MOST_NAMED = 20


def structure_notes(start: Start, further: Further, *, first_row: int) -> tuple[str, ...]:
    """Tell what stands above the table, where its names are, and what stands between its rows.

    Args:
        start: Where the first table begins.
        further: What stands below that is no data.
        first_row: The shown row of the first record.
    """
    notes = []
    if above := (start.names[0] if start.names else start.first):
        rows = [first_row + row for row in range(above)]
        notes.append(f"{_named(rows, 'stands', 'stand')} above the table and {_not_counted(rows)}.")
    if not start.names:
        notes.append("There is no row of column names, so the columns are numbered.")
    if len(start.names) > 1:
        rows = [first_row + row for row in start.names]
        notes.append(f"{_named(rows, 'holds', 'hold')} the column names, joined.")
    if further.repeated:
        rows = [first_row + row for row in further.repeated]
        notes.append(f"{_named(rows, 'repeats', 'repeat')} the column names; left out.")
    notes += (
        f"Another table begins below row {first_row + table:,}, which has its names."
        for table in further.tables
    )
    if further.titles:
        rows = [first_row + row for row in further.titles]
        it = "it" if len(further.tables or further.repeated) == 1 else "them"
        notes.append(f"{_named(rows, 'stands', 'stand')} above {it} and {_not_counted(rows)}.")
    return tuple(notes)


def notes_on_ids(rows: Sequence[int]) -> tuple[str, ...]:
    """Tell which rows hold ids and are no rows of a table: names, or what stands above them.

    Args:
        rows: As shown.
    """
    if not rows:
        return ()
    said = f"{_named(rows, 'holds an id', 'hold ids')} and {_not_counted(rows)}"
    it = "it" if len(rows) == 1 else "they"
    return (f"{said}; choose another row of column names if {it} should be.",)


def _named(rows: Sequence[int], one: str, many: str) -> str:
    if len(rows) == 1:
        return f"Row {rows[0]:,} {one}"
    if rows[-1] - rows[0] == len(rows) - 1:
        return f"Rows {rows[0]:,} to {rows[-1]:,} {many}"
    listed = ", ".join(f"{row:,}" for row in rows[:_MOST_NAMED])
    more = f" and {len(rows) - _MOST_NAMED:,} more" if len(rows) > _MOST_NAMED else ""
    return f"Rows {listed}{more} {many}"


def _not_counted(rows: Sequence[int]) -> str:
    return "is not counted" if len(rows) == 1 else "are not counted"
