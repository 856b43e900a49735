"""The calls of one fetch: limiter, transport and wire put together, repeated where it can help."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Final

from lsq.api.clock import Clock
from lsq.api.errors import (
    KeysRefused,
    NoSuchCall,
    RateLimited,
    Redirected,
    SettingsError,
    UnsafeConnection,
)
from lsq.api.retry import RetryPolicy
from lsq.api.wire import by_ids, read_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.api.account import Account
    from lsq.api.lead_id import LeadId
    from lsq.api.rate_limit import RateLimiter
    from lsq.api.transport import Transport
    from lsq.api.wire import Page

__all__ = ["RUN_ENDING", "CallCounts", "Calls", "Connection"]

RUN_ENDING: Final = (KeysRefused, NoSuchCall, Redirected, SettingsError, UnsafeConnection)
"""Errors that every further call would meet too, so that the first of them ends the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What every call of a client goes through."""

    account: Account
    transport: Transport
    limiter: RateLimiter
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    clock: Clock = field(default_factory=Clock)


@dataclass(frozen=True, slots=True)
class CallCounts:
    """What was sent: attempts in all, those that repeated one, and refusals by the rate limit."""

    calls: int = 0
    retries: int = 0
    limited: int = 0


class Calls:
    """Makes the calls of one fetch; its threads share it."""

    def __init__(
        self, connection: Connection, *, columns: Sequence[str], halt: threading.Event
    ) -> None:
        """Make no call yet.

        Args:
            connection: What the calls go through.
            columns: The columns to ask for, `ProspectID` first.
            halt: Ends the waits of all calls; set here when an answer ends the run.
        """
        self._connection = connection
        self._columns = columns
        self._halt = halt
        self._lock = threading.Lock()
        self.counts = CallCounts()

    def ask(self, ids: Sequence[LeadId]) -> Page:
        """Ask for at most 1,000 leads, as often as the retry policy allows.

        Raises:
            Stopped: If `halt` was set before an attempt's turn came.
            LsqError: How the last attempt failed.
        """
        connection = self._connection
        attempts = connection.retry.attempts_of(
            window_s=lambda: connection.limiter.state().window_s,
            pause=lambda wait_s: connection.clock.pause(self._halt, wait_s),
        )
        numbers = count()
        return attempts(lambda: self._attempt(ids, retry=next(numbers) > 0))

    def _attempt(self, ids: Sequence[LeadId], *, retry: bool) -> Page:
        connection = self._connection
        request = by_ids(connection.account, ids, self._columns)
        with connection.limiter.lease(self._halt) as lease:
            self._count(calls=1, retries=int(retry))
            try:
                reply = connection.transport.send(request, answered=lease.answered)
                return read_page(
                    reply, account=connection.account, asked=ids, columns=self._columns
                )
            except RUN_ENDING:
                # Inside the lease, so that no waiting call gets its turn before it hears the end.
                self._halt.set()
                raise
            except RateLimited as error:
                self._count(limited=1)
                connection.limiter.refused(max_calls=error.max_calls, window_s=error.window_s)
                raise

    def _count(self, **more: int) -> None:
        with self._lock:
            added = {name: getattr(self.counts, name) + by for name, by in more.items()}
            self.counts = replace(self.counts, **added)
