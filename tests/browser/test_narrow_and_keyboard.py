"""The whole job on a phone, and without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from lsq.sandbox import lead_id
from tests.browser.driving import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.driving import Server, Viewer

SHEET = "\n".join(["Lead ID", *(lead_id(number) for number in range(60))]).encode()


def test_the_whole_job_can_be_done_on_a_phone(app: Server, profile: Callable[..., Viewer]) -> None:
    viewer = profile(app, **PHONE)
    viewer.open()
    assert_fits(viewer)
    viewer.drop("ids.csv", SHEET)
    viewer.key("fetch").wait_for()
    assert_fits(viewer)
    viewer.fetch()
    assert_fits(viewer)

    viewer.visit("Leads")
    viewer.key("leads_table").get_by_test_id("stDataFrame").wait_for()
    assert_fits(viewer)
    viewer.press("download")
    name, data = viewer.download("download_xlsx")
    assert name.endswith(".xlsx")
    assert data.startswith(b"PK")
    dialog = viewer.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)

    viewer.visit("Stages")
    viewer.key("stage_chart").locator(".point").first.wait_for()
    assert_fits(viewer)
    viewer.visit("Guide")
    assert_fits(viewer)


def test_control_and_enter_fetch(viewer: Viewer) -> None:
    viewer.drop("ids.csv", SHEET)
    viewer.key("fetch").wait_for()
    viewer.settle()
    viewer.page.keyboard.press("Control+Enter")
    viewer.key("open_leads").wait_for()
    expect(viewer.page.get_by_text("60 of 60 leads found.")).to_be_visible()


def assert_fits(viewer: Viewer) -> None:
    """Check that nothing has to be pushed sideways to be read."""
    viewer.settle()
    for part in (viewer.page.get_by_test_id("stMain"), viewer.page.locator("html")):
        inside, shown = part.evaluate("it => [it.scrollWidth, it.clientWidth]")
        assert inside <= shown


def test_what_is_pressed_stays_readable_in_the_dark(
    app: Server, profile: Callable[..., Viewer]
) -> None:
    viewer = profile(app, color_scheme="dark")
    viewer.open()
    viewer.drop("ids.csv", SHEET)
    options = viewer.page.get_by_role("button", name="Options")
    ink = options.evaluate("button => getComputedStyle(button).color")
    options.click()
    expect(options).to_have_attribute("aria-expanded", "true")
    expect(options).to_have_css("color", ink)
