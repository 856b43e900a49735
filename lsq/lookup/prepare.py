"""A large file, written in a thread of its own, with a snapshot for whoever waits for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from io import BytesIO
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING
from weakref import finalize

from lsq.analysis.words import size
from lsq.api.errors import LsqError
from lsq.lookup.files import file_parts
from lsq.lookup.losses import Losses
from lsq.lookup.rows import main_size

if TYPE_CHECKING:
    from lsq.lookup.choice import Choice
    from lsq.lookup.view import View

__all__ = ["MOST_BYTES", "Preparation", "Prepared"]

MOST_BYTES = 256_000_000
"""A larger file is refused: it would stand in the memory that all viewers share."""

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
        waiting: Whether it waits for its turn, behind another viewer's file.
        size_bytes: Of the file; None while there is none.
        losses: What the file does not hold as it came, once it is there.
        error: What ended it without a file, or None.
    """

    rows: int
    total: int
    running: bool
    waiting: bool = False
    size_bytes: int | None = None
    losses: Losses = field(default_factory=Losses)
    error: LsqError | None = None


class _Dropped(Exception):  # noqa: N818 - ends the writing; it is no error
    """Nobody wants the file any more."""


class Preparation:
    """One file in the background; it belongs to who began it, and ends when they let go of it."""

    def __init__(self, view: View, choice: Choice) -> None:
        """Begin to write.

        Args:
            view: What was fetched.
            choice: What the file is to hold.
        """
        self._view, self._choice = view, choice
        self._writing = _Writing(view, choice)
        # The thread knows only the writing; else it would keep this alive, and write for nobody.
        finalize(self, self._writing.drop).atexit = False
        Thread(target=self._writing.work, name="prepare", daemon=True).start()

    def is_of(self, view: View, choice: Choice) -> bool:
        """Tell whether this is the file of a choice, as it would be written now."""
        mine = self._view
        return (
            not self._writing.stop.is_set()
            and mine.lookup is view.lookup
            and (mine.stages, mine.matches) == (view.stages, view.matches)
            and self._choice.is_like(choice)
        )

    def snapshot(self) -> Prepared:
        """Look at it; cheap, from any thread."""
        return self._writing.snapshot()

    def data(self) -> bytes:
        """Return the file.

        Raises:
            LsqError: It was dropped, or is not there yet.
        """
        data = self._writing.data
        if data is None:
            title = "That file is no longer on this server."
            raise LsqError(title, "Open the download again and prepare it once more.")
        return data

    def drop(self) -> None:
        """End the writing, or forget the file; it is of no choice from now on."""
        self._writing.drop()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; say whether it came in time."""
        return self._writing.done.wait(timeout_s)


class _Writing:
    """What the thread does, and what both sides know of it.

    Attributes:
        data: The file, once it is there.
        stop: Set when nobody wants it any more.
        done: Set when the thread has nothing more to do.
    """

    def __init__(self, view: View, choice: Choice) -> None:
        self.data: bytes | None = None
        self.stop, self.done = Event(), Event()
        self._view, self._choice = view, choice
        self._total, _ = main_size(view.lookup, choice)
        self._rows, self._waiting = 0, True
        self._losses = Losses()
        self._error: LsqError | None = None
        self._lock = Lock()

    def snapshot(self) -> Prepared:
        with self._lock:
            running = not self.done.is_set()
            return Prepared(
                rows=self._rows,
                total=self._total,
                running=running,
                waiting=running and self._waiting,
                size_bytes=None if self.data is None else len(self.data),
                losses=self._losses,
                error=self._error,
            )

    def drop(self) -> None:
        self.stop.set()
        with self._lock:
            self.data = None

    def work(self) -> None:
        try:
            while not _ONE_AT_A_TIME.acquire(timeout=_LOOK_S):
                self._go_on()
            try:
                self._waiting = False
                self._write()
            finally:
                _ONE_AT_A_TIME.release()
        except _Dropped:
            pass
        except LsqError as error:
            self._error = error
        except MemoryError:
            title = "The server’s memory does not hold this file."
            self._error = LsqError(title, "Take fewer rows or columns, or lsq fetch in a shell.")
        except Exception:  # noqa: BLE001 - a thread has nobody above it to tell
            _log.exception("A file could not be prepared by a fault of ours")
            title = "The file broke off by a fault of this program."
            self._error = LsqError(title, "Try another format, and please report this.")
        finally:
            self.done.set()

    def _write(self) -> None:
        out, lost = BytesIO(), Losses()
        self._go_on()
        for part in file_parts(self._view, self._choice, on_rows=self._written):
            self._go_on()
            lost += part
            out.write(part.data)
            if out.tell() > MOST_BYTES:
                title = f"This file would be larger than {size(MOST_BYTES)}."
                raise LsqError(title, "Take Parquet, fewer rows or columns, or lsq fetch.")
        with self._lock:
            if not self.stop.is_set():
                self.data, self._losses, self._rows = out.getvalue(), lost, self._total

    def _written(self, rows: int) -> None:
        self._go_on()
        with self._lock:
            self._rows = rows

    def _go_on(self) -> None:
        if self.stop.is_set():
            raise _Dropped
