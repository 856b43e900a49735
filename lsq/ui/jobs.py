"""The jobs of this server: found again by their token, and only by who started them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

import streamlit as st

from lsq.ui.sweep import sweep

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.lookup.job import Job
    from lsq.lookup.plan import Plan
    from lsq.sheets.sheet import Sheet

__all__ = ["JobRegistry", "registry"]

KEEP_S = 30 * 60
"""How long a finished job is kept after the last look, in seconds."""


@dataclass(slots=True)
class _Entry:
    job: Job
    owner: str | None
    seen_at: float
    masked: bool | None = None


@dataclass(slots=True, weakref_slot=True)
class JobRegistry:
    """Jobs by token; safe to use from several sessions at once."""

    _entries: dict[str, _Entry] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def add(self, job: Job, *, owner: str | None) -> None:
        """Keep `job` for `owner` (`ui.access.owner`); without an owner nobody finds it by token."""
        with self._lock:
            self._entries[job.token] = _Entry(job, owner, time.monotonic())

    def find(self, token: str, *, owner: str | None) -> Job | None:
        """Return the job of this token if this very owner started it."""
        self.drop_old()
        with self._lock:
            entry = self._entries.get(token)
            if entry is None or owner is None or entry.owner != owner:
                return None
            entry.seen_at = time.monotonic()
            return entry.job

    def running(
        self, sheet: Sheet, plan: Plan, *, account: Account, owner: str | None
    ) -> Job | None:
        """Return this owner's job that fetches the very same, if one is still at work.

        Args:
            sheet: The analyst's rows; another sheet with the same ids is another job.
            plan: What would be asked for.
            account: Whose leads.
            owner: Who asks.
        """
        with self._lock:
            jobs = [entry.job for entry in self._entries.values() if owner == entry.owner]
        same = (job for job in jobs if owner and job.fetches(sheet, plan, account=account))
        return next((job for job in same if job.snapshot().running), None)

    def seen(self, job: Job, *, masked: bool | None) -> None:
        """Note that somebody looks at this job, and whether they chose to see it masked.

        Args:
            job: The job.
            masked: What they chose; None, nothing, leaves what was chosen before.
        """
        with self._lock:
            if (entry := self._entries.get(job.token)) is not None:
                entry.seen_at = time.monotonic()
                entry.masked = entry.masked if masked is None else masked

    def masked(self, job: Job) -> bool | None:
        """Return what whoever looked at this job last had chosen, or None."""
        with self._lock:
            entry = self._entries.get(job.token)
        return None if entry is None else entry.masked

    def drop(self, job: Job) -> None:
        """Forget a job at once."""
        with self._lock:
            self._entries.pop(job.token, None)

    def drop_old(self) -> None:
        """Forget what nobody has looked at for half an hour; running jobs stay."""
        oldest = time.monotonic() - KEEP_S
        with self._lock:
            for token, entry in list(self._entries.items()):
                if entry.seen_at < oldest and not entry.job.snapshot().running:
                    del self._entries[token]


@st.cache_resource(show_spinner=False)
def registry() -> JobRegistry:
    """Return this process's registry, which is swept every minute."""
    jobs = JobRegistry()
    sweep(jobs.drop_old)
    return jobs
