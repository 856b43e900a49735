"""The books of one fetch: which ids go into which call, what came of them, what is asked again.

No threads and no calls in here. Every id is, at any time, in exactly one place: waiting in a batch,
here as a lead, failed, or missing. An id that a good answer leaves out is asked for once more,
together with the others, in separate calls; left out twice, it is not found.

A batch that is refused for what it asks is split (dissection.py) until the id that is to blame
stands alone.
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING

from lsq.api.dissection import Batch, Dissection, is_splittable, split
from lsq.api.errors import NoLeadId
from lsq.api.models import Fetched, LeadTable, Oddities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lsq.api.errors import LsqError
    from lsq.api.lead_id import LeadId
    from lsq.api.models import FetchStats
    from lsq.api.page import Page

__all__ = ["Books"]


class _Round(IntEnum):
    """How often the ids of a batch have been asked for, this time included."""

    FIRST = 1
    UNCLAMPED = 2
    LAST = 3


class Books:
    """What is known of every id of a fetch."""

    def __init__(self, ids: Sequence[LeadId], cached: LeadTable, *, size: int) -> None:
        """Open the books.

        Args:
            ids: The distinct ids, in the order asked.
            cached: The leads among them that need no call.
            size: The most ids in one call.
        """
        self._ids = ids
        self._tables = [cached]
        known = set(cached.ids)
        self.first = list(split([id_ for id_ in ids if id_ not in known], size))
        self._waiting = dict.fromkeys(self.first, _Round.FIRST)
        self._dissection = Dissection()
        self._next: list[Batch] = []
        self._size = size
        self._clamp: int | None = None  # the page size that the server turned out to keep to
        self._trials: dict[Batch, list[LeadId]] = {}  # and what to ask for if they bring leads
        self._left_out: list[LeadId] = []  # by one good answer, and not yet asked for again
        self._not_found: set[LeadId] = set()
        self._failed: dict[LeadId, LsqError] = {}
        self.stopped_by: LsqError | None = None
        self.total = len(ids)
        self.planned = len(self.first)
        self.answered = 0
        self.leads = self.from_cache = len(cached)
        self.odd = Oddities()

    @property
    def is_settled(self) -> bool:
        """Tell whether every id has its outcome."""
        return not self._waiting and not self._left_out

    @property
    def done(self) -> int:
        """Count the ids that have their outcome."""
        return self.leads + len(self._not_found) + len(self._failed)

    def enter(self, batch: Batch, page: Page) -> None:
        """Enter what a call brought."""
        if self._dissection.is_control(batch):
            self.answered += 1
            self._dissection.checked(None)
            return
        asked = self._close(batch)
        self._dissection.came_back(batch, answered=True)
        self._tables.append(page.leads)
        self.leads += len(page.leads)
        self.odd += page.odd
        came = set(page.leads.ids)
        missing = [id_ for id_ in batch if id_ not in came]
        if batch in self._trials and came:
            self._clamp = len(batch)
            self._open(split(self._trials.pop(batch), self._clamp), _Round.UNCLAMPED)
        if missing and asked is _Round.FIRST and _looks_clamped(len(came)):
            self._unclamp(missing, size=len(came))
        elif asked is not _Round.LAST:
            self._left_out += [*missing, *self._trials.pop(batch, ())]
        elif page.nameless:
            # One of the leads without an id may be theirs, so nobody can say that they are not.
            self._failed.update(dict.fromkeys(missing, _nameless(page.nameless)))
        else:
            self._not_found.update(missing)

    def _unclamp(self, missing: list[LeadId], *, size: int) -> None:
        """Ask for what a page that looks cut short left out, in calls of that page's size.

        One call goes first: round numbers come about by chance too, and then it brings nothing.
        """
        first, *others = split(missing, size)
        if size == self._clamp:
            self._open([first, *others], _Round.UNCLAMPED)
        else:
            self._trials[first] = missing[size:]
            self._open([first], _Round.UNCLAMPED)

    def enter_failure(self, batch: Batch, error: LsqError) -> None:
        """Enter that a call failed for good; one that can be split is asked for in halves."""
        if self._dissection.is_control(batch):
            self.answered += 1
            self.stopped_by = self._dissection.checked(error)
            return
        asked = self._close(batch)
        self._left_out += self._trials.pop(batch, ())
        self._dissection.came_back(batch, answered=False)
        if is_splittable(error) and len(batch) > 1:
            for piece in self._dissection.split(batch):
                self._waiting[piece] = asked
                self.planned += 1
            return
        self._failed.update(dict.fromkeys(batch, error))
        if is_splittable(error):
            self.stopped_by = self.stopped_by or self._dissection.blamed(error)

    def next_calls(self) -> list[Batch]:
        """Return the calls that what was entered asks for.

        Those for what good answers left out come last, when all others are entered.
        """
        if not self._waiting and self._left_out:
            left_out, self._left_out = self._left_out, []
            self._open(split(left_out, self._clamp or self._size), _Round.LAST)
        calls, self._next = [*self._next, *self._dissection.due()], []
        return calls

    def result(
        self, *, columns: Sequence[str], stats: FetchStats, stopped_by: LsqError | None = None
    ) -> Fetched:
        """Close the books: what has no outcome by now was not asked.

        Args:
            columns: The columns of the calls, which an empty table has too.
            stats: What the fetch cost.
            stopped_by: The error that ended it early, if one did.
        """
        leads = LeadTable.in_order(self._tables, self._ids)
        if not len(leads):
            leads = LeadTable(columns=dict.fromkeys(columns, ()))
        settled = Fetched(leads=leads, stats=stats, stopped_by=stopped_by or self.stopped_by)
        if len(leads) == len(self._ids):
            return settled
        known = self._not_found.union(self._failed, leads.ids)
        return replace(
            settled,
            not_found=tuple(id_ for id_ in self._ids if id_ in self._not_found),
            failed={id_: self._failed[id_] for id_ in self._ids if id_ in self._failed},
            not_asked=tuple(id_ for id_ in self._ids if id_ not in known),
        )

    def _open(self, batches: Iterable[Batch], asked: _Round) -> None:
        for batch in batches:
            self._waiting[batch] = asked
            self._next.append(batch)
            self.planned += 1

    def _close(self, batch: Batch) -> _Round:
        self.answered += 1
        return self._waiting.pop(batch)


def _looks_clamped(leads: int) -> bool:
    """Tell whether a page that lacks leads may have been cut short by the server's page size."""
    return leads in {25, 50} or (leads > 0 and leads % 100 == 0)


def _nameless(leads: int) -> NoLeadId:
    title = f"There is no lead id in the answer for {leads} of its leads."
    return NoLeadId(title, "Leads are never matched by position.", status=200)
