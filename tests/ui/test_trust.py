"""The trust line: green when nothing is wrong, else what to look at, and always what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.api.errors import ServerFailed
from lsq.api.models import FetchStats, Oddities

if TYPE_CHECKING:
    from tests.ui.kinds import FetchOf, Said, Visit


def test_a_sound_answer_is_one_green_line(visit: Visit, fetch_of: FetchOf, said: Said) -> None:
    mine = fetch_of(columns={"FirstName": ["A"], "LastName": ["B"]}, age_s=150)
    text = said(visit("leads", mine=mine))
    assert "Nothing odd in this answer" in text
    assert (
        "1 call · 0 retried · limit 25 per 5 s · every id returned was asked for · "
        "all 2 columns came back · data 2 min old"
    ) in text


def test_one_column_is_not_all_of_them(visit: Visit, fetch_of: FetchOf, said: Said) -> None:
    assert "the column came back" in said(visit("leads", mine=fetch_of(columns={"Notes": ["A"]})))


def test_what_is_odd_stands_behind_an_orange_badge_a_sentence_each(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    mine = fetch_of(
        columns={"mx_City": [None], "Score": ["many"]},
        absent=frozenset({"mx_City"}),
        stats=FetchStats(calls=2, limited=1, max_calls=9, window_s=5.0, odd=Oddities(unasked=3)),
    )
    text = said(visit("leads", mine=mine))
    assert "4 things to look at" in text
    assert r"Column mx\_City came back for no lead" in text
    assert "1 value of Score could not be read" in text
    assert "3 leads came that nobody asked for" in text
    assert "limit 9 per 5 s, learned from refusals" in text
    assert "Nothing odd" not in text
    assert "came back ·" not in text
    assert "every id returned was asked for" not in text


def test_a_masked_page_masks_what_is_odd_too(visit: Visit, fetch_of: FetchOf, said: Said) -> None:
    mine = fetch_of(columns={"a@example.com": [None]}, absent=frozenset({"ab@example.com"}))
    mine.masked = True
    text = said(visit("leads", mine=mine))
    assert "1 thing to look at" in text
    assert "ab@" not in text


def test_ids_without_an_answer_are_nothing_green(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    failed = [ServerFailed("The server answered 500.", "")] * 2
    mine = fetch_of(columns={"FirstName": ["A"]}, failed=failed, not_asked=1)
    text = said(visit("leads", mine=mine))
    assert "2 things to look at" in text
    assert "2 ids failed" in text
    assert "1 id was not asked for" in text
    assert "Nothing odd" not in text
