"""The address: what a link brings on whichever page, in whose days, and what leaves it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from lsq.analysis.filters import Range
from lsq.api.models import Field

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.analysis.filters import Filters
    from tests.ui.kinds import FetchOf, Said, Visit

    Pipeline = dict[str, list[str | None]]


def filters(at: AppTest) -> Filters:
    return at.session_state["leadsheet"].filters


def rows(at: AppTest) -> int:
    return len(at.dataframe[0].value)


@pytest.fixture
def dated(pipeline: Pipeline) -> Pipeline:
    """The ten leads, each created on another evening."""
    days = [f"2026-06-{day:02d} 20:00:00" for day in range(10, 20)]
    return {**pipeline, "CreatedOn": days}


def test_what_a_link_says_of_columns_that_are_not_here_leaves_the_address(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    query = {"movement": "moved back", "mx_Course.not": "BBA", "Score": "1..2", "embed": "true"}
    at = visit("leads", mine=fetch_of(columns=pipeline), query=query)
    assert not filters(at)
    assert set(at.query_params) == {"job", "embed"}


def test_a_link_brings_columns_and_sorting_whichever_page_is_opened_first(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    query = {"cols": "Source,FirstName", "sort": "-FirstName", "stage": "Prospect"}
    at = visit("stages", mine=fetch_of(columns=pipeline), query=query)
    assert filters(at).chosen("ProspectStage") == ("Prospect",)
    at = visit("leads", mine=at.session_state["leadsheet"])
    assert list(at.dataframe[0].value) == ["Row", "ProspectID", "Source", "FirstName"]
    assert at.dataframe[0].value["FirstName"].tolist() == ["Ravi", "Meera", "Kiran", "Asha"]
    assert at.query_params["sort"] == "-FirstName"


def test_days_of_a_link_stay_those_of_its_sender(
    visit: Visit, fetch_of: FetchOf, dated: Pipeline, said: Said
) -> None:
    at = visit("leads", mine=fetch_of(columns=dated))
    at.date_input(key="low_CreatedOn").set_value(date(2026, 6, 12)).run()
    link = at.query_params["CreatedOn"]
    assert link == "2026-06-12..@Asia/Kolkata"
    mine = fetch_of(columns=dated)
    abroad = visit("leads", mine=mine, query={"CreatedOn": link}, timezone="America/New_York")
    assert rows(abroad) == rows(at) == 9
    assert abroad.button(key="chip_CreatedOn").label == "Created: from 12 Jun 2026 in Asia/Kolkata"
    assert "Days in Asia/Kolkata" in said(abroad)
    abroad.date_input(key="high_CreatedOn").set_value(date(2026, 6, 13)).run()
    assert abroad.query_params["CreatedOn"] == "2026-06-12..2026-06-13@Asia/Kolkata"
    abroad.button(key="reset").click().run()
    assert "Days in America/New_York" in said(abroad)


def test_columns_that_turn_out_to_hold_persons_stay_out_of_the_address(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    fields = [
        Field(name="mx_Desk", label="Desk", type="Select"),
        Field(name="mx_Custom_1", label="Mentor", type="Select"),
        Field(name="mx_Course", label="Course", type="Select"),
    ]
    columns = {**pipeline, "mx_Desk": ["Anita Rao", "Sana"] * 5, "mx_Custom_1": ["A", "B"] * 5}
    mine = fetch_of(columns={**columns, "mx_Course": ["BBA", "MBA"] * 5}, fields=fields)
    for name, value in (("mx_Desk", "Sana"), ("mx_Custom_1", "A"), ("mx_Course", "BBA")):
        mine.filters = mine.filters.choose(name, [value])
    at = visit("leads", mine=mine)
    assert set(at.query_params) == {"job", "mx_Course"}


@pytest.mark.parametrize(("source", "told"), [("Web", True), ("Anita Rao", False)])
def test_a_person_who_referred_a_lead_stays_out_of_the_address(
    visit: Visit,
    fetch_of: FetchOf,
    source: str,
    told: bool,  # noqa: FBT001 - a case
) -> None:
    columns = {"OwnerIdName": ["Anita Rao", "Sana"] * 5, "Source": ["Web", "Anita Rao"] * 5}
    mine = fetch_of(columns=columns)
    mine.filters = mine.filters.choose("Source", [source])
    at = visit("leads", mine=mine)
    assert rows(at) == 5
    assert ("source" in at.query_params) is told
    fresh = visit("leads", mine=fetch_of(columns=columns), query={"source": source})
    assert rows(fresh) == (5 if told else 10)


def test_a_number_that_tells_a_lead_from_others_stays_out_of_the_address(
    visit: Visit, fetch_of: FetchOf
) -> None:
    names = ("mx_Roll_Number", "mx_Marks")
    fields = [Field(name=name, label=name, type="Number") for name in names]
    mine = fetch_of(columns={name: ["71", "72", "73"] for name in names}, fields=fields)
    for name in names:
        mine.filters = mine.filters.limit(Range(name, 72, 72))
    at = visit("leads", mine=mine)
    assert rows(at) == 1
    assert set(at.query_params) == {"job", "mx_Marks"}
