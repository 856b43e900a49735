"""Nobody is shut out: no page has a serious finding of the axe rules, in any state or theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from lsq.sandbox import lead_id
from tests.browser.charts import points
from tests.browser.driving import DESK, PHONE
from tests.browser.tables import close, grid, look_for, open_line, tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.driving import Server, Viewer

GRAVE = {"serious", "critical"}
LOOKS = {
    "light": DESK,
    "dark": DESK | {"color_scheme": "dark"},
    "phone": PHONE,
}
STREAMLITS = ".stTable"
"""Its tables scroll sideways on a phone, which browsers let the keyboard do by themselves."""

STILL = """() => !document.querySelector('[data-stale=true]') &&
    document.getAnimations().every(
        it => it.playState !== 'running' || it.effect.getTiming().iterations === Infinity)"""
"""Nothing is old, and nothing fades in or out: half faded, every colour has too little contrast."""


class Audit:
    """The audit of a viewer's pages.

    Attributes:
        found: A line for every element with a grave finding, in any state until now.
    """

    def __init__(self, viewer: Viewer, *, rules: tuple[str, ...] = ()) -> None:
        """Find nothing yet; with `rules` look for these alone."""
        self.viewer = viewer
        self.found: list[str] = []
        self._options: dict[str, object] = {"resultTypes": ["violations"]}
        if rules:
            self._options["runOnly"] = list(rules)

    def look(self, state: str) -> None:
        """Audit the page as it stands."""
        self.viewer.settle()
        self.viewer.page.wait_for_function(STILL)
        violations = Axe().run(self.viewer.page, options=self._options).response["violations"]
        self.found += [
            f"{state}: {each['id']} ({each['impact']}): {node['html'][:200]} {node['target']}"
            for each in violations
            if each["impact"] in GRAVE
            for node in each["nodes"]
            if not (each["id"] == "scrollable-region-focusable" and STREAMLITS in str(node))
        ]


def test_the_audit_sees_what_it_looks_for(viewer: Viewer) -> None:
    viewer.page.evaluate("document.body.appendChild(document.createElement('img')).src = '/x.png'")
    audit = Audit(viewer)
    audit.look("planted")
    assert any("image-alt (critical)" in line for line in audit.found)


@pytest.mark.parametrize("look", LOOKS)
def test_no_state_of_any_page_has_a_grave_finding(
    look: str, profile: Callable[..., Viewer], app: Server
) -> None:
    viewer = profile(app, **LOOKS[look])
    # What is light and dark differs in its colours alone.
    audit = Audit(viewer, rules=("color-contrast",) if look == "dark" else ())
    lookup_page(audit)
    leads_page(audit)
    stages_page(audit)
    changes_page(audit)
    if look != "phone":  # where the filters stand in the drawer
        filters(audit)
        viewer.visit("Guide")
        audit.look("guide")
    if look == "light":
        less_usual(audit)
    assert audit.found == []


def lookup_page(audit: Audit) -> None:
    viewer = audit.viewer
    viewer.open("/leads")
    audit.look("leads without a sheet")
    viewer.visit("Lookup")
    audit.look("lookup, empty")
    viewer.drop("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    expect(viewer.page.get_by_role("alert").first).to_be_visible()
    audit.look("lookup, refused")
    viewer.press("sample")
    viewer.key("fetch").wait_for()
    audit.look("lookup, ready")
    viewer.fetch()
    audit.look("lookup, done")


def leads_page(audit: Audit) -> None:
    viewer = audit.viewer
    viewer.press("open_leads")
    grid(viewer).locator("canvas").first.wait_for()
    audit.look("leads")
    open_line(viewer, 2)
    audit.look("a lead in full")
    close(viewer)
    tick(viewer, 1, selected=1)
    audit.look("leads, one selected")
    viewer.press("sort")
    audit.look("leads, sorting open")
    viewer.page.keyboard.press("Escape")
    viewer.press("download")
    viewer.key("download_xlsx").wait_for()
    audit.look("download dialog")
    close(viewer)


def stages_page(audit: Audit) -> None:
    viewer = audit.viewer
    viewer.visit("Stages")
    viewer.key("stage_chart").locator(".point").first.wait_for()
    audit.look("stages")
    viewer.key("stage_by_chart_table").get_by_text("As a table").click()
    viewer.press("stage_order")
    viewer.page.get_by_role("button", name="downward").first.wait_for()
    audit.look("stages, with a table and the order open")
    viewer.page.keyboard.press("Escape")


def changes_page(audit: Audit) -> None:
    viewer = audit.viewer
    viewer.visit("Changes")
    points(viewer, "moves_chart").first.wait_for()
    audit.look("changes")
    viewer.press("matches")
    viewer.page.locator("[class*=st-key-match_]").first.wait_for()
    audit.look("changes, columns open")
    viewer.page.keyboard.press("Escape")


def filters(audit: Audit) -> None:
    viewer = audit.viewer
    sidebar = viewer.page.get_by_test_id("stSidebar")
    sidebar.get_by_text("Prospect", exact=True).first.click()
    viewer.key("chips").wait_for()
    viewer.press("menu_ProspectStage")
    viewer.key("exclude_ProspectStage").wait_for()
    audit.look("filtered, a facet's menu open")
    viewer.page.keyboard.press("Escape")
    viewer.key("mask").locator("label").first.click()
    audit.look("masked")


def less_usual(audit: Audit) -> None:
    viewer = audit.viewer
    viewer.visit("Leads")
    look_for(viewer, "nobody is called so", found="0 of [0-9,]+")
    audit.look("leads, nothing found")
    viewer.press("column_chooser")
    viewer.key("columns_shown").wait_for()
    audit.look("leads, choosing columns")
    viewer.page.keyboard.press("Escape")
    viewer.page.get_by_role("button", name="More filters").click()
    viewer.key("more_filters").wait_for()
    audit.look("leads, more filters")
    viewer.open()
    viewer.drop("ids.csv", f"Lead ID\n{lead_id(1)}\n".encode())
    viewer.key("fetch").wait_for()
    viewer.fetch()
    viewer.visit("Changes")
    expect(viewer.page.get_by_text("Nothing to compare")).to_be_visible()
    audit.look("nothing to compare")
