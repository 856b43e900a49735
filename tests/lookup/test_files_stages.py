"""The Stages sheet stands in the order that the viewer made of the stages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lsq.analysis.catalog import Catalog
from lsq.analysis.stages import Stage, StageRole
from lsq.api.models import Field
from lsq.lookup.choice import Choice
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View
from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup

IDS = tuple(lead_id(number) for number in range(3))


def test_a_workbook_follows_the_viewer_s_order_and_shows_its_stages_without_leads(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    leads = make_table(IDS, ProspectStage=["Enrolled", "Prospect", "Contacted"])
    mine = [
        Stage("Contacted", StageRole.WON),
        Stage("Parked", StageRole.OPEN),
        Stage("Prospect", StageRole.LOST),
    ]
    sheets = tabs(
        View(lookup=make_lookup(*IDS, leads=leads), stages=tuple(mine)),
        Choice(zone=ZoneInfo("UTC")),
    )
    frame = next(tab.frame for tab in sheets if tab.name == "Stages")
    assert frame["Stage"].tolist() == ["Contacted", "Parked", "Prospect", "Enrolled"]
    assert frame["Role"].tolist() == ["won", "open", "lost", "unlisted"]
    assert frame["Leads"].tolist() == [1, 0, 1, 1]


def test_without_an_order_of_the_viewer_s_own_a_workbook_follows_the_account(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    lookup = make_lookup(*IDS, leads=make_table(IDS, ProspectStage=["Prospect", "B", "B"]))
    field = Field(name="ProspectStage", label="Stage", type="Select", options=("B", "Prospect"))
    account = replace(lookup, plan=replace(lookup.plan, catalog=Catalog.of([field])))
    sheets = tabs(View(lookup=account), Choice(zone=ZoneInfo("UTC")))
    frame = next(tab.frame for tab in sheets if tab.name == "Stages")
    assert frame["Stage"].tolist() == ["B", "Prospect"]
