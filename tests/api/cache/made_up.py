"""Accounts and pages that no server sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lsq.api.account import Account
from lsq.api.lead_id import LeadId
from lsq.api.models import LeadTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lsq.api.cache import LeadCache

ME = Account(host="api.leadsquared.com", access_key="0marker0mine", secret_key="0" * 40)
OTHER = replace(ME, access_key="0marker0theirs")


def page(*ids: str, columns: Iterable[str] = ("A",), mark: str = "", absent: str = "") -> LeadTable:
    """Make a page whose values name their lead and column."""
    return LeadTable(
        ids=[LeadId(id_) for id_ in ids],
        columns={
            "ProspectID": list(ids),
            **{name: [f"{id_}.{name}{mark}" for id_ in ids] for name in columns},
        },
        fetched_at=[7.25] * len(ids),
        absent=frozenset(absent.split()),
    )


def get(
    cache: LeadCache, ids: str, columns: Sequence[str] = ("A",), account: Account = ME
) -> LeadTable:
    """Ask a cache for leads; the ids stand in one text."""
    return cache.get_many(account, [LeadId(id_) for id_ in ids.split()], ("ProspectID", *columns))


def count(
    cache: LeadCache, ids: str, columns: Sequence[str] = ("A",), account: Account = ME
) -> int:
    """Count leads as `get` would return them."""
    return cache.count(account, [LeadId(id_) for id_ in ids.split()], ("ProspectID", *columns))


class Hands:
    """A clock that is moved by hand."""

    time_s = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.time_s
