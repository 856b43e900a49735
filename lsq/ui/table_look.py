"""Which columns the table shows and how it is sorted, as one value that an address can carry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lsq.analysis.columns import PRESETS
from lsq.analysis.drift import MOVEMENT, SINCE
from lsq.analysis.schema import ID
from lsq.analysis.stages import STAGE
from lsq.lookup.run import ROW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lsq.lookup.view import View

__all__ = ["ALL", "SETS", "Look", "column_set", "columns_of", "offered"]

ALL = "All"
SETS = ("Essentials", "Contact", "Activity", ALL)
"""The sets of columns, by their names on the page."""

_NAMED_BY = {"OwnerId": "OwnerIdName", "CreatedBy": "CreatedByName", "ModifiedBy": "ModifiedByName"}
_FIXED = frozenset({ROW, ID})


@dataclass(frozen=True, slots=True)
class Look:
    """What the viewer made of the table.

    Attributes:
        columns: Those chosen one by one, in the order they are shown after `Row` and the id; ()
            where a set is shown.
        preset: That set, of the columns that there are.
        with_own: Whether the analyst's own columns follow those chosen, whatever they are called.
        sort: The column whose order the rows have; "" for the order of the sheet.
        descending: Whether the greatest come first.
    """

    columns: tuple[str, ...] = ()
    preset: str = ALL
    with_own: bool = False
    sort: str = ""
    descending: bool = False

    @classmethod
    def read(cls, query: Mapping[str, Sequence[str]], view: View) -> Look:
        """Read an address; names that no lead column has are passed over."""
        leads = [name for name in offered(view) if name not in view.own]
        wanted = ",".join(query.get("cols", ())).split(",")
        columns = tuple(name for name in dict.fromkeys(wanted) if name in leads)
        sort = next(iter(query.get("sort", ())), "")
        found = cls(columns, with_own=True)
        every = (ALL, *SETS)
        same = (name for name in every if column_set(view, name) == columns_of(view, found))
        if preset := next(same, ""):
            found = cls(preset=preset)
        if sort.removeprefix("-") in {ROW, *leads}:
            found = replace(found, sort=sort.removeprefix("-"), descending=sort.startswith("-"))
        return found

    def write(self, view: View) -> dict[str, str]:
        """Write what an address may carry: schema names, nothing of the analyst's columns."""
        is_all = not self.columns and self.preset == ALL
        leads = [name for name in columns_of(view, self) if name not in view.own]
        written = {"cols": ",".join(leads)} if leads and not is_all else {}
        if self.sort in view.frame and self.sort not in view.own:
            written["sort"] = f"{'-' if self.descending else ''}{self.sort}"
        return written

    def of_another_sheet(self) -> Look:
        """Return it for a sheet whose columns the viewer has not chosen from: it shows them."""
        return replace(self, with_own=True)


def offered(view: View) -> list[str]:
    """Return every column that can be shown after `Row` and the id, in the order of the leads."""
    return [name for name in map(str, view.frame) if name not in _FIXED]


def column_set(view: View, name: str) -> tuple[str, ...]:
    """Return the columns of a set that the leads have, then the analyst's own.

    `All` leaves out only what other columns say: ids of people beside their names, the direction
    beside the two stages, and what a file of ours had of a column that came back.
    """
    every = offered(view)
    if name == ALL:
        older = {*view.own} - {*_own(view)}
        return tuple(
            each for each in every if each not in older and not _said_by_another(each, every)
        )
    preset = [each for each in PRESETS[name.lower()] if each in every]
    if SINCE in every and STAGE in preset:
        preset.insert(preset.index(STAGE) + 1, SINCE)
    return (*preset, *_own(view))


def columns_of(view: View, look: Look) -> tuple[str, ...]:
    """Return the columns that are shown after `Row` and the id."""
    chosen = tuple(name for name in look.columns if name in view.frame)
    if not chosen:
        return column_set(view, look.preset) or column_set(view, ALL)
    return tuple(dict.fromkeys([*chosen, *(_own(view) if look.with_own else ())]))


def _own(view: View) -> tuple[str, ...]:
    """Return the analyst's columns without those that an earlier fetch put into their file."""
    kept = {*view.lookup.kept_columns}
    return tuple(name for name, header in view.own.items() if header in kept)


def _said_by_another(name: str, every: Sequence[str]) -> bool:
    return name == MOVEMENT or _NAMED_BY.get(name) in every
