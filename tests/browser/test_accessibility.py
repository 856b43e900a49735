"""Nobody is shut out: no page has a serious finding of the axe rules, in any state or theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.driving import DESK, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.driving import Server, Viewer

GRAVE = {"serious", "critical"}
LOOKS = {
    "light": DESK,
    "dark": DESK | {"color_scheme": "dark"},
    "phone": PHONE,
}


def findings(viewer: Viewer, state: str) -> list[str]:
    """Audit the page as it stands; return a line for every element with a grave finding."""
    viewer.settle()
    found = Axe().run(viewer.page).response["violations"]
    return [
        f"{state}: {each['id']} ({each['impact']}): {node['html'][:200]} {node['target']}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def test_the_audit_sees_what_it_looks_for(viewer: Viewer) -> None:
    viewer.page.evaluate("document.body.appendChild(document.createElement('img')).src = '/x.png'")
    assert any("image-alt (critical)" in line for line in findings(viewer, "planted"))


@pytest.mark.parametrize("look", LOOKS)
def test_no_state_of_any_page_has_a_grave_finding(
    look: str, profile: Callable[..., Viewer], app: Server
) -> None:
    viewer = profile(app, **LOOKS[look])
    found: list[str] = []

    def audit(state: str) -> None:
        found.extend(findings(viewer, state))

    viewer.open("/leads")
    audit("leads without a sheet")
    viewer.visit("Lookup")
    audit("lookup, empty")
    viewer.drop("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    expect(viewer.page.get_by_role("alert").first).to_be_visible()
    audit("lookup, refused")
    viewer.press("sample")
    viewer.key("fetch").wait_for()
    audit("lookup, ready")
    viewer.fetch()
    audit("lookup, done")
    viewer.press("open_leads")
    viewer.key("leads_table").locator("canvas").first.wait_for()
    audit("leads")
    viewer.press("download")
    viewer.key("download_xlsx").wait_for()
    audit("download dialog")
    viewer.page.keyboard.press("Escape")
    expect(viewer.page.get_by_role("dialog")).to_have_count(0)
    viewer.visit("Stages")
    viewer.key("stage_chart").locator(".point").first.wait_for()
    audit("stages")
    viewer.key("stage_by_chart_table").get_by_text("As a table").click()
    viewer.press("stage_order")
    viewer.page.get_by_role("button", name="downward").first.wait_for()
    audit("stages, with a table and the order open")
    viewer.visit("Guide")
    audit("guide")
    assert found == []
