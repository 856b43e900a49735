"""The large files of this server's viewers: each kept for its session, and not for long."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import streamlit as st

from lsq.lookup.prepare import MOST_BYTES, Preparation
from lsq.ui.jobs import KEEP_S
from lsq.ui.state import session
from lsq.ui.sweep import sweep

if TYPE_CHECKING:
    from lsq.lookup.choice import Choice
    from lsq.lookup.view import View

__all__ = ["KEEP_BYTES", "Shelf", "prepare", "prepared"]

KEEP_BYTES = MOST_BYTES
"""Beyond this the files that nobody has looked at for longest go first, whoever they are of.
No file is larger, so that the one looked at last always stays."""


@dataclass(slots=True, weakref_slot=True)
class Shelf:
    """When each file was looked at last; a file whose session has ended is not here any more."""

    _seen: WeakKeyDictionary[Preparation, float] = field(default_factory=WeakKeyDictionary)
    _lock: Lock = field(default_factory=Lock)

    def seen(self, preparation: Preparation) -> None:
        """Note that somebody looks at a file."""
        with self._lock:
            self._seen[preparation] = time.monotonic()

    def drop_old(self) -> None:
        """Drop what nobody has looked at for half an hour, and what is too much together."""
        with self._lock:
            latest_first = sorted(self._seen.items(), key=lambda entry: entry[1], reverse=True)
        oldest, room = time.monotonic() - KEEP_S, KEEP_BYTES
        for preparation, at in latest_first:
            look = preparation.snapshot()
            room -= look.size_bytes or 0
            if not look.running and (at < oldest or room < 0):
                preparation.drop()


def prepare(view: View, choice: Choice) -> None:
    """Begin to write a file for this session, if it is not under way; another one is dropped."""
    mine = session()
    if (same := prepared(view, choice)) is not None and same.snapshot().running:
        return
    mine.drop_prepared()
    mine.prepared = Preparation(view, choice)
    _shelf().seen(mine.prepared)
    _shelf().drop_old()


def prepared(view: View, choice: Choice) -> Preparation | None:
    """Return this session's file if it is of this very choice, ready or not; else None."""
    mine = session().prepared
    if mine is None or not mine.is_of(view, choice):
        return None
    _shelf().seen(mine)
    return mine


@st.cache_resource(show_spinner=False)
def _shelf() -> Shelf:
    shelf = Shelf()
    sweep(shelf.drop_old)
    return shelf
