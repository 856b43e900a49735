"""The table: what is drawn, in which order, what the address remembers, and whose lead opens."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lsq.ui import table, table_look

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.lookup.view import View
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Said, Visit

    Pipeline = dict[str, list[str | None]]

CLASSIC = ["FirstName", "ProspectStage", "OwnerIdName", "Source", "Phone", "CreatedOn"]


@pytest.fixture
def with_sheet(fetch_of: FetchOf, pipeline: Pipeline, ids: list[str]) -> Session:
    """Ten leads with ids of owners; the sheet has a campaign and an older stage of each."""
    lines = [f"{each},{('June', 'May')[n % 2]},Contacted" for n, each in enumerate(ids[:10])]
    owners = {"OwnerId": [f"o{n}" for n in range(10)]}
    return fetch_of(
        columns={**pipeline, **owners}, text="\n".join(["Lead ID,Campaign,Stage", *lines])
    )


def columns(at: AppTest) -> list[str]:
    return list(at.dataframe[0].value)


def names(at: AppTest) -> list[str]:
    found: list[str] = at.dataframe[0].value["FirstName"].tolist()
    return found


def test_own_columns_follow_the_leads_and_what_moved_follows_the_stage(
    visit: Visit, with_sheet: Session
) -> None:
    at = visit("leads", mine=with_sheet)
    assert columns(at) == [
        "Row",
        "ProspectID",
        "FirstName",
        "ProspectStage",
        "Since your file",
        *CLASSIC[2:],
        "Campaign · yours",
        "Stage · yours",
    ]


def test_a_move_has_the_width_of_its_two_stages(visit: Visit, with_sheet: Session) -> None:
    described = visit("leads", mine=with_sheet).dataframe[0].proto.columns
    assert json.loads(described)["Since your file"]["width"] == 190


def test_ids_of_owners_and_directions_are_shown_when_chosen(
    visit: Visit, with_sheet: Session
) -> None:
    at = visit("leads", mine=with_sheet)
    at.multiselect(key="columns_shown").set_value(["OwnerId", "Movement", "FirstName"]).run()
    assert columns(at) == ["Row", "ProspectID", "OwnerId", "Movement", "FirstName"]
    at.multiselect(key="columns_shown").set_value([]).run()
    assert len(columns(at)) == 11


def test_headers_are_labels_with_the_zone_and_schema_names_are_their_help(
    visit: Visit, with_sheet: Session, said: Said
) -> None:
    text = said(visit("leads", mine=with_sheet))
    for part in (
        '"label": "Created (IST)"',
        '"timezone": "Asia/Kolkata"',
        '"help": "CreatedOn"',
        '"help": "Your sheet"',
        '"label": "Campaign \\u00b7 yours"',
    ):
        assert part in text


@pytest.mark.parametrize(
    ("by", "way", "ends"),
    [
        ("FirstName", "Smallest first", ("Asha", "Zoya")),
        ("FirstName", "Greatest first", ("Zoya", "Asha")),
        ("ProspectStage", "Smallest first", ("Asha", "Uma")),
        ("ProspectStage", "Greatest first", ("Zoya", "Uma")),
        ("Campaign · yours", "Greatest first", ("Ravi", "Uma")),
        ("Row", "Greatest first", ("Zoya", "Asha")),
        ("", "Greatest first", ("Asha", "Zoya")),
    ],
    ids=["name up", "name down", "stage up", "stage down", "own down", "row down", "as it came"],
)
def test_rows_are_sorted_with_stages_in_business_order_and_blanks_last(
    visit: Visit, with_sheet: Session, by: str, way: str, ends: tuple[str, str]
) -> None:
    at = visit("leads", mine=with_sheet)
    at.segmented_control(key="sort_way").set_value(way).run()
    at.selectbox(key="sort_by").set_value(by).run()
    assert (names(at)[0], names(at)[-1]) == ends


def test_the_address_says_columns_and_sorting_but_nothing_of_the_sheet(
    visit: Visit, with_sheet: Session
) -> None:
    at = visit("leads", mine=with_sheet)
    at.multiselect(key="columns_shown").set_value(["Source", "Campaign · yours"]).run()
    at.segmented_control(key="sort_way").set_value("Greatest first").run()
    at.selectbox(key="sort_by").set_value("CreatedOn").run()
    assert at.query_params["cols"] == "Source"
    assert at.query_params["sort"] == "-CreatedOn"
    at.selectbox(key="sort_by").set_value("Campaign · yours").run()
    assert "sort" not in at.query_params
    at.segmented_control(key="shown_columns").set_value("All").run()
    assert "cols" not in at.query_params


def test_a_link_brings_columns_and_sorting_and_unknown_names_are_passed_over(
    visit: Visit, with_sheet: Session
) -> None:
    query = {"cols": "Phone,Nothing,FirstName,Phone,ProspectID", "sort": "-FirstName"}
    at = visit("leads", mine=with_sheet, query=query)
    assert columns(at) == [
        "Row",
        "ProspectID",
        "Phone",
        "FirstName",
        "Campaign · yours",
        "Stage · yours",
    ]
    assert names(at)[0] == "Zoya"


@pytest.mark.parametrize("query", [{"cols": "Nope", "sort": "-Nope"}, {"sort": "-"}, {"cols": ""}])
def test_a_link_of_nonsense_shows_what_a_newcomer_sees(
    visit: Visit, with_sheet: Session, query: dict[str, str]
) -> None:
    at = visit("leads", mine=with_sheet, query=query)
    assert len(columns(at)) == 11
    assert names(at)[0] == "Asha"
    assert not {"cols", "sort"} & set(at.query_params)


def test_the_set_that_is_shown_is_marked_however_it_came(visit: Visit, with_sheet: Session) -> None:
    at = visit("leads", mine=with_sheet)
    at.segmented_control(key="shown_columns").set_value("Contact").run()
    again = visit("leads", mine=with_sheet, query=dict(at.query_params))
    assert again.segmented_control(key="shown_columns").value == "Contact"
    again.multiselect(key="columns_shown").set_value(["Source"]).run()
    assert again.segmented_control(key="shown_columns").value is None


def test_the_search_looks_into_the_sheet_s_columns_and_says_how_many_it_found(
    visit: Visit, with_sheet: Session, said: Said
) -> None:
    at = visit("leads", mine=with_sheet)
    at.text_input(key="search").input("june").run()
    assert names(at) == ["Asha", "Meera", "Dev", "Om", "Uma"]
    assert "5 of 10 leads found" in said(at)
    at.text_input(key="search").input("98 1111").run()
    assert len(names(at)) == 10
    at.text_input(key="search").input("11").run()
    assert "10 of 10 leads found" in said(at)


@pytest.mark.parametrize(
    ("needle", "leads"),
    [
        ("anita rao", ["Asha", "Kiran"]),
        ("pune", ["Asha", "Meera"]),
        ("acme", ["Ravi"]),
        ("mohan iyer", ["Meera"]),
        ("call back", ["Kiran"]),
        ("example.com", []),
    ],
    ids=["owner", "city", "company", "father", "notes", "links are not searched"],
)
def test_the_search_looks_into_every_text_but_links(
    visit: Visit, fetch_of: FetchOf, needle: str, leads: list[str]
) -> None:
    columns = {
        "FirstName": ["Asha", "Ravi", "Meera", "Kiran"],
        "OwnerIdName": ["Anita Rao", "Sana", "Sana", "Anita Rao"],
        "mx_City": ["Pune", "Delhi", "Pune", None],
        "Company": [None, "Acme Ltd", "Globe", "Initech"],
        "mx_Father_Name": ["Ram", "Sham", "Mohan Iyer", ""],
        "Notes": ["", "met", "called", "Call back on Monday"],
        "Website": ["https://example.com"] * 4,
    }
    at = visit("leads", mine=fetch_of(columns=columns))
    at.text_input(key="search").input(needle).run()
    assert (names(at) if at.dataframe else []) == leads


def test_no_tick_of_a_row_becomes_one_of_another(visit: Visit, with_sheet: Session) -> None:
    at = visit("leads", mine=with_sheet)
    keys = {at.dataframe[0].proto.id}
    at.text_input(key="search").input("june").run()
    keys.add(at.dataframe[0].proto.id)
    at.segmented_control(key="sort_way").set_value("Greatest first").run()
    at.selectbox(key="sort_by").set_value("FirstName").run()
    keys.add(at.dataframe[0].proto.id)
    assert len(keys) == 3


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What widgets hold, in the place of a session's."""
    held: dict[str, object] = {}
    monkeypatch.setattr(table.st, "session_state", held)
    return held


