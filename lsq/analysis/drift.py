"""What moved since the analyst's sheet was made: its columns are an older state of the leads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lsq.analysis.forms import compared
from lsq.analysis.moves import MOVEMENT, SINCE, Movement, Moves, moves_between, since_text
from lsq.analysis.stages import STAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from lsq.analysis.catalog import Catalog
    from lsq.analysis.columns import Kind
    from lsq.analysis.matching import Match
    from lsq.analysis.stages import Stage
    from lsq.analysis.values import Flags

__all__ = ["MOVEMENT", "SINCE", "Drift", "Movement", "Moves", "drift", "since_text"]


@dataclass(frozen=True, eq=False)
class Drift:
    """The sheet's older state against the leads as they are.

    Attributes:
        matches: Which columns were compared.
        changed: By column that came back, which leads have another value now.
        unread: Which leads have a value in the sheet that cannot be compared.
        moves: The stages; None if no stage column was compared.
        compared: Which leads the sheet says something of, true or not; no other one has changed.
    """

    matches: tuple[Match, ...]
    changed: Mapping[str, Flags]
    unread: Flags
    moves: Moves | None
    compared: Flags

    @cached_property
    def untouched(self) -> Flags:
        """Mark the leads that are exactly as they were in every column compared."""
        touched = self.unread | ~self.compared
        for changed in self.changed.values():
            touched |= changed
        return ~touched


def drift(  # noqa: PLR0913 - each is one thing that is known of the columns
    table: pd.DataFrame,
    matches: Sequence[Match],
    *,
    own: Mapping[str, str],
    catalog: Catalog,
    order: Sequence[Stage],
    came: Mapping[str, pd.Series] | None = None,
    newcomers: Mapping[str, Flags] | None = None,
) -> Drift | None:
    """Compare the sheet with the leads; None if there is nothing to compare.

    Args:
        table: One row per lead: columns that came back, and the analyst's own.
        matches: Which of the own columns is an older state of which.
        own: The sheet's name of each own column; it may name the zone of times.
        catalog: What the columns hold.
        order: Every stage of the sheet and of now, in the viewer's business order.
        came: Columns that came back with values that `table` lacks, as the text that came. Such a
            value is as it was where the sheet has the very text: it is read more leniently.
        newcomers: By own column, the leads of which it could say nothing when it was made.
    """
    found = tuple(match for match in matches if match.own in table and match.lead in table)
    nobody = np.zeros(len(table), dtype=np.bool_)
    new = {match.own: (newcomers or {}).get(match.own, nobody) for match in found}
    known = ~np.all([*new.values()], axis=0) if found else nobody
    if not known.any():
        return None
    own_stage = next((match.own for match in found if match.lead == STAGE), None)
    moves = None
    if own_stage is not None:
        moves = moves_between(table[own_stage], table[STAGE], order, unknown=new[own_stage])
    changed = {} if moves is None else {STAGE: moves.moved}
    unread = nobody.copy()
    for match in found:
        if match.lead != STAGE:
            header, text = own.get(match.own, match.own), (came or {}).get(match.lead)
            as_kind = catalog.kind(match.lead)
            alike, not_read = _alike(table, match, as_kind=as_kind, header=header, text=text)
            changed[match.lead] = ~(new[match.own] | alike | not_read)
            unread |= not_read & ~new[match.own]
    return Drift(found, changed, unread, moves, known)


def _alike(
    table: pd.DataFrame, match: Match, *, as_kind: Kind, header: str, text: pd.Series | None
) -> tuple[Flags, Flags]:
    """Compare two columns as `forms.compared` does, and what could not be read by its text."""
    old, new = table[match.own], table[match.lead]
    alike, not_read = compared(old, new, column=match.lead, as_kind=as_kind, header=header)
    if text is not None:
        before, now = (values.fillna("").astype("str").str.strip() for values in (old, text))
        is_text = (new.isna() & now.ne("")).to_numpy(dtype=np.bool_)
        alike = np.where(is_text, (before == now).to_numpy(dtype=np.bool_), alike)
    return alike, not_read & ~alike
