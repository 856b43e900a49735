"""The business order of lead stages, and how many leads stand in each.

An order is a list of `Stage`: those in progress, then won, then lost. An account's own list goes
first when there is one; otherwise the usual words of sales, education and lending pipelines serve.
A stage that no list knows is never dropped: it follows at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.text import named_counts
from lsq.api.errors import LsqError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.analysis.values import Flags, Indexed

__all__ = [
    "STAGE",
    "Stage",
    "StageRole",
    "moved",
    "stage_counts",
    "stage_key",
    "stage_order",
    "usual_role",
    "with_role",
]

STAGE = "ProspectStage"
"""The column that holds a lead's stage."""


class StageRole(StrEnum):
    """What standing in a stage means for the lead."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the pipeline.

    Attributes:
        name: The stage as it stands in the leads; "(blank)" for leads without one.
        role: What it means for the lead.
    """

    name: str
    role: StageRole


_ON_THE_WAY = frozenset({StageRole.OPEN, StageRole.WON})
_USUAL = {
    StageRole.OPEN: (
        "Lead, New, New Lead, Fresh, Fresh Lead, Untouched, Not Contacted, Enquiry, Inquiry, "
        "Prospect, Attempted, Contact Attempted, No Answer, Not Answering, Not Reachable, "
        "Not Connected, Ringing, Contacted, Connected, Engaged, Call Back, Callback, Follow Up, "
        "In Progress, Nurture, Nurturing, Warm, Interested, Hot, Counselled, Counselling Done, "
        "MQL, Marketing Qualified, SQL, Sales Qualified, Qualified, Eligible, Pre-qualified, "
        "Demo Scheduled, Demo Done, Meeting Scheduled, Meeting Done, Visit Scheduled, Visited, "
        "Opportunity, Proposal, Proposal Sent, Negotiation, Registered, Login, Logged In, "
        "Application, Application Started, Applied, Application Submitted, Application Complete, "
        "Documents Pending, Documents Collected, Documents Submitted, KYC Pending, KYC Done, "
        "Under Review, Credit Check, Underwriting, Interview Scheduled, Interviewed, "
        "Shortlisted, Verified, Approved, Sanctioned, Offer, Offered, Offer Accepted, "
        "Agreement Signed, Payment Pending, Fee Pending, Partially Paid"
    ),
    StageRole.WON: (
        "Admission Done, Admitted, Disbursed, Disbursal, Paid, Fee Paid, "
        "Won, Closed Won, Converted, Sold, Customer, Enrolled, Enrolment, Enrollment"
    ),
    StageRole.LOST: (
        "Not Interested, Just Enquiring, Just Enquiring No Intent, No Intent, "
        "Not Eligible, Not Qualified, Unqualified, Disqualified, Rejected, Declined, Dropped, "
        "Dropped Out, Drop Out, Withdrawn, Cancelled, Refunded, Lost, Closed Lost, Dead, "
        "Unresponsive, Do Not Contact, Do Not Call, DND, Wrong Number, Duplicate, Junk, Spam, "
        "Invalid Junk, Invalid"
    ),
}


def usual_role(name: str) -> StageRole | None:
    """Say what a stage of this name usually means; None for a name that the usual words lack."""
    return _ROLES.get(stage_key(name))


