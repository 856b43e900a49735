"""The jobs of this server: found again by their token, and only by who started them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from lsq.lookup.job import Job

__all__ = ["JobRegistry", "registry"]

KEEP_S = 30 * 60
"""How long a finished job is kept after the last look, in seconds."""


@dataclass(slots=True)
class _Entry:
    job: Job
    owner: str | None
    seen_at: float


@dataclass(slots=True)
class JobRegistry:
    """Jobs by token; safe to use from several sessions at once."""

    _entries: dict[str, _Entry] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def add(self, job: Job, *, owner: str | None) -> None:
        """Keep `job` for `owner` (`ui.access.owner`); without an owner nobody finds it by token."""
        with self._lock:
            self._drop_old()
            self._entries[job.token] = _Entry(job, owner, time.monotonic())

    def find(self, token: str, *, owner: str | None) -> Job | None:
        """Return the job of this token if this very owner started it."""
        with self._lock:
            self._drop_old()
            entry = self._entries.get(token)
            if entry is None or owner is None or entry.owner != owner:
                return None
            entry.seen_at = time.monotonic()
            return entry.job

    def drop(self, job: Job) -> None:
        """Forget a job at once."""
        with self._lock:
            self._entries.pop(job.token, None)

    def _drop_old(self) -> None:
        oldest = time.monotonic() - KEEP_S
        for token, entry in list(self._entries.items()):
            if entry.seen_at < oldest and not entry.job.snapshot().running:
                del self._entries[token]


@st.cache_resource(show_spinner=False)
def registry() -> JobRegistry:
    """Return this process's registry."""
    return JobRegistry()
