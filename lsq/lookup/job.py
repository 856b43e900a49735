"""A fetch in a thread of its own, with a snapshot for whoever looks at it."""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from lsq.api.errors import LsqError
from lsq.api.models import Fetched, Progress
from lsq.lookup.run import run, settled

if TYPE_CHECKING:
    from lsq.api.client import LeadSquared
    from lsq.lookup.plan import Plan
    from lsq.lookup.run import Lookup
    from lsq.sheets.reading import Sheet

__all__ = ["Job", "Snapshot"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A look at a job.

    Attributes:
        progress: The fetch's own account of itself.
        running: Whether it is still at work.
        stopping: Whether it has been asked to stop.
        lookup: The result, once there is one.
        error: What ended it without a result, or None.
    """

    progress: Progress
    running: bool
    stopping: bool
    lookup: Lookup | None = None
    error: LsqError | None = None


@dataclass(eq=False)
class Job:
    """One fetch in the background; made by `Job.start`.

    Attributes:
        sheet: The analyst's rows.
        plan: What is asked for.
        client: Whose leads; closed when the job ends.
        token: Unguessable name of the job.
        started_at: Seconds since the epoch.
    """

    sheet: Sheet
    plan: Plan
    client: LeadSquared
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    started_at: float = field(default_factory=time.time)
    _progress: Progress = field(default_factory=Progress, init=False)
    _lookup: Lookup | None = field(default=None, init=False)
    _error: LsqError | None = field(default=None, init=False)
    _stop: Event = field(default_factory=Event, init=False)
    _done: Event = field(default_factory=Event, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    @classmethod
    def start(cls, sheet: Sheet, plan: Plan, *, client: LeadSquared) -> Job:
        """Begin the fetch; it goes on whoever looks, until it ends or is stopped."""
        job = cls(sheet, plan, client)
        job._progress = Progress(total=len(plan.ids), calls_planned=plan.calls)
        Thread(target=job._work, name=f"fetch-{job.token[:6]}", daemon=True).start()
        return job

    def stop(self) -> None:
        """Ask the job to stop; what came is kept, calls under way end in the cache."""
        self._stop.set()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; say whether it came in time."""
        return self._done.wait(timeout_s)

    def snapshot(self) -> Snapshot:
        """Look at the job; cheap, from any thread."""
        with self._lock:
            return Snapshot(
                progress=self._progress,
                running=not self._done.is_set(),
                stopping=self._stop.is_set(),
                lookup=self._lookup,
                error=self._error,
            )

    def so_far(self) -> Lookup:
        """Settle what has come until now; everything still open counts as not asked."""
        snapshot = self.snapshot()
        if snapshot.lookup is not None:
            return snapshot.lookup
        leads = self.client.cache.get_many(self.client.account, self.plan.ids, self.plan.columns)
        here = set(leads.ids)
        rest = tuple(lead_id for lead_id in self.plan.ids if lead_id not in here)
        fetched = Fetched(leads=leads, not_asked=rest)
        return settled(self.sheet, self.plan, fetched, host=self.client.account.host)

    def _work(self) -> None:
        try:
            lookup = run(
                self.sheet,
                self.plan,
                client=self.client,
                on_progress=self._look,
                stop=self._stop,
            )
            with self._lock:
                self._lookup = lookup
        except LsqError as error:
            self._error = error
        except Exception:  # noqa: BLE001 - a thread has nobody above it to tell
            _log.exception("A fetch ended in a fault of ours")
            self._error = LsqError(
                "The fetch broke off by a fault of this program.",
                "What had come is kept; fetch again, and please report this.",
            )
        finally:
            self._done.set()
            self.client.close()

    def _look(self, progress: Progress) -> None:
        with self._lock:
            self._progress = progress
