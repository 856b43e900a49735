"""Which of the analyst's columns are an older state of columns that came back.

A header proposes, the content decides: a column "Status" that holds yes and no is no stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from lsq.analysis.columns import CONTACT_KINDS, Kind
from lsq.analysis.evidence import Evidence
from lsq.analysis.headers import Called, folded, is_ours, usually_means
from lsq.analysis.schema import ACTIVITY
from lsq.analysis.stages import STAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from lsq.analysis.catalog import Catalog

__all__ = ["How", "Match", "comparable", "match_columns"]

ACTIVITY_DATES = frozenset(
    {
        ACTIVITY,
        "LastVisitDate",
        "NotableEventdate",
        "ModifiedOn",
        "LastModifiedOn",
        "LeadLastModifiedOn",
        "StageRottingFlagModifiedOn",
        "LeadAge",
    }
)
"""Columns that move by themselves: that they did is no news."""

_IDS_TO_COMPARE = frozenset({"mx_Zip"})
_BY_CONTENT = CONTACT_KINDS | {Kind.CHOICE, Kind.TEXT}
_USUAL = frozenset({STAGE, "OwnerIdName", "Source"})
_ROWS = 2000
"""Rows, spread over all, whose values are looked at."""

_MOST_BY_CONTENT = 200
"""Own columns that no header names and whose values are looked at all the same: the first ones."""


class How(StrEnum):
    """What a match rests on."""

    NAME = "name"
    LABEL = "label"
    CONTENT = "content"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Match:
    """A column of the analyst's sheet that is an older state of one that came back.

    Attributes:
        own: Its name in `Lookup.table`, such as "Stage · yours".
        lead: The schema name of the column that came back.
        how: What the match rests on.
    """

    own: str
    lead: str
    how: How


@dataclass(frozen=True, slots=True)
class _Meaning:
    """How a header names a column, how good that is (0 is best), and whether it is sure."""

    how: How
    rank: int
    sure: bool


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A match that may be; the smaller rank and then the more agreement goes first."""

    match: Match
    rank: tuple[float, ...]


def comparable(leads: Sequence[str], catalog: Catalog) -> tuple[str, ...]:
    """Return the columns that can be compared at all: without ids and activity dates."""
    return tuple(
        name
        for name in leads
        if name not in ACTIVITY_DATES
        and (catalog.kind(name) is not Kind.ID or name in _IDS_TO_COMPARE)
    )


def match_columns(
    table: pd.DataFrame, *, own: Mapping[str, str], leads: Sequence[str], catalog: Catalog
) -> tuple[Match, ...]:
    """Find the analyst's columns that are an older state of a column that came back.

    Headers are read as schema names, then as labels and usual words. What no header names is found
    by its values, of stages, owners, sources, phones and e-mails, but only among the first 200
    columns that no header names. A column whose content contradicts its header is left alone.

    Args:
        table: One row per lead, with the columns of `own` and of `leads`.
        own: The sheet's name of each of the analyst's columns.
        leads: The columns that came back, by schema name.
        catalog: What the account calls them and what they hold.

    Returns:
        Each own column and each lead column at most once, in the sheet's order.
    """
    if not len(table):
        return ()
    rows = np.unique(np.linspace(0, len(table) - 1, _ROWS).astype(np.int64))
    names = comparable(leads, catalog)
    evidence = Evidence(table.iloc[rows][[*own, *names]], own, catalog)
    proposals = sorted(_proposals(evidence, own, names, catalog), key=lambda found: found.rank)
    taken: dict[str, Match] = {}
    for match in (found.match for found in proposals):
        if match.own not in taken and match.lead not in {each.lead for each in taken.values()}:
            taken[match.own] = match
    return tuple(taken[name] for name in own if name in taken)


def _proposals(
    evidence: Evidence, own: Mapping[str, str], leads: Sequence[str], catalog: Catalog
) -> Iterator[_Proposal]:
    """Yield the matches that headers propose and the content bears out, and those of content."""
    called, by_content = Called(leads, catalog), []
    places = {name: place for place, name in enumerate(own)}
    for name, header in own.items():
        named = _meanings(header, called, leads)
        for lead, meaning in named.items():
            likeness = evidence.of(name, lead)
            if likeness.fits(sure=meaning.sure):
                rank = (meaning.rank, -likeness.agree, places[name])
                yield _Proposal(Match(name, lead, meaning.how), rank)
        if not named and not usually_means(header):
            by_content.append(name)  # a header that says another column keeps it from this one
    lookable = [lead for lead in leads if catalog.kind(lead) in _BY_CONTENT]
    for name, lead in evidence.worth_comparing(by_content[:_MOST_BY_CONTENT], lookable):
        likeness = evidence.of(name, lead)
        if likeness.speaks_for_itself(usual=lead in _USUAL or likeness.kind in CONTACT_KINDS):
            nearness = (9, -likeness.agree, places[name], leads.index(lead))
            yield _Proposal(Match(name, lead, How.CONTENT), nearness)


def _meanings(header: str, called: Called, leads: Sequence[str]) -> dict[str, _Meaning]:
    """Say which columns that came back a header names, and how."""
    word = folded(header)
    name = _Meaning(How.NAME, 0 if is_ours(header) else 1, sure=True)
    found = dict.fromkeys(called.by_name.get(word, ()), name)
    for lead in called.by_label.get(word, ()):
        found.setdefault(lead, _Meaning(How.LABEL, 2, sure=True))
    for place, lead in enumerate(usually_means(header)):
        if lead in leads:
            found.setdefault(lead, _Meaning(How.LABEL, 3 + place, sure=False))
    return found
