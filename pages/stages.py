"""Stages: where the leads stand now, as bars in business order and as the same table."""

from __future__ import annotations

import streamlit as st

import app
from lsq.ui.charts.stage_bars import stage_chart, stage_table
from lsq.ui.facets import filtered, filters_in_force
from lsq.ui.results import card_heading, has_stages, head, result, stage_tiles, stages_of
from lsq.ui.screen import screen


@screen()
def page() -> None:
    """Show the stage breakdown of the leads that the filters leave."""
    view = result("Stages")
    if view is None:
        return
    kept = filtered(view)
    head("Stages", view, kept)
    filters_in_force(view)
    if not has_stages(view, kept):
        return
    stages, partial = stages_of(view, kept), bool(view.lookup.fetched.not_asked)
    stage_tiles(stages)
    chart, table = st.columns([3, 2], gap="medium")
    with chart.container(border=True, height="stretch"):
        card_heading(
            "Where the leads are now",
            "Bar: leads in the stage. Grey behind it: reached at least this stage. "
            "Click a bar to filter everywhere.",
        )
        stage_chart(stages, partial=partial)
    with table.container(border=True, height="stretch"):
        card_heading("The same as a table", "In the same order.")
        stage_table(stages, partial=partial)


if __name__ == "__main__":
    app.main()
