"""Leads: the table of what was fetched, filtered and searched, and its download."""

from __future__ import annotations

import app
from lsq.ui.facets import filtered, filters_in_force
from lsq.ui.results import head, result, trust_line
from lsq.ui.screen import screen
from lsq.ui.table import leads_table


@screen()
def page() -> None:
    """Show one row per lead."""
    lookup = result("Leads")
    if lookup is None:
        return
    rows = filtered(lookup.table)
    head("Leads", lookup, len(rows))
    filters_in_force(rows)
    leads_table(rows)
    trust_line(lookup)


if __name__ == "__main__":
    app.main()