def stage_order(
    values: pd.Series, *, older: pd.Series | None = None, listed: Sequence[Stage] | None = None
) -> tuple[Stage, ...]:
    """Put every stage in business order, each distinct spelling by itself.

    Spellings that differ in case, spaces or dashes stand together, unless the list names each.

    Args:
        values: The stage of each lead, of dtype str or category.
        older: The stage of each lead in the sheet. A stage that all leads have left has its place
            too; one that is only spelt otherwise there has not.
        listed: The account's or the viewer's own stages in order; kept even where no lead stands
            in them. Without a list the usual order serves, of which only the stages that occur
            are kept.

    Returns:
        Listed stages in order, then the others as unlisted, the most frequent first.
    """
    names = _names(values, older)
    named = {stage.name for stage in listed or ()}
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(stage_key(name), []).append(name)
    roles: dict[str, StageRole] = {}
    for stage in _USUAL_STAGES if listed is None else listed:
        unoccupied = [stage.name] if listed is not None else []
        for name in found.get(stage_key(stage.name), unoccupied):
            if name == stage.name or name not in named:
                roles.setdefault(name, stage.role)
    for name in names:
        roles.setdefault(name, StageRole.UNLISTED)
    return tuple(Stage(name, role) for name, role in roles.items())


def _names(values: pd.Series, older: pd.Series | None) -> list[str]:
    """Return every stage that occurs, then those that occur in the sheet alone."""
    names = [str(name) for name in named_counts(values).index]
    keys = {stage_key(name) for name in names}
    for name in () if older is None else named_counts(older).index:
        if (key := stage_key(name)) not in keys:
            keys.add(key)
            names.append(name)
    return names


def moved(order: Sequence[Stage], place: int, *, by: int) -> tuple[Stage, ...]:
    """Return an order in which the stage at `place` stands `by` places further down, or at the end.

    Args:
        order: Stages in order.
        place: Position of the stage to move.
        by: How far; below 0 it goes up.
    """
    rest = [stage for at, stage in enumerate(order) if at != place]
    rest.insert(max(0, place + by), order[place])
    return tuple(rest)


def with_role(order: Sequence[Stage], place: int, role: StageRole) -> tuple[Stage, ...]:
    """Return an order in which the stage at `place` means something else."""
    return tuple(
        replace(stage, role=role) if at == place else stage for at, stage in enumerate(order)
    )


def stage_counts(
    table: Indexed,
    order: Sequence[Stage],
    *,
    kept: Flags | None = None,
    column: str = STAGE,
) -> pd.DataFrame:
    """Count the leads in each stage, in business order.

    Args:
        table: One row per lead.
        order: Every stage that occurs, and others that shall be shown, as from `stage_order`.
        kept: Which rows are counted; all when None.
        column: The column that holds the stage.

    Returns:
        A row per stage of `order`: `stage` str; `role` str; `leads` Int64, summing to the rows
        counted; `share` Float64 from 0 to 1; `reached` Int64, the leads in this or a later open or
        won stage, missing for lost and unlisted stages.

    Raises:
        LsqError: The leads have no such column.
    """
    if column not in table:
        title = f"The leads have no column {column}, so there are no stages to count."
        raise LsqError(title, "Add it to the columns and fetch again.")
    values = table.values(column)
    counts = dict(zip(values.names, values.counts(kept).tolist(), strict=True))
    leads = np.array([counts.get(stage.name, 0) for stage in order], dtype=np.int64)
    on_the_way = np.array([stage.role in _ON_THE_WAY for stage in order], dtype=np.bool_)
    reached = np.where(on_the_way, leads, 0)[::-1].cumsum()[::-1]
    return pd.DataFrame(
        {
            "stage": pd.array([stage.name for stage in order], dtype="str"),
            "role": pd.array([stage.role.value for stage in order], dtype="str"),
            "leads": pd.array(leads, dtype="Int64"),
            "share": pd.array(leads / max(sum(counts.values()), 1), dtype="Float64"),
            "reached": pd.arrays.IntegerArray(reached, ~on_the_way),
        }
    )


def stage_key(name: str) -> str:
    """Fold what makes no other stage of a name: case, spaces, dashes and other separators."""
    return re.sub(r"[\s_/,-]+", "", name).casefold() or name


_USUAL_STAGES = tuple(
    Stage(name, role) for role, names in _USUAL.items() for name in names.split(", ")
)
_ROLES = {stage_key(stage.name): stage.role for stage in _USUAL_STAGES}
