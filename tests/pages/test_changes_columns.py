"""Changes: what can be compared by hand, and what is said of rows that repeat a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.analysis.matching import How, Match
from lsq.api.models import Field

if TYPE_CHECKING:
    from lsq.api.lead_id import LeadId
    from tests.ui.kinds import FetchOf, Said, Visit

OWNERS = ["0acb9356-bcd1-4128-b63a-000000000001", "0acb9356-bcd1-4128-b63a-000000000002"]


def sheet(ids: list[LeadId], rows: list[tuple[int, str]]) -> str:
    return "\n".join(["Lead ID,Stage", *(f"{ids[lead]},{stage}" for lead, stage in rows)])


def test_an_id_that_came_back_can_be_chosen_and_the_lead_s_own_cannot(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId]
) -> None:
    text = "\n".join(["Lead ID,Who", *(f"{id_},{OWNERS[0]}" for id_ in ids[:2])])
    mine = fetch_of(columns={"FirstName": ["A", "B"], "OwnerId": OWNERS}, text=text)
    at = visit("changes", mine=mine, state={"matches": True})
    box = at.selectbox(key="match_0")
    assert box.options == ["not compared", "First name", "Owner id"]
    at = box.select("OwnerId").run()
    assert mine.matches == (Match("Who · yours", "OwnerId", How.CHOSEN),)
    assert [metric.value for metric in at.metric] == ["1"]


def test_of_two_columns_with_one_label_the_one_that_is_chosen_is_compared(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId]
) -> None:
    fields = [Field(name=name, label="Town", type="Text") for name in ("mx_Town", "mx_Town_Now")]
    columns = {"mx_Town": ["Pune", "Goa"], "mx_Town_Now": ["Pune", "Pune"]}
    text = "\n".join(["Lead ID,Where", f"{ids[0]},x", f"{ids[1]},y"])
    mine = fetch_of(columns=columns, fields=fields, text=text)
    at = visit("changes", mine=mine, state={"matches": True})
    options = at.selectbox(key="match_0").options
    assert options == ["not compared", "Town · mx_Town", "Town · mx_Town_Now"]
    at.selectbox(key="match_0").select("mx_Town").run()
    assert mine.matches == (Match("Where · yours", "mx_Town", How.CHOSEN),)


def test_rows_that_repeat_a_lead_with_another_stage_are_counted(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    rows = [(0, "Prospect"), (1, "Prospect"), (0, "Contacted"), (1, "Prospect"), (0, "Qualified")]
    columns = {"ProspectStage": ["Prospect", "Prospect"]}
    at = visit("changes", mine=fetch_of(columns=columns, text=sheet(ids, rows)))
    assert "2 rows repeat leads with other values: a lead's first row counts." in said(at)
    at = visit("changes", mine=fetch_of(columns=columns, text=sheet(ids, rows[:2])))
    assert "first row counts" not in said(at)
