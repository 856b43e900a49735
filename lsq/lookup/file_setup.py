"""The set-up that a file of ours keeps, so that it can be fetched again as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.analysis.schema import ID
from lsq.lookup.choice import Shape
from lsq.lookup.earlier import id_columns
from lsq.sheets.saved_setup import SETUP, SavedSetup, parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.lookup.choice import Choice
    from lsq.lookup.run import Lookup

__all__ = ["setup_lines", "setup_of"]


def setup_of(
    lookup: Lookup, choice: Choice, headers: Sequence[str], *, worksheet: str = ""
) -> SavedSetup:
    """Say how a file was made; never a key, never a lead.

    Args:
        lookup: What was fetched.
        choice: What the file holds.
        headers: The columns of its rows, as `rows.main_frame` has them: they may be masked, and
            times name their zone.
        worksheet: Where the rows stand in a workbook.
    """
    came = [str(name) for name in lookup.leads]
    further: list[str] = []
    if choice.of_ledger:
        id_column, outcome, of_leads = "id", "", []
    elif choice.shape is Shape.LEADS:
        id_column, outcome, of_leads = headers[came.index(ID)], "", [*headers]
    else:
        own = lookup.kept_columns
        id_column, *further = (headers[own.index(name)] for name in id_columns(lookup))
        outcome, *of_leads = headers[len(own) :]
    return SavedSetup(
        worksheet=worksheet,
        id_column=id_column,
        further_id_columns=tuple(further),
        outcome_column=outcome,
        columns=lookup.plan.columns,
        lead_columns=dict(zip(of_leads, came, strict=False)),
        zone=choice.zone.key,
        leads_only=choice.shape is Shape.LEADS and not choice.of_ledger,
        masked=choice.mask,
    )


def setup_lines(setup: SavedSetup) -> list[tuple[str, str]]:
    """Return a set-up as lines of the worksheet About, each short enough for a cell."""
    return [(SETUP, part) for part in parted(setup.text())]
