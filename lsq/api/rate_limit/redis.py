"""The slots of one account, counted in a Redis that several processes share (`LSQ_SHARED`).

The promise is that of window.py, for all processes together: a slot is free one window
after the answer to its call came back. board.py is what stands in Redis;
trust.py says what holds when Redis is gone or forgot. What cannot be helped: a process
that is cut off from Redis while others still reach it keeps to its part, and they do not know.
"""

from __future__ import annotations

import logging
import threading
import uuid
from typing import TYPE_CHECKING

from redis import RedisError

from lsq.api.clock import Clock
from lsq.api.rate_limit import LimiterState
from lsq.api.rate_limit.board import Board, Refusal
from lsq.api.rate_limit.held import HeldSlots
from lsq.api.rate_limit.learned import LearnedLimit
from lsq.api.rate_limit.trust import PROBE_S, Trust

if TYPE_CHECKING:
    from redis import Redis

    from lsq.api.rate_limit import Lease, RateLimit
    from lsq.api.rate_limit.board import Visit

__all__ = ["RedisSlots"]

_LEAST_WAIT_S = 0.001
_GATHER_S = 0.03  # answers that come together are written down together

_log = logging.getLogger(__name__)


class RedisSlots:
    """Slots counted by Redis, or by this process alone while Redis is gone; see `Slots`."""

    def __init__(
        self, limit: RateLimit, *, fingerprint: str, client: Redis, clock: Clock | None = None
    ) -> None:
        """Ask nobody yet.

        Args:
            limit: The limit that is set; what refusals teach only lowers it.
            fingerprint: Stands for the account whose slots they are.
            client: A client with short timeouts that returns bytes.
            clock: The process's own; Redis's is the one that counts.
        """
        self._board = Board(client, fingerprint)
        self._learned = LearnedLimit(limit)
        self._trust = Trust()
        self._clock = clock or Clock()
        self._visiting = threading.Lock()
        self._lock = threading.Lock()  # for what follows, and never held while Redis is asked
        self._held = HeldSlots()
        self._paused_until_s = self._ask_s = float("-inf")
        self._free_calls = limit.max_calls
        self._answer_came = threading.Event()
        self._keeper: threading.Thread | None = None

    def take(self) -> Lease | float:
        """Return a slot, or the seconds after which to ask again."""
        if self._trust.is_failing:
            self._visit()
        slot = uuid.uuid4().hex
        with self._lock:
            now_s = self._clock.now_s()
            wait_s = self._wait_s(now_s)
            if wait_s > 0:
                return wait_s
            if self._trust.is_gone:
                return self._hold(slot, now_s)
        visit = self._visit(wanted=slot)
        with self._lock:
            if visit is not None and visit.granted:
                return self._hold(slot, now_s)
            return max(_LEAST_WAIT_S, self._wait_s(self._clock.now_s()))

    def keep_to(self, limit: RateLimit) -> None:
        """Change the limit that is set; what refusals taught stays."""
        with self._lock:
            self._learned.keep_to(limit)

    def state(self) -> LimiterState:
        """Return what progress shows, as far as the last visit to Redis told it."""
        with self._lock:
            now_s, limit, held = self._look()
            waiting_s = self._wait_s(now_s)
            own = self._trust.calls(limit, now_s) - len(held)
            return LimiterState(
                free_calls=0 if waiting_s else max(1, min(own, self._free_calls)),
                waiting_s=waiting_s,
                max_calls=self._trust.part(limit, now_s),
                window_s=limit.window_s,
                alone=self._trust.is_careful(now_s),
            )

    def _look(self) -> tuple[float, RateLimit, dict[str, float]]:
        """Return this moment, the limit in force, and the seconds until each slot is free."""
        now_s = self._clock.now_s()
        limit = self._learned.at(now_s)
        return now_s, limit, self._held.left_s(now_s, limit.window_s)

    def _wait_s(self, now_s: float) -> float:
        """Return the seconds for which no call can start, as far as this process knows."""
        limit = self._learned.at(now_s)
        calls = self._trust.calls(limit, now_s)
        own_s = self._held.wait_s(now_s, calls=calls, window_s=limit.window_s)
        return max(0.0, own_s, self._paused_until_s - now_s, self._ask_s - now_s)

    def _hold(self, slot: str, begun_s: float) -> _Slot:
        if self._keeper is None:
            keeper = threading.Thread(target=self._keep, name="lsq-slots", daemon=True)
            keeper.start()  # it waits for the lock, which is held here
            self._keeper = keeper
        self._held.begin(slot)
        return _Slot(self, slot, begun_s=begun_s)

    def _keep(self) -> None:
        """Come to the board again and again while this process holds slots."""
        try:
            while True:
                if self._answer_came.wait(self._often_s()):
                    threading.Event().wait(_GATHER_S)
                    self._answer_came.clear()
                with self._lock:
                    if not self._look()[2]:
                        self._keeper = None
                        return
                self._visit()
        finally:  # whatever ended it, the next slot has a keeper again
            with self._lock:
                if self._keeper is threading.current_thread():
                    self._keeper = None

    def _often_s(self) -> float:
        """Return how often to come: an answer is known to all long before its slot is free."""
        return min(PROBE_S, self._learned.at(self._clock.now_s()).window_s / 5)

    def _visit(self, *, wanted: str = "") -> Visit | None:
        """Come to the board, unless Redis is to be left alone now; return what it told."""
        with self._visiting:
            with self._lock:
                now_s, limit, held = self._look()
                # While this visit waited for its turn, another one may have told to start nothing.
                if not self._trust.may_try(now_s) or (wanted and self._wait_s(now_s) > 0):
                    return None
                known = self._trust.known(now_s)
            try:
                visit = self._board.visit(limit, held, wanted=wanted, known=known)
            except RedisError as error:
                self._failed(error)
                return None
            self._came(visit)
            return visit

    def _came(self, visit: Visit) -> None:
        with self._lock:
            now_s, limit, held = self._look()
            back = self._trust.came(visit, now_s, held=len(held), window_s=limit.window_s)
            for refusal in visit.refusals:
                self._learn(refusal, now_s)
            self._free_calls = visit.free_calls
            self._ask_s = now_s + min(visit.wait_s, self._often_s())
        if back:
            _log.info("The Redis of the rate limit (LSQ_SHARED) answers again.")

    def _failed(self, error: RedisError) -> None:
        with self._lock:
            now_s, limit, held = self._look()
            gone = self._trust.failed(now_s, held=len(held), window_s=limit.window_s)
            self._ask_s = now_s if self._trust.is_gone else now_s + PROBE_S
            if gone:
                self._free_calls = part = self._trust.part(limit, now_s)
        if gone:
            # The class and nothing else: no text that could quote the address with its password.
            said = "The Redis of the rate limit (LSQ_SHARED) fails (%s). "
            said += "Until it answers, this process keeps to %d of %s calls, its part of the limit."
            _log.warning(said, type(error).__name__, part, limit)

    def _answered(self, slot: str) -> None:
        with self._lock:
            self._held.answered(slot, self._clock.now_s())
        self._answer_came.set()

    def _refused(self, refusal: Refusal) -> None:
        with self._lock:
            self._learn(refusal, self._clock.now_s())
        with self._visiting:
            try:
                if not self._trust.is_failing:
                    self._board.tell(refusal)
            except RedisError as error:
                self._failed(error)

    def _learn(self, refusal: Refusal, now_s: float) -> None:
        heard_s = now_s - refusal.ago_s
        rest_s = self._learned.refused(
            begun_s=heard_s - refusal.took_s,
            heard_s=heard_s,
            pause_s=refusal.pause_s,
            max_calls=refusal.max_calls,
            window_s=refusal.window_s,
        )
        self._paused_until_s = max(self._paused_until_s, heard_s + rest_s)


class _Slot:
    """One call's slot; see `Lease`."""

    def __init__(self, slots: RedisSlots, name: str, *, begun_s: float) -> None:
        self._slots = slots
        self._name = name
        self._begun_s = begun_s
        self._running = True

    def answered(self) -> None:
        if self._running:
            self._running = False
            self._slots._answered(self._name)  # noqa: SLF001 - two halves of one thing

    def refused(
        self, *, max_calls: int | None, window_s: float | None, pause_s: float = 0.0
    ) -> None:
        took_s = self._slots._clock.now_s() - self._begun_s  # noqa: SLF001 - likewise
        refusal = Refusal(took_s=took_s, max_calls=max_calls, window_s=window_s, pause_s=pause_s)
        self._slots._refused(refusal)  # noqa: SLF001 - likewise
