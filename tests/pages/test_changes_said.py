"""What Changes says where columns share a label, values cannot be read, or nothing is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.analysis.matching import How, Match

if TYPE_CHECKING:
    from lsq.api.lead_id import LeadId
    from tests.ui.kinds import FetchOf, Said, Visit


def sheet(ids: list[LeadId], **columns: list[str]) -> str:
    rows = zip(ids, *columns.values(), strict=False)
    return "\n".join([",".join(["Lead ID", *columns]), *(",".join(row) for row in rows)])


def test_two_columns_of_one_label_are_two_pills_and_no_lead_is_missing(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    now = [f"98111111{number:02d}" for number in range(6)]
    first, second = ["9822222222", *now[1:]], [*now[:4], "9833333333", "9844444444"]
    text = sheet(ids, Phone=first, Other=second)
    mine = fetch_of(columns={"Phone": now, "mx_Phone": now}, text=text)
    mine.matches = (
        Match("Phone · yours", "Phone", How.CHOSEN),
        Match("Other · yours", "mx_Phone", How.CHOSEN),
    )
    at = visit("changes", mine=mine)
    pills = at.pills(key="changed_in")
    assert pills.options == ["Changed phone", r"Changed phone \(2\)"]
    assert [tile.value for tile in at.metric] == ["2", "1"]
    assert r"1 changed phone, 2 changed phone \(2\)." in said(at)
    assert at.dataframe[0].value["Row"].astype("int64").tolist() == [2, 6, 7]
    at = pills.set_value(["mx_Phone"]).run()
    assert at.dataframe[0].value["Row"].astype("int64").tolist() == [6, 7]


def test_what_could_not_be_read_is_not_called_exactly_as_it_was(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    scores = [str(number) for number in range(6)]
    for unread, sentence in (
        (1, "5 are exactly as they were. 1 has a date or number in your file that cannot be read."),
        (6, "6 have a date or number in your file that cannot be read."),
    ):
        text = sheet(ids, Score=["soon"] * unread + scores[unread:])
        mine = fetch_of(columns={"Score": scores}, text=text)
        mine.matches = (Match("Score · yours", "Score", How.CHOSEN),)
        at = visit("changes", mine=mine)
        assert sentence in said(at)
        assert "all 6 leads" not in said(at)
        assert at.metric[0].value == "0"


@pytest.mark.parametrize("columns", [{}, {"Batch": ["June"] * 6}], ids=["ids", "more"])
def test_where_nothing_is_compared_the_next_step_is_a_button(
    columns: dict[str, list[str]], visit: Visit, fetch_of: FetchOf, ids: list[LeadId]
) -> None:
    mine = fetch_of(columns={"Source": ["Web"] * 6}, text=sheet(ids[:6], **columns))
    at = visit("changes", mine=mine)
    assert at.subheader[0].value == "Nothing to compare"
    assert at.button(key="go_lookup").label == "Go to Lookup"


def test_the_biggest_moves_are_said_with_their_numbers(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    text = sheet(ids, Stage=["Prospect"] * 5 + ["Contacted"])
    mine = fetch_of(columns={"ProspectStage": ["Contacted"] * 5 + ["Enrolled"]}, text=text)
    words = "The 2 biggest moves: Prospect → Contacted 5; Contacted → Enrolled 1."
    assert words in said(visit("changes", mine=mine))


def test_a_match_says_that_it_rests_on_content_where_no_name_says_so(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId]
) -> None:
    phones = [f"98111111{number:02d}" for number in range(20)]
    text = sheet(ids, Ring=phones, Stage=["Prospect"] * 20)
    columns = {"Phone": phones, "ProspectStage": ["Prospect"] * 20}
    at = visit("changes", mine=fetch_of(columns=columns, text=text), state={"matches": True})
    assert [box.label for box in at.selectbox if "match_" in str(box.key)] == [
        "Ring :gray[matched by what is in it]",
        "Stage",
    ]
