"""What a cache of leads is, and the one that keeps nothing.

A cache never sees keys: accounts are told apart by their fingerprint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from lsq.api.models import LeadTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.api.account import Account
    from lsq.api.lead_id import LeadId

__all__ = ["LeadCache", "NoCache"]


class LeadCache(Protocol):
    """Fetched leads by account and id; safe to share between threads."""

    def get_many(
        self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]
    ) -> LeadTable:
        """Return the fresh leads among `ids`, in their order.

        A lead is served when all of `columns` were asked for when it was fetched; a column that the
        server left out then counts as asked for, and is `absent`. Of several such entries of a lead
        the one kept last serves.

        Args:
            account: Whose leads; only its fingerprint is used.
            ids: The ids wanted, each once.
            columns: The columns wanted, `ProspectID` first. The table has these and no others.
        """
        ...

    def count(self, account: Account, ids: Sequence[LeadId], columns: Sequence[str]) -> int:
        """Count the leads that `get_many` would return."""
        ...

    def forget(self, account: Account) -> None:
        """Drop everything that is kept of this account."""
        ...

    def put(self, account: Account, page: LeadTable) -> None:
        """Keep a page as it came, next to what was fetched of its leads with other columns.

        Args:
            account: Whose leads; only its fingerprint is used.
            page: Its `columns` are what was asked for (and what was sent unasked).
        """
        ...

    def drop_stale(self) -> None:
        """Drop what is no longer fresh; to be called now and then where nothing else is."""
        ...

    def close(self) -> None:
        """Let go of files; what is put after that is not kept."""
        ...


class NoCache:
    """A cache that keeps nothing, so that every id is asked for."""

    def get_many(
        self,
        account: Account,  # noqa: ARG002 - the protocol's signature
        ids: Sequence[LeadId],  # noqa: ARG002 - the protocol's signature
        columns: Sequence[str],  # noqa: ARG002 - the protocol's signature
    ) -> LeadTable:
        """Return no leads."""
        return LeadTable()

    def count(
        self,
        account: Account,  # noqa: ARG002 - the protocol's signature
        ids: Sequence[LeadId],  # noqa: ARG002 - the protocol's signature
        columns: Sequence[str],  # noqa: ARG002 - the protocol's signature
    ) -> int:
        """Return 0."""
        return 0

    def forget(self, account: Account) -> None:
        """Do nothing: there is nothing to forget."""

    def put(self, account: Account, page: LeadTable) -> None:
        """Keep nothing."""

    def drop_stale(self) -> None:
        """Do nothing: nothing grows old."""

    def close(self) -> None:
        """Do nothing: nothing is open."""
