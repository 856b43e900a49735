"""Stages: where the leads stand now, as bars in business order and as the same table."""

from __future__ import annotations

import streamlit as st

import app
from lsq.ui.charts import stage_chart, stage_table
from lsq.ui.facets import filtered, filters_in_force
from lsq.ui.results import card_heading, has_stages, head, result, stage_tiles, stages_of
from lsq.ui.screen import screen


@screen()
def page() -> None:
    """Show the stage breakdown of the leads that the filters leave."""
    lookup = result("Stages")
    if lookup is None:
        return
    rows = filtered(lookup.table)
    head("Stages", lookup, len(rows))
    filters_in_force(rows)
    if not has_stages(rows):
        return
    stages, partial = stages_of(rows, lookup), bool(lookup.fetched.not_asked)
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
