"""The calls: limiter, transport and wire put together, repeated where it can help."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from lsq.api.clock import Clock
from lsq.api.errors import (
    KeysRefused,
    LsqError,
    NoSuchCall,
    RateLimited,
    Redirected,
    SettingsError,
    Unreachable,
    UnsafeConnection,
)
from lsq.api.page import read_page
from lsq.api.retry import RetryBudget, RetryPolicy
from lsq.api.wire import by_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lsq.api.account import Account
    from lsq.api.lead_id import LeadId
    from lsq.api.page import Page
    from lsq.api.rate_limit import RateLimiter
    from lsq.api.transport import Transport
    from lsq.api.wire import Reply, Request

__all__ = ["ENDS_THE_RUN", "REFUSES_EVERYTHING", "CallCounts", "Calls", "Connection"]

Answer = TypeVar("Answer")

REFUSES_EVERYTHING: Final = (KeysRefused, NoSuchCall, Redirected, SettingsError, UnsafeConnection)
"""Errors that every further call would meet too, whatever it asks for."""

ENDS_THE_RUN: Final = (*REFUSES_EVERYTHING, RateLimited, Unreachable)
"""With them the errors that are worth some patience, and end the run when that was in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What every call of a client goes through."""

    account: Account
    transport: Transport
    limiter: RateLimiter
    deadline_s: float = 60.0
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    clock: Clock = field(default_factory=Clock)


@dataclass(frozen=True, slots=True)
class CallCounts:
    """What was sent: attempts in all, those that repeated one, and refusals by the rate limit."""

    calls: int = 0
    retries: int = 0
    limited: int = 0


class Calls:
    """Makes the calls of one fetch, or one other call; the fetch's threads share it."""

    def __init__(
        self, connection: Connection, *, halt: threading.Event, columns: Sequence[str] = ()
    ) -> None:
        """Make no call yet.

        Args:
            connection: What the calls go through.
            halt: Ends the waits of all calls; set here when an answer ends the run.
            columns: The columns to ask for, `ProspectID` first.
        """
        self._connection = connection
        self._columns = columns
        self._halt = halt
        self._budget = RetryBudget(connection.retry)
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self.counts = CallCounts()

    def ask(self, ids: Sequence[LeadId]) -> Page:
        """Ask for at most 1,000 leads; see `make`."""
        account, columns = self._connection.account, self._columns

        def read(reply: Reply) -> Page:
            return read_page(reply, account=account, asked=ids, columns=columns)

        return self.make(by_ids(account, ids, columns), read)

    def make(self, request: Request, read: Callable[[Reply], Answer]) -> Answer:
        """Make a call, as often as the retry policy, the budget and the deadline allow.

        Args:
            request: What to send.
            read: Reads the reply; an error that it raises is one of the call.

        Raises:
            Stopped: If `halt` was set before an attempt's turn came.
            LsqError: How the last attempt failed.
        """
        call = _Call(left_s=self._connection.deadline_s)
        while True:
            try:
                answer = self._attempt(request, read, call)
            except LsqError as error:
                wait_s = self._again_in_s(error, call)
                if wait_s is None:
                    raise
            else:
                self._budget.repay(retried=call.attempts > 1)
                return answer
            call.left_s -= wait_s
            self._connection.clock.pause(self._halt, wait_s)

    def _again_in_s(self, error: LsqError, call: _Call) -> float | None:
        """Return the wait before the next attempt, or None when this error is the end of it."""
        policy = self._connection.retry
        call.was_refused = isinstance(error, RateLimited)
        if policy.allows(error, attempt=call.attempts):
            wait_s = policy.wait_s(error, attempt=call.attempts)
            # A refusal costs nothing: the limiter holds everybody back.
            if wait_s < call.left_s and (call.was_refused or self._budget.take()):
                return wait_s
        if isinstance(error, ENDS_THE_RUN):
            self._halt.set()
        return None

    def _attempt(self, request: Request, read: Callable[[Reply], Answer], call: _Call) -> Answer:
        connection = self._connection
        with connection.limiter.lease(self._halt, again=call.was_refused) as lease:
            call.attempts += 1
            self._count(calls=1, retries=int(call.attempts > 1))
            began_s = connection.clock.now_s()
            try:
                reply = connection.transport.send(
                    request, answered=lease.answered, within_s=call.left_s
                )
                # One after the other: the interpreter reads no two at once anyway, and so the
                # heads of other answers are heard when they come, and their slots are free sooner.
                with self._reading:
                    return read(reply)
            except REFUSES_EVERYTHING:
                # Inside the lease, so that no waiting call gets its turn before it hears the end.
                self._halt.set()
                raise
            except RateLimited as error:
                self._count(limited=1)
                lease.refused(
                    max_calls=error.max_calls,
                    window_s=error.window_s,
                    pause_s=min(error.retry_after_s or 0.0, connection.retry.retry_after_cap_s),
                )
                raise
            finally:
                call.left_s -= connection.clock.now_s() - began_s

    def _count(self, **more: int) -> None:
        with self._lock:
            added = {name: getattr(self.counts, name) + by for name, by in more.items()}
            self.counts = replace(self.counts, **added)


@dataclass(slots=True)
class _Call:
    """One question so far.

    Attributes:
        left_s: What its deadline has left, in seconds; the waits for its turns do not count.
        attempts: How many there were.
        was_refused: Whether the last one was refused by the rate limit.
    """

    left_s: float
    attempts: int = 0
    was_refused: bool = False
