"""Threads that come as work comes, and go when it ends.

They are daemon threads and nobody has to wait for them: who stops a fetch has its result at once.
"""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Workers"]

Task = TypeVar("Task")
Result = TypeVar("Result")


class Workers(Generic[Task, Result]):
    """Threads of one run; `put`, `answer` and `end` are for the thread that made them."""

    def __init__(self, work: Callable[[Task], Result | None], *, most: int) -> None:
        """Start no thread yet.

        Args:
            work: Does one task in a thread of its own; None means that there is no result and the
                thread is done. It must not raise.
            most: Threads at the same time.
        """
        self._work = work
        self._most = most
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[tuple[Task, Result]] = queue.SimpleQueue()
        self._open = 0
        self._threads: list[threading.Thread] = []

    def put(self, task: Task) -> None:
        """Hand out a task, to a new thread when there are more tasks than threads.

        Raises:
            RuntimeError: Not even one thread could be started.
        """
        self._tasks.put(task)
        self._open += 1
        if len(self._threads) < min(self._most, self._open):
            name = f"lsq-call-{len(self._threads)}"
            thread = threading.Thread(target=self._run, name=name, daemon=True)
            try:
                thread.start()
            except RuntimeError:
                if not self._threads:
                    raise
            else:
                self._threads.append(thread)

    def answer(self, timeout_s: float) -> tuple[Task, Result] | None:
        """Return a task with its result, or None when none came in time."""
        try:
            done = self._results.get(timeout=timeout_s) if timeout_s else self._results.get_nowait()
        except queue.Empty:
            return None
        self._open -= 1
        return done

    def end(self) -> None:
        """Let every thread end after the task that it is at."""
        for _ in self._threads:
            self._tasks.put(None)

    def are_done(self) -> bool:
        """Tell whether all threads have ended and all results were taken."""
        return self._results.empty() and not any(thread.is_alive() for thread in self._threads)

    def join(self, timeout_s: float) -> bool:
        """Wait for the threads to end; say whether they did in time."""
        ends_s = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, ends_s - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            result = self._work(task)
            if result is None:
                return
            self._results.put((task, result))
