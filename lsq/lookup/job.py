"""A fetch in a thread of its own, with a snapshot for whoever looks at it."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from lsq.api.errors import LsqError
from lsq.api.models import Fetched, Progress
from lsq.lookup.run import run, settled

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.api.cache import GatedCache
    from lsq.api.client import LeadSquared
    from lsq.lookup.plan import Plan
    from lsq.lookup.run import Lookup
    from lsq.sheets.sheet import Sheet

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


class Job:
    """One fetch in the background.

    Attributes:
        token: Unguessable name of the job.
        sheet: The analyst's rows.
        plan: What is asked for.
        account: Fingerprint of the account that is asked.
    """

    def __init__(self, sheet: Sheet, plan: Plan, *, client: LeadSquared, cache: GatedCache) -> None:
        """Begin the fetch; it goes on whoever looks, until it ends or is stopped.

        Args:
            sheet: The analyst's rows.
            plan: What is asked for.
            client: Whose leads; closed and forgotten, with its keys, when the job ends.
            cache: Where the client keeps its pages as they come; the job may shut it.
        """
        self.token = secrets.token_urlsafe(24)
        self.sheet = sheet
        self.plan = plan
        self.account = client.account.fingerprint
        self._asked: Account | None = client.account
        self._cache = cache
        self._progress = Progress(total=len(plan.ids), calls_planned=plan.calls)
        self._lookup: Lookup | None = None
        self._error: LsqError | None = None
        self._stop, self._done, self._lock = Event(), Event(), Lock()
        Thread(target=self._work, args=(client,), name="fetch", daemon=True).start()

    def fetches(self, sheet: Sheet, plan: Plan, *, account: Account) -> bool:
        """Tell whether another fetch would bring the very same: rows, ids, columns and account."""

        def asked(each: Plan) -> tuple[object, ...]:
            return each.cells.column, each.columns, each.refresh, each.share, each.ids

        return (
            self.account == account.fingerprint
            and not self.snapshot().stopping
            and asked(self.plan) == asked(plan)
            and self.sheet.table.equals(sheet.table)
        )

    def stop(self) -> None:
        """Ask the job to stop; what came is kept, calls under way end in the cache."""
        self._stop.set()

    def abandon(self) -> None:
        """Stop, and let not even the calls under way leave their leads in the cache."""
        self.stop()
        self._cache.shut()

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

    def so_far(self) -> Lookup | None:
        """Settle what has come until now; everything still open counts as not asked.

        None when the job ended without a result.
        """
        account = self._asked
        if account is None or not self.snapshot().running:
            return self.snapshot().lookup
        leads = self._cache.so_far(self.plan.ids)
        if self._done.is_set():  # meanwhile; then nothing may be left to look at
            return self.snapshot().lookup
        here = set(leads.ids)
        rest = tuple(lead_id for lead_id in self.plan.ids if lead_id not in here)
        fetched = Fetched(leads=leads, not_asked=rest)
        return settled(self.sheet, self.plan, fetched, account=account, partial=True)

    def _work(self, client: LeadSquared) -> None:
        try:
            with client:
                self._lookup = run(
                    self.sheet, self.plan, client=client, on_progress=self._look, stop=self._stop
                )
        except LsqError as error:
            self._error = error
        except Exception:  # noqa: BLE001 - a thread has nobody above it to tell
            _log.exception("A fetch ended in a fault of ours")
            self._error = LsqError(
                "The fetch broke off by a fault of this program.",
                "What had come is kept; fetch again, and please report this.",
            )
        finally:
            self._asked = None
            self._done.set()
            self._cache.forget_passed()

    def _look(self, progress: Progress) -> None:
        with self._lock:
            self._progress = progress
