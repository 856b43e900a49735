"""Changes: what moved since the sheet, in words, figures, matrix and list; and when nothing did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.analysis.filters import Filters
from lsq.analysis.matching import How, Match
from lsq.analysis.moves import SINCE
from lsq.lookup.view import View

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Said, Visit

NOW = {
    "FirstName": ["Asha", "Ravi", "Meera", "Kiran", "Dev", "Isha"],
    "ProspectStage": [
        "Contacted", "Prospect", "Not interested", "Enrolled", "Invalid", "Prospect",
    ],
    "OwnerIdName": ["Anita Rao", "Anita Rao", "Sana", "Sana", "Sana", "Anita Rao"],
    "Phone": ["+91-9811111111"] * 6,
}  # fmt: skip
THEN = ["Prospect", "Contacted", "Contacted", "Not interested", "Not interested", "Prospect"]
OWNERS = ["Anita Rao", "Sana", "Sana", "Sana", "Sana", "anita rao"]


def sheet(ids: list[LeadId], **columns: list[str]) -> str:
    rows = zip(ids, *columns.values(), strict=False)
    return "\n".join([",".join(["Lead ID", *columns]), *(",".join(row) for row in rows)])


@pytest.fixture
def moved(fetch_of: FetchOf, ids: list[LeadId]) -> Session:
    """Six leads, of which five have moved, each in a direction of its own."""
    text = sheet(ids, Stage=THEN, Owner=OWNERS, Batch=["June", "July"] * 3)
    return fetch_of(columns=NOW, text=text)


def metrics(at: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def test_the_sentence_counts_moves_changes_and_what_is_as_it_was(
    visit: Visit, moved: Session, said: Said
) -> None:
    at = visit("changes", mine=moved)
    assert not at.exception
    assert at.title[0].value == "Changes"
    text = said(at)
    assert (
        "**5 of 6 leads moved stage** since your file: 1 forward, 1 back, 1 dropped out, "
        "1 came back, 1 between lost stages. 1 changed owner. 1 is exactly as it was." in text
    )
    assert (
        "Compared with your columns: **Stage** ↔ Stage · **Owner** ↔ Owner :gray[2 of 3 columns]"
        in text
    )


def test_the_tiles_are_the_four_directions_and_what_else_is_compared(
    visit: Visit, moved: Session
) -> None:
    assert metrics(visit("changes", mine=moved)) == {
        "Moved forward": "1",
        "Moved back": "1",
        "Dropped out": "1",
        "Came back": "1",
        "Changed owner": "1",
    }


def test_the_matrix_says_the_moves_in_words_and_as_a_table(
    visit: Visit, moved: Session, said: Said
) -> None:
    at = visit("changes", mine=moved, state={"moves_chart_table": True})
    assert "5 leads moved stage; the biggest moves: Prospect to Contacted 1 (moved forward)" in (
        said(at)
    )
    table = at.table[0].value
    assert list(table.columns) == ["In your file", "Now", "Leads", "Direction"]
    assert table.to_numpy().tolist() == [
        ["Prospect", "Contacted", 1, "moved forward"],
        ["Contacted", "Prospect", 1, "moved back"],
        ["Contacted", "Not interested", 1, "dropped out"],
        ["Not interested", "Enrolled", 1, "came back"],
        ["Not interested", "Invalid", 1, "moved otherwise"],
    ]


def test_the_biggest_moves_stand_beside_it(visit: Visit, moved: Session) -> None:
    biggest = visit("changes", mine=moved).dataframe[0].value
    assert biggest["Leads"].tolist() == [1] * 5
    assert biggest["Move"][0] == "Prospect → Contacted"


def test_the_list_has_old_and_new_side_by_side(visit: Visit, moved: Session) -> None:
    listed = visit("changes", mine=moved).dataframe[1].value
    assert list(listed) == [
        "Row", "ProspectID", "FirstName", "Stage · yours", "ProspectStage", "Owner · yours",
        "OwnerIdName",
    ]  # fmt: skip
    assert listed["Row"].str.strip().tolist() == ["2", "3", "4", "5", "6"]
    assert listed["Stage · yours"].tolist() == THEN[:5]
    assert listed["ProspectStage"].tolist() == NOW["ProspectStage"][:5]


def test_pills_choose_which_changes_are_listed(visit: Visit, moved: Session) -> None:
    at = visit("changes", mine=moved)
    pills = at.pills(key="changed_in")
    assert pills.options == [
        "Moved forward", "Moved back", "Dropped out", "Came back", "Moved otherwise",
        "Changed owner",
    ]  # fmt: skip
    at = pills.set_value(["Changed owner"]).run()
    listed = at.dataframe[1].value
    assert listed["OwnerIdName"].tolist() == ["Anita Rao"]
    assert listed["Owner · yours"].tolist() == ["Sana"]


def test_filtered_by_a_move_the_matrix_still_shows_the_others_to_be_clicked(
    visit: Visit, moved: Session
) -> None:
    moved.filters = Filters().choose(SINCE, ["Prospect → Contacted"])
    at = visit("changes", mine=moved)
    assert metrics(at)["Moved forward"] == "1"
    assert metrics(at)["Moved back"] == "0"
    assert len(at.dataframe[0].value) == 5
    assert at.dataframe[1].value["FirstName"].tolist() == ["Asha"]


def test_a_filter_of_the_sidebar_holds_here_too(visit: Visit, moved: Session) -> None:
    moved.filters = Filters().choose("OwnerIdName", ["Anita Rao"])
    at = visit("changes", mine=moved)
    assert metrics(at)["Moved forward"] == "1"
    assert metrics(at)["Dropped out"] == "0"


def test_filtered_to_none_the_page_says_so(visit: Visit, moved: Session, said: Said) -> None:
    moved.filters = Filters().choose("OwnerIdName", ["Nobody"])
    at = visit("changes", mine=moved)
    assert "No lead matches all filters." in said(at)
    assert not at.metric


def test_when_nothing_moved_it_says_so(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    for leads, sentence in (
        (1, "Nothing moved: the lead stands where your file had it."),
        (6, "Nothing moved: all 6 leads stand where your file had them."),
    ):
        stages = NOW["ProspectStage"][:leads]
        mine = fetch_of(columns={"ProspectStage": stages}, text=sheet(ids[:leads], Stage=stages))
        at = visit("changes", mine=mine)
        assert sentence in said(at)
        assert "No lead has changed in the columns compared." in said(at)
        assert not at.get("plotly_chart")


def test_leads_that_did_not_come_when_the_file_was_made_are_said_to_be_left_out(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    outcomes = ["found"] * 4 + ["failed", "not asked"]
    then = [*NOW["ProspectStage"][:4], "", ""]
    text = sheet(ids, Outcome=outcomes, ProspectID=[*ids[:4], "", ""], ProspectStage=then)
    mine = fetch_of(columns={"ProspectStage": NOW["ProspectStage"]}, text=text)
    at = visit("changes", mine=mine)
    assert "Nothing moved: all 4 leads stand where your file had them." in said(at)
    left_out = "2 leads did not come when your file was made, and are not compared."
    assert left_out in said(at)
    mine.filters = Filters().choose("Movement", ["(blank)"])
    at = visit("changes", mine=mine)
    assert not at.exception
    assert left_out in said(at)
    assert "Nothing moved" not in said(at)


def test_without_a_stage_the_other_changes_are_counted(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    mine = fetch_of(columns=NOW, text=sheet(ids, Owner=OWNERS))
    at = visit("changes", mine=mine)
    assert metrics(at) == {"Changed owner": "1"}
    assert "1 changed owner. 5 are exactly as they were." in said(at)
    assert not at.get("plotly_chart")


def test_without_any_change_in_columns_other_than_stage_it_says_so(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    mine = fetch_of(columns=NOW, text=sheet(ids, Owner=NOW["OwnerIdName"]))
    said_ = said(visit("changes", mine=mine))
    assert "Nothing changed: all 6 leads are exactly as your file had them." in said_


def test_a_sheet_of_ids_only_has_nothing_to_compare(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    at = visit("changes", mine=fetch_of(columns=NOW))
    assert at.subheader[0].value == "Nothing to compare"
    assert "Your file has ids only. Drop one on Lookup that says how its leads were." in said(at)


def test_a_sheet_without_a_matching_column_can_be_matched_by_hand(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    mine = fetch_of(columns=NOW, text=sheet(ids, Batch=["June"] * 6, Remark=["call"] * 6))
    at = visit("changes", mine=mine, state={"matches": True})
    assert at.subheader[0].value == "Nothing to compare"
    assert "Compared with your columns: nothing :gray[0 of 2 columns]" in said(at)
    at = at.selectbox(key="match_1").select("OwnerIdName").run()
    assert mine.matches == (Match("Remark · yours", "OwnerIdName", How.CHOSEN),)
    assert metrics(at) == {"Changed owner": "6"}
    assert "Chosen by you: **Remark** ↔ Owner" in said(at)


def test_a_match_is_corrected_and_found_again(visit: Visit, moved: Session) -> None:
    at = visit("changes", mine=moved, state={"matches": True})
    assert [box.value for box in at.selectbox if "match_" in str(box.key)] == [
        "ProspectStage", "OwnerIdName", "",
    ]  # fmt: skip
    at = at.selectbox(key="match_2").select("ProspectStage").run()
    assert moved.view.matched == (
        Match("Owner · yours", "OwnerIdName", How.LABEL),
        Match("Batch · yours", "ProspectStage", How.CHOSEN),
    )
    assert at.selectbox(key="match_0").value == ""
    at = at.selectbox(key="match_1").select("").run()
    assert [match.own for match in moved.view.matched] == ["Batch · yours"]
    at = at.button(key="matches_as_found").click().run()
    assert moved.matches is None
    assert at.selectbox(key="match_0").value == "ProspectStage"


def test_a_column_that_nobody_touched_is_compared_as_found_when_more_is_fetched(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    text = sheet(ids, Stage=THEN, Owner=OWNERS, Batch=["June", "July"] * 3)
    stages = {"ProspectStage": NOW["ProspectStage"], "Source": ["Web"] * 6}
    mine = fetch_of(columns=stages, text=text)
    at = visit("changes", mine=mine, state={"matches": True})
    at.selectbox(key="match_2").select("Source").run()
    mine.job = fetch_of(columns=NOW, text=text).job
    assert "Chosen by you" not in said(visit("changes", mine=mine))
    assert [match.lead for match in mine.view.matched] == ["ProspectStage", "OwnerIdName"]


def test_hostile_names_are_shown_as_they_are_written(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    evil = "<img src=x onerror=alert(1)>"
    columns = {"ProspectStage": [evil, "![p](//evil.example)"] * 3}
    mine = fetch_of(columns=columns, text=sheet(ids, Stage=["![p](//evil.example)", evil] * 3))
    at = visit("changes", mine=mine, state={"moves_chart_table": True})
    spec = at.get("plotly_chart")[0].proto.spec
    assert "<img" not in spec
    assert "&lt;img" in spec or "\\u003cimg" not in spec
    assert "![p](//evil.example)" not in "".join(at.table[0].value.iloc[:, 0])
    assert "**6 of 6 leads moved stage** since your file: 6 otherwise." in said(at)


def test_masked_phones_are_masked_in_the_list(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    old = [f"98222222{number:02d}" for number in range(3)] + ["9811111111"] * 3
    mine = fetch_of(columns=NOW, text=sheet(ids, Phone=old))
    mine.masked = True
    at = visit("changes", mine=mine)
    listed = at.dataframe[0].value
    assert metrics(at) == {"Changed phone": "3"}
    assert listed["Phone"].tolist() == ["+91-98•••••111"] * 3
    assert listed["Phone · yours"].tolist() == [f"98•••••2{number:02d}" for number in range(3)]
    assert "98222222" not in said(at)


def test_a_column_that_moved_stands_beside_the_stage_in_every_view(moved: Session) -> None:
    lookup = moved.lookup()
    assert lookup is not None
    view = View(lookup=lookup)
    names = list(view.frame)
    at = names.index("ProspectStage")
    assert names[at : at + 3] == ["ProspectStage", SINCE, "Movement"]
    assert SINCE not in lookup.table
    assert view.frame[SINCE].isna().sum() == 1
    assert view.indexed.values("Movement").names[0] == "moved forward"
    without = View(lookup=lookup, matches=())
    assert without.drift is None
    assert SINCE not in without.frame
