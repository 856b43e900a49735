"""Which worksheet of a workbook is meant: the one whose best column holds the most ids."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lsq.sheets.errors import SheetError, WorksheetTie
from lsq.sheets.id_names import name_looks
from lsq.sheets.id_shape import ID_IN_TEXT, NO_LEAD, SHORTEST
from lsq.sheets.sheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

__all__ = ["OURS", "Survey", "choose", "notes_on", "preferred", "survey"]

_NOT_A_LEAD = NO_LEAD.replace("-", "")
_NEAR = 0.9  # of the most ids: a few more or fewer decide nothing, names do
_LIKE_A_LEAD_ID = name_looks("Lead ID")
_TITLES = {"lead", "leads", "prospect", "prospects"}
_ROWS_OF_NAMES = 50  # above the first ids, in which a column's name is looked for
OURS = {  # lookup.tabs
    *("Leads", "Stages", "Since your file", "Not found", "Failed", "Rows not used", "About"),
}
_CONTINUED = re.compile(r" \(\d+\)$")
_LISTED = 5  # names in one sentence
_NOTES = 3  # worksheets that get a sentence of their own


class Survey(NamedTuple):
    """A worksheet, and which ids are in it.

    Attributes:
        worksheet: Its name and counts; the ids are those of its best column.
        ids: uint64, sorted: a hash of each distinct id, which holds for one process.
        leads: Of these, the ones in the best column.
        looks: How much the names of the worksheet and of that column promise lead ids.
        hidden: Whether the workbook hides it.
    """

    worksheet: Worksheet
    ids: Hashes
    leads: Hashes
    looks: int = 0
    hidden: bool = False


def survey(
    name: str, rows: Iterable[Sequence[object]], *, height: int, hidden: bool = False
) -> Survey:
    """Count the cells with an id in each column, and remember which ids they are."""
    cells: Counter[int] = Counter()
    found: dict[int, array[int]] = {}
    above: list[Sequence[object]] = []
    for row in rows:
        for column, value in enumerate(row):
            if type(value) is str and len(value) >= SHORTEST:
                plain = [id_.replace("-", "").lower() for id_ in ID_IN_TEXT.findall(value)]
                if leads := [hash(id_) for id_ in plain if id_ != _NOT_A_LEAD]:
                    cells[column] += 1
                    found.setdefault(column, array("q")).extend(leads)
        if not found and len(above) < _ROWS_OF_NAMES:
            above.append(row)
    looks = {column: _column_looks(above, column) for column in found}
    best = _best_column(cells, looks)
    hashes = {column: _distinct(ids) for column, ids in found.items()}
    return Survey(
        Worksheet(name, height, cells[best]),
        ids=np.unique(np.concatenate([_distinct(()), *hashes.values()])),
        leads=hashes.get(best, _distinct(())),
        looks=looks.get(best, 0) + _LIKE_A_LEAD_ID * (name.strip().casefold() in _TITLES),
        hidden=hidden,
    )


def _distinct(hashes: Sequence[int]) -> Hashes:
    return np.unique(np.asarray(hashes, dtype=np.int64).view(np.uint64))


def _column_looks(above: Sequence[Sequence[object]], column: int) -> int:
    """Judge a column's name: the one that promises most of what stands above the first ids."""
    texts = [row[column] for row in above if row[column] != ""]
    judged = [name_looks(text) for text in texts if type(text) is str]
    return _LIKE_A_LEAD_ID if _LIKE_A_LEAD_ID in judged else next(reversed(judged), 0)


def _best_column(cells: Counter[int], looks: Mapping[int, int]) -> int:
    """Return the column with the most ids; of those with nearly as many, the best name decides."""
    most = max(cells.values(), default=0)
    near = [column for column, ids in cells.items() if ids >= most * _NEAR]
    return max(near, key=lambda column: (looks[column], cells[column], -column), default=0)


def preferred(surveys: Sequence[Survey], worksheet: str | None) -> Survey:
    """Return the worksheet of that name, else the best of those with the most ids, else filled.

    A workbook that was written here gives its leads. Otherwise names decide between worksheets with
    nearly as many ids, and then the number of ids.
    """
    named = [found for found in surveys if found.worksheet.name == worksheet]
    first = surveys[0]
    if named or (_is_ours(surveys) and first.worksheet.ids):
        return named[0] if named else first
    most = max(found.worksheet.ids for found in surveys)

    def rank(found: Survey) -> tuple[bool, int, int, bool]:
        one = found.worksheet
        return one.ids >= most * _NEAR, found.looks if one.ids else 0, one.ids, one.rows > 0

    return max(surveys, key=rank)


def _is_ours(surveys: Sequence[Survey]) -> bool:
    """Whether the worksheets are those of a workbook with leads that was written here."""
    if surveys[-1].worksheet.name != "About":
        return False
    names = [_CONTINUED.sub("", found.worksheet.name) for found in surveys]
    return names[0] == "Leads" and OURS.issuperset(names)


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
    tied = [
        found
        for found in surveys
        if ids and found.worksheet.ids == ids and found.looks == best.looks
    ]
    if _is_ours(surveys) or all(np.array_equal(found.leads, best.leads) for found in tied):
        return
    cells = "1 cell" if ids == 1 else f"{ids:,} cells"
    title = f"{name} has {len(tied)} worksheets with {cells} of ids each: {_names(tied)}."
    raise WorksheetTie(
        title, "Choose the worksheet that is meant.", tuple(found.worksheet for found in surveys)
    )


def notes_on(
    chosen: Survey, surveys: Sequence[Survey], *, further: Container[str] = ()
) -> tuple[str, ...]:
    """Say whether the chosen one is hidden, and which others hold ids that it has not.

    Args:
        chosen: The worksheet that is read.
        surveys: All of them.
        further: Names of those in which its rows go on, which are read too.
    """
    read = [found.ids for found in surveys if found.worksheet.name in further]
    ids = np.unique(np.concatenate([chosen.ids, *read]))
    hidden = (
        f"Worksheet {chosen.worksheet.name}, which is read, is hidden in the workbook.",
    ) * chosen.hidden
    elsewhere = [
        (found, missing)
        for found in surveys
        if (missing := np.setdiff1d(found.ids, ids, assume_unique=True)).size
    ]
    if len(elsewhere) <= _NOTES:
        return hidden + tuple(
            f"Worksheet {found.worksheet.name} also holds {_ids(missing.size)} not here."
            for found, missing in elsewhere
        )
    missing = np.unique(np.concatenate([missing for _, missing in elsewhere]))
    names = _names([found for found, _ in elsewhere])
    return (
        *hidden,
        f"{len(elsewhere):,} other worksheets also hold {_ids(missing.size)} not here: {names}.",
    )


def _ids(count: int) -> str:
    return "1 id that is" if count == 1 else f"{count:,} ids that are"


def _names(surveys: Sequence[Survey]) -> str:
    names = [found.worksheet.name for found in surveys]
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more:,} more" if more > 0 else "")
