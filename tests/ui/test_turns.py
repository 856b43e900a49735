"""Pages are drawn in turn, and none waits long for another."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from lsq.ui import turns
from lsq.ui.turns import turn

if TYPE_CHECKING:
    from tests.ui.kinds import FetchOf, Visit

WAIT_S = 20


class Page(threading.Thread):
    """A page that is drawn until it may end."""

    def __init__(self) -> None:
        """Draw nothing yet."""
        super().__init__(daemon=True)
        self.begun, self.end = threading.Event(), threading.Event()

    def run(self) -> None:
        """Be drawn."""
        with turn():
            self.begun.set()
            self.end.wait(WAIT_S)


def test_a_page_waits_until_the_one_before_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_S", WAIT_S)
    first, second = Page(), Page()
    first.start()
    assert first.begun.wait(WAIT_S)
    second.start()
    assert not second.begun.wait(0.05)
    first.end.set()
    assert second.begun.wait(WAIT_S)
    second.end.set()
    second.join(WAIT_S)


def test_none_waits_long_and_a_turn_that_was_not_had_is_not_given_away() -> None:
    long, impatient = Page(), Page()
    long.start()
    assert long.begun.wait(WAIT_S)
    impatient.start()
    assert impatient.begun.wait(WAIT_S)
    impatient.end.set()
    impatient.join(WAIT_S)
    assert turns._TURN.locked()  # noqa: SLF001 - the long one still has it
    long.end.set()
    long.join(WAIT_S)
    assert not turns._TURN.locked()  # noqa: SLF001


def test_a_page_that_breaks_off_gives_its_turn_back() -> None:
    with suppress(RuntimeError), turn():
        raise RuntimeError
    assert not turns._TURN.locked()  # noqa: SLF001


@pytest.mark.parametrize("page", ["lookup", "leads", "stages", "changes", "guide"])
def test_only_pages_that_wait_for_nothing_are_drawn_in_turn(
    page: str, visit: Visit, fetch_of: FetchOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []
    monkeypatch.setattr("lsq.ui.screen.turn", lambda: taken.append(page) or turn())
    visit(page, mine=fetch_of(columns={"FirstName": ["A"]}))
    assert bool(taken) is (page in {"leads", "stages", "changes"})


def test_what_stands_around_a_page_is_drawn_while_others_have_their_turn(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[str, bool] = {}

    def note(what: str) -> None:
        held[what] = turns._TURN.locked()  # noqa: SLF001

    monkeypatch.setattr("lsq.ui.screen.frame", lambda **_: note("frame"))
    monkeypatch.setattr("lsq.ui.screen.lead_cache", lambda: note("cache"))
    monkeypatch.setattr("pages.leads.result", lambda _: note("page"))
    visit("leads")
    assert held == {"frame": False, "cache": False, "page": True}
