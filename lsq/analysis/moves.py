"""The stage of each lead in the sheet and now, and in which direction it went."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.stages import Stage, StageRole, stage_key, usual_role
from lsq.analysis.text import BLANK
from lsq.analysis.values import values_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from lsq.analysis.values import Flags, Values

    Codes = npt.NDArray[np.int64]

__all__ = ["MOVEMENT", "SINCE", "Movement", "Moves", "moves_between", "since_text"]

SINCE = "Since your file"
"""Name of the derived column that says from which stage to which a lead has moved."""

MOVEMENT = "Movement"
"""Name of the derived column that says in which direction."""


class Movement(StrEnum):
    """In which direction a lead has moved. A lost stage stands last but is no progress."""

    FORWARD = "moved forward"
    BACK = "moved back"
    DROPPED_OUT = "dropped out"
    CAME_BACK = "came back"
    OTHERWISE = "moved otherwise"
    STAYED = "stayed"


_DIRECTIONS = tuple(Movement)
_ON_THE_WAY = frozenset({StageRole.OPEN, StageRole.WON})
_ARROW = "→"


def since_text(before: str, now: str) -> str:
    """Write a move as `SINCE` does: "Contacted → Qualified".

    A stage that has the arrow in its own name stands in quotes: no two moves have one text.
    """
    return f" {_ARROW} ".join(
        json.dumps(name, ensure_ascii=False) if _ARROW in name or name.startswith('"') else name
        for name in (before, now)
    )


@dataclass(frozen=True, eq=False)
class Moves:
    """The stage of each lead in the sheet and now.

    Attributes:
        stages: Every stage of either side in business order, spellings of one as one.
        old: int64 per lead, the place in `stages` of the stage in the sheet.
        new: The same now.
        direction: int64 per lead, the place of its `Movement` in that enum; -1 where the sheet
            could not have its stage, which then is that of now in `old` too.
    """

    stages: tuple[Stage, ...]
    old: Codes
    new: Codes
    direction: Codes

    @property
    def moved(self) -> Flags:
        """Mark the leads that are in another stage now."""
        moved: Flags = self.old != self.new
        return moved

    def counts(self, kept: Flags) -> dict[Movement, int]:
        """Count the leads that are kept by movement; the sum is how many of them have one."""
        rows = kept & (self.direction >= 0)
        counts = np.bincount(self.direction[rows], minlength=len(_DIRECTIONS))
        return dict(zip(_DIRECTIONS, counts.tolist(), strict=True))

    def biggest(self, kept: Flags) -> pd.DataFrame:
        """Count each move of the leads that are kept, the biggest first, then in stage order.

        Returns:
            A row per move: `before`, `now` int64 places in `stages`; `leads` int64; `movement` str.
        """
        rows = kept & self.moved
        pairs, first, leads = np.unique(
            self.old[rows] * len(self.stages) + self.new[rows],
            return_index=True,
            return_counts=True,
        )
        before, now = np.divmod(pairs, max(1, len(self.stages)))
        movement = [_DIRECTIONS[way].value for way in self.direction[rows][first]]
        frame = pd.DataFrame({"before": before, "now": now, "leads": leads, "movement": movement})
        return frame.sort_values("leads", ascending=False, kind="stable", ignore_index=True)

    @property
    def since(self) -> pd.Series:
        """Write each lead's move, category; missing where it stands where it stood."""
        every = self.biggest(np.ones(len(self.old), dtype=np.bool_))
        size = len(self.stages)
        pairs = (every["before"] * size + every["now"]).to_numpy()
        names = [
            since_text(self.stages[before].name, self.stages[now].name)
            for before, now in zip(every["before"], every["now"], strict=True)
        ]
        order = np.argsort(pairs)
        at = np.searchsorted(pairs[order], self.old * size + self.new)
        codes = np.full(len(self.old), -1)
        codes[self.moved] = order[at[self.moved]]
        return pd.Series(pd.Categorical.from_codes(codes, dtype=_category(names)), name=SINCE)

    @property
    def movement(self) -> pd.Series:
        """Write each lead's `Movement`, category; missing where the sheet could not have one."""
        names = [way.value for way in _DIRECTIONS]
        return pd.Series(
            pd.Categorical.from_codes(self.direction, dtype=_category(names)), name=MOVEMENT
        )


def moves_between(
    old: pd.Series, new: pd.Series, order: Sequence[Stage], *, unknown: Flags | None = None
) -> Moves:
    """Say in which direction each lead went.

    Args:
        old: The stage of each lead in the sheet.
        new: The same now.
        order: Every stage of either side, as `analysis.stages.stage_order` puts them.
        unknown: Which leads the sheet could not have a stage of; they have not moved.
    """
    known = np.ones(len(new), dtype=np.bool_) if unknown is None else ~unknown
    stages = _one_each(order)
    places = {stage_key(stage.name): place for place, stage in enumerate(stages)}
    is_now = _placed(values_of(new), places)
    was = is_now.copy()
    was[known] = _placed(values_of(old[known]), places)
    return Moves(stages, was, is_now, np.where(known, _directions(stages, was, is_now), -1))


def _one_each(order: Sequence[Stage]) -> tuple[Stage, ...]:
    """Make one stage of several spellings, where the first of them stands and what that means.

    Its spelling is the first by letters, so that a move that a viewer filters by is still called
    the same when they change the order.
    """
    first: dict[str, Stage] = {}
    for stage in order:
        kept = first.setdefault(stage_key(stage.name), stage)
        first[stage_key(stage.name)] = replace(kept, name=min(kept.name, stage.name))
    return tuple(first.values())


def _placed(values: Values, places: Mapping[str, int]) -> Codes:
    """Return each row's place among the stages."""
    return np.array([places[stage_key(name)] for name in values.names], dtype=np.int64)[
        values.codes
    ]


def _directions(stages: Sequence[Stage], old: Codes, new: Codes) -> Codes:
    """Say in which direction each lead went: the four of pipelines, otherwise, or none.

    The place of an unlisted stage means nothing, so that from and to it none is forward or back;
    whether it is lost, the usual words may know all the same.
    """
    roles = [stage.role if stage.name != BLANK else None for stage in stages]
    meant = [
        usual_role(stage.name) if role is StageRole.UNLISTED else role
        for stage, role in zip(stages, roles, strict=True)
    ]
    placed = np.array([role in _ON_THE_WAY for role in roles], dtype=np.bool_)
    on_the_way = np.array([role in _ON_THE_WAY for role in meant], dtype=np.bool_)
    lost = np.array([role is StageRole.LOST for role in meant], dtype=np.bool_)
    both_placed = placed[old] & placed[new]
    ways = [
        (old == new, Movement.STAYED),
        (both_placed & (new > old), Movement.FORWARD),
        (both_placed, Movement.BACK),
        (on_the_way[old] & lost[new], Movement.DROPPED_OUT),
        (lost[old] & on_the_way[new], Movement.CAME_BACK),
    ]
    return np.select(
        [which for which, _ in ways],
        [_DIRECTIONS.index(way) for _, way in ways],
        default=_DIRECTIONS.index(Movement.OTHERWISE),
    )


def _category(names: Sequence[str]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Series(names, dtype="str"))