@pytest.fixture
def view(visit: Visit, with_sheet: Session) -> View:
    visit("leads", mine=with_sheet)
    assert with_sheet.view is not None
    return with_sheet.view


def test_a_button_opens_the_lead_that_its_label_names(
    view: View, ids: list[str], state: dict[str, object]
) -> None:
    state["open_lead"] = {"row": 0, "label": view.row_labels[9]}
    table._clicked(view)  # noqa: SLF001 - a click, without a browser
    assert state["lead_opened"] == ids[9]


@pytest.mark.parametrize("eager", [5, 20_000], ids=["in pieces", "whole"])
def test_every_table_says_how_to_see_a_lead_and_has_buttons_for_it(
    visit: Visit, with_sheet: Session, said: Said, monkeypatch: pytest.MonkeyPatch, eager: int
) -> None:
    monkeypatch.setattr(table, "EAGER_ROWS", eager)
    at = visit("leads", mine=with_sheet)
    assert "A click on a row's number shows the lead" in said(at)
    assert at.dataframe[0].value["Row"].str.strip().tolist()[:2] == ["2", "3"]
    assert columns(at)[:3] == ["Row", "ProspectID", "FirstName"]


@pytest.fixture
def next_sheet(fetch_of: FetchOf, pipeline: Pipeline, ids: list[str]) -> Session:
    """Ten leads of another sheet, with a batch and a stage, and scores too."""
    lines = [f"{each},B{n},Contacted" for n, each in enumerate(ids[:10])]
    scores = {"Score": ["7"] * 10}
    return fetch_of(columns={**pipeline, **scores}, text="\n".join(["Lead ID,Batch,Stage", *lines]))


