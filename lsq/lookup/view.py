"""A lookup as one viewer looks at it: their order of stages, their matches, their masks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lsq.analysis.drift import MOVEMENT, SINCE, Drift, drift
from lsq.analysis.masks import masked_text
from lsq.analysis.ordering import ranks
from lsq.analysis.stages import STAGE, Stage, stage_order
from lsq.analysis.values import Indexed
from lsq.lookup.own_columns import (
    headers_with_clock,
    newcomers,
    repeats_that_differ,
    text_that_came,
)
from lsq.lookup.row_labels import row_labels
from lsq.lookup.run import ROW

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from lsq.analysis.catalog import Catalog
    from lsq.analysis.columns import Kind
    from lsq.analysis.matching import Match
    from lsq.analysis.ordering import Integers
    from lsq.analysis.values import Flags
    from lsq.lookup.run import Lookup

__all__ = ["View"]


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """What the result pages and the files show.

    Attributes:
        lookup: What was fetched.
        stages: The viewer's own order of stages; None for the account's, or the usual one.
        masked: Whether phones and e-mails are shown so that they can be recognised, not used.
        matches: Which of the analyst's columns the viewer has compared; None for those found.
    """

    lookup: Lookup
    stages: tuple[Stage, ...] | None = None
    masked: bool = False
    matches: tuple[Match, ...] | None = None

    @property
    def catalog(self) -> Catalog:
        """What the account calls its columns."""
        return self.lookup.plan.catalog

    @property
    def own(self) -> Mapping[str, str]:
        """The sheet's name of each of the analyst's columns in `frame`."""
        return self.lookup.own

    @property
    def frame(self) -> pd.DataFrame:
        """One row per lead as it is, whatever is masked: `Row`, lead columns, own columns.

        If the sheet has an older stage, `SINCE` and `MOVEMENT` follow the stage.
        """
        return self.indexed.frame

    @cached_property
    def indexed(self) -> Indexed:
        """`frame` with its columns written out as they are needed."""
        table = self.lookup.table
        if self.drift is not None and self.drift.moves is not None:
            table = table.copy(deep=False)
            moves, place = self.drift.moves, list(table).index(STAGE) + 1
            for name, values in ((MOVEMENT, moves.movement), (SINCE, moves.since)):
                if name not in table:
                    table.insert(place, name, values)
        return Indexed(table)

    @property
    def matched(self) -> tuple[Match, ...]:
        """Which of the analyst's columns are compared with which that came back."""
        return self.lookup.matches if self.matches is None else self.matches

    @cached_property
    def drift(self) -> Drift | None:
        """What moved since the sheet was made; None if it has nothing to compare."""
        lookup = self.lookup
        return drift(
            lookup.table,
            self.matched,
            own=headers_with_clock(lookup),
            catalog=self.catalog,
            order=self.order,
            came=text_that_came(lookup, self.matched),
            newcomers=self._newcomers,
        )

    @cached_property
    def _newcomers(self) -> Mapping[str, Flags]:
        return newcomers(self.lookup)

    @cached_property
    def repeats_that_differ(self) -> int:
        """How many rows repeat a lead with other values in the columns compared."""
        return repeats_that_differ(self.lookup, self.matched)

    @cached_property
    def shown(self) -> pd.DataFrame:
        """`frame` as it may be drawn and searched: where masked, without phones and e-mails."""
        return self.lookup.masking.table(self.frame) if self.masked else self.frame

    def drawn(self, column: str, text: str) -> str:
        """Return a value of a column, written out, as it may be drawn: masked where that is on."""
        return self.lookup.masking.of(column)(text) if self.masked else text

    @cached_property
    def row_labels(self) -> pd.Series[str]:
        """What tells each lead by its row of the sheet; see `lookup.row_labels`."""
        return row_labels(self.frame[ROW])

    def ranks(self, column: str) -> Integers:
        """Number each row by where it stands in the order of a column; see `analysis.ordering`.

        Stages have their business order. What is masked is ordered as it is drawn.
        """
        if column not in self._ranks:
            first = [stage.name for stage in self.order] if column == STAGE else []
            self._ranks[column] = ranks(self.shown[column], first=first)
        return self._ranks[column]

    @cached_property
    def _ranks(self) -> dict[str, Integers]:
        return {}

    @cached_property
    def order(self) -> tuple[Stage, ...]:
        """Every stage in business order, the same in charts, tables and files.

        A stage that leads have in the sheet alone has its place too.
        """
        table = self.lookup.table
        if STAGE not in table:
            return ()
        none = np.zeros(len(table), dtype=np.bool_)
        own = (match.own for match in self.matched if match.lead == STAGE and match.own in table)
        older = next((table[name][~self._newcomers.get(name, none)] for name in own), None)
        return stage_order(table[STAGE], older=older, listed=self.stages or self.catalog.stages)

    def is_like(self, other: View) -> bool:
        """Tell whether another view shows the same lookup in the same way."""
        return all(
            getattr(self, each.name) is getattr(other, each.name)
            or (each.name != "lookup" and getattr(self, each.name) == getattr(other, each.name))
            for each in fields(self)
        )

    def label(self, column: str) -> str:
        """Say what people call a column of `frame`; an own one keeps its name with `· yours`."""
        return self._called(column if column in self.own else self.catalog.label(column))

    def bare_label(self, column: str) -> str:
        """Say the same of a column where all can see whose it is: without `· yours`."""
        return self._called(self.own.get(column, self.catalog.label(column)))

    def small_label(self, column: str) -> str:
        """Say the same within a sentence: `owner`, `UTM source`, `your campaign`."""
        name = self.bare_label(column)
        small = name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"
        return f"your {small}" if column in self.own else small

    def _called(self, label: str) -> str:
        return masked_text(label) if self.masked else label

    def kind(self, column: str) -> Kind:
        """Say what a column of `frame` holds; of an own one its name tells."""
        return self.catalog.kind(self.own.get(column, column))
