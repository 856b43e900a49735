"""What the filter panel makes of clicks, in whatever order and however cut off the runs are."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.filters import Filters
from lsq.ui.panel import Panel

VALUES = ("a", "b", "c")


def tick(value: str, filters: Filters, _old: bool, new: bool) -> Filters:  # noqa: FBT001 - a widget's value
    return filters.tick("Source", (value,), on=new)


def draw(
    panel: Panel, filters: Filters, state: dict[str, Any], *, ends_after: int = len(VALUES)
) -> None:
    """Draw a run that the next click may end after some of its widgets."""
    for value in VALUES[:ends_after]:
        panel.hold(value, value in filters.chosen("Source"), partial(tick, value), state=state)


@pytest.fixture
def state() -> dict[str, Any]:
    """What the widgets hold."""
    return {}


def test_a_click_is_taken_up_once(state: dict[str, Any]) -> None:
    panel = Panel()
    draw(panel, Filters(), state)
    state["a"] = True
    filters = panel.take_up(Filters(), state)
    assert filters.chosen("Source") == ("a",)
    assert panel.take_up(Filters(), state) == Filters()


def test_a_widget_that_was_not_drawn_says_nothing(state: dict[str, Any]) -> None:
    panel = Panel()
    draw(panel, Filters().choose("Source", ["a"]), state)
    state.clear()
    assert panel.take_up(Filters(), state) == Filters()


def test_what_a_widget_holds_already_is_not_sent_again() -> None:
    class Noted(dict[str, Any]):
        def __setitem__(self, key: str, value: object) -> None:
            written.append(key)
            super().__setitem__(key, value)

    written: list[str] = []
    state, panel = Noted(), Panel()
    draw(panel, Filters(), state)
    draw(panel, Filters().choose("Source", ["b"]), state)
    assert written == ["a", "b", "c", "b"]


@given(st.lists(st.tuples(st.sampled_from(VALUES), st.integers(0, len(VALUES)))))
def test_no_click_is_lost_however_early_the_next_one_ends_its_run(
    clicks: list[tuple[str, int]],
) -> None:
    panel, filters, state = Panel(), Filters(), dict[str, Any]()
    draw(panel, filters, state)
    wanted: set[str] = set()
    for value, ends_after in clicks:
        state[value] = not state[value]
        wanted ^= {value}
        filters = panel.take_up(filters, state)
        draw(panel, filters, state, ends_after=ends_after)
    assert set(filters.chosen("Source")) == wanted


def test_a_run_that_ends_while_it_reads_has_taken_up_nothing(state: dict[str, Any]) -> None:
    class Ended(BaseException):
        pass

    class Interrupted(dict[str, Any]):
        def __getitem__(self, key: str) -> object:
            if key == "b":
                raise Ended
            return super().__getitem__(key)

    panel = Panel()
    draw(panel, Filters(), state)
    state["a"] = True
    with pytest.raises(Ended):
        panel.take_up(Filters(), Interrupted(state))
    assert panel.take_up(Filters(), state).chosen("Source") == ("a",)
