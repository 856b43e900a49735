"""What moved since the sheet was made, in words and figures: the top of the page Changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.moves import Movement
from lsq.analysis.stages import STAGE, StageRole
from lsq.analysis.words import count, counted
from lsq.sheets.names import unique_names
from lsq.ui.changes_matches import columns_compared
from lsq.ui.escape import shown
from lsq.ui.results import go_to_lookup

if TYPE_CHECKING:
    from lsq.analysis.drift import Drift
    from lsq.analysis.moves import Moves
    from lsq.analysis.values import Flags
    from lsq.lookup.view import View

__all__ = ["change_labels", "compared", "drift_sentence", "drift_tiles"]

_MOST_TILES = 4
_WAYS = {
    Movement.FORWARD: ("Moved forward", None),
    Movement.BACK: ("Moved back", None),
    Movement.DROPPED_OUT: ("Dropped out", "From a stage that is open or won to one that is lost."),
    Movement.CAME_BACK: ("Came back", "From a stage that is lost to one that is open or won."),
}


def compared(view: View, kept: Flags) -> Drift | None:
    """Say what is compared with what, and return it; None if there is nothing, with the reason."""
    if not view.own:
        _nothing("Your file has ids only. Drop one on Lookup that says how its leads were.")
        return None
    columns_compared(view)
    if view.drift is None:
        _nothing(
            "No column of your file looks like an older state of one that came back. "
            "Match them under Columns, or fetch others on Lookup."
        )
    elif not kept.any():
        st.markdown("No lead matches all filters.")
        return None
    return view.drift


def _nothing(why: str) -> None:
    with st.container(border=True, horizontal_alignment="center"):
        st.subheader("Nothing to compare", anchor=False, width="content")
        st.markdown(why, width="content")
        go_to_lookup()


def change_labels(view: View, drift: Drift) -> dict[str, str]:
    """Name the columns compared within a sentence, the stage apart: `owner`; no two the same."""
    columns = [column for column in drift.changed if column != STAGE]
    labels = unique_names(map(view.small_label, columns))
    return dict(zip(columns, labels, strict=True))


def drift_sentence(view: View, drift: Drift, kept: Flags) -> None:
    """Say in a sentence how many of the leads kept moved, changed, and are as they were."""
    leads, labels = int((kept & drift.compared).sum()), change_labels(view, drift)
    others = int(kept.sum()) - leads
    if not leads:
        st.markdown(_not_compared(others))
        return
    moves = drift.moves
    said = [_moved(moves, kept)] if moves is not None and any(moves.counts(kept).values()) else []
    if changed := [
        f"{count(number)} changed {shown(labels[column])}"
        for column, number in _changed(drift, kept).items()
        if number
    ]:
        said.append(f"{', '.join(changed)}.")
    untouched = int((drift.untouched & kept).sum())
    if untouched == leads and drift.moves is None:
        said.append(f"Nothing changed: {_everyone(leads)} exactly as your file had {_them(leads)}.")
    elif 0 < untouched < leads:
        are = "is exactly as it was" if untouched == 1 else "are exactly as they were"
        said.append(f"{count(untouched)} {are}.")
    if unread := int((drift.unread & kept).sum()):
        have = "has" if unread == 1 else "have"
        said.append(f"{count(unread)} {have} a date or number in your file that cannot be read.")
    if others:
        said.append(_not_compared(others))
    st.markdown(" ".join(said))


def drift_tiles(view: View, drift: Drift, kept: Flags) -> None:
    """Show the four directions, and how many leads have another owner, phone and so on."""
    tiles: list[tuple[str, int, str | None]] = []
    if drift.moves is not None:
        counts = drift.moves.counts(kept)
        tiles += [(name, counts[way], help_text) for way, (name, help_text) in _WAYS.items()]
    labels = change_labels(view, drift)
    most = sorted(_changed(drift, kept).items(), key=lambda found: -found[1])[:_MOST_TILES]
    tiles += [(f"Changed {shown(labels[column])}", number, None) for column, number in most]
    with st.grid(columns=len(tiles), min_column_width=140):
        for title, number, help_text in tiles:
            st.metric(title, count(number), border=True, height="stretch", help=help_text)


def _changed(drift: Drift, kept: Flags) -> dict[str, int]:
    """Count the leads that have another value now, by column, the stage apart."""
    return {
        column: int((changed & kept).sum())
        for column, changed in drift.changed.items()
        if column != STAGE
    }


def _moved(moves: Moves, kept: Flags) -> str:
    """Say how many leads moved stage, and where they went."""
    counts = moves.counts(kept)
    leads = sum(counts.values())
    moved = leads - counts[Movement.STAYED]
    if not moved:
        stand = "stands" if leads == 1 else "stand"
        return f"Nothing moved: {_everyone(leads, stand)} where your file had {_them(leads)}."
    words = ("forward", "back", "dropped out", "came back", _otherwise(moves, kept))
    ways = ", ".join(
        f"{count(counts[way])} {word}"
        for way, word in zip(Movement, words, strict=False)
        if counts[way]
    )
    of_all = f"{count(moved)} of {counted(leads, 'lead')} moved stage"
    return f"**{of_all}** since your file: {ways}."


def _not_compared(leads: int) -> str:
    are = "is" if leads == 1 else "are"
    return f"{counted(leads, 'lead')} did not come when your file was made, and {are} not compared."


def _otherwise(moves: Moves, kept: Flags) -> str:
    """Say what is meant by otherwise, where that is one thing."""
    pairs = moves.biggest(kept)
    others = pairs[pairs["movement"] == Movement.OTHERWISE]
    roles = [moves.stages[place].role for place in (*others["before"], *others["now"])]
    lost = all(role is StageRole.LOST for role in roles)
    return "between lost stages" if lost else "otherwise"


def _everyone(leads: int, verb: str = "") -> str:
    verb = verb or ("is" if leads == 1 else "are")
    return f"the lead {verb}" if leads == 1 else f"all {count(leads)} leads {verb}"


def _them(leads: int) -> str:
    return "it" if leads == 1 else "them"
