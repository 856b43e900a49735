"""How columns are drawn: which of them stand still, and how wide they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lsq.ui import table

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.ui.kinds import FetchOf, Visit

NAMES = {"LastName": ["Rao"], "FirstName": ["Asha"], "Phone": ["98450 12345"]}


def widths_of_pinned(at: AppTest) -> dict[str, int]:
    """Return the columns that stand still, in the order they are drawn, with their widths."""
    described = json.loads(at.dataframe[0].proto.columns)
    return {
        name: described[name]["width"]
        for name in at.dataframe[0].value
        if described[name].get("pinned")
    }


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        (["LastName", "FirstName", "Phone"], {"FirstName": 140}),
        (["Phone", "LastName"], {"LastName": 140}),
        (["Phone"], {}),
    ],
    ids=["both names", "no first name", "no name"],
)
def test_row_id_and_one_name_stand_still(
    visit: Visit, fetch_of: FetchOf, shown: list[str], name: dict[str, int]
) -> None:
    at = visit("leads", mine=fetch_of(columns=NAMES))
    at.multiselect(key="columns_shown").set_value(shown).run()
    assert list(at.dataframe[0].value) == ["Row", "ProspectID", *shown]
    assert widths_of_pinned(at) == {"Row": 80, "ProspectID": 96, **name}


def test_in_a_long_table_its_buttons_stand_still_too(
    visit: Visit, fetch_of: FetchOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "EAGER_ROWS", 0)
    at = visit("leads", mine=fetch_of(columns=NAMES))
    assert widths_of_pinned(at) == {"Row": 80, "ProspectID": 96, "FirstName": 140}


def test_what_a_file_of_ours_had_of_a_column_is_shown_when_it_is_chosen(
    visit: Visit, fetch_of: FetchOf, ids: list[str]
) -> None:
    text = f"Lead ID,Note,Outcome,ProspectID,FirstName\n{ids[0]},n,found,{ids[0]},Asa\n"
    mine = fetch_of(columns={"FirstName": ["Asha"]}, text=text)
    at = visit("leads", mine=mine)
    assert list(at.dataframe[0].value) == ["Row", "ProspectID", "FirstName", "Note · yours"]
    at.multiselect(key="columns_shown").set_value(["FirstName · yours", "FirstName"]).run()
    shown = ["Row", "ProspectID", "FirstName · yours", "FirstName"]
    assert list(at.dataframe[0].value) == shown
