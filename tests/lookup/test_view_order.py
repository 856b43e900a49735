"""One order of stages: those that the leads have, and those that only the sheet knows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from lsq.analysis.stages import Stage, StageRole
from lsq.lookup.choice import Choice
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View
from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup

IDS = [lead_id(number) for number in range(8)]
EVERY = ["Prospect", "Contacted", "Qualified", "Weird"]


@pytest.fixture
def left(make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]) -> Lookup:
    """Eight leads, all of which have left the two stages that the sheet has them in."""
    leads = make_table(IDS, ProspectStage=["Contacted"] * 6 + ["Qualified"] * 2)
    return make_lookup(*IDS, leads=leads, more={"Stage": ["Prospect"] * 5 + ["Weird"] * 3})


def test_stages_that_all_leads_have_left_stand_in_the_one_order(left: Lookup) -> None:
    view = View(lookup=left)
    assert [stage.name for stage in view.order] == EVERY
    assert [stage.role for stage in view.order][::3] == [StageRole.OPEN, StageRole.UNLISTED]
    assert view.drift is not None
    assert view.drift.moves is not None
    assert view.drift.moves.stages == view.order


def test_the_viewer_can_give_such_a_stage_a_place_and_a_role(left: Lookup) -> None:
    stages = tuple(Stage(name, StageRole.WON) for name in reversed(EVERY))
    view = View(lookup=left, stages=stages)
    assert view.order == stages
    assert set(view.frame["Movement"]) == {"moved forward", "moved back"}


def test_a_stage_column_that_is_not_compared_gives_no_stages(left: Lookup) -> None:
    assert [stage.name for stage in View(lookup=left, matches=()).order] == EVERY[1:3]


def test_a_workbook_of_the_shell_has_the_same_stages(left: Lookup) -> None:
    frame = next(
        tab.frame
        for tab in tabs(View(lookup=left), Choice(zone=ZoneInfo("UTC")))
        if tab.name == "Stages"
    )
    assert frame["Stage"].tolist() == EVERY
    assert frame["Leads"].tolist() == [0, 6, 2, 0]
