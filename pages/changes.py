"""Changes: what moved since the sheet was made; the sheet's own columns are the older state."""

from __future__ import annotations

import app
from lsq.ui.changes import compared, drift_sentence, drift_tiles
from lsq.ui.changes_list import lead_by_lead
from lsq.ui.changes_moves import stage_moves
from lsq.ui.facets import filtered, filters_in_force
from lsq.ui.results import head, result
from lsq.ui.screen import screen


@screen(in_turn=True)
def page() -> None:
    """Show what has changed in the leads that the filters leave."""
    view = result("Changes")
    if view is None:
        return
    kept = filtered(view)
    head("Changes", view, kept, with_table=True)
    filters_in_force(view)
    drift = compared(view, kept)
    if drift is None:
        return
    drift_sentence(view, drift, kept)
    drift_tiles(view, drift, kept)
    if drift.moves is not None:
        stage_moves(view, drift.moves)
    lead_by_lead(view, drift, kept)


if __name__ == "__main__":
    app.main()
