"""Keys of widgets travel to the browser: nothing stands in them that a mask hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.ui.keys import digest

if TYPE_CHECKING:
    from lsq.api.lead_id import LeadId
    from tests.ui.kinds import FetchOf, Said, Visit

FACET, RANGE = "ask 98450 12345", "fee asha@example.com"


def test_names_of_the_sheets_columns_stand_in_no_key(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    source = [f"Source {number}" for number in range(50)] * 2
    lines = [f"{lead},A{n % 12},{n * 1.5}" for n, lead in enumerate(ids)]
    text = "\n".join([f"Lead ID,{FACET},{RANGE}", *lines])
    mine = fetch_of(columns={"Source": source}, text=text)
    mine.masked = True
    own = [f"{name} · yours" for name in (FACET, RANGE)]
    mine.filters = mine.filters.choose(own[0], ["A1"])
    menu = f"menu_{digest(own[0])}"
    at = visit("leads", mine=mine, state={"more_filters": [own[1]], menu: True})
    assert at.button(key=f"chip_{digest(own[0])}")
    assert at.number_input(key=f"low_{digest(own[1])}")
    at.number_input(key=f"low_{digest(own[1])}").set_value(3.0).run()
    assert at.button(key=f"chip_{digest(own[1])}").label.endswith("from 3")
    at.toggle(key=f"exclude_{digest(own[0])}").set_value(True).run()
    assert at.session_state["leadsheet"].filters.facet(own[0]).excluded
    keys = [line for line in said(at).splitlines() if line.startswith("$$ID-")]
    assert len(keys) > 5
    assert not [key for key in keys if "12345" in key or "example" in key]


def test_lone_surrogates_have_a_digest_too() -> None:
    assert digest("\ud800") != digest("\ud801")


def test_the_menu_of_each_facet_has_a_name_of_its_own(visit: Visit, fetch_of: FetchOf) -> None:
    columns = {"ProspectStage": ["Prospect", "Contacted"] * 2, "Source": ["Web", "Fair"] * 2}
    at = visit("leads", mine=fetch_of(columns=columns))
    names = [menu.proto.popover.label for menu in at.get("popover")]
    assert {"Menu of Stage", "Menu of Source"} <= set(names)
