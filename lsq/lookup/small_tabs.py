"""The small worksheets beside the rows: the stages, and about the fetch."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from lsq import __version__
from lsq.analysis.moves import SINCE
from lsq.analysis.stages import stage_counts
from lsq.analysis.values import Indexed
from lsq.analysis.words import count, counted
from lsq.lookup.choice import Shape
from lsq.lookup.since_tab import changed_leads

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lsq.lookup.choice import Choice
    from lsq.lookup.view import View
    from lsq.sheets.written import Written

__all__ = ["about_tab", "lost_lines", "stages_tab"]

_NAMED = 100
_ROW = {Shape.MINE: "a row of the sheet, with its lead", Shape.LEADS: "a lead"}


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


def about_tab(view: View, choice: Choice, *, rows: int) -> pd.DataFrame:
    """Say what a file is and where it comes from; never a key.

    Args:
        view: What was fetched, and which columns are compared.
        choice: What the file holds.
        rows: How many rows that is.

    Returns:
        Two columns of text, `What` and `Value`.
    """
    lookup, zone = view.lookup, choice.zone
    at = datetime.fromtimestamp(lookup.finished_at, tz=zone)
    counts = lookup.ledger.counts()
    lines = [
        ("Fetched at", f"{at:%Y-%m-%d %H:%M:%S} ({zone.key})"),
        ("Account", lookup.account_name),
        ("Host", lookup.host),
        ("Sheet", lookup.sheet.name),
        ("Worksheet", lookup.sheet.worksheet or ""),
        ("Id column", lookup.plan.cells.column),
        ("Columns fetched", _some(lookup.plan.columns)),
        ("Times in", zone.key),
        ("Rows in this file", f"{count(rows)} ({choice.rows})"),
        ("One row is", "" if choice.of_ledger else _ROW[choice.shape]),
        ("Phones and e-mails", "masked" if choice.mask else "as fetched"),
        ("Rows in the sheet", count(lookup.plan.cells.rows)),
        *((found.capitalize(), count(number)) for found, number in counts.items() if number),
        (SINCE, _since(view, choice)),
        ("Calls", count(lookup.fetched.stats.calls)),
        *(("To look at", sentence) for sentence in lookup.oddities),
        ("Made by", f"Leadsheet {__version__}"),
    ]
    return _lines((what, value) for what, value in lines if value)


def lost_lines(lost: Written) -> pd.DataFrame:
    """Say what a workbook could not hold as it came, and where; for its worksheet About."""
    lines = []
    if lost.cut:
        places = _places(lost.cut_at, lost.cut)
        lines.append(("Cut", f"{counted(lost.cut, 'text')} at the end of a cell: {places}"))
    if lost.replaced:
        places = _places(lost.replaced_at, lost.replaced)
        stands = f"{counted(lost.replaced, 'cell')} with “\ufffd” for what no workbook holds"
        lines.append(("Replaced", f"{stands}: {places}"))
    if lost.continued:
        lines.append(("Goes on in", f"{', '.join(lost.continued)}: a worksheet was full"))
    return _lines(lines)


def _some(columns: Sequence[str]) -> str:
    """Name columns as far as a cell shows them; the set-up has every one."""
    return _places(columns[:_NAMED], len(columns))


def _places(named: Sequence[str], number: int) -> str:
    more = f" and {count(number - len(named))} more" if number > len(named) else ""
    return f"{', '.join(named)}{more}"


def _since(view: View, choice: Choice) -> str:
    """Say how many leads of a file have changed since the sheet was made; "" if unknown."""
    if view.drift is None or choice.of_ledger:
        return ""
    compared = view.drift.compared
    leads = int((compared if choice.kept is None else compared[choice.kept.to_numpy()]).sum())
    changed = len(changed_leads(view.drift, choice))
    return f"{count(changed)} of {counted(leads, 'lead')} changed" if changed else "nothing changed"


def _lines(lines: Iterable[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame([*lines], columns=["What", "Value"], dtype="str")
