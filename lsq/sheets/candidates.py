"""Which column holds the lead ids: by what its cells look like, not by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.errors import SheetError
from lsq.sheets.id_names import EXACT, name_looks, near
from lsq.sheets.id_shape import SHORTEST
from lsq.sheets.many_cells import Found, read_cells, whole
from lsq.sheets.outcomes import behind_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from lsq.sheets.sheet import Sheet

    Flags = npt.NDArray[np.bool_]

__all__ = [
    "Candidate",
    "TieError",
    "choose_column",
    "find_candidates",
    "read_columns",
]

_ENOUGH = 0.1
"""Of a column's filled cells, those that must hold an id before it is taken unasked."""

_NAMES_SHOWN = 20

_NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column with ids in it.

    Attributes:
        column: Its name.
        ids: Cells that hold an id.
        cells: All cells, which is the number of data rows.
        filled: Cells that are not empty.
    """

    column: str
    ids: int
    cells: int
    filled: int

    @property
    def share(self) -> float:
        """The part of all cells that hold an id, 0 to 1."""
        return self.ids / self.cells if self.cells else 0.0


class TieError(SheetError):
    """Several columns look equally like lead ids, and their ids differ: a person has to choose.

    Attributes:
        candidates: Those columns, in the sheet's order.
    """

    def __init__(self, name: str, candidates: tuple[Candidate, ...]) -> None:
        """Say which columns of the sheet called `name` tie."""
        named = [f"{c.column} ({c.ids:,} of {c.cells:,})" for c in candidates[:_NAMES_SHOWN]]
        rest = len(candidates) - len(named)
        last = f"{rest:,} more" if rest else named.pop()
        number = _NUMBERS.get(len(candidates), f"{len(candidates):,}")
        them = f"{', '.join(named)} and {last}"
        title = f"{number} columns of {name} look equally like lead ids: {them}."
        super().__init__(title, "Choose one.")
        self.candidates = candidates


def read_columns(table: pa.Table) -> dict[str, Found]:
    """Read the ids of every column that has some."""
    found = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        longest = pc.max(pc.binary_length(column)).as_py() or 0
        if longest >= SHORTEST:
            ids = read_cells(whole(column))
            if len(ids.ids):
                found[name] = ids
    return found


def find_candidates(sheet: Sheet, found: Mapping[str, Found]) -> tuple[Candidate, ...]:
    """Rank the columns that hold ids, best first: most ids, then the name, then the leftmost.

    In a file of ours, those that a fetch put there come last: only the leads that were found have
    their ids in them.
    """
    every = [_candidate(name, sheet.table[name], ids) for name, ids in found.items()]
    own = _own(sheet, every)
    best = max((candidate.ids for candidate in own), default=0)

    def rank(candidate: Candidate) -> tuple[bool, bool, int, int]:
        ties = _ties(sheet, candidate, best)
        looks = -_looks(sheet, candidate) if ties else 0
        return candidate not in own, not ties, looks, -candidate.ids

    return tuple(sorted(every, key=rank))


def choose_column(
    sheet: Sheet,
    candidates: tuple[Candidate, ...],
    found: Mapping[str, Found],
    *,
    column: str | None,
) -> str:
    """Return the named column's exact name, or else the best candidate's.

    Raises:
        TieError: None named, and others are as good whose ids are not the same row by row.
        SheetError: No such column; or none named and none with enough ids.
    """
    if column is not None:
        return _named(sheet, column)
    candidates = _own(sheet, candidates)
    best = next(iter(candidates), None)
    if best is not None and best.ids >= best.filled * _ENOUGH:
        _refuse_tie(sheet, candidates, found)
        return _instead_of_owners(sheet, candidates, found).column
    title = f"No column of {sheet.name} looks like lead ids."
    if best is None:
        raise SheetError(title, f"{_none_of(sheet.table.num_rows)}. Paste ids.")
    nearest = f"{best.column} ({best.ids:,} of {best.cells:,})"
    raise SheetError(title, f"The nearest is {nearest}. Choose it, or paste ids.")


def _none_of(rows: int) -> str:
    if not rows:
        return "There is no row below its column names"
    return "Its one row holds none" if rows == 1 else f"None of its {rows:,} rows holds one"


def _candidate(name: str, texts: pa.ChunkedArray, found: Found) -> Candidate:
    filled = pc.sum(pc.greater(pc.binary_length(texts), 0)).as_py() or 0
    return Candidate(name, int(np.count_nonzero(found.counts)), len(texts), filled)


def _own(sheet: Sheet, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return those that do not stand behind our outcome column, or all if every one does."""
    fetched = behind_outcome(sheet)
    return tuple(each for each in candidates if each.column not in fetched) or tuple(candidates)


