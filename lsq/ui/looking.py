"""How this viewer looks at what was fetched: one `View` a session, anew when a choice changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.lookup.own_columns import corrected
from lsq.lookup.view import View
from lsq.ui.masking import is_masked
from lsq.ui.state import session

if TYPE_CHECKING:
    from lsq.lookup.run import Lookup

__all__ = ["view_of"]


def view_of(lookup: Lookup) -> View:
    """Return this viewer's view of a lookup; the same one until lookup or choices change."""
    mine = session()
    matches = None if mine.matches is None else corrected(lookup, mine.matches)
    wanted = View(lookup=lookup, stages=mine.stages, masked=is_masked(), matches=matches)
    if mine.view is None or not mine.view.is_like(wanted):
        mine.view = wanted
    return mine.view
