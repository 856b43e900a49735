"""The worksheets of a workbook, the same for the app's download and the shell's `--out`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from lsq.analysis.moves import SINCE
from lsq.analysis.stages import STAGE
from lsq.lookup.choice import Form, Rows
from lsq.lookup.file_setup import setup_lines, setup_of
from lsq.lookup.masking import masked_cells
from lsq.lookup.rows import main_frame
from lsq.lookup.since_tab import since_tab
from lsq.lookup.small_tabs import about_tab, lost_lines, stages_tab
from lsq.sheets.saved_setup import ABOUT
from lsq.sheets.writing import BarChart, Tab

if TYPE_CHECKING:
    from lsq.lookup.choice import Choice
    from lsq.lookup.view import View
    from lsq.sheets.saved_setup import SavedSetup
    from lsq.sheets.written import Written

__all__ = ["tabs"]

_BARS = BarChart(title="Leads by stage", names="Stage", lengths="Leads")
_OTHERS = (Rows.NOT_FOUND, Rows.FAILED, Rows.NOT_USED)


def tabs(view: View, choice: Choice) -> list[Tab]:
    """Return the worksheets of a workbook.

    The rows asked for come first; with leads come their stages, and what changed since the sheet
    was made; with everything also what was not found and not used; last, about the fetch.
    """
    choice = replace(choice, form=Form.XLSX)
    main = main_frame(view.lookup, choice)
    found = [Tab(choice.rows.capitalize() if choice.of_ledger else "Leads", main)]
    if not choice.of_ledger:
        found += _of_leads(view, choice)
    if choice.rows is Rows.ALL:
        of_rows = (replace(choice, rows=rows) for rows in _OTHERS)
        lines = {each.rows: main_frame(view.lookup, each) for each in of_rows}
        found += [Tab(rows.capitalize(), frame) for rows, frame in lines.items() if len(frame)]
    about = about_tab(view, choice, rows=len(main))
    about = masked_cells(about) if choice.mask else about
    setup = setup_of(view.lookup, choice, [*main], worksheet=found[0].name)
    return [*found, Tab(ABOUT, about, last=partial(_last_of_about, setup))]


def _last_of_about(setup: SavedSetup, lost: Written) -> pd.DataFrame:
    """Say what could not be held, and how the file was made, once it is known where rows go on."""
    main = f"{setup.worksheet} ("
    further = tuple(name for name in lost.continued if name.startswith(main))
    lines = setup_lines(replace(setup, further_worksheets=further))
    lost_of = lost_lines(lost)
    return pd.concat([lost_of, pd.DataFrame(lines, columns=[*lost_of], dtype="str")])


def _of_leads(view: View, choice: Choice) -> list[Tab]:
    """Count the stages of the leads that a file holds, and list those that have changed."""
    found = []
    if STAGE in view.lookup.leads:
        counts = stages_tab(_kept(view.lookup.leads, choice), view)
        counts = masked_cells(counts) if choice.mask else counts
        found.append(Tab("Stages", counts, chart=_BARS, percent=("Share",)))
    since = since_tab(view, choice)
    if since is not None and len(since):
        found.append(Tab(SINCE, since))
    return found


def _kept(leads: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    return leads if choice.kept is None else leads.loc[choice.kept]
