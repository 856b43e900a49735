"""Housekeeping runs by itself, and ends with what it keeps clean."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from lsq.ui.sweep import collect, sweep

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_S = 20


class Room:
    """Counts how often it was swept."""

    def __init__(self, enough: int) -> None:
        """Say when it was swept `enough` times."""
        self.swept, self.enough, self.clean = 0, enough, threading.Event()

    def clean_up(self) -> None:
        """Count."""
        self.swept += 1
        if self.swept >= self.enough:
            self.clean.set()


def sweepers() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "sweep"}


@pytest.fixture
def no_search() -> Iterator[None]:
    """Let nothing but the test's own subject search for garbage."""
    gc.disable()
    yield
    gc.enable()


def test_a_chore_is_done_again_and_again() -> None:
    room = Room(enough=3)
    sweep(room.clean_up, every_s=0.01)
    assert room.clean.wait(WAIT_S)


def test_nothing_is_done_before_its_time() -> None:
    room = Room(enough=1)
    sweep(room.clean_up, every_s=WAIT_S)
    assert not room.clean.wait(0.05)


@pytest.mark.usefixtures("no_search")
def test_what_holds_itself_is_collected() -> None:
    itself: list[object] = [Room(enough=1)]
    itself.append(itself)
    gone = weakref.ref(itself[0])
    del itself
    gc.freeze()  # as the collection before would have
    assert gone() is not None
    collect()
    assert gone() is None


@pytest.mark.usefixtures("no_search")
def test_a_chore_alone_is_done_and_no_memory_searched() -> None:
    room, itself = Room(enough=3), [Room(enough=1)]
    itself.append(itself)
    there = weakref.ref(itself[0])
    del itself
    sweep(room.clean_up, every_s=0.01)
    assert room.clean.wait(WAIT_S)
    assert there() is not None
    gc.collect()


def test_a_function_is_swept_with_for_as_long_as_there_is_one() -> None:
    before, room = sweepers(), Room(enough=2)

    def clean_up() -> None:
        room.clean_up()

    sweep(clean_up, every_s=0.01)
    (sweeper,) = sweepers() - before
    assert room.clean.wait(WAIT_S)
    del clean_up
    sweeper.join(WAIT_S)
    assert not sweeper.is_alive()


def test_sweeping_ends_with_the_object() -> None:
    before = sweepers()
    room = Room(enough=1)
    sweep(room.clean_up, every_s=0.01)
    (sweeper,) = sweepers() - before
    assert room.clean.wait(WAIT_S)
    del room
    gc.collect()
    sweeper.join(WAIT_S)
    assert not sweeper.is_alive()
