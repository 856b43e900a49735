"""From which stage to which: the moves as a square, its small stages put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lsq.analysis.moves import Movement, since_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    import pandas as pd

    from lsq.analysis.moves import Moves
    from lsq.analysis.values import Flags

    Codes = npt.NDArray[np.int64]

__all__ = ["MOST_STAGES", "OTHERS", "Cell", "MoveMatrix", "move_matrix"]

MOST_STAGES = 12
"""Stages that a matrix names; the others are one row and one column together."""

OTHERS = "Others"


@dataclass(frozen=True, slots=True)
class Cell:
    """The leads that went from one stage to another.

    Attributes:
        leads: How many.
        movement: Where they went; "moved otherwise" where several directions are put together.
        moves: Each of the moves, as the column `SINCE` calls it.
    """

    leads: int
    movement: Movement
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveMatrix:
    """The moves between stages.

    Attributes:
        names: The stages in business order, of rows and columns alike.
        cells: By row (then) and column (now), only where a lead has moved.
    """

    names: tuple[str, ...]
    cells: Mapping[tuple[int, int], Cell]


def move_matrix(moves: Moves, kept: Flags, *, every: bool = False) -> MoveMatrix:
    """Count the moves of the leads that are kept.

    Args:
        moves: The stages of the sheet and of now.
        kept: Which leads are counted.
        every: Whether stages from and to which no lead has moved have a row and a column too.
    """
    pairs = moves.biggest(kept)
    weight = np.zeros(len(moves.stages), dtype=np.int64)
    for side in ("before", "now"):
        np.add.at(weight, pairs[side].to_numpy(), pairs["leads"].to_numpy())
    wanted = np.arange(len(weight)) if every else np.flatnonzero(weight)
    biggest = wanted[np.argsort(-weight[wanted], kind="stable")][:MOST_STAGES]
    named = np.sort(biggest)
    names = [moves.stages[place].name for place in named]
    at = np.full(len(weight), len(names))
    at[named] = np.arange(len(names))
    if len(wanted) > len(named):
        names.append(OTHERS)
    return MoveMatrix(tuple(names), _cells(moves, pairs, at))


def _cells(moves: Moves, pairs: pd.DataFrame, at: Codes) -> dict[tuple[int, int], Cell]:
    """Put the moves of each cell together."""
    cells: dict[tuple[int, int], Cell] = {}
    columns = (pairs[name] for name in ("before", "now", "leads", "movement"))
    for before, now, leads, way in zip(*columns, strict=True):
        place, movement = (int(at[before]), int(at[now])), Movement(way)
        move = since_text(moves.stages[before].name, moves.stages[now].name)
        found = cells.get(place, Cell(0, movement, ()))
        cells[place] = Cell(
            leads=found.leads + int(leads),
            movement=movement if movement is found.movement else Movement.OTHERWISE,
            moves=(*found.moves, move),
        )
    return cells
