"""Which rows a file holds, and what one of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.frames import raw_frame
from lsq.api.models import Outcome
from lsq.lookup.choice import LEDGER_OUTCOMES, Choice, Form, Rows, Shape
from lsq.lookup.masking import masked_cells
from lsq.sheets.joining import join
from lsq.sheets.names import OUTCOME_COLUMN, unique_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zoneinfo import ZoneInfo

    import numpy.typing as npt

    from lsq.lookup.run import Lookup

    Integers = npt.NDArray[np.int64]

__all__ = ["PART_ROWS", "in_zone", "left_out", "main_frame", "main_size", "raw_parts"]

PART_ROWS = 5000
"""Rows of raw text that are put together at a time; the whole would stand in memory several times:
100,000 rows of JSON lines took 750 MB at once and take 50 MB in parts."""


def main_frame(lookup: Lookup, choice: Choice) -> pd.DataFrame:
    """Return the rows that a file holds, typed, with times as the clocks of its zone show them.

    Args:
        lookup: What was fetched.
        choice: Which rows, and what one of them is; of the formats only CSV for Excel matters.

    Returns:
        For outcomes other than leads, lines of the ledger: row, value, id, outcome, detail. Else
        the analyst's columns, `Outcome` and the lead's columns (in the place of those that an
        earlier fetch put into the sheet), or the lead's columns alone. CSV
        for Excel has `Outcome` there too, as the last one: by it our reader knows a file of ours,
        and takes the apostrophes off. What could not be read as a date or number is missing, but in
        a workbook, whose cells may differ.
    """
    if choice.of_ledger:
        return _of_ledger(lookup, choice)
    places = _places(lookup, choice)
    frame = in_zone(lookup.masking.leads() if choice.mask else lookup.leads, choice.zone)
    if choice.form is Form.XLSX:
        frame = _with_unread(frame, lookup, choice)
    return _leads(lookup, choice, places, lambda at: _some(frame, at))


def raw_parts(
    lookup: Lookup, choice: Choice, *, part_rows: int = PART_ROWS
) -> Iterator[pd.DataFrame]:
    """Yield what `main_frame` returns as raw text, so many rows at a time.

    One part without rows stands for none at all, so that a file has its column names.
    """
    if choice.of_ledger:
        yield _of_ledger(lookup, choice)
        return
    places = _places(lookup, choice)
    for start in range(0, max(len(places), 1), part_rows):
        part = places[start : start + part_rows]
        yield _leads(lookup, choice, part, _raw(lookup, mask=choice.mask))


def main_size(lookup: Lookup, choice: Choice) -> tuple[int, int]:
    """Return how many rows and columns `main_frame` would have, without making it."""
    if choice.of_ledger:
        of = lookup.ledger.counts()
        lines = sum(of[found] for found in LEDGER_OUTCOMES[choice.rows])
        return lines, lookup.ledger.frame.shape[1]
    columns = len(lookup.fetched.leads.columns)
    if choice.shape is Shape.LEADS:
        columns += choice.form is Form.EXCEL_CSV
    else:
        columns += len(lookup.kept_columns) + 1
    return len(_places(lookup, choice)), columns


def left_out(lookup: Lookup, choice: Choice) -> int:
    """Count the cells that are missing in a typed file, since no date or number could be read."""
    if choice.of_ledger or not lookup.unread:
        return 0
    places, of_leads = _places(lookup, choice), choice.shape is Shape.LEADS
    lead = places if of_leads else lookup.ledger.lead[places]
    came, typed = lookup.unread_text, lookup.leads[[*lookup.unread_text]]
    lost = came.apply(lambda text: text.str.strip().fillna("").ne("")) & typed.isna()
    return int(lost.sum(axis="columns").to_numpy()[lead[lead >= 0]].sum())


def _of_ledger(lookup: Lookup, choice: Choice) -> pd.DataFrame:
    ledger = lookup.ledger.frame
    lines = ledger[ledger["outcome"].isin(LEDGER_OUTCOMES[choice.rows])]
    return masked_cells(lines) if choice.mask else lines


def _places(lookup: Lookup, choice: Choice) -> Integers:
    """Return the positions of the lines: in the leads, or in the ledger's entries."""
    lead, kept, of_leads = lookup.ledger.lead, choice.kept, choice.shape is Shape.LEADS
    if choice.rows is Rows.ALL or kept is None:
        return np.arange(len(lookup.fetched.leads if of_leads else lead))
    return kept.to_numpy() if of_leads else np.flatnonzero(np.isin(lead, kept))


def _leads(
    lookup: Lookup,
    choice: Choice,
    places: Integers,
    leads_at: Callable[[Integers], pd.DataFrame],
) -> pd.DataFrame:
    if choice.shape is Shape.LEADS:
        leads = leads_at(places)
        return _with_outcome(leads) if choice.form is Form.EXCEL_CSV else leads
    lead = lookup.ledger.lead[places]
    leads = leads_at(np.unique(lead[lead >= 0]))
    joined = join(lookup.sheet, lookup.ledger, leads, entries=places, columns=lookup.kept_columns)
    return lookup.masking.rows(joined) if choice.mask else joined


def _with_outcome(leads: pd.DataFrame) -> pd.DataFrame:
    names = unique_names([*leads.columns, OUTCOME_COLUMN])
    found = pd.Series(Outcome.FOUND.value, index=leads.index, dtype="str")
    return pd.concat([leads, found], axis="columns").set_axis(names, axis="columns")


def _raw(lookup: Lookup, *, mask: bool) -> Callable[[Integers], pd.DataFrame]:
    leads, masking = lookup.fetched.leads, lookup.masking

    def at_places(at: Integers) -> pd.DataFrame:
        raw = raw_frame(leads.take(at.tolist())).set_axis(at, axis="index")
        return masking.raw(raw) if mask else raw

    return at_places


def _some(leads: pd.DataFrame, at: Integers) -> pd.DataFrame:
    """Take some leads, and of the others not even a category: Parquet would write its name."""
    if np.array_equal(at, leads.index):
        return leads
    some = leads.iloc[at]
    columns = {name: _used(some[name]) for name in some}
    return pd.DataFrame(columns, index=some.index)


def _used(values: pd.Series) -> pd.Series:
    is_category = isinstance(values.dtype, pd.CategoricalDtype)
    return values.cat.remove_unused_categories() if is_category else values


def _with_unread(frame: pd.DataFrame, lookup: Lookup, choice: Choice) -> pd.DataFrame:
    """Put what could not be read beside what could: such a column is one of objects.

    Args:
        frame: The leads with their columns in order, whatever their names by now.
        lookup: What they come from.
        choice: Whether texts are masked.
    """
    if not lookup.unread:
        return frame
    raw = lookup.masking.raw(lookup.unread_text) if choice.mask else lookup.unread_text
    columns = dict(zip(frame.columns, (frame[name] for name in frame), strict=True))
    for place, name in enumerate(lookup.leads):
        if name in raw:
            shown, typed = frame.columns[place], frame.iloc[:, place]
            columns[shown] = typed.astype("object").where(typed.notna(), raw[name])
    return pd.DataFrame(columns, index=frame.index)


def in_zone(leads: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """Write times as the clocks of `zone` show them, and say so in the header."""
    columns: dict[str, pd.Series] = {}
    for name in leads:
        values = leads[name]
        if isinstance(values.dtype, pd.DatetimeTZDtype):
            columns[f"{name} ({zone.key})"] = values.dt.tz_convert(zone).dt.tz_localize(None)
        else:
            columns[str(name)] = values
    return pd.DataFrame(columns, index=leads.index)
