"""Filters: chosen by facet or bar, shown as chips, carried by the address, cleared at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from lsq.sandbox import lead_id
from lsq.ui.keys import digest
from tests.browser.driving import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.driving import Server

HOSTILE = [
    "**bold** _and_ _slanted_",
    "[x](http://e.example)",
    "![x](http://e.example/x.png)",
    ":material/lock:",
    ":red[alarm]",
    "someone@example.com.au.x",
    "www.e.example",
    "<b>bold</b> &amp;",
    "# a -> b (c)",
]
SHEET = "\n".join(["Lead ID", *(lead_id(number) for number in range(300))]).encode()
WITH_COLUMNS = "\n".join(
    ["Lead ID,Campaign,Odd"]
    + [f"{lead_id(n)},{('June', 'July')[n % 2]},{HOSTILE[n % 9]}" for n in range(300)]
).encode()


def with_leads(viewer: Viewer, sheet: bytes = SHEET) -> Locator:
    """Fetch 300 leads, go to Leads, and return what its heading says."""
    viewer.drop("ids.csv", sheet)
    viewer.key("fetch").wait_for()
    viewer.fetch()
    viewer.press("open_leads")
    viewer.key("leads_table").wait_for()
    return viewer.page.get_by_text(re.compile(r"^[\d,]+ (leads|of [\d,]+)$"))


def test_a_facet_filters_every_page_and_its_link_repeats_the_view(viewer: Viewer) -> None:
    said = with_leads(viewer)
    whole = said.inner_text().removesuffix(" leads")
    box = viewer.page.get_by_test_id("stSidebar").get_by_text("Qualified", exact=True)

    box.click()
    expect(said).to_have_text(re.compile(f"^[0-9]+ of {whole}$"))
    filtered = said.inner_text()
    expect(viewer.key("chips")).to_contain_text("Stage: Qualified")
    viewer.page.wait_for_url(re.compile(r"[?&]stage=Qualified\b"))

    viewer.visit("Stages")
    expect(said).to_have_text(filtered)
    viewer.page.wait_for_url(re.compile(r"[?&]stage=Qualified\b"))
    link = viewer.page.url

    copy = Viewer(viewer.page.context, viewer.url)
    copy.open(link)
    expect(copy.key("chips")).to_contain_text("Stage: Qualified")
    expect(copy.page.get_by_text(filtered)).to_be_visible()

    viewer.press("clear")
    expect(said).to_have_text(f"{whole} leads")
    expect(viewer.key("chips")).to_have_count(0)
    viewer.page.wait_for_url(lambda url: "stage=" not in url)


def box(viewer: Viewer, column: str, value: str) -> Locator:
    """Return the checkbox of a facet's value."""
    return viewer.key(f"facet_{column}").get_by_role("checkbox", name=value, exact=True)


def tick(viewer: Viewer, column: str, value: str) -> None:
    """Tick a value of a facet, or take its tick away."""
    viewer.key(f"facet_{column}").get_by_text(value, exact=True).click()


def test_values_can_be_excluded_and_inverted_from_the_menu_of_a_facet(viewer: Viewer) -> None:
    said = with_leads(viewer)
    tick(viewer, "Source", "Facebook")
    expect(viewer.key("chips")).to_contain_text("Source: Facebook")
    only = int(said.inner_text().split(" of ")[0])

    viewer.key("facet_Source").get_by_role("button").first.click()
    viewer.key("exclude_Source").get_by_text("Exclude").click()
    expect(viewer.key("chips")).to_contain_text("Source: not Facebook")
    expect(said).to_have_text(re.compile(rf"^{int(said_of(said)) - only} of "))
    viewer.page.wait_for_url(re.compile(r"[?&]source\.not=Facebook\b"))

    viewer.press("invert_Source")
    expect(said).to_have_text(re.compile(f"^{only} of "))
    expect(box(viewer, "Source", "Facebook")).not_to_be_checked()
    expect(box(viewer, "Source", "Website")).to_be_checked()

    viewer.choose("sort_Source", "Name")
    viewer.page.keyboard.press("Escape")
    expect(viewer.key("sort_Source")).to_have_count(0)
    names = viewer.key("facet_Source").get_by_test_id("stCheckbox")
    expect(names.first).to_have_text("CollegeDunia")  # the menu is closed, its order stays


def said_of(said: Locator) -> str:
    """Return the number of all leads in a heading such as `12 of 300`."""
    return said.inner_text().split(" of ")[1]


def test_a_link_repeats_the_view_for_somebody_else_with_the_same_sheet(
    profile: Callable[..., Viewer], app: Server
) -> None:
    first = profile(app)
    first.open()
    said = with_leads(first, WITH_COLUMNS)
    tick(first, "ProspectStage", "Qualified")
    tick(first, "ProspectStage", "Prospect")
    first.key("range_Score").locator("summary").click()
    first.key("slide_Score").get_by_role("slider").first.press("PageUp")
    expect(first.key("chips")).to_contain_text("Score: from")
    expect(first.key("chips")).to_contain_text("Qualified or Prospect")
    filtered, link = said.inner_text(), first.page.url

    tick(first, digest("Campaign · yours"), "June")
    tick(first, "OwnerIdName", "Anita Rao")
    expect(first.key("chips")).to_contain_text("Anita Rao")
    expect(first.key("chips")).to_contain_text("June")
    assert first.page.url == link, "neither owners nor columns of the sheet stand in the address"

    other = profile(app)
    other.open(link)
    expect(other.page.get_by_role("heading", name="That fetch is not here")).to_be_visible()
    other.press("go_lookup")
    said = with_leads(other, WITH_COLUMNS)
    expect(said).to_have_text(filtered)
    expect(other.key("chips")).to_contain_text("Qualified or Prospect")
    expect(other.key("chips")).to_contain_text("Score: from")


def test_two_quick_clicks_both_count(viewer: Viewer) -> None:
    with_leads(viewer)
    for gap_ms in (0, 60):
        for value in ("Prospect", "Contacted"):
            box(viewer, "ProspectStage", value).evaluate("box => box.click()")
            viewer.page.wait_for_timeout(gap_ms)
        chips = viewer.key("chip_ProspectStage")
        expect(chips).to_contain_text("Prospect")
        expect(chips).to_contain_text("Contacted")
        viewer.press("clear")
        expect(viewer.key("chips")).to_have_count(0)
        expect(box(viewer, "ProspectStage", "Prospect")).not_to_be_checked()


def test_values_are_read_aloud_as_they_stand_and_none_is_markup(viewer: Viewer) -> None:
    with_leads(viewer, WITH_COLUMNS)
    facet = viewer.key(f"facet_{digest('Odd · yours')}")
    boxes = facet.get_by_role("checkbox")
    expect(boxes).to_have_count(len(HOSTILE))
    spoken = {one.get_attribute("aria-label") or "" for one in boxes.all()}
    assert {re.sub("[\u2060\ufeff]", "", name) for name in spoken} == set(HOSTILE)
    labels = facet.locator("[data-testid=stCheckbox] [data-testid=stMarkdownContainer]")
    expect(labels).to_have_count(len(HOSTILE))
    expect(labels.last).not_to_be_empty()
    drawn = {re.sub("[\u2060\ufeff]", "", text) for text in labels.all_inner_texts()}
    assert drawn == set(HOSTILE)
    assert labels.locator("a, img, b, strong, em, code, span").count() == 0
