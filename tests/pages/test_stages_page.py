"""Stages as a page: tiles, breakdowns to choose from, tables to open, an order to change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from lsq.analysis.stages import STAGE, Stage, StageRole

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Said, Visit

    Pipeline = dict[str, list[str | None]]

OPEN, WON, LOST = StageRole.OPEN, StageRole.WON, StageRole.LOST
ACTIVITY = "ProspectActivityDate_Max"
ORDER = ["Prospect", "Contacted", "Enrolled", "Not interested", "(blank)", "Weird stage"]


@pytest.fixture
def mine(fetch_of: FetchOf, pipeline: Pipeline, ids: list[LeadId]) -> Session:
    """Ten leads whose sheet knew an older stage and a campaign; one has no last activity."""
    old = ["Prospect"] * 6 + ["Contacted"] * 2 + ["", "Weird stage"]
    campaigns = ["June", "July"] * 5
    rows = zip(ids, old, campaigns, strict=False)
    text = "\n".join(["Lead ID,Stage,Campaign", *(",".join(row) for row in rows)])
    dates: list[str | None] = ["2026-06-14 03:42:00"] * 9
    return fetch_of(columns=pipeline | {ACTIVITY: [*dates, None]}, text=text)


def figure(at: AppTest, words: str) -> dict[str, Any]:
    """Return the first figure that is described in such words."""
    protos = (one.proto for one in at.get("plotly_chart"))
    return next(json.loads(one.spec) for one in protos if words in one.alt)  # type: ignore[no-any-return]


def names(spec: dict[str, Any]) -> list[str]:
    return list(spec["layout"]["yaxis"]["ticktext"])


def opened(at: AppTest, key: str) -> AppTest:
    at.session_state[key] = True
    return at.run()


def test_the_tiles_say_what_people_ask_first(visit: Visit, mine: Session) -> None:
    at = visit("stages", mine=mine)
    assert not at.error
    assert [(tile.label, tile.value) for tile in at.metric] == [
        ("Leads", "10"),
        ("Open", "6"),
        ("Enrolled", "1"),
        ("Moved since your file", "4"),
        ("No activity for 30 days", "10"),
    ]


def test_at_most_two_won_stages_have_a_tile(visit: Visit, mine: Session) -> None:
    mine.stages = tuple(Stage(name, WON) for name in ORDER)
    labels = [tile.label for tile in visit("stages", mine=mine).metric]
    assert labels[:3] == ["Leads", "Prospect", "Contacted"]
    assert "Open" not in labels
    assert "Enrolled" not in labels


def test_the_table_says_how_many_leads_more_each_stage_has_than_in_the_file(
    visit: Visit, mine: Session
) -> None:
    frame = visit("stages", mine=mine).table[0].value
    assert frame["Since file"].tolist() == [-2, 0, 1, 1, 0, 0]


def test_a_stage_that_all_leads_left_is_a_line_and_what_is_said_of_the_file_adds_up_to_none(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId]
) -> None:
    old = ["Prospect"] * 5 + ["Weird"] * 3
    text = "\n".join(["Lead ID,Stage", *map(",".join, zip(ids, old, strict=False))])
    now = ["Contacted"] * 6 + ["Qualified"] * 2
    at = visit("stages", mine=fetch_of(columns={STAGE: now}, text=text))
    frame = at.table[0].value
    assert frame["Stage"].tolist() == ["Prospect", "Contacted", "Qualified", "Weird"]
    assert frame["Leads"].tolist() == [0, 6, 2, 0]
    assert frame["Since file"].tolist() == [-5, 6, 2, -3]


def test_without_an_older_stage_nothing_is_said_of_the_file(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    at = visit("stages", mine=fetch_of(columns=pipeline))
    assert "Since file" not in at.table[0].value
    assert [tile.label for tile in at.metric] == ["Leads", "Open", "Enrolled"]


def test_stages_stand_against_the_owner_first_and_against_any_column_chosen(
    visit: Visit, mine: Session
) -> None:
    at = visit("stages", mine=mine)
    by = at.segmented_control(key="stage_by")
    own = ["Stage · yours", "Campaign · yours"]
    assert by.options == ["Owner", "Source", *own, "Age", "More"]
    heat = figure(at, "by stage and")
    assert names(heat) == ORDER
    assert heat["layout"]["xaxis"]["ticktext"] == ["Anita Rao", "Sana", "Joy"]
    by.set_value("Source").run()
    heat = figure(at, "by stage and")
    assert heat["layout"]["xaxis"]["ticktext"] == ["Web", "Fair", "(blank)"]
    at.segmented_control(key="stage_by").set_value("CreatedOn").run()
    heat = figure(at, "by stage and")
    assert len(heat["layout"]["xaxis"]["ticktext"]) == 1


def test_cells_are_shares_of_the_column_until_something_else_is_chosen(
    visit: Visit, mine: Session
) -> None:
    at = visit("stages", mine=mine)
    assert figure(at, "by stage and")["data"][0]["text"][0] == "50%"
    measure = at.segmented_control(key="stage_by_measure")
    assert measure.options == ["Leads", "% of owner", "% of stage"]
    measure.set_value("leads").run()
    assert figure(at, "by stage and")["data"][0]["text"][0] == "2"


def test_a_column_of_the_sheet_is_yours_in_a_sentence(visit: Visit, mine: Session) -> None:
    at = visit("stages", mine=mine)
    at.segmented_control(key="stage_by").set_value("Stage · yours").run()
    assert "by stage and your stage" in charts_words(at)[1]
    assert at.segmented_control(key="stage_by_measure").options[1] == "% of your stage"


def test_many_columns_leave_a_list_behind_the_segments(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    more = {f"mx_Column_{number}": ["a", "b"] * 5 for number in range(5)}
    at = visit("stages", mine=fetch_of(columns=pipeline | more))
    by = at.segmented_control(key="stage_by")
    assert by.options == ["Owner", "Source", "Column 0", "Column 1", "Age", "More"]
    by.set_value("…").run()
    at.selectbox(key="stage_by_more").set_value("mx_Column_4").run()
    assert "by stage and column 4" in at.get("plotly_chart")[1].proto.alt


def test_stages_stand_by_a_column_of_the_sheet_with_many_numbers(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline, ids: list[LeadId]
) -> None:
    many = {name: values * 6 for name, values in pipeline.items()}
    lines = [f"{lead},{1000 + n % 55}" for n, lead in enumerate(ids[:60])]
    mine = fetch_of(columns=many, text="\n".join(["Lead ID,Fee", *lines]))
    at = visit("stages", mine=mine)
    at.segmented_control(key="stage_by").set_value("\N{HORIZONTAL ELLIPSIS}").run()
    more = at.selectbox(key="stage_by_more")
    assert "Fee · yours" in more.options
    more.set_value("Fee · yours").run()
    assert not at.error
    assert at.segmented_control(key="stage_by_measure").options[1] == "% of your fee"


def test_a_column_that_another_sheet_does_not_have_is_forgotten(
    visit: Visit, mine: Session
) -> None:
    at = visit("stages", mine=mine, state={"stage_by": "Gone · yours"})
    assert not at.error
    assert at.segmented_control(key="stage_by").value == "OwnerIdName"


@pytest.mark.parametrize(
    ("key", "columns"),
    [
        ("stage_by_chart_table", ["Stage", "Anita Rao", "Sana", "Joy"]),
        ("week_chart_table", ["Week of", "Leads"]),
        ("fill_chart_table", ["Column", "Leads with a value", "Share"]),
        (
            "age_chart_table",
            ["Stage", "Leads", "No date", "Median", "Middle half", "Over 30 d", "Over 90 d"],
        ),
    ],
)
def test_every_chart_opens_as_a_table(
    key: str, columns: list[str], visit: Visit, mine: Session
) -> None:
    at = visit("stages", mine=mine)
    assert len(at.table) == 1
    opened(at, key)
    assert not at.error
    assert list(at.table[1].value) == columns


def test_every_chart_says_its_figures_in_words(visit: Visit, mine: Session) -> None:
    words = [one.proto.alt for one in visit("stages", mine=mine).get("plotly_chart")]
    assert [text.split(":")[0] for text in words] == [
        "10 leads by stage",
        "10 leads by stage and owner. Anita Rao",
        "10 leads created in 1 week, from the week of 8 Jun 2026 to that of 8 Jun 2026",
        "Median of the days since last activity by stage",
        "Filled in, by column, the emptiest first",
    ]
    assert "Anita Rao: 4 leads, most in Prospect (50%)." in words[1]
    assert "Last activity 90.0%" in words[4]


def test_leads_without_a_date_are_counted_beside_the_ages(visit: Visit, mine: Session) -> None:
    at = opened(visit("stages", mine=mine), "age_chart_table")
    frame = at.table[1].value
    assert frame["Leads"].tolist() == [4, 2, 1, 1, 1, 1]
    assert frame["No date"].tolist() == [0, 0, 0, 0, 0, 1]
    assert any(text.endswith("half of the leads. 1 lead without a date.") for text in captions(at))
    words = next(text for text in charts_words(at) if "last activity" in text)
    assert words.endswith("Weird stage no dates (1 of 1 lead without a date).")
    at.segmented_control(key="age_since").set_value("CreatedOn").run()
    assert not any("without a date" in text for text in captions(at))


def test_days_are_counted_from_the_last_activity_or_from_the_creation(
    visit: Visit, mine: Session
) -> None:
    at = visit("stages", mine=mine)
    at.segmented_control(key="age_since").set_value("CreatedOn").run()
    assert any("days since created" in text for text in charts_words(at))


def charts_words(at: AppTest) -> list[str]:
    return [one.proto.alt for one in at.get("plotly_chart")]


def test_values_beyond_the_eight_most_frequent_are_the_others(
    visit: Visit, fetch_of: FetchOf
) -> None:
    owners = [*"abcdefghij"] * 2
    mine = fetch_of(columns={STAGE: ["Prospect"] * 20, "OwnerIdName": owners})
    heat = figure(visit("stages", mine=mine), "by stage and")
    assert heat["layout"]["xaxis"]["ticktext"] == [*"abcdefgh", "2 others"]


def test_of_many_columns_the_emptiest_are_drawn(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    more = {f"mx_Column_{number}": [None] * 10 for number in range(8)}
    at = visit("stages", mine=fetch_of(columns=pipeline | more))
    assert "The 12 emptiest of 14 columns." in captions(at)


def test_without_dates_only_what_is_filled_in_is_told(visit: Visit, fetch_of: FetchOf) -> None:
    at = visit("stages", mine=fetch_of(columns={STAGE: ["Prospect"] * 3}))
    assert not at.error
    assert not at.main.segmented_control
    assert [text.split(":")[0] for text in charts_words(at)][-1].startswith("Filled in")
    assert not any("days since" in text for text in charts_words(at))


def test_leads_without_a_date_are_counted_beside_the_weeks(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    columns: Pipeline = {STAGE: ["Prospect"] * 3, "CreatedOn": ["2026-06-14", "2020-01-01", None]}
    at = visit("stages", mine=fetch_of(columns=columns))
    assert "Monday to Sunday in IST. 1 lead without a date." in said(at)
    assert "1 more lead created before" in said(at)


def test_dates_that_are_all_missing_are_no_error(visit: Visit, fetch_of: FetchOf) -> None:
    columns: Pipeline = {STAGE: ["Prospect"] * 2, "CreatedOn": [None, None]}
    assert not visit("stages", mine=fetch_of(columns=columns)).error


def test_one_order_holds_in_chart_table_heat_and_facet(visit: Visit, mine: Session) -> None:
    at = opened(visit("stages", mine=mine), "stage_order")
    assert "This is the usual order; change it under Stage order." in captions(at)
    press(at, "Move Enrolled up")
    press(at, "Move Enrolled up")
    wanted = ["Enrolled", "Prospect", "Contacted", "Not interested", "(blank)", "Weird stage"]
    assert names(figure(at, "leads by stage:")) == wanted
    assert [text.replace("\\", "") for text in at.table[0].value["Stage"]] == wanted
    assert names(figure(at, "by stage and")) == wanted
    boxes = [box.label for box in at.sidebar.checkbox]
    assert [name for name in boxes if name in wanted][:2] == ["Enrolled", "Prospect"]
    assert "This is your own order; change it under Stage order." in captions(at)
    at.button(key="stage_order_reset").click().run()
    assert names(figure(at, "leads by stage:")) == ORDER


def test_a_stage_can_be_made_open_won_or_lost(visit: Visit, mine: Session) -> None:
    at = opened(visit("stages", mine=mine), "stage_order")
    role = next(box for box in at.selectbox if box.label == "What Weird stage means")
    assert role.value is None
    role.set_value(WON).run()
    assert Stage("Weird stage", WON) in at.session_state["leadsheet"].stages
    assert ("Weird stage", "1") in [(tile.label, tile.value) for tile in at.metric]


def test_the_ends_of_the_order_cannot_be_left(visit: Visit, mine: Session) -> None:
    at = opened(visit("stages", mine=mine), "stage_order")
    stuck = [button.help for button in at.button if button.disabled and button.help]
    assert {"Move Prospect up", "Move Weird stage down"} <= set(stuck)


def captions(at: AppTest) -> list[str]:
    return [caption.value for caption in at.caption]


def press(at: AppTest, tip: str) -> None:
    """Press the button with this tip."""
    next(button for button in at.button if button.help == tip).click().run()
