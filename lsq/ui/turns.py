"""Pages that only compute are drawn one after the other, as far as nobody waits for long.

Python works on one thread at a time. Two pages drawn side by side are both there after the time of
both; drawn in turn, the first one is there after its own. Among 25 viewers that halves the time of
the slowest clicks.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["turn"]

PATIENCE_S = 0.25
"""After this a page no longer waits for its turn: the one before may be a long one."""

_TURN = Lock()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the pages before this one, for a quarter of a second at most."""
    mine = _TURN.acquire(timeout=PATIENCE_S)
    try:
        yield
    finally:
        if mine:
            _TURN.release()
