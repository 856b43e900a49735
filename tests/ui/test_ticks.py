"""Ticks: they stay with their leads, whatever is searched for, and say how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.ui import table, ticked
from lsq.ui.ticks import Ticks

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Said, Visit

    Pipeline = dict[str, list[str | None]]


@pytest.fixture
def fetched(fetch_of: FetchOf, pipeline: Pipeline) -> Session:
    """Ten leads, in rows 2 to 11."""
    return fetch_of(columns=pipeline)


def tick(at: AppTest, mine: Session, *leads: LeadId) -> AppTest:
    """Tick leads as the table's callback does, and draw the page again."""
    mine.ticks.take(leads, range(len(leads)))
    return at.run()


def test_ticks_are_told_by_lead_in_the_order_in_which_they_came(ids: list[LeadId]) -> None:
    ticks = Ticks()
    ticks.take(ids[:10], [7])
    ticks.take(ids[:10], [2, 7])
    assert ticks.ids == (ids[7], ids[2])
    ticks.take(ids[:10], [2])
    assert ticks.ids == (ids[2],)


def test_what_a_table_does_not_show_stays_ticked(ids: list[LeadId]) -> None:
    ticks = Ticks()
    ticks.take(ids[:10], [1, 4])
    ticks.begin(ids[3:6])
    assert ticks.drawn == [1]
    ticks.take(ids[3:6], [])
    assert ticks.ids == (ids[1],)
    assert ticks.shown_among(ids[3:6]) == 0


def test_what_a_table_began_with_stays_the_same_while_it_stands(ids: list[LeadId]) -> None:
    ticks = Ticks()
    ticks.begin(ids[:10])
    ticks.take(ids[:10], [3])
    assert ticks.drawn == []


def test_a_tick_is_taken_from_the_row_that_the_table_shows(
    monkeypatch: pytest.MonkeyPatch, ids: list[LeadId], fetched: Session
) -> None:
    held = {"leadsheet": fetched, "rows": {"selection": {"rows": [1]}}}
    monkeypatch.setattr(table.st, "session_state", held)
    table._ticked([ids[7], ids[3]], "rows")  # noqa: SLF001 - a click, without a browser
    assert fetched.ticks.ids == (ids[3],)


def test_the_line_says_how_many_are_selected_and_shows_the_one_ticked_last(
    visit: Visit, fetched: Session, said: Said, ids: list[LeadId]
) -> None:
    at = visit("leads", mine=fetched)
    assert " selected**" not in said(at)
    at = tick(at, fetched, ids[6], ids[2])
    assert "**2 selected**\n" in said(at)
    assert at.button(key="show_ticked").label == "Show row 4"
    at.button(key="show_ticked").click().run()
    assert "Row 4 of june" in said(at)


def test_the_ticks_that_a_search_leaves_out_are_counted_and_come_back(
    visit: Visit, fetched: Session, said: Said, ids: list[LeadId]
) -> None:
    at = tick(visit("leads", mine=fetched), fetched, ids[0], ids[1])
    at.text_input(key="search").input("ravi").run()
    assert "**2 selected**, 1 not shown" in said(at)
    at.text_input(key="search").input("nobody").run()
    assert "**2 selected**, 2 not shown" in said(at)
    at.text_input(key="search").input("").run()
    assert '"rows": [0, 1]' in at.dataframe[0].proto.selection_default


def test_clear_takes_them_all_away(
    visit: Visit, fetched: Session, said: Said, ids: list[LeadId]
) -> None:
    at = tick(visit("leads", mine=fetched), fetched, ids[0])
    before = at.dataframe[0].proto.id
    at.button(key="clear_ticks").click().run()
    assert fetched.ticks.ids == ()
    assert " selected**" not in said(at)
    assert at.dataframe[0].proto.id != before


def test_a_lead_that_is_not_here_is_not_ticked(
    visit: Visit, fetched: Session, ids: list[LeadId]
) -> None:
    visit("leads", mine=fetched)
    fetched.ticks.take([ids[50], ids[4]], [0, 1])
    held = {"leadsheet": fetched}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ticked.st, "session_state", held)
        assert ticked.ticked(fetched.view) == [4]


def test_the_next_fetch_has_no_ticks(fetched: Session, ids: list[LeadId], visit: Visit) -> None:
    at = tick(visit("leads", mine=fetched), fetched, ids[0])
    mine = at.session_state["leadsheet"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ticked.st, "query_params", {})
        mine.drop_job()
    assert mine.ticks.ids == ()
