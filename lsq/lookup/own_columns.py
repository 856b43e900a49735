"""The analyst's own columns beside the leads: each lead has those of its first row."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lsq.analysis.columns import Kind
from lsq.analysis.forms import compared
from lsq.analysis.frames import few_as_category
from lsq.analysis.matching import match_columns
from lsq.analysis.schema import ID
from lsq.analysis.sheet_times import zone_of
from lsq.api.models import Outcome
from lsq.lookup.earlier import earlier_columns, earlier_matches, id_columns
from lsq.sheets.names import unique_names
from lsq.sheets.outcomes import outcome_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from lsq.analysis.matching import Match
    from lsq.lookup.run import Lookup

__all__ = [
    "YOURS",
    "corrected",
    "entry_of_each_lead",
    "headers_with_clock",
    "newcomers",
    "own_frame",
    "own_matches",
    "own_names",
    "repeats_that_differ",
    "text_that_came",
]

YOURS = " · yours"
"""What the names of the analyst's own columns end in, wherever a lead's stand beside them."""

_WITH_LEAD = pa.array([Outcome.FOUND.value, Outcome.DUPLICATE.value])


def own_names(lookup: Lookup) -> Mapping[str, str]:
    """Name the analyst's columns so that none is taken for a lead's: `Campaign · yours`.

    Returns:
        The column's name in the sheet by its name in `Lookup.table`, in the sheet's order, without
        the columns of lead ids.
    """
    cells = lookup.plan.cells
    mine = [
        name
        for name in lookup.sheet.table.column_names
        if name != cells.column and name not in cells.columns
    ]
    taken = list(lookup.fetched.leads.columns)
    names = unique_names([*taken, *(f"{name}{YOURS}" for name in mine)])[len(taken) :]
    return MappingProxyType(dict(zip(names, mine, strict=True)))


def entry_of_each_lead(lookup: Lookup) -> npt.NDArray[np.int64]:
    """Return for each lead the first of the ledger's entries with its id."""
    lead = lookup.ledger.lead
    with_lead = np.flatnonzero(lead >= 0)
    _, first = np.unique(lead[with_lead], return_index=True)
    return with_lead[first]


def own_frame(lookup: Lookup) -> pd.DataFrame:
    """Return the analyst's columns, one row per lead: text, as category where few values repeat."""
    rows = lookup.ledger.position[entry_of_each_lead(lookup)]
    names = lookup.own
    table = lookup.sheet.table.select(list(dict.fromkeys(names.values()))).take(rows)
    columns = {name: table.column(own).to_pandas() for name, own in names.items()}
    return pd.DataFrame(
        {name: few_as_category(text.astype("str")) for name, text in columns.items()},
        index=range(len(rows)),
    )


def newcomers(lookup: Lookup) -> Mapping[str, npt.NDArray[np.bool_]]:
    """Mark the leads that no earlier fetch brought, where the sheet has columns of one.

    Returns:
        Flags of the leads by the name in `Lookup.table` of each such column. The row of such a lead
        said "failed" or "not asked", or is new: its cells are no older state.
    """
    outcome = outcome_header(lookup.sheet)
    if outcome is None or outcome in id_columns(lookup):
        return {}
    table, rows = lookup.sheet.table, lookup.ledger.position[entry_of_each_lead(lookup)]
    new = ~pc.is_in(table[outcome].take(rows), value_set=_WITH_LEAD).to_numpy()
    earlier, ids = earlier_columns(lookup), pa.array([*lookup.fetched.leads.ids], pa.string())
    for header in (header for header, name in earlier.items() if name == ID):
        # What repeats a lead that did not come says "duplicate" too, and may stand first by now.
        new |= pc.not_equal(pc.ascii_lower(table[header].take(rows)), ids).to_numpy()
    return {own: new for own, header in lookup.own.items() if header in earlier}


