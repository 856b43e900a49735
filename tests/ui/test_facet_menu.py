"""What a facet can do besides being ticked, ranges, further columns, and masks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from lsq.analysis.drift import Movement
from lsq.analysis.filters import Facet, Range
from lsq.analysis.text import BLANK
from lsq.ui.facet_chips import range_said

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.analysis.filters import Filters
    from lsq.api.lead_id import LeadId
    from tests.ui.kinds import FetchOf, Said, Visit

    Pipeline = dict[str, list[str | None]]


def filters(at: AppTest) -> Filters:
    return at.session_state["leadsheet"].filters


def labels(at: AppTest) -> list[str]:
    return [one.label for one in at.sidebar.checkbox]


def tick(at: AppTest, label: str) -> None:
    next(one for one in at.sidebar.checkbox if one.label == label).check().run()


def rows(at: AppTest) -> int:
    return len(at.dataframe[0].value)


@pytest.fixture
def scored(pipeline: Pipeline) -> Pipeline:
    """The ten leads with scores, two of them without."""
    scores = ["10", "20", "30", "40", "50", "60", "70", "80", None, "odd"]
    days = [f"2026-06-{day:02d} 20:00:00" for day in range(10, 20)]
    return {**pipeline, "Score": scores, "CreatedOn": days, "Revenue": ["0.5", "2000000"] * 5}


def test_ticked_values_can_be_kept_out(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline, said: Said
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline), state={"menu_Source": True})
    at.toggle(key="exclude_Source").set_value(True).run()
    assert at.button(key="reset").disabled is False
    assert rows(at) == 10
    tick(at, "Web")
    assert filters(at).facets == (Facet("Source", ("Web",), excluded=True),)
    assert at.button(key="chip_Source").label == "Source: not Web"
    assert ":orange[excluded]" in said(at)
    assert rows(at) == 4
    at.button(key="chip_Source").click().run()
    assert at.toggle(key="exclude_Source").value is False
    assert rows(at) == 10


def test_the_choice_can_be_inverted_and_inverted_back(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline), state={"menu_Source": True})
    tick(at, "Web")
    at.button(key="invert_Source").click().run()
    assert set(filters(at).chosen("Source")) == {"Fair", BLANK}
    assert rows(at) == 4
    at.button(key="invert_Source").click().run()
    assert filters(at).chosen("Source") == ("Web",)


def test_values_can_be_sorted_by_count_and_by_name(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    menu = {"menu_ProspectStage": True}
    at = visit("leads", mine=fetch_of(columns=pipeline), state=menu)
    assert labels(at)[:2] == ["Prospect", "Contacted"]
    at.segmented_control(key="sort_ProspectStage").set_value("Name").run()
    assert labels(at)[:3] == ["Contacted", "Enrolled", "Not interested"]
    at.segmented_control(key="sort_ProspectStage").set_value("Count").run()
    assert labels(at)[:3] == ["Prospect", "Contacted", "Enrolled"]
    at.segmented_control(key="sort_ProspectStage").set_value("Name").run()
    at.session_state["menu_ProspectStage"] = False
    at.run()
    assert "sort_ProspectStage" not in {one.key for one in at.segmented_control}
    assert labels(at)[:3] == ["Contacted", "Enrolled", "Not interested"]


def test_counts_can_be_copied_as_cells(visit: Visit, fetch_of: FetchOf, pipeline: Pipeline) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline), state={"menu_Source": True})
    assert "Source\tLeads\nWeb\t6\nFair\t3\n(blank)\t1" in [one.value for one in at.code]


def test_a_score_range_leaves_out_leads_without_one_until_blank_is_asked_for(
    visit: Visit, fetch_of: FetchOf, scored: Pipeline
) -> None:
    at = visit("leads", mine=fetch_of(columns=scored))
    assert at.slider(key="slide_Score").value == (10, 80)
    at.slider(key="slide_Score").set_value((10, 40)).run()
    assert filters(at).ranges == (Range("Score", None, 40),)
    assert rows(at) == 4
    assert at.button(key="chip_Score").label == "Score: up to 40"
    at.checkbox(key="blank_Score").check().run()
    assert rows(at) == 6
    assert at.button(key="chip_Score").label == r"Score: up to 40 or \(blank\)"
    assert at.query_params["Score"] == ["..40", BLANK]
    at.button(key="reset").click().run()
    assert at.slider(key="slide_Score").value == (10, 80)
    assert at.checkbox(key="blank_Score").value is False


def test_days_are_those_of_the_viewers_zone(
    visit: Visit, fetch_of: FetchOf, scored: Pipeline, said: Said
) -> None:
    at = visit("leads", mine=fetch_of(columns=scored))
    at.date_input(key="low_CreatedOn").set_value(date(2026, 6, 12)).run()
    at.date_input(key="high_CreatedOn").set_value(date(2026, 6, 13)).run()
    # 20:00 in UTC is half past one of the next day in India.
    assert at.dataframe[0].value["FirstName"].tolist() == ["Ravi", "Meera"]
    assert at.button(key="chip_CreatedOn").label == "Created: 12 Jun 2026 – 13 Jun 2026"
    assert "Days in Asia/Kolkata" in said(at)
    at.date_input(key="low_CreatedOn").set_value(None).run()
    assert at.button(key="chip_CreatedOn").label == "Created: up to 13 Jun 2026"


def test_other_columns_wait_behind_more_filters(
    visit: Visit, fetch_of: FetchOf, scored: Pipeline
) -> None:
    at = visit("leads", mine=fetch_of(columns=scored))
    assert not at.number_input
    at.multiselect(key="more_filters").set_value(["Revenue"]).run()
    at.number_input(key="low_Revenue").set_value(1000.0).run()
    assert rows(at) == 5
    assert at.button(key="chip_Revenue").label == "Revenue: from 1,000"
    at.multiselect(key="more_filters").set_value([]).run()
    assert at.number_input(key="low_Revenue").value == 1000.0
    at.button(key="reset").click().run()
    assert not at.number_input


def test_the_sheets_own_columns_are_facets_and_stay_out_of_the_address(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline, ids: list[LeadId], said: Said
) -> None:
    lines = [f"{lead},{('June', 'July')[n % 2]}" for n, lead in enumerate(ids[:10])]
    mine = fetch_of(columns=pipeline, text="\n".join(["Lead ID,Campaign", *lines]))
    at = visit("leads", mine=mine)
    assert "**Campaign · yours**" in said(at)
    tick(at, "June")
    assert rows(at) == 5
    assert set(at.query_params) == {"job"}


def test_a_link_repeats_ranges_and_exclusions_and_leaves_the_rest_of_the_address_alone(
    visit: Visit, fetch_of: FetchOf, scored: Pipeline
) -> None:
    query = {
        "stage.not": "Prospect",
        "Score": "..60",
        "CreatedOn": "2026-06-15..",
        "OwnerIdName": "Sana",
        "cols": "FirstName",
        "unknown": "x",
        "Revenue": "x" * 20_000,
    }
    at = visit("leads", mine=fetch_of(columns=scored), query=query)
    assert not filters(at), "an address this long was not written by us"
    del query["Revenue"]
    at = visit("leads", mine=fetch_of(columns=scored), query=query)
    assert filters(at).facets == (Facet("ProspectStage", ("Prospect",), excluded=True),)
    assert set(filters(at).ranges) == {
        Range("Score", None, 60),
        Range("CreatedOn", date(2026, 6, 15), zone="Asia/Kolkata"),
    }
    told = dict(at.query_params)
    assert told.pop("job")
    del query["OwnerIdName"]  # says a filter by a person, which no link does
    assert told == {**query, "CreatedOn": "2026-06-15..@Asia/Kolkata"}
    at.button(key="reset").click().run()
    assert set(at.query_params) == {"job", "cols", "unknown"}


def test_ends_that_are_typed_have_the_least_and_the_greatest_number_for_a_hint(
    visit: Visit, fetch_of: FetchOf, scored: Pipeline
) -> None:
    at = visit("leads", mine=fetch_of(columns={**scored, "Revenue": ["-0.5", "1234567"] * 5}))
    at.multiselect(key="more_filters").set_value(["Revenue"]).run()
    assert at.number_input(key="low_Revenue").placeholder == "−0.5"
    assert at.number_input(key="high_Revenue").placeholder == "1,234,567"


def test_a_link_waits_for_its_leads(visit: Visit, fetch_of: FetchOf, pipeline: Pipeline) -> None:
    at = visit("leads", query={"stage": "Prospect"})
    mine = at.session_state["leadsheet"]
    assert not mine.filters
    mine.job, mine.sheet, mine.cells = (
        (here := fetch_of(columns=pipeline)).job,
        here.sheet,
        here.cells,
    )
    at.run()
    assert filters(at).chosen("ProspectStage") == ("Prospect",)
    assert rows(at) == 4


def test_phones_and_emails_are_no_facets_and_masks_reach_values_that_hold_some(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId]
) -> None:
    columns = {
        "Source": ["call +91-9845012345", "Web"] * 5,
        "Phone": ["+91-9811111111", "+91-9822222222"] * 5,
        "mx_Odd": ["asha@example.com", "ravi@example.com"] * 5,
        "ProspectStage": [f"+91-98450123{n}{n}" for n in range(10)],
    }
    lines = [f"{lead},98450{n % 2}2345,+91 98450 5432{n % 2}" for n, lead in enumerate(ids[:10])]
    mine = fetch_of(columns=columns, text="\n".join(["Lead ID,Ring,Mobile no", *lines]))
    mine.masked = True
    mine.filters = mine.filters.choose("Source", ["call +91-9845012345"])
    at = visit("leads", mine=mine)
    sidebar = "\n".join(
        [
            *labels(at),
            *(one.value for one in [*at.sidebar.markdown, *at.sidebar.code]),
            *(str(option) for one in at.sidebar.multiselect for option in one.options),
            at.button(key="chip_Source").label,
        ]
    )
    for told in ("9845012345", "98111", "98222", "asha", "ravi", "54320", "9845002345", "450123"):
        assert told not in sidebar
    for name in ("Phone", "mx_Odd", "Ring", "Mobile"):
        assert f"**{name}" not in sidebar
    assert set(at.query_params) == {"job"}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Range("x", 40, 80), "40–80"),
        (Range("x", 40, 40), "40"),
        (Range("x", -1234.5), "from −1,234.5"),
        (Range("x", -5, 3), "−5 to 3"),
        (Range("x", -5.5, -3), "−5.5 to −3"),
        (Range("x", blank=True), "(blank)"),
        (Range("x", None, date(2026, 6, 1), blank=True), "up to 1 Jun 2026 or (blank)"),
        (Range("x", date(2026, 6, 1), date(2026, 6, 1)), "1 Jun 2026"),
    ],
)
def test_a_range_is_said_in_words(wanted: Range, words: str) -> None:
    assert range_said(wanted) == words


def test_movement_is_a_facet_in_its_own_order_that_a_link_carries(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline, ids: list[LeadId]
) -> None:
    before = ["Prospect", "Prospect", "Contacted", "Enrolled", "Prospect", "Prospect"]
    lines = [f"{lead},{stage}" for lead, stage in zip(ids[:10], before + before, strict=False)]
    at = visit("leads", mine=fetch_of(columns=pipeline, text="\n".join(["Lead ID,Stage", *lines])))
    moves = [one for one in labels(at) if one in set(Movement)]
    assert moves == [move for move in Movement if move in moves]
    assert len(moves) > 2
    tick(at, "stayed")
    assert at.query_params["movement"] == "stayed"
