"""One fetch: worker threads make the calls, the caller's thread keeps the books and reports.

The workers are not waited for after a stop: the caller has its result at once, and a call in flight
still brings its page into the cache.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from lsq.api.calls import ENDS_THE_RUN, REFUSES_EVERYTHING, Calls, Connection
from lsq.api.errors import LsqError
from lsq.api.models import Fetched, FetchStats, Progress
from lsq.api.page import Page
from lsq.api.rate_limit import Stopped
from lsq.api.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lsq.api.batches import Books
    from lsq.api.cache import LeadCache
    from lsq.api.dissection import Batch
    from lsq.api.rate_limit import LimiterState

__all__ = ["MAX_THREADS", "Run"]

MAX_THREADS = 64
"""Calls at the same time, however high the account's rate limit is."""

_LOOK_S = 0.05  # how soon the caller's thread hears a stop
_GRACE_S = 1.0  # what is under way when an error ends the run has so long to be in its result
_REPORT_S = 0.2  # how often it reports while nothing comes

_log = logging.getLogger(__name__)


class Run:
    """Runs the calls of one fetch to the end, to a stop, or to an error that ends them all."""

    def __init__(  # noqa: PLR0913 - what a run needs, named one by one
        self,
        books: Books,
        *,
        connection: Connection,
        cache: LeadCache,
        columns: Sequence[str],
        on_progress: Callable[[Progress], None] | None,
        stop: threading.Event | None,
        started_s: float,
    ) -> None:
        """Start nothing yet; see `LeadSquared.leads_by_id` for the arguments."""
        self._books = books
        self._connection = connection
        self._cache = cache
        self._columns = columns
        self._on_progress = on_progress
        self._stop = stop or threading.Event()
        # Of the run's own: the caller may clear its stop and use it again.
        self._halt = threading.Event()
        self._calls = Calls(connection, columns=columns, halt=self._halt)
        self.workers: Workers[Batch, Page | LsqError] = Workers(self._work, most=MAX_THREADS)
        self._stopped_by: LsqError | None = None
        self._alone_calls = 0  # calls per window while the limit could not be shared
        self._started_s = self._reported_s = started_s

    def fetch(self) -> Fetched:
        """Make all calls and close the books."""
        self._report()
        try:
            if not self._stop.is_set():
                self._put(self._books.first)
            while not (self._books.is_settled or self._is_over or self._stop.is_set()):
                self._step()
            self._halt.set()
            self._enter_what_came(wait_s=_GRACE_S if self._is_over else 0.0)
        finally:
            self._halt.set()
            self.workers.end()
        return self._books.result(
            columns=self._columns, stats=self._stats(), stopped_by=self._stopped_by
        )

    def _enter_what_came(self, *, wait_s: float) -> None:
        """Enter the answers that are here, and those of calls under way that come soon."""
        ends_s = time.monotonic() + wait_s
        self.workers.end()
        while True:
            waits = time.monotonic() < ends_s and not self._stop.is_set()
            answer = self.workers.answer(_LOOK_S if waits else 0.0)
            if answer:
                self._enter(*answer)
                self._report()
            elif not waits or self.workers.are_done():
                break

    def _put(self, batches: Sequence[Batch]) -> None:
        for batch in batches:
            self.workers.put(batch)

    def _step(self) -> None:
        """Take one answer, or look again in a moment; then ask again and report."""
        answer = self.workers.answer(_LOOK_S)
        self._limiter()
        if answer:
            self._enter(*answer)
        elif time.monotonic() - self._reported_s < _REPORT_S:
            return
        self._put(self._books.next_calls())
        self._report()

    def _enter(self, batch: Batch, outcome: Page | LsqError) -> None:
        if isinstance(outcome, Page):
            self._books.enter(batch, outcome)
            return
        if isinstance(outcome, ENDS_THE_RUN):
            self._stopped_by = self._stopped_by or outcome
        # Refused like everything else, its ids stay open: with good keys they can be asked for.
        if not isinstance(outcome, REFUSES_EVERYTHING):
            self._books.enter_failure(batch, outcome)

    @property
    def _is_over(self) -> bool:
        return self._stopped_by is not None or self._books.stopped_by is not None

    def _work(self, batch: Batch) -> Page | LsqError | None:
        """Make one call; None when the run is over."""
        if self._halt.is_set():
            return None
        try:
            return self._ask(batch)
        except Stopped:
            return None
        except LsqError as error:
            # It outlives the run, and its frames know the keys and the whole answer.
            return error.with_traceback(None)
        except Exception as error:  # noqa: BLE001 - every id gets its outcome, whatever breaks
            _log.exception("A call broke in an unexpected way")
            title = f"The call broke in an unexpected way ({type(error).__name__})."
            return LsqError(title, "Please report it.")

    def _ask(self, batch: Batch) -> Page:
        page = self._calls.ask(batch)
        try:
            self._cache.put(self._connection.account, page.leads)
        except Exception:  # noqa: BLE001 - leads that are here are not lost because they could not be kept
            _log.exception("A page could not be put into the cache")
        return page

    def _report(self) -> None:
        if self._on_progress is None:
            return
        self._reported_s = time.monotonic()
        try:
            self._on_progress(self._progress())
        except Exception:  # noqa: BLE001 - the leads matter more than showing how they come
            _log.exception("on_progress failed and is not called again")
            self._on_progress = None

    def _progress(self) -> Progress:
        books, counts = self._books, self._calls.counts
        limiter = self._limiter()
        return Progress(
            done=books.done,
            total=books.total,
            leads=books.leads,
            from_cache=books.from_cache,
            calls_answered=books.answered,
            calls_planned=books.planned,
            retried=counts.retries,
            limited=counts.limited,
            waiting_s=limiter.waiting_s,
            free_calls=limiter.free_calls,
            max_calls=limiter.max_calls,
            window_s=limiter.window_s,
            alone=limiter.alone,
            elapsed_s=time.monotonic() - self._started_s,
        )

    def _limiter(self) -> LimiterState:
        """Look at the limiter, and remember that it was alone."""
        state = self._connection.limiter.state()
        if state.alone:
            self._alone_calls = state.max_calls
        return state

    def _stats(self) -> FetchStats:
        books, counts = self._books, self._calls.counts
        limiter = self._limiter()
        return FetchStats(
            calls=counts.calls,
            retries=counts.retries,
            limited=counts.limited,
            from_cache=books.from_cache,
            elapsed_s=time.monotonic() - self._started_s,
            odd=books.odd,
            max_calls=limiter.max_calls,
            window_s=limiter.window_s,
            alone_calls=self._alone_calls,
        )
