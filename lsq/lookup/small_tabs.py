"""The small worksheets beside the rows: the stages, and about the fetch."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from lsq import __version__
from lsq.analysis.stages import stage_counts
from lsq.analysis.values import Indexed

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from lsq.lookup.run import Lookup
    from lsq.lookup.view import View

__all__ = ["about_tab", "stages_tab"]


def stages_tab(leads: pd.DataFrame, view: View) -> pd.DataFrame:
    """Count leads by stage, in the order that the page shows whatever is filtered.

    Args:
        leads: The leads that the file holds, typed.
        view: What they come from, with the viewer's order.

    Returns:
        As `analysis.stages.stage_counts`, its column names with a capital.
    """
    stages = stage_counts(Indexed(leads), view.order)
    stages.columns = [str(name).capitalize() for name in stages.columns]
    return stages


def about_tab(lookup: Lookup, *, zone: ZoneInfo, here: str, mask: bool) -> pd.DataFrame:
    """Say what a file is and where it comes from; never a key.

    Args:
        lookup: What was fetched.
        zone: Of written times.
        here: Which rows the file holds, and how many.
        mask: Whether phones and e-mails are masked in it.

    Returns:
        Two columns of text, `What` and `Value`.
    """
    at = datetime.fromtimestamp(lookup.finished_at, tz=zone)
    counts = lookup.ledger.counts()
    lines = [
        ("Fetched at", f"{at:%Y-%m-%d %H:%M:%S} ({zone.key})"),
        ("Account", lookup.host),
        ("Sheet", lookup.sheet.name),
        ("Worksheet", lookup.sheet.worksheet or ""),
        ("Id column", lookup.plan.cells.column),
        ("Columns fetched", ", ".join(lookup.plan.columns)),
        ("Times in", zone.key),
        ("Rows in this file", here),
        ("Phones and e-mails", "masked" if mask else "as fetched"),
        ("Rows in the sheet", f"{lookup.plan.cells.rows:,}"),
        *((found.capitalize(), f"{number:,}") for found, number in counts.items() if number),
        ("Calls", f"{lookup.fetched.stats.calls:,}"),
        *(("To look at", sentence) for sentence in lookup.oddities),
        ("Made by", f"Leadsheet {__version__}"),
    ]
    return pd.DataFrame(lines, columns=["What", "Value"], dtype="str")
