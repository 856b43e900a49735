"""Which of the analyst's columns are an older state of columns that came back.

A header proposes, the content decides: a column "Status" that holds yes and no is no stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from lsq.analysis.columns import Kind
from lsq.analysis.evidence import Evidence
from lsq.analysis.headers import is_labelled, is_named, is_ours, usually_means
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
_WAYS = frozenset({Kind.PHONE, Kind.EMAIL})
_BY_CONTENT = _WAYS | {Kind.CHOICE, Kind.TEXT}
_USUAL = frozenset({STAGE, "OwnerIdName", "Source"})
_ROWS = 2000
"""Rows, spread over all, whose values are looked at."""


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

    Headers are read as schema names, then as labels and usual words; what no header names is found
    by its values, of stages, owners, sources, phones and e-mails. A column whose content
    contradicts its header is left alone.

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
    for place, (name, header) in enumerate(own.items()):
        by_header = [(lead, _meaning(header, lead, catalog)) for lead in leads]
        named = [(lead, meaning) for lead, meaning in by_header if meaning is not None]
        for lead, meaning in named:
            likeness = evidence.of(name, lead)
            if likeness.fits(sure=meaning.sure):
                rank = (meaning.rank, -likeness.agree, place)
                yield _Proposal(Match(name, lead, meaning.how), rank)
        if named or usually_means(header):
            continue  # what a header says is another column is not this one, however alike
        for lead in (each for each in leads if catalog.kind(each) in _BY_CONTENT):
            if evidence.may_be(name, lead):
                likeness = evidence.of(name, lead)
                if likeness.speaks_for_itself(usual=lead in _USUAL or likeness.kind in _WAYS):
                    yield _Proposal(Match(name, lead, How.CONTENT), (9, -likeness.agree, place))


def _meaning(header: str, lead: str, catalog: Catalog) -> _Meaning | None:
    """Say how a header names a column that came back; None if it does not."""
    if is_named(header, lead):
        return _Meaning(How.NAME, 0 if is_ours(header) else 1, sure=True)
    if is_labelled(header, lead, catalog):
        return _Meaning(How.LABEL, 2, sure=True)
    meant = usually_means(header)
    return _Meaning(How.LABEL, 3 + meant.index(lead), sure=False) if lead in meant else None
