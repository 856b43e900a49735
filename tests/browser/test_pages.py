"""Every page draws in whatever order it is asked for, and nothing leaves the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.driving import Viewer, Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from tests.browser.driving import Server

TITLES = {
    "Lookup": "Look up a sheet of lead ids",
    "Leads": "Leads",
    "Stages": "Stages",
    "Changes": "Changes",
    "Guide": "Guide",
}


def test_a_fresh_server_that_is_first_asked_for_a_page_works_for_everybody(
    fresh_app: Server, profile: Callable[..., Viewer]
) -> None:
    first = profile(fresh_app, color_scheme="dark")
    first.open("/stages?stage=Qualified")
    expect(first.page.get_by_role("heading", level=1)).to_have_text("Stages")
    expect(first.page.get_by_text("No leads yet")).to_be_visible()
    for title, heading in TITLES.items():
        first.visit(title)
        expect(first.page.get_by_role("heading", level=1)).to_have_text(heading)
    second = profile(fresh_app)
    second.open("/leads")
    expect(second.page.get_by_role("heading", level=1)).to_have_text("Leads")


def test_a_request_to_another_machine_would_be_noticed(browser: Browser, app: Server) -> None:
    context = browser.new_context()
    watch = Watch(context)
    viewer = Viewer(context, app.url)
    viewer.open()
    assert watch.outside == []

    viewer.page.evaluate("fetch('https://fonts.example/icon.svg').catch(() => null)")
    context.close()
    assert watch.outside == ["https://fonts.example/icon.svg"]
    assert watch.errors != []
