"""Leads: the table of what was fetched, filtered and searched, and its download."""

from __future__ import annotations

import app
from lsq.ui.facets import filtered, filters_in_force
from lsq.ui.results import head, result
from lsq.ui.screen import screen
from lsq.ui.table import leads_table
from lsq.ui.table_controls import searched
from lsq.ui.trust import trust_line


@screen(in_turn=True)
def page() -> None:
    """Show one row per lead."""
    view = result("Leads")
    if view is None:
        return
    kept = filtered(view)
    head("Leads", view, kept, needle=searched(), with_table=True)
    filters_in_force(view)
    leads_table(view, kept)
    trust_line(view)


if __name__ == "__main__":
    app.main()
