"""Which worksheet of a workbook is meant: the one with the most ids."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lsq.sheets.errors import SheetError, WorksheetTie
from lsq.sheets.id_shape import ID_IN_TEXT, NO_LEAD, SHORTEST
from lsq.sheets.sheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

__all__ = ["Survey", "choose", "notes_on_others", "preferred", "survey"]

_NOT_A_LEAD = NO_LEAD.replace("-", "")
_LISTED = 5  # names in one sentence
_NOTES = 3  # worksheets that get a sentence of their own


class Survey(NamedTuple):
    """A worksheet, and which ids are in it.

    Attributes:
        worksheet: Its name and counts.
        ids: uint64, sorted: a hash of each distinct id, which holds for one process.
    """

    worksheet: Worksheet
    ids: npt.NDArray[np.uint64]


def survey(name: str, rows: Iterable[Sequence[object]], *, height: int) -> Survey:
    """Count the cells with an id, and remember which ids they are."""
    cells, found = 0, array("q")
    for row in rows:
        for value in row:
            if type(value) is str and len(value) >= SHORTEST:
                plain = [id_.replace("-", "").lower() for id_ in ID_IN_TEXT.findall(value)]
                leads = [hash(id_) for id_ in plain if id_ != _NOT_A_LEAD]
                cells += bool(leads)
                found.extend(leads)
    return Survey(Worksheet(name, height, cells), np.unique(np.asarray(found).view(np.uint64)))


def preferred(surveys: Sequence[Survey], worksheet: str | None) -> Survey:
    """Return the worksheet of that name, else the first of those with the most ids, else filled."""

    def rank(found: Survey) -> tuple[bool, int, bool]:
        return found.worksheet.name == worksheet, found.worksheet.ids, found.worksheet.rows > 0

    return max(surveys, key=rank)


def choose(surveys: Sequence[Survey], *, name: str, worksheet: str | None) -> Survey:
    """Return the preferred worksheet, if it is one that may be taken without asking.

    Args:
        surveys: One for each worksheet, in their order.
        name: Of the workbook, for sentences.
        worksheet: Name of the one that the person chose.

    Raises:
        WorksheetTie: Several hold the most ids, and not the same ones.
        SheetError: There is none of that name, or nothing is filled in.
    """
    if not any(found.worksheet.rows for found in surveys):
        title = f"{name} is empty."
        raise SheetError(title, "Drop a sheet that holds lead ids.")
    best = preferred(surveys, worksheet)
    if worksheet is None:
        _refuse_a_tie(best, surveys, name=name)
    elif best.worksheet.name != worksheet:
        title = f"{name} has no worksheet named {worksheet}."
        raise SheetError(title, f"It has: {_names(surveys)}.")
    return best


def _refuse_a_tie(best: Survey, surveys: Sequence[Survey], *, name: str) -> None:
    ids = best.worksheet.ids
    tied = [found for found in surveys if ids and found.worksheet.ids == ids]
    if all(np.array_equal(found.ids, best.ids) for found in tied):
        return
    cells = "1 cell" if ids == 1 else f"{ids:,} cells"
    title = f"{name} has {len(tied)} worksheets with {cells} of ids each: {_names(tied)}."
    raise WorksheetTie(
        title, "Choose the worksheet that is meant.", tuple(found.worksheet for found in surveys)
    )


def notes_on_others(chosen: Survey, surveys: Sequence[Survey]) -> tuple[str, ...]:
    """Say which other worksheets hold ids that the chosen one has not."""
    elsewhere = [
        (found, missing)
        for found in surveys
        if (missing := np.setdiff1d(found.ids, chosen.ids, assume_unique=True)).size
    ]
    if len(elsewhere) <= _NOTES:
        return tuple(
            f"Worksheet {found.worksheet.name} also holds {_ids(missing.size)} not here."
            for found, missing in elsewhere
        )
    missing = np.unique(np.concatenate([missing for _, missing in elsewhere]))
    names = _names([found for found, _ in elsewhere])
    return (
        f"{len(elsewhere):,} other worksheets also hold {_ids(missing.size)} not here: {names}.",
    )


def _ids(count: int) -> str:
    return "1 id that is" if count == 1 else f"{count:,} ids that are"


def _names(surveys: Sequence[Survey]) -> str:
    names = [found.worksheet.name for found in surveys]
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more:,} more" if more > 0 else "")
