"""Stages: where the leads stand now, whose they are, how old, and how far they are filled in."""

from __future__ import annotations

import app
from lsq.ui.facets import filtered, filters_in_force
from lsq.ui.results import has_stages, head, result, stages_of
from lsq.ui.screen import screen
from lsq.ui.stage_by import stage_by
from lsq.ui.stage_cards import more_cards, now_cards
from lsq.ui.stage_tiles import stage_tiles
from lsq.ui.state import session


@screen(in_turn=True)
def page() -> None:
    """Show the breakdowns of the leads that the filters leave."""
    view = result("Stages")
    if view is None:
        return
    kept = filtered(view)
    head("Stages", view, kept)
    filters_in_force(view)
    if not has_stages(view, kept):
        return
    stages = stages_of(view, kept)
    stage_tiles(view, kept, stages)
    now_cards(view, kept, stages)
    stage_by(view, kept, session().filters)
    more_cards(view, kept, stages)


if __name__ == "__main__":
    app.main()
