"""The account's own stages are in force wherever the viewer has not made an order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

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
OPTIONS = ("Contacted", "Campus tour", "Prospect", "Enrolled", "Junk")


@pytest.fixture
def lookup(make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]) -> Lookup:
    """Return a lookup on an account that has said its stages; one lead is in none of them."""
    leads = make_table(IDS, ProspectStage=["Enrolled", "prospect", "Elsewhere"])
    settled = make_lookup(*IDS, leads=leads)
    said = Catalog.of([Field(name="ProspectStage", label="Lead status", options=OPTIONS)])
    return replace(settled, plan=replace(settled.plan, catalog=said))


def test_a_view_and_a_file_have_the_accounts_stages_in_its_order(lookup: Lookup) -> None:
    order = [(stage.name, stage.role.value) for stage in View(lookup=lookup).order]
    assert order == [
        ("Contacted", "open"),
        ("Campus tour", "open"),
        ("prospect", "open"),
        ("Enrolled", "won"),
        ("Junk", "lost"),
        ("Elsewhere", "unlisted"),
    ]
    frame = next(
        tab.frame
        for tab in tabs(View(lookup=lookup), Choice(zone=ZoneInfo("UTC")))
        if tab.name == "Stages"
    )
    assert [*zip(frame["Stage"], frame["Role"], strict=True)] == order


def test_the_viewers_own_order_goes_before_it(lookup: Lookup) -> None:
    mine = (Stage("Enrolled", StageRole.OPEN), Stage("Contacted", StageRole.LOST))
    assert View(lookup=lookup, stages=mine).order[:2] == mine


def test_a_view_speaks_of_columns_as_the_account_does(lookup: Lookup) -> None:
    assert View(lookup=lookup).label("ProspectStage") == "Lead status"
