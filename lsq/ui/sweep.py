"""Housekeeping: what has grown old goes, also on a server that nobody looks at."""

from __future__ import annotations

import gc
from threading import Event, Thread
from typing import TYPE_CHECKING
from weakref import WeakMethod

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["sweep"]


def sweep(chore: Callable[[], None], *, every_s: float = 60.0) -> None:
    """Run a method again and again in the background, for as long as its object lives."""
    method = WeakMethod(chore)

    def work() -> None:
        never = Event()
        while not never.wait(every_s):
            if (run := method()) is None:
                return
            run()
            del run  # else this thread would keep the object alive over its own pause
            gc.collect()  # no click searches for cycles, see .streamlit/config.toml

    Thread(target=work, name="sweep", daemon=True).start()
