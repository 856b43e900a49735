"""Leads back onto the analyst's rows: their columns, the outcome, then the lead's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.sheets.errors import LedgerError
from lsq.sheets.names import SUFFIX, unique_names
from lsq.sheets.outcomes import OUTCOME_COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lsq.sheets.ledger import Ledger
    from lsq.sheets.sheet import Sheet

    Integers = npt.NDArray[np.int64]

__all__ = ["join"]


def join(
    sheet: Sheet,
    ledger: Ledger,
    leads: pd.DataFrame,
    *,
    entries: Integers | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Put each row's lead beside it.

    Args:
        sheet: The analyst's sheet.
        ledger: Its outcomes, settled with the fetch that brought `leads`.
        leads: Exactly the leads of these entries, in the order of the fetch; its index holds their
            positions in `Fetched.leads`. Any columns and types. Not changed.
        entries: Positions of the ledger's entries to join; None for all.
        columns: Those of the sheet's columns that stay; None for all. The others are an older state
            of what stands beside them now.

    Returns:
        One row per entry, in the order given, which for all is the sheet's: a row with k ids stands
        k times, next to itself, and a duplicate has its lead too. First these of its columns as
        text, in their order and spelling; then `Outcome` (category); then the lead's columns with
        their types (missing where the row has no lead). A name that is taken, in whatever case,
        gets " (LeadSquared)".

    Raises:
        LedgerError: `leads` are others than those of the entries.
    """
    here = slice(None) if entries is None else entries
    lead = ledger.lead[here]
    needed = np.unique(lead[lead >= 0])
    if not np.array_equal(needed, leads.index):
        why = f"{len(needed):,} leads were found and the table has {len(leads):,}, or others"
        raise LedgerError(why)
    table = sheet.table if columns is None else sheet.table.select(columns)
    rows = ledger.position[here]
    as_they_are = np.array_equal(rows, np.arange(len(table)))  # then nothing need be copied
    own: pd.DataFrame = (table if as_they_are else table.take(rows)).to_pandas()
    outcome = ledger.frame["outcome"].iloc[here].reset_index(drop=True)
    matched = leads.reindex(lead).reset_index(drop=True)
    # "firstname" and "FirstName" side by side would not say which of them is the lead's.
    mine = {name.strip().casefold() for name in own.columns}
    added = [
        f"{name}{SUFFIX}" if str(name).casefold() in mine else name
        for name in (OUTCOME_COLUMN, *matched.columns)
    ]
    names = unique_names([*own.columns, *added])
    joined = pd.concat([own, outcome, matched], axis="columns")
    return joined.set_axis(names, axis="columns")
