"""The sums that people ask for first, and how many leads each stage has won since the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from lsq.analysis.ages import days_since
from lsq.analysis.schema import ACTIVITY
from lsq.analysis.stages import STAGE, StageRole
from lsq.analysis.words import count
from lsq.ui.escape import shown

if TYPE_CHECKING:
    import pandas as pd

    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["since_file", "stage_tiles"]

_MOST_WON = 2
_STILL_DAYS = 30


def stage_tiles(view: View, kept: Flags, stages: pd.DataFrame) -> None:
    """Show how many leads there are, are open, won, moved since the file, and stand still.

    Args:
        view: Whose leads.
        kept: Which of them the filters leave.
        stages: Those as `analysis.stages.stage_counts` returns them.
    """
    leads = stages["leads"].astype("int64")
    opens = stages["role"] == StageRole.OPEN
    won = stages[stages["role"] == StageRole.WON]
    tiles: list[tuple[str, int, str | None]] = [("Leads", int(leads.sum()), None)]
    if opens.any():
        tiles.append(("Open", int(leads[opens].sum()), "In a stage that is neither won nor lost."))
    tiles += [
        (shown(view.drawn(STAGE, name)), int(number), None)
        for name, number in zip(won["stage"], won["leads"], strict=True)
    ][:_MOST_WON]
    if view.drift is not None and view.drift.moves is not None:
        moved = int(np.count_nonzero(view.drift.moves.moved & kept))
        tiles.append(("Moved since your file", moved, None))
    if ACTIVITY in view.frame:
        days = days_since(view.frame[ACTIVITY], now_s=view.lookup.finished_at)[kept]
        still = int(np.count_nonzero((days > _STILL_DAYS) | (days < 0)))
        why = f"The last activity is over {_STILL_DAYS} days ago, or there was none."
        tiles.append((f"No activity for {_STILL_DAYS} days", still, why))
    with st.grid(columns=len(tiles), min_column_width=140):
        for title, number, why_so in tiles:
            st.metric(title, count(number), help=why_so, border=True, height="stretch")


def since_file(view: View, kept: Flags) -> dict[str, int] | None:
    """Return how many leads more each stage has now than in the analyst's file.

    Spellings of one stage are one, under the first. None without a stage in the file.
    """
    if view.drift is None or view.drift.moves is None:
        return None
    moves = view.drift.moves
    now, then = (
        np.bincount(places[kept], minlength=len(moves.stages)) for places in (moves.new, moves.old)
    )
    changes = (now - then).tolist()
    return {stage.name: change for stage, change in zip(moves.stages, changes, strict=True)}
