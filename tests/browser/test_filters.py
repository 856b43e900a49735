"""Filters: chosen by facet or bar, shown as chips, carried by the address, cleared at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from lsq.sandbox import lead_id
from tests.browser.driving import Viewer

if TYPE_CHECKING:
    from playwright.sync_api import Locator


SHEET = "\n".join(["Lead ID", *(lead_id(number) for number in range(300))]).encode()


def with_leads(viewer: Viewer) -> Locator:
    """Fetch 300 leads, go to Leads, and return what its heading says."""
    viewer.drop("ids.csv", SHEET)
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


def test_a_bar_filters_and_its_chip_takes_the_filter_away(viewer: Viewer) -> None:
    said = with_leads(viewer)
    whole = said.inner_text()
    viewer.visit("Stages")

    for number in (2, 0):  # a second time, after the first was taken away
        viewer.click_bar("stage_chart", number)
        expect(viewer.key("chips")).to_contain_text("Stage:")
        expect(said).not_to_have_text(whole)
        viewer.key("chip_ProspectStage").get_by_role("button").click()
        expect(said).to_have_text(whole)
