"""Faults that send other leads than the right ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.sandbox.faults.names import Fault
from lsq.sandbox.ids import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lsq.sandbox.retrieve import Row

__all__ = ["SPOILED_LEADS", "STRANGER"]

STRANGER = lead_id(10**20)
"""The id of a lead that the account does not have."""


def _repeat(page: list[Row]) -> list[Row]:
    return page + page[:10]


def _older_and_newer(page: list[Row]) -> list[Row]:
    """Send the first lead three times: the newest stands between two older ones."""
    older = [{**row, "FirstName": "Older", "ModifiedOn": "2001-01-01 00:00:00.000"} for row in page]
    newer = [{**row, "FirstName": "Newer", "ModifiedOn": "2099-01-01 00:00:00.000"} for row in page]
    return [*older[:1], *newer[:1], *page]


def _add_stranger(page: list[Row]) -> list[Row]:
    return [*page, *({**row, "ProspectID": STRANGER} for row in page[:1])]


def _every_other(page: list[Row]) -> list[Row]:
    return page[::2]


def _first_leads(page: list[Row]) -> list[Row]:
    """Send the account's first leads, whichever were asked for, as a page that never turns."""
    return [{**row, "ProspectID": lead_id(number)} for number, row in enumerate(page)]


def _without_ids(page: list[Row]) -> list[Row]:
    return [{name: row[name] for name in row if name != "ProspectID"} for row in page]


SPOILED_LEADS: Mapping[Fault, Callable[[list[Row]], list[Row]]] = {
    Fault.DUPLICATE_LEADS: _repeat,
    Fault.DIFFERING_DUPLICATES: _older_and_newer,
    Fault.LEADS_NOT_ASKED_FOR: _add_stranger,
    Fault.LEADS_LEFT_OUT: _every_other,
    Fault.SAME_PAGE: _first_leads,
    Fault.NO_LEAD_IDS: _without_ids,
}
"""Faults by what they make of a page of leads."""