def _looks(sheet: Sheet, candidate: Candidate) -> int:
    return name_looks(candidate.column) if sheet.names_sure else 0


def _ties(sheet: Sheet, candidate: Candidate, best: int) -> bool:
    return near(candidate.ids, best, _looks(sheet, candidate))


def _refuse_tie(
    sheet: Sheet, candidates: tuple[Candidate, ...], found: Mapping[str, Found]
) -> None:
    best, *others = candidates
    most = max(candidate.ids for candidate in candidates)
    looks = _looks(sheet, best)
    equal = [
        other
        for other in others
        if _ties(sheet, other, most)
        and _looks(sheet, other) == looks
        and _meet(sheet, found[best.column], found[other.column])
        and not _same(sheet, found[best.column], found[other.column])
    ]
    if equal:
        raise TieError(sheet.name, tuple(sorted([best, *equal], key=_place(sheet))))


def _place(sheet: Sheet) -> Callable[[Candidate], int]:
    names: list[str] = sheet.table.column_names
    return lambda candidate: names.index(candidate.column)


def _instead_of_owners(
    sheet: Sheet, candidates: tuple[Candidate, ...], found: Mapping[str, Found]
) -> Candidate:
    """Return the best candidate; one that is named as owners' ids are gives way, or is asked for.

    It gives way to the best one of other tables of the file. In its own table, it is for a person
    to choose between it and a column that is named exactly as lead ids are.
    """
    best, *others = candidates
    if _looks(sheet, best) >= 0:
        return best
    meets = {each: _meet(sheet, found[best.column], found[each.column]) for each in others}
    named = [each for each in others if meets[each] and _looks(sheet, each) == EXACT]
    if named:
        raise TieError(sheet.name, tuple(sorted([best, *named], key=_place(sheet))))
    apart = [each for each in others if not meets[each] and _looks(sheet, each) >= 0]
    return next((each for each in apart if each.ids >= each.filled * _ENOUGH), best)


def _same(sheet: Sheet, one: Found, other: Found) -> bool:
    """Say whether two columns never name different leads in a whole row, as an id and its link."""
    both = (one.counts > 0) & (other.counts > 0)
    if sheet.damage is not None:
        both &= sheet.damage.is_null().to_numpy(zero_copy_only=False)
    single = both & (one.counts == 1) & (other.counts == 1)
    differ = pc.not_equal(_ids_of(one, single), _ids_of(other, single))
    if not both.any() or pc.any(differ).as_py():
        return False
    several = np.flatnonzero(both & ~single).tolist()
    lists = (_cells_of(one, several), _cells_of(other, several))
    return all(not set(a).isdisjoint(b) for a, b in zip(*lists, strict=True))


def _meet(sheet: Sheet, one: Found, other: Found) -> bool:
    """Say whether two columns have ids in the same table of the file."""
    either = [np.add.reduceat(found.counts > 0, sheet.starts) > 0 for found in (one, other)]
    return bool((either[0] & either[1]).any())


def _ids_of(found: Found, rows: Flags) -> pa.StringArray:
    return found.ids.filter(pa.array(np.repeat(rows, found.counts)))


def _cells_of(found: Found, rows: list[int]) -> list[list[str]]:
    ends = np.cumsum(found.counts)
    return [found.ids[ends[row] - found.counts[row] : ends[row]].to_pylist() for row in rows]


def _named(sheet: Sheet, column: str) -> str:
    names: list[str] = sheet.table.column_names
    if column in names:
        return column
    alike = [name for name in names if name.strip().casefold() == column.strip().casefold()]
    if len(alike) == 1:
        return alike[0]
    title = f"{sheet.name} has no column named {column}."
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    raise SheetError(title, f"Its columns: {', '.join(names[:_NAMES_SHOWN])}{more}.")
