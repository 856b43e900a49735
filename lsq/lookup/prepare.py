"""A large file, written in a thread of its own, with a snapshot for whoever waits for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from lsq.api.errors import LsqError
from lsq.lookup.files import file_parts
from lsq.lookup.losses import Losses, losses
from lsq.lookup.rows import main_size

if TYPE_CHECKING:
    from lsq.lookup.choice import Choice
    from lsq.lookup.view import View

__all__ = ["Preparation", "Prepared"]

_log = logging.getLogger(__name__)

_ONE_AT_A_TIME = Lock()
"""Two files side by side would take the memory of both, and be ready no sooner."""

_LOOK_S = 0.2
"""How often one that waits for its turn looks whether it is still wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A look at a preparation.

    Attributes:
        rows: How many rows are written.
        total: How many there will be.
        running: Whether it is still at work, or waits for its turn.
        size_bytes: Of the file; None while there is none.
        losses: What the file does not hold as it came, once it is there.
        error: What ended it without a file, or None.
    """

    rows: int
    total: int
    running: bool
    size_bytes: int | None = None
    losses: Losses = field(default_factory=Losses)
    error: LsqError | None = None


class _Dropped(Exception):  # noqa: N818 - ends the writing; it is no error
    """Nobody wants the file any more."""


class Preparation:
    """One file in the background; it belongs to who began it."""

    def __init__(self, view: View, choice: Choice) -> None:
        """Begin to write.

        Args:
            view: What was fetched.
            choice: What the file is to hold.
        """
        self._view, self._choice = view, choice
        self._total, _ = main_size(view.lookup, choice)
        self._rows = 0
        self._data: bytes | None = None
        self._losses = Losses()
        self._error: LsqError | None = None
        self._stop, self._done, self._lock = Event(), Event(), Lock()
        Thread(target=self._work, name="prepare", daemon=True).start()

    def is_of(self, view: View, choice: Choice) -> bool:
        """Tell whether this is the file of a choice, as it would be written now."""
        mine = self._view
        return (
            not self._stop.is_set()
            and mine.lookup is view.lookup
            and (mine.stages, mine.matches) == (view.stages, view.matches)
            and self._choice.is_like(choice)
        )

    def snapshot(self) -> Prepared:
        """Look at it; cheap, from any thread."""
        with self._lock:
            return Prepared(
                rows=self._rows,
                total=self._total,
                running=not self._done.is_set(),
                size_bytes=None if self._data is None else len(self._data),
                losses=self._losses,
                error=self._error,
            )

    def data(self) -> bytes:
        """Return the file.

        Raises:
            LsqError: It was dropped, or is not there yet.
        """
        with self._lock:
            if self._data is not None:
                return self._data
        title = "That file is no longer on this server."
        raise LsqError(title, "Open the download again and prepare it once more.")

    def drop(self) -> None:
        """End the writing, or forget the file; it is of no choice from now on."""
        self._stop.set()
        with self._lock:
            self._data = None

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; say whether it came in time."""
        return self._done.wait(timeout_s)

    def _work(self) -> None:
        try:
            while not _ONE_AT_A_TIME.acquire(timeout=_LOOK_S):
                self._go_on()
            try:
                self._write()
            finally:
                _ONE_AT_A_TIME.release()
        except _Dropped:
            pass
        except LsqError as error:
            self._error = error
        except MemoryError:
            title = "The server’s memory does not hold this file."
            self._error = LsqError(title, "Take CSV, or fewer rows or columns.")
        except Exception:  # noqa: BLE001 - a thread has nobody above it to tell
            _log.exception("A file could not be prepared by a fault of ours")
            title = "The file broke off by a fault of this program."
            self._error = LsqError(title, "Try another format, and please report this.")
        finally:
            self._done.set()

    def _write(self) -> None:
        parts = []
        self._go_on()
        for part in file_parts(self._view, self._choice, on_rows=self._written):
            self._go_on()
            parts.append(part)
        data = b"".join(parts)
        parts.clear()
        lost = losses(self._view, self._choice)
        with self._lock:
            if not self._stop.is_set():
                self._data, self._losses, self._rows = data, lost, self._total

    def _written(self, rows: int) -> None:
        self._go_on()
        with self._lock:
            self._rows = rows

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise _Dropped
