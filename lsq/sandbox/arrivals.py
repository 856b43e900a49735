"""The log of calls that the sandbox keeps for tests."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

__all__ = ["Arrival", "ArrivalLog"]

_CALLS_KEPT = 10_000
_IDS_KEPT = 250_000  # about 25 MB: the app's demo account runs for weeks


@dataclass(slots=True, eq=False)
class Arrival:
    """One call, from its arrival on; filled in as it is answered.

    Attributes:
        number: 0 for the sandbox's first call.
        target: Method and path, without the query (where keys may stand).
        arrived_s: When its head had been read, on the monotonic clock, in seconds.
        answered_s: When its answer began to be sent; None before, and when none was.
        status: The answer's HTTP status; None likewise.
        ids: The LeadIds it asked for, as written; empty when its body was refused.
    """

    number: int
    target: str
    arrived_s: float = field(default_factory=monotonic)
    answered_s: float | None = None
    status: int | None = None
    ids: tuple[str, ...] = ()


class ArrivalLog:
    """Remembers the latest calls; safe to use from several threads."""

    def __init__(self) -> None:
        """Start with an empty log."""
        self._arrivals: deque[Arrival] = deque()
        self._count = 0
        self._ids = 0
        self._lock = Lock()

    def arrived(self, target: str) -> Arrival:
        """Log a call that arrives now."""
        with self._lock:
            arrival = Arrival(number=self._count, target=target)
            self._count += 1
            self._arrivals.append(arrival)
            self._forget()
            return arrival

    def asked(self, arrival: Arrival, ids: tuple[str, ...]) -> None:
        """Note what a call asks for, and forget the oldest calls when ids grow too many."""
        with self._lock:
            arrival.ids = ids
            self._ids += len(ids)
            self._forget()

    def snapshot(self) -> tuple[Arrival, ...]:
        """Return the calls that are remembered, oldest first."""
        with self._lock:
            return tuple(self._arrivals)

    def _forget(self) -> None:
        while len(self._arrivals) > 1 and (
            self._ids > _IDS_KEPT or len(self._arrivals) > _CALLS_KEPT
        ):
            self._ids -= len(self._arrivals.popleft().ids)
