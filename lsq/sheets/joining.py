"""Leads back onto the analyst's rows: their columns, the outcome, then the lead's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lsq.api.models import Outcome
from lsq.sheets.errors import LedgerError
from lsq.sheets.names import unique_names
from lsq.sheets.outcomes import OUTCOME_COLUMN

if TYPE_CHECKING:
    from lsq.sheets.ledger import Ledger
    from lsq.sheets.sheet import Sheet

__all__ = ["join"]

_SUFFIX = "LeadSquared"


def join(sheet: Sheet, ledger: Ledger, leads: pd.DataFrame) -> pd.DataFrame:
    """Put each row's lead beside it.

    Args:
        sheet: The analyst's sheet.
        ledger: Its outcomes, settled with the fetch that brought `leads`.
        leads: Row i is the lead `Fetched.leads.ids[i]`; any columns and types. Not changed.

    Returns:
        One row per entry of the ledger, in the sheet's order: a row with k ids stands k times,
        next to itself, and a duplicate has its lead too. First the sheet's columns as text, in
        their order and spelling; then `Outcome` (category); then the lead's columns with their
        types (missing where the row has no lead). A name that is taken gets " (LeadSquared)".

    Raises:
        LedgerError: `leads` has another number of rows than the fetch had leads.
    """
    if len(leads) != (counted := ledger.counts()[Outcome.FOUND]):
        why = f"{counted:,} leads were found and the table has {len(leads):,}"
        raise LedgerError(why)
    own: pd.DataFrame = sheet.table.take(ledger.position).to_pandas()
    matched = leads.reset_index(drop=True).reindex(ledger.lead).reset_index(drop=True)
    mine = set(own.columns)
    added = [f"{n} ({_SUFFIX})" if n in mine else n for n in (OUTCOME_COLUMN, *matched.columns)]
    names = unique_names([*own.columns, *added])
    outcome = ledger.frame["outcome"]
    joined = pd.concat([own, outcome, matched], axis="columns")
    return joined.set_axis(names, axis="columns")
