"""The worksheets of a workbook, the same for the app's download and the shell's `--out`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lsq.analysis.stages import STAGE
from lsq.lookup.choice import Rows
from lsq.lookup.masking import masked_cells
from lsq.lookup.rows import main_frame
from lsq.lookup.small_tabs import about_tab, stages_tab
from lsq.sheets.writing import Tab

if TYPE_CHECKING:
    from lsq.lookup.choice import Choice
    from lsq.lookup.view import View

__all__ = ["tabs"]


def tabs(view: View, choice: Choice) -> list[Tab]:
    """Return the worksheets of a workbook.

    The rows asked for come first; with leads come their stages; with everything also what was not
    found and not used; last, about the fetch.
    """
    lookup, rows, mask = view.lookup, choice.rows, choice.mask
    main = main_frame(lookup, choice, typed=True)
    found = [Tab(rows.capitalize() if choice.of_ledger else "Leads", main)]
    if not choice.of_ledger and STAGE in lookup.leads:
        leads = lookup.leads if choice.kept is None else lookup.leads.loc[choice.kept]
        counts = stages_tab(leads, view)
        found.append(Tab("Stages", masked_cells(counts) if mask else counts))
    if rows is Rows.ALL:
        others = (Rows.NOT_FOUND, Rows.FAILED, Rows.NOT_USED)
        lines = {
            other: main_frame(lookup, replace(choice, rows=other), typed=True) for other in others
        }
        found += [Tab(other.capitalize(), frame) for other, frame in lines.items() if len(frame)]
    here = f"{len(main):,} ({rows})"
    about = about_tab(lookup, zone=choice.zone, here=here, mask=mask)
    return [*found, Tab("About", masked_cells(about) if mask else about)]
