"""Which leads are ticked in the tables, whatever is drawn of them now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.api.lead_id import LeadId

__all__ = ["Ticks"]


@dataclass(slots=True)
class Ticks:
    """The leads that are ticked: told by id, because rows come and go with search and sorting.

    Attributes:
        ids: The leads, the one ticked last at the end.
        cleared: How often all were taken away at once; a table drawn after that is another one.
    """

    ids: tuple[LeadId, ...] = ()
    cleared: int = 0
    _drawn: tuple[int, ...] = ()

    def begin(self, shown: Sequence[LeadId]) -> None:
        """Note that a table is drawn anew, with these leads."""
        ticked = set(self.ids)
        self._drawn = tuple(row for row, lead in enumerate(shown) if lead in ticked)

    @property
    def drawn(self) -> list[int]:
        """The rows that were ticked when the table now drawn was drawn first."""
        return [*self._drawn]

    def take(self, shown: Sequence[LeadId], rows: Sequence[int]) -> None:
        """Note which rows of a table are ticked now; leads that it does not show stay as they were.

        Args:
            shown: The leads of the table.
            rows: The places in it that are ticked.
        """
        now = [shown[row] for row in rows]
        gone = {*shown}.difference(now)
        kept = (lead for lead in self.ids if lead not in gone)
        self.ids = tuple(dict.fromkeys([*kept, *now]))

    def clear(self) -> None:
        """Take all ticks away."""
        self.ids, self.cleared = (), self.cleared + 1

    def shown_among(self, shown: Sequence[LeadId]) -> int:
        """Count the ticked leads that a table shows."""
        return len({*self.ids}.intersection(shown))
