"""Which columns an earlier fetch put into a file that does not say so itself, as CSV does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsq.analysis.schema import ID
from lsq.analysis.sheet_times import without_zone
from lsq.sheets.names import TAKEN
from lsq.sheets.outcomes import behind_outcome, outcome_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lsq.lookup.run import Lookup

__all__ = ["ours_by_name"]

_TAKEN = re.compile(f"{TAKEN}$")
_ACCOUNTS_OWN = "mx_"
"""How the names of an account's own columns begin; it was perhaps not asked for all of them."""


def ours_by_name(lookup: Lookup) -> Sequence[tuple[str, str]]:
    """Return the header and the schema name of these columns, in the sheet's order.

    They are a run that begins with the id of the lead: directly behind our outcome, or from the
    beginning where a row is a lead. It ends before the first header that is no column of leads,
    or that is one for the second time or before its turn: whatever stands there is the analyst's.
    A file of leads without our outcome may as well be a list of theirs; it is ours only if it has
    exactly the columns that came back.
    """
    outcome, names = outcome_header(lookup.sheet), lookup.sheet.table.column_names
    behind = behind_outcome(lookup.sheet)
    if behind:
        return [*_run(lookup, behind)]
    if ID not in names:
        return []
    of_leads = [*_run(lookup, names[names.index(ID) :])]
    same = [name for _, name in of_leads] == [*lookup.fetched.leads.columns]
    return of_leads if outcome or (same and len(of_leads) == len(names)) else []


def _run(lookup: Lookup, headers: Sequence[str]) -> Iterator[tuple[str, str]]:
    turns = {name: turn for turn, name in enumerate(lookup.fetched.leads.columns)}
    known, taken, turn = {*turns, *lookup.plan.catalog.names}, set[str](), 0
    for header in headers:
        name = without_zone(_TAKEN.sub("", header))
        is_known = name in known or name.startswith(_ACCOUNTS_OWN)
        if not is_known or name in taken or turns.get(name, turn) < turn:
            return
        turn = turns.get(name, turn)
        taken.add(name)
        yield header, name
