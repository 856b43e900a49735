"""What happens while a store fails: one warning, and pauses, so that no fetch waits for a cache."""

from __future__ import annotations

import logging
import math
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Outage"]

_QUIET_S = 600.0  # a store that fails now and then is named this often at most

_log = logging.getLogger(__name__)


class Outage:
    """Remembers that a store failed; safe to use from several threads."""

    def __init__(
        self,
        store: str,
        *failures: type[Exception],
        pause_s: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with a store that works.

        Args:
            store: How the warning names the store; no password in it.
            failures: What counts as the store's failure.
            pause_s: Seconds for which a store that failed is left alone.
            clock: Gives seconds; monotonic.
        """
        self._store = store
        self._failures = failures
        self._pause_s = pause_s
        self._clock = clock
        self._lock = threading.Lock()
        self._until_s: float | None = None
        self._warned_s = -math.inf

    @contextmanager
    def attempt(self) -> Iterator[bool]:
        """Yield whether to use the store now; its failure inside the block becomes a pause."""
        if not self._may_try():
            yield False
            return
        try:
            yield True
        except self._failures as error:
            self._begin(error)
        else:
            with self._lock:
                self._until_s = None

    def for_good(self) -> None:
        """Leave the store alone from now on."""
        with self._lock:
            self._until_s = math.inf

    def _may_try(self) -> bool:
        """Tell whether the store works; after a pause one caller tries it for all."""
        with self._lock:
            now_s = self._clock()
            if self._until_s is not None and now_s < self._until_s:
                return False
            if self._until_s is not None:
                self._until_s = now_s + self._pause_s
            return True

    def _begin(self, error: Exception) -> None:
        with self._lock:
            now_s = self._clock()
            self._until_s = now_s + self._pause_s
            quiet = now_s - self._warned_s < _QUIET_S
            self._warned_s = self._warned_s if quiet else now_s
        if not quiet:
            # The class and nothing else: a message could quote what is kept.
            said = "%s fails (%s). Leads are fetched all the same, and not kept meanwhile."
            _log.warning(said, self._store, type(error).__name__)
