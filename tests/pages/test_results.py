"""Leads, Stages and Guide: with and without leads, filtered, under way, and with hostile values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st

from lsq.api.models import FetchStats, Oddities, Progress
from lsq.ui import table

if TYPE_CHECKING:
    from tests.ui.kinds import FetchOf, KeysOf, Said, Visit

RESULTS = ("leads", "stages", "changes")
HOSTILE = ["<b>bold</b>", "[click](https://evil.example)", "=1+1", "![p](//evil.example/x.png)"]
UNDER_WAY = Progress(total=4812, leads=2983, done=2990)


@pytest.mark.parametrize("page", RESULTS)
def test_without_leads_there_is_a_way_on(page: str, visit: Visit, keys_of: KeysOf) -> None:
    at = visit(page)
    assert at.title[0].value == page.capitalize()
    assert at.subheader[0].value == "No leads yet"
    assert at.main.markdown[0].value == "Drop a sheet on Lookup, or try the sample."
    assert {"go_lookup", "sample"} <= set(keys_of(at))
    assert not at.error


@pytest.mark.parametrize("page", RESULTS)
def test_with_a_sheet_that_is_not_fetched_the_card_says_where_it_is(
    page: str, visit: Visit, fetch_of: FetchOf, keys_of: KeysOf
) -> None:
    mine = fetch_of(columns={"FirstName": ["A"]})
    mine.job = None
    at = visit(page, mine=mine)
    assert at.subheader[0].value == "Nothing fetched yet"
    assert at.main.markdown[0].value == r"june\.csv is ready on Lookup."
    assert "sample" not in keys_of(at)


@pytest.mark.parametrize("page", RESULTS)
def test_go_to_lookup_opens_it(page: str, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(st, "switch_page", opened.append)
    at = visit(page)
    at.session_state["leadsheet"].pages = {"lookup": "the lookup page"}
    at.button(key="go_lookup").click().run()
    assert opened == ["the lookup page"]


def test_the_table_has_a_line_a_lead_with_its_row_first_and_then_its_id(
    visit: Visit, fetch_of: FetchOf, pipeline: dict[str, list[str | None]], said: Said
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline))
    frame = at.dataframe[0].value
    assert list(frame) == ["Row", "ProspectID", *pipeline]
    assert frame["Row"].astype("int64").tolist() == list(range(2, 12))
    assert frame["FirstName"].tolist() == pipeline["FirstName"]
    text = said(at)
    assert "**10** leads" in text
    assert '"label": "Created (IST)"' in text
    assert "Nothing odd in this answer" in text
    assert "1 call · 0 retried · limit 25 per 5 s" in text
    assert "10 leads, one a row" in text


def test_the_search_finds_names_phones_and_stages_and_says_when_there_is_none(
    visit: Visit, fetch_of: FetchOf, pipeline: dict[str, list[str | None]]
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline))
    at.text_input(key="search").input("ASHA").run()
    assert at.dataframe[0].value["FirstName"].tolist() == ["Asha"]
    at.text_input(key="search").input("9811").run()
    assert len(at.dataframe[0].value) == 10
    at.text_input(key="search").input("Prospect").run()
    assert len(at.dataframe[0].value) == 4
    at.text_input(key="search").input("Nobody").run()
    assert not at.dataframe
    assert "No lead matches the search." in {text.value for text in at.markdown}


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        (
            "Essentials",
            ["FirstName", "ProspectStage", "OwnerIdName", "Source", "Phone", "CreatedOn"],
        ),
        ("Contact", ["FirstName", "ProspectStage", "Phone"]),
        ("Activity", ["FirstName", "ProspectStage", "CreatedOn"]),
    ],
)
def test_a_set_shows_the_columns_of_it_that_came(
    name: str,
    columns: list[str],
    visit: Visit,
    fetch_of: FetchOf,
    pipeline: dict[str, list[str | None]],
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline))
    at.segmented_control(key="shown_columns").set_value(name).run()
    assert list(at.dataframe[0].value) == ["Row", "ProspectID", *columns]


def test_scores_and_numbers_are_numbers(visit: Visit, fetch_of: FetchOf, said: Said) -> None:
    mine = fetch_of(
        columns={"Score": ["71", "5"], "TotalVisits": ["3", None], "mx_Note": ["a", "b"]}
    )
    text = said(visit("leads", mine=mine))
    assert '"type": "progress"' in text
    assert '"label": "Note"' in text


def test_a_long_table_is_sent_in_pieces(
    visit: Visit,
    fetch_of: FetchOf,
    pipeline: dict[str, list[str | None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lazy: list[object] = []
    monkeypatch.setattr(table, "EAGER_ROWS", 5)
    monkeypatch.setattr(st, "dataframe", lambda _rows, **how: lazy.append(how.get("lazy")))
    at = visit("leads", mine=fetch_of(columns=pipeline))
    at.text_input(key="search").input("Asha").run()
    assert lazy == [True, True]


def test_what_is_odd_is_counted_and_said_in_sentences(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    mine = fetch_of(
        columns={"mx_City": [None]},
        absent=frozenset({"mx_City"}),
        stats=FetchStats(calls=2, odd=Oddities(unasked=3), from_cache=1),
    )
    text = said(visit("leads", mine=mine))
    assert "2 things to look at" in text
    assert r"Column mx\_City came back for no lead\: the name may be wrong\." in text
    assert "1 were still fresh" in text


def test_the_stages_stand_in_business_order_with_counts_shares_and_reached(
    visit: Visit, fetch_of: FetchOf, pipeline: dict[str, list[str | None]]
) -> None:
    at = visit("stages", mine=fetch_of(columns=pipeline))
    frame = at.table[0].value
    names = ["Prospect", "Contacted", "Enrolled", "Not interested", r"\(blank\)", "Weird stage"]
    assert frame["Stage"].tolist() == names
    assert frame["Leads"].tolist() == [4, 2, 1, 1, 1, 1]
    tiles = [(metric.label, metric.value) for metric in at.metric]
    assert tiles == [("Leads", "10"), ("Open", "6"), ("Enrolled", "1")]


def test_without_a_stage_column_there_is_a_sentence_and_a_way_on(
    visit: Visit, fetch_of: FetchOf, keys_of: KeysOf
) -> None:
    at = visit("stages", mine=fetch_of(columns={"FirstName": ["A"]}))
    assert not at.error
    assert at.subheader[0].value == "No stages to count"
    assert "Add Stage to the columns on Lookup and fetch again" in at.main.markdown[-1].value
    assert "go_lookup" in keys_of(at)


@pytest.mark.parametrize("page", ["leads", "stages"])
def test_filtered_to_none_says_so_and_offers_to_clear(
    page: str,
    visit: Visit,
    fetch_of: FetchOf,
    pipeline: dict[str, list[str | None]],
    said: Said,
) -> None:
    mine = fetch_of(columns=pipeline)
    mine.filters = mine.filters.choose("ProspectStage", ["Enrolled"]).choose("Source", ["Fair"])
    at = visit(page, mine=mine)
    assert not at.error
    assert "**0** of 10" in said(at)
    assert "No lead matches all filters." in said(at)
    at.button(key="clear").click().run()
    assert "**10** leads" in said(at)


@pytest.mark.parametrize("page", RESULTS)
def test_while_fetching_the_page_shows_what_is_here_and_says_so(
    page: str,
    visit: Visit,
    fetch_of: FetchOf,
    pipeline: dict[str, list[str | None]],
    said: Said,
) -> None:
    mine = fetch_of(columns=pipeline, not_asked=2, progress=UNDER_WAY)
    at = visit(page, mine=mine)
    assert not at.error
    text = said(at)
    assert "**Still fetching: 2,983 of 4,812.** Numbers below are for what is here." in text
    assert "**10** leads" in text
    assert at.button(key="update")
    if page == "stages":
        assert "~40.0%" in text
        assert "~40.0%" in str(at.get("plotly_chart")[0].proto.spec)


@pytest.mark.parametrize("page", RESULTS)
def test_update_looks_again(
    page: str, visit: Visit, fetch_of: FetchOf, pipeline: dict[str, list[str | None]]
) -> None:
    at = visit(page, mine=fetch_of(columns=pipeline, not_asked=2, progress=UNDER_WAY))
    at.button(key="update").click().run()
    assert not at.error
    assert at.button(key="update")


@pytest.mark.parametrize("page", ["lookup", "leads", "stages"])
def test_hostile_values_are_text_wherever_they_are_shown(
    page: str, visit: Visit, fetch_of: FetchOf
) -> None:
    columns = {"ProspectStage": HOSTILE * 2, "OwnerIdName": HOSTILE * 2, "mx_Note": HOSTILE * 2}
    mine = fetch_of(columns=columns, name="[file](https://evil.example).csv")
    mine.filters = mine.filters.choose("OwnerIdName", HOSTILE).choose("ProspectStage", HOSTILE)
    at = visit(page, mine=mine, state={"columns": list(columns)})
    assert not at.error
    markdown = [
        *(one.value for one in [*at.markdown, *at.caption, *at.subheader, *at.success]),
        *(one.label for one in [*at.checkbox, *at.button, *at.metric, *at.expander]),
        *(cell for one in at.table for cell in one.value.to_numpy().ravel()),
    ]
    for text in map(str, markdown):
        assert "](http" not in text
        assert "](//" not in text
        assert "<b>" not in text


def test_hostile_column_names_are_text_in_chips_and_tooltips(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    name = "mx_[x](https://evil.example)"
    mine = fetch_of(columns={name: ["a", "b"] * 6})
    mine.filters = mine.filters.choose(name, ["a"])
    at = visit("leads", mine=mine)
    assert "[x](https" not in at.button(key=f"chip_{name}").label
    assert '"help": "mx_[x](https' not in said(at)


def test_the_guide_answers_and_shows_the_figures_in_force(visit: Visit, said: Said) -> None:
    at = visit("guide", secrets={"lsq": {"rate": "10/2", "cache": "off", "batch": "200"}})
    text = said(at)
    assert "In four steps" in text
    assert "What does “not found” mean?" in text
    figures = at.table[0].value.astype(str).to_numpy().ravel().tolist()
    largest = "100 MB, 1,000,000 rows, 20,000,000 cells"
    assert {"10 calls in 2 s", "200", "off", "15 min", "Asia/Kolkata", largest} <= set(figures)


def test_the_form_stands_once_on_the_guide_and_in_the_sidebar_elsewhere(
    visit: Visit, keys_of: KeysOf
) -> None:
    guide, leads = visit("guide"), visit("leads")
    for at in (guide, leads):
        assert keys_of(at).count("access_key") == 1
    assert not guide.sidebar.text_input
    assert leads.sidebar.text_input(key="host")


@pytest.mark.parametrize(
    ("set_to", "browser", "zone"),
    [
        ("", "Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Berlin", "Asia/Kolkata", "Europe/Berlin"),
        ("", "Nowhere/Town", "UTC"),
        ("", "", "UTC"),
    ],
)
def test_times_are_shown_in_the_set_zone_or_the_browsers(
    set_to: str, browser: str, zone: str, visit: Visit
) -> None:
    at = visit("guide", secrets={"lsq": {"timezone": set_to}}, timezone=browser)
    assert zone in at.table[0].value.astype(str).to_numpy().ravel().tolist()
