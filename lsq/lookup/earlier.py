"""What an earlier fetch put into the sheet: it gives way to what came back now, and is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from lsq.analysis.masks import MASK
from lsq.analysis.matching import How, Match, comparable
from lsq.analysis.schema import ID
from lsq.api.models import Outcome
from lsq.lookup.ours_by_name import ours_by_name
from lsq.sheets.outcomes import outcome_header

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lsq.lookup.run import Lookup
    from lsq.sheets.sheet import Sheet

__all__ = ["earlier_columns", "earlier_matches", "id_columns", "replaced_columns"]


def earlier_columns(lookup: Lookup) -> Mapping[str, str]:
    """Tell which of the sheet's columns an earlier fetch put there.

    The file's own set-up says so; without one, as in CSV, names and places do: see `ours_by_name`.

    Returns:
        The schema name by header, of those that were asked for this time too; never a column of
        ids that are looked up.
    """
    setup, ids, came = lookup.sheet.setup, id_columns(lookup), lookup.fetched.leads.columns
    every = ours_by_name(lookup) if setup is None else setup.lead_columns.items()
    return {header: name for header, name in every if name in came and header not in ids}


def id_columns(lookup: Lookup) -> Collection[str]:
    """Return the id column, and then those of further tables of the sheet, or of its last one."""
    cells, setup = lookup.plan.cells, lookup.sheet.setup
    before = () if setup is None else setup.further_id_columns
    return dict.fromkeys([cells.column, *cells.columns, *before])


def replaced_columns(lookup: Lookup) -> frozenset[str]:
    """Return the sheet's columns for which a file has newer ones: earlier leads', and `Outcome`.

    Nothing that came earlier is lost: a column stays, as one of the analyst's own, where it says
    something of a row for which it did not come this time. The lead's id stands in the row anyway.
    Nor is what the analyst has written: an outcome in other words than ours is theirs.
    """
    outcome, absent = outcome_header(lookup.sheet), lookup.fetched.leads.absent
    table, ledger = lookup.sheet.table, lookup.ledger
    alone = table.take(ledger.position[ledger.lead < 0])
    older = {
        header
        for header, name in earlier_columns(lookup).items()
        if name == ID or _is_empty((table if name in absent else alone)[header])
    }
    if outcome is not None and _is_ours(table[outcome]):
        older.add(outcome)
    return frozenset(older.difference(id_columns(lookup)))


def earlier_matches(lookup: Lookup) -> Iterator[Match]:
    """Yield what the file itself says to be an older state; a masked column tells of no change."""
    if lookup.sheet.setup is None:
        return
    in_table = {name: column for column, name in lookup.lead_columns.items()}
    fit = set(comparable([*lookup.lead_columns], lookup.plan.catalog))
    earlier = earlier_columns(lookup)
    for own, header in lookup.own.items():
        lead = in_table.get(earlier.get(header, ""))
        if lead in fit and not (lookup.sheet.setup.masked and _is_masked(lookup.sheet, header)):
            yield Match(own, lead, How.NAME)


def _is_empty(cells: pa.ChunkedArray) -> bool:
    return not pc.any(pc.greater(pc.binary_length(cells), 0), min_count=0).as_py()


def _is_ours(outcomes: pa.ChunkedArray) -> bool:
    words = pa.array([*Outcome, ""], type=pa.string())
    return bool(pc.all(pc.is_in(outcomes, value_set=words), min_count=0).as_py())


def _is_masked(sheet: Sheet, header: str) -> bool:
    return bool(pc.any(pc.match_substring(sheet.table[header], MASK), min_count=0).as_py())
