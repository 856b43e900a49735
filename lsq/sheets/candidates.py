"""Which column holds the lead ids: by what its cells look like, not by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from lsq.sheets.errors import SheetError
from lsq.sheets.id_shape import LOOSE, NO_LEAD, SHORTEST

if TYPE_CHECKING:
    import pyarrow as pa

    from lsq.sheets.sheet import Sheet

__all__ = ["Candidate", "choose_column", "find_candidates"]

_NEAR = 0.9
"""A column with nine tenths of the best one's ids ties with it: a few damaged cells decide
nothing between the lead ids and, say, the owner ids beside them."""

_ENOUGH = 0.1
"""Of a column's filled cells, those that must hold an id before it is taken unasked."""

_NAMES_SHOWN = 20

_EXACT = {"leadid", "prospectid"}
_LEAD = re.compile("lead|prospect")
_OTHER = re.compile(
    "owner|user|activity|opportunity|task|account|company|product|parent|related|by"
)


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


def find_candidates(table: pa.Table) -> tuple[Candidate, ...]:
    """Rank the columns that hold ids, best first: most ids, then the name, then the leftmost."""
    counted = (_count(name, table[name]) for name in table.column_names)
    found = [candidate for candidate in counted if candidate.ids]
    best = max((candidate.ids for candidate in found), default=0)

    def rank(candidate: Candidate) -> tuple[bool, int, int]:
        ties = candidate.ids >= best * _NEAR
        return not ties, -_name_looks(candidate.column) if ties else 0, -candidate.ids

    return tuple(sorted(found, key=rank))


def choose_column(sheet: Sheet, candidates: tuple[Candidate, ...], *, column: str | None) -> str:
    """Return the named column's exact name, or else the best candidate's.

    Raises:
        SheetError: No such column; or none named and none with enough ids.
    """
    if column is not None:
        return _named(sheet, column)
    best = next(iter(candidates), None)
    if best is not None and best.ids >= best.filled * _ENOUGH:
        return best.column
    title = f"No column of {sheet.name} looks like lead ids."
    if best is None:
        raise SheetError(title, f"None of its {sheet.table.num_rows:,} rows holds one. Paste ids.")
    nearest = f"{best.column} ({best.ids:,} of {best.cells:,})"
    raise SheetError(title, f"The nearest is {nearest}. Choose it, or paste ids.")


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


def _count(name: str, texts: pa.ChunkedArray) -> Candidate:
    lengths = pc.utf8_length(texts)
    long_enough: Any = texts.filter(pc.greater_equal(lengths, SHORTEST))
    shaped = pc.match_substring_regex(long_enough, pattern=LOOSE)
    none = pc.match_substring(long_enough, pattern=NO_LEAD)
    ids = pc.sum(pc.and_not(shaped, none)).as_py() or 0
    filled = pc.sum(pc.greater(lengths, 0)).as_py() or 0
    return Candidate(name, ids, len(texts), filled)


def _name_looks(name: str) -> int:
    """Tell how much a name promises lead ids: 2 exactly, 1 somewhat, -1 something else's."""
    letters = re.sub(r"[^a-z]", "", name.lower())
    if letters in _EXACT:
        return 2
    if _OTHER.search(letters):
        return -1
    return 1 if _LEAD.search(letters) else 0