def headers_with_clock(lookup: Lookup) -> Mapping[str, str]:
    """Return the header of each own column, with UTC where a file of ours names no zone.

    That holds days, or times as they came. A file without our outcome may be anybody's.
    """
    sheet = lookup.sheet
    is_ours = sheet.setup is not None or outcome_header(sheet) is not None
    earlier = earlier_columns(lookup) if is_ours else {}
    return {
        own: f"{header} (UTC)" if header in earlier and zone_of(header) is None else header
        for own, header in lookup.own.items()
    }


def text_that_came(lookup: Lookup, matches: Iterable[Match]) -> Mapping[str, pd.Series]:
    """Return the text of columns with values that are no date or number, as they came.

    A Parquet file of ours lacks such values, so that its columns tell nothing of them.

    Args:
        lookup: What was fetched.
        matches: The columns compared.

    Returns:
        Dtype str, one per lead, by the column's name in `Lookup.table`.
    """
    setup = lookup.sheet.setup
    lacking = earlier_columns(lookup) if setup is not None and not setup.worksheet else {}
    names = {
        match.lead: lookup.lead_columns.get(match.lead, "")
        for match in matches
        if lookup.own.get(match.own) not in lacking
    }
    return {
        lead: lookup.unread_text[name] for lead, name in names.items() if name in lookup.unread_text
    }


def repeats_that_differ(lookup: Lookup, matches: Iterable[Match]) -> int:
    """Count the rows that repeat a lead and say otherwise of it than its first row.

    Args:
        lookup: What was fetched.
        matches: The own columns that are looked at, and what they hold: another spelling of the
            same is no other value.
    """
    lead, position = lookup.ledger.lead, lookup.ledger.position
    entries = np.flatnonzero(lead >= 0)
    if len(entries) == len(lookup.fetched.leads):
        return 0
    firsts = entry_of_each_lead(lookup)[lead[entries]]
    is_repeat = entries != firsts
    again, before = position[entries[is_repeat]], position[firsts[is_repeat]]
    differs = np.zeros(len(again), dtype=np.bool_)
    for match in matches:
        column = lookup.sheet.table.column(lookup.own[match.own])
        new, old = (column.take(rows).to_pandas().astype("str") for rows in (again, before))
        # As text too: what is no number may be the same word.
        kinds = (lookup.plan.catalog.kind(match.lead), Kind.TEXT)
        same = [compared(new, old, column=match.lead, as_kind=kind)[0] for kind in kinds]
        differs |= ~np.any(same, axis=0)
    return len(np.unique(again[differs]))


def own_matches(lookup: Lookup) -> tuple[Match, ...]:
    """Find which of the analyst's columns are an older state of one that came back.

    What the file says of its columns itself is not guessed.
    """
    setup, names = lookup.sheet.setup, lookup.lead_columns
    said = {match.own: match for match in earlier_matches(lookup)}
    of_file = {} if setup is None else setup.lead_columns
    ours = {*of_file, *(() if setup is None else (setup.outcome_column,))}
    found = match_columns(
        lookup.table,
        own={name: header for name, header in lookup.own.items() if header not in ours},
        leads=[name for name in names if names[name] not in of_file.values()],
        catalog=lookup.plan.catalog,
    )
    every = {**said, **{match.own: match for match in found}}
    return tuple(every[name] for name in lookup.own if name in every)


def corrected(lookup: Lookup, by_hand: Iterable[Match]) -> tuple[Match, ...]:
    """Put what the viewer said of some own columns in the place of what was found for them.

    Args:
        lookup: What was fetched, perhaps with other columns than when they said it.
        by_hand: A match for each column they said something of; one to "" is not compared.

    Returns:
        Matches of columns that are there, in the sheet's order; each own column and each lead
        column at most once.
    """
    said = {match.own: match for match in by_hand}
    taken = {match.lead for match in said.values()}
    found = {match.own: match for match in lookup.matches if match.lead not in taken}
    every = {**found, **said}
    matches = (every[name] for name in lookup.own if name in every)
    return tuple(match for match in matches if match.lead in lookup.table)
