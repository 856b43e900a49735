"""Housekeeping: what has grown old goes, also on a server that nobody looks at."""

from __future__ import annotations

import gc
from threading import Event, Thread
from types import MethodType
from typing import TYPE_CHECKING
from weakref import WeakMethod, ref

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["collect", "sweep"]


def collect() -> None:
    """Search all memory for garbage, and keep what is left out of searches until the next time.

    Everybody waits meanwhile: a tenth of a second and more for the libraries alone, which never
    go. So it is done at the start and once a minute, and after no click (.streamlit/config.toml).
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def sweep(chore: Callable[[], None], *, every_s: float = 60.0) -> None:
    """Run a chore again and again in the background, for as long as it, or its object, lives."""
    alive = WeakMethod(chore) if isinstance(chore, MethodType) else ref(chore)

    def work() -> None:
        never = Event()
        while not never.wait(every_s):
            if (run := alive()) is None:
                return
            run()
            del run  # else this thread would keep the object alive over its own pause

    Thread(target=work, name="sweep", daemon=True).start()
