"""What stands above the table calls every column so that it is known by its label and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.ui.column_labels import column_labels
from lsq.ui.table_look import offered

if TYPE_CHECKING:
    from tests.ui.kinds import FetchOf, Visit

IDS_HEADER = "Lead ID"
COLUMNS = {
    "FirstName": ["Asha"],
    "ProspectStage": ["Contacted"],
    "Phone": ["98450 12345"],
    "mx_City": ["Pune"],
    "City": ["Goa"],
}


def test_sorting_and_chooser_show_schema_names_that_are_other_words(
    visit: Visit, fetch_of: FetchOf, ids: list[str]
) -> None:
    mine = fetch_of(columns=COLUMNS, text=f"{IDS_HEADER},City\n{ids[0]},Pune")
    at = visit("leads", mine=mine)
    called = [
        "First name",
        "Stage · ProspectStage",
        "Phone",
        "City · mx_City",
        "City",
        "City · yours",
    ]
    assert at.multiselect(key="columns_shown").options == called
    assert at.selectbox(key="sort_by").options == ["Order of your sheet", "Row", *called]


def test_the_button_says_the_label_alone_and_the_address_the_name(
    visit: Visit, fetch_of: FetchOf
) -> None:
    at = visit("leads", mine=fetch_of(columns=COLUMNS))
    at.selectbox(key="sort_by").set_value("ProspectStage").run()
    assert "Sort: Stage ↑" in [each.proto.popover.label for each in at.get("popover")]
    assert at.query_params["sort"] == "ProspectStage"


def test_own_columns_whose_masked_names_are_alike_are_numbered(
    visit: Visit, fetch_of: FetchOf, ids: list[str]
) -> None:
    text = f"{IDS_HEADER},98450 11111,98450 22111\n{ids[0]},a,b"
    mine = fetch_of(columns={"Phone": ["1"]}, text=text)
    mine.masked = True
    visit("leads", mine=mine)
    assert mine.view is not None
    labels = [*column_labels(mine.view, offered(mine.view)).values()]
    assert len({*labels}) == len(labels) == 3
    assert not [label for label in labels if "98450" in label]
