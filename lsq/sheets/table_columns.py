"""The id column of each table of a file that holds several below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lsq.sheets.id_names import name_looks, near

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.sheets.many_cells import Found
    from lsq.sheets.sheet import Sheet

__all__ = ["TableColumns", "columns_of_tables"]

_NAMED = 5


class TableColumns(NamedTuple):
    """The id column of each table.

    Attributes:
        columns: Their names, one per table.
        notes: Sentences on tables whose id column could not be told, or that have none.
    """

    columns: tuple[str, ...]
    notes: tuple[str, ...] = ()


def columns_of_tables(sheet: Sheet, found: Mapping[str, Found], column: str) -> TableColumns:
    """Take the id column wherever it has ids, else the best column of the table, if it has one.

    Columns named as something else's ids are taken only if `column` is one of these itself.

    Args:
        sheet: The sheet.
        found: The ids of every column that has some.
        column: The id column of the sheet.
    """
    columns, notes = [], []
    rows = sheet.row_numbers[list(sheet.starts)].tolist()
    for row, ids in zip(rows, _ids_of_tables(sheet, found), strict=True):
        best = _best(ids, column)
        columns.append(best[0] if best else column)
        here = f"In the table from row {row:,} on"
        if not best and ids:
            notes.append(f"{here} no column is one of lead ids: {_listed(ids)} holds other ids.")
        elif len(best) > 1:
            notes.append(f"{here} {_listed(best)} look equally like lead ids; {best[0]} was read.")
    return TableColumns(tuple(columns), tuple(notes))


def _ids_of_tables(sheet: Sheet, found: Mapping[str, Found]) -> list[dict[str, int]]:
    """Count for each table the cells with ids of every column that has some in it."""
    tables: list[dict[str, int]] = [{} for _ in sheet.starts]
    for name, each in found.items():
        table = np.searchsorted(sheet.starts, np.flatnonzero(each.counts), side="right") - 1
        for number, ids in zip(*np.unique(table, return_counts=True), strict=True):
            tables[number][name] = int(ids)
    return tables


def _best(ids: Mapping[str, int], column: str) -> list[str]:
    """Return the columns that are equally good; none where a table has no lead ids."""
    if column in ids:
        return [column]
    looks = {name: name_looks(name) for name in ids}
    if name_looks(column) >= 0:
        looks = {name: look for name, look in looks.items() if look >= 0}
    most = max((ids[name] for name in looks), default=0)
    tied = {name: look for name, look in looks.items() if near(ids[name], most, look)}
    look = max(tied.values(), default=0)
    return sorted((name for name in tied if tied[name] == look), key=lambda name: -ids[name])


def _listed(names: Mapping[str, int] | list[str]) -> str:
    *others, last = list(names)[:_NAMED]
    if not others:
        return f"column {last}"
    return f"columns {', '.join(others)} and {last}"