def test_a_set_has_what_another_sheet_and_fetch_bring(
    visit: Visit, with_sheet: Session, next_sheet: Session
) -> None:
    at = visit("leads", mine=with_sheet)
    at.segmented_control(key="shown_columns").set_value("Contact").run()
    at.segmented_control(key="shown_columns").set_value("Essentials").run()
    next_sheet.look = with_sheet.look
    next_sheet.take(next_sheet.sheet, next_sheet.cells)
    at = visit("leads", mine=next_sheet)
    assert {"Batch · yours", "Stage · yours", "Since your file", "Score"} <= {*columns(at)}
    assert "Campaign · yours" not in columns(at)


def test_columns_chosen_one_by_one_stay_beside_those_of_another_sheet(
    visit: Visit, with_sheet: Session, next_sheet: Session
) -> None:
    at = visit("leads", mine=with_sheet)
    at.multiselect(key="columns_shown").set_value(["FirstName", "Campaign · yours"]).run()
    next_sheet.look = with_sheet.look
    next_sheet.take(next_sheet.sheet, next_sheet.cells)
    assert columns(visit("leads", mine=next_sheet)) == [
        "Row",
        "ProspectID",
        "FirstName",
        "Batch · yours",
        "Stage · yours",
    ]


def test_a_set_of_which_nothing_came_shows_everything(visit: Visit, fetch_of: FetchOf) -> None:
    mine = fetch_of(columns={"Notes": ["a"]})
    mine.look = table_look.Look(preset="Contact")
    assert columns(visit("leads", mine=mine)) == ["Row", "ProspectID", "Notes"]


def test_a_row_clicked_as_the_search_finds_nothing_opens_nothing_later(
    visit: Visit, with_sheet: Session, ids: list[str]
) -> None:
    at = visit("leads", mine=with_sheet, state={"search": "nobody", "lead_opened": ids[1]})
    assert "lead_opened" not in at.session_state
