"""The slots that one process holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.rate_limit.board import LEASE_S
from lsq.api.rate_limit.held import HeldSlots


def test_a_slot_is_held_for_a_window_after_the_answer() -> None:
    held = HeldSlots()
    held.begin("a")
    held.answered("a", 100.0)
    assert held.left_s(104.0, 5.0) == {"a": 1.0}
    assert held.left_s(105.0, 5.0) == {}


def test_a_slot_that_is_free_is_let_go_for_good() -> None:
    held = HeldSlots()
    held.begin("a")
    held.answered("a", 100.0)
    held.left_s(105.0, 5.0)
    assert held.left_s(101.0, 5.0) == {}


def test_a_call_under_way_holds_its_slot_for_ever() -> None:
    held = HeldSlots()
    held.begin("a")
    assert held.left_s(1e6, 5.0) == {"a": LEASE_S + 5.0}


def test_nobody_waits_while_fewer_are_held_than_allowed() -> None:
    held = HeldSlots()
    held.begin("a")
    assert held.wait_s(100.0, calls=2, window_s=5.0) == 0.0


def test_the_wait_is_for_as_many_answers_as_are_too_many() -> None:
    held = HeldSlots()
    for slot, answered_s in (("a", 99.0), ("b", 98.0), ("c", 97.0)):
        held.begin(slot)
        held.answered(slot, answered_s)
    waits_s = [held.wait_s(100.0, calls=calls, window_s=5.0) for calls in (3, 2, 1, 0)]
    assert waits_s == [2.0, 3.0, 4.0, 5.0]


@given(answers_s=st.lists(st.floats(90, 100), max_size=9), calls=st.integers(0, 9))
def test_after_the_wait_fewer_are_held_than_allowed(answers_s: list[float], calls: int) -> None:
    held = HeldSlots()
    for number, answered_s in enumerate(answers_s):
        held.begin(str(number))
        held.answered(str(number), answered_s)
    wait_s = held.wait_s(100.0, calls=calls, window_s=5.0)
    if calls:
        assert len(held.left_s(100.0 + wait_s + 1e-9, 5.0)) < calls
    else:
        assert wait_s == pytest.approx(5.0)
