"""Which rows a file holds, and what one of them is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.frames import raw_frame
from lsq.api.models import Outcome
from lsq.lookup.masking import masked_cells
from lsq.sheets.joining import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zoneinfo import ZoneInfo

    import numpy.typing as npt

    from lsq.lookup.run import Lookup

    Integers = npt.NDArray[np.int64]

__all__ = ["LEDGER_OUTCOMES", "PART_ROWS", "Rows", "Shape", "main_frame", "main_size", "raw_parts"]

PART_ROWS = 5000
"""Rows of raw text that are put together at a time; the whole would stand in memory several times:
100,000 rows of JSON lines took 750 MB at once and take 50 MB in parts."""


class Rows(StrEnum):
    """Which rows a file holds."""

    ALL = "all"
    FILTERED = "filtered"
    NOT_FOUND = "not found"
    NOT_USED = "rows not used"
    FAILED = "failed"
    LEDGER = "whole ledger"


class Shape(StrEnum):
    """What one line of a file of leads is."""

    MINE = "my rows + lead columns"
    LEADS = "one row per lead"


LEDGER_OUTCOMES = {
    Rows.NOT_FOUND: (Outcome.NOT_FOUND,),
    Rows.NOT_USED: (Outcome.BLANK, Outcome.INVALID),
    Rows.FAILED: (Outcome.FAILED,),
    Rows.LEDGER: tuple(Outcome),
}
"""The outcomes of those rows that are lines of the ledger."""


def main_frame(  # noqa: PLR0913 - each is one choice of the download dialog
    lookup: Lookup,
    *,
    rows: Rows = Rows.ALL,
    shape: Shape = Shape.MINE,
    zone: ZoneInfo | None = None,
    kept: pd.Index[int] | None = None,
    mask: bool = False,
) -> pd.DataFrame:
    """Return the rows that a file holds.

    Args:
        lookup: What was fetched.
        rows: Which rows.
        shape: What one row of leads is.
        zone: Type the columns and convert times to this zone; None leaves the raw text.
        kept: For `Rows.FILTERED`, the positions of the leads that the filters leave.
        mask: Whether phones and e-mails are masked.

    Returns:
        For outcomes other than leads, lines of the ledger: row, value, id, outcome, detail. Else
        the analyst's columns, `Outcome` and the lead's columns, or the lead's columns alone.
    """
    if rows in LEDGER_OUTCOMES:
        return _of_ledger(lookup, rows, mask=mask)
    places = _places(lookup, rows, shape, kept)
    if zone is None:
        return _leads(lookup, shape, places, _raw(lookup, mask=mask), mask=mask)
    leads = lookup.masking.leads() if mask else lookup.leads
    typed = _in_zone(leads, zone)
    return _leads(lookup, shape, places, lambda at: _some(typed, at), mask=mask)


def raw_parts(  # noqa: PLR0913 - each is one choice of the download dialog
    lookup: Lookup,
    *,
    rows: Rows = Rows.ALL,
    shape: Shape = Shape.MINE,
    kept: pd.Index[int] | None = None,
    mask: bool = False,
    part_rows: int = PART_ROWS,
) -> Iterator[pd.DataFrame]:
    """Yield what `main_frame` returns as raw text, so many rows at a time.

    One part without rows stands for none at all, so that a file has its column names.
    """
    if rows in LEDGER_OUTCOMES:
        yield _of_ledger(lookup, rows, mask=mask)
        return
    places = _places(lookup, rows, shape, kept)
    for start in range(0, max(len(places), 1), part_rows):
        part = places[start : start + part_rows]
        yield _leads(lookup, shape, part, _raw(lookup, mask=mask), mask=mask)


def main_size(
    lookup: Lookup, *, rows: Rows, shape: Shape, kept: pd.Index[int] | None = None
) -> tuple[int, int]:
    """Return how many rows and columns `main_frame` would have, without making it."""
    if rows in LEDGER_OUTCOMES:
        of = lookup.ledger.counts()
        return sum(of[found] for found in LEDGER_OUTCOMES[rows]), lookup.ledger.frame.shape[1]
    own = 0 if shape is Shape.LEADS else lookup.sheet.table.num_columns + 1
    columns = len(lookup.fetched.leads.columns)
    return len(_places(lookup, rows, shape, kept)), own + columns


def _of_ledger(lookup: Lookup, rows: Rows, *, mask: bool) -> pd.DataFrame:
    ledger = lookup.ledger.frame
    lines = ledger[ledger["outcome"].isin(LEDGER_OUTCOMES[rows])]
    return masked_cells(lines) if mask else lines


def _places(lookup: Lookup, rows: Rows, shape: Shape, kept: pd.Index[int] | None) -> Integers:
    """Return the positions of the lines: in the leads, or in the ledger's entries."""
    lead = lookup.ledger.lead
    if rows is Rows.ALL or kept is None:
        return np.arange(len(lookup.fetched.leads if shape is Shape.LEADS else lead))
    return kept.to_numpy() if shape is Shape.LEADS else np.flatnonzero(np.isin(lead, kept))


def _leads(
    lookup: Lookup,
    shape: Shape,
    places: Integers,
    leads_at: Callable[[Integers], pd.DataFrame],
    *,
    mask: bool,
) -> pd.DataFrame:
    if shape is Shape.LEADS:
        return leads_at(places)
    lead = lookup.ledger.lead[places]
    leads = leads_at(np.unique(lead[lead >= 0]))
    joined = join(lookup.sheet, lookup.ledger, leads, entries=places)
    return lookup.masking.rows(joined) if mask else joined


def _raw(lookup: Lookup, *, mask: bool) -> Callable[[Integers], pd.DataFrame]:
    leads, masking = lookup.fetched.leads, lookup.masking

    def at_places(at: Integers) -> pd.DataFrame:
        raw = raw_frame(leads.take(at.tolist())).set_axis(at, axis="index")
        return masking.raw(raw) if mask else raw

    return at_places


def _some(leads: pd.DataFrame, at: Integers) -> pd.DataFrame:
    return leads if np.array_equal(at, leads.index) else leads.iloc[at]


def _in_zone(leads: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """Write times as the clocks of `zone` show them, and say so in the header."""
    columns: dict[str, pd.Series] = {}
    for name in leads:
        values = leads[name]
        if isinstance(values.dtype, pd.DatetimeTZDtype):
            columns[f"{name} ({zone.key})"] = values.dt.tz_convert(zone).dt.tz_localize(None)
        else:
            columns[str(name)] = values
    return pd.DataFrame(columns, index=leads.index)
