"""Stages: bars and cells that filter everywhere, and an order of stages that holds everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from lsq.sandbox import lead_id
from tests.browser.charts import axis, click_point, points
from tests.browser.driving import PHONE, Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.driving import Server

SHEET = "\n".join(
    ["Lead ID,Campaign"] + [f"{lead_id(n)},{('June', 'July', '')[n % 3]}" for n in range(300)]
).encode()


@pytest.fixture
def stages(viewer: Viewer) -> Viewer:
    """A viewer with 300 leads, on Stages."""
    return on_stages(viewer)


def on_stages(viewer: Viewer) -> Viewer:
    viewer.drop("ids.csv", SHEET)
    viewer.key("fetch").wait_for()
    viewer.fetch()
    viewer.visit("Stages")
    expect(cells(viewer).first).to_be_attached()
    return viewer


def said(viewer: Viewer) -> Locator:
    """Return what the heading says of the leads."""
    words = re.compile(r"^[\d,]+ (leads|of [\d,]+)$")
    return viewer.page.locator("p").filter(has_text=words)


def cells(viewer: Viewer) -> Locator:
    return points(viewer, "stage_by_chart")


def click_cell(viewer: Viewer, number: int) -> str:
    """Click a cell, and return what it says."""
    cell = cells(viewer).nth(number)
    text = cell.locator("text").text_content()
    click_point(viewer, cell)
    return text


def test_stages_stand_against_the_sheet_s_own_columns_and_against_age(stages: Viewer) -> None:
    heads = stages.key("stage_by_chart").locator(".xtick text")
    stages.choose("stage_by", "Campaign · yours")
    expect(heads).to_have_text(["(blank)", "July", "June"])
    stages.choose("stage_by", "Age")
    expect(heads.first).to_have_text(re.compile("days"))
    stages.choose("stage_by_measure", "Leads")
    expect(cells(stages).last.locator("text")).not_to_have_text(re.compile("%"))
    whole = said(stages).inner_text().removesuffix(" leads")
    filled = stages.key("stage_by_chart").locator(".point:has(text:text-matches('^\\\\d+$'))")
    number = filled.first.evaluate("cell => [...cell.parentNode.children].indexOf(cell)")
    leads = click_cell(stages, number)
    expect(said(stages)).to_have_text(f"{leads} of {whole}")
    expect(stages.key("chips")).to_contain_text("Created")


def test_a_stage_that_is_moved_moves_in_chart_table_heat_and_facet(stages: Viewer) -> None:
    before = axis(stages, "stage_chart")
    moved = [before[1], before[0], *before[2:]]
    stages.press("stage_order")
    stages.page.get_by_role("button", name=re.compile("downward")).first.click()
    expect(stages.page.get_by_text("This is your own order")).to_be_visible()
    stages.settle()
    assert axis(stages, "stage_chart") == moved
    assert axis(stages, "stage_by_chart") == moved
    table = stages.page.get_by_test_id("stTable").first
    assert table.locator("tbody tr > :first-child").all_inner_texts() == moved
    boxes = stages.page.get_by_test_id("stSidebar").get_by_test_id("stCheckbox")
    assert boxes.all_inner_texts()[:2] == moved[:2]
    stages.page.mouse.move(0, 0)  # else the button's tip stands before the next one
    stages.press("stage_order_reset")
    expect(stages.page.get_by_text("Order comes from the account")).to_be_visible()
    stages.settle()
    assert axis(stages, "stage_chart") == before


def test_a_chart_opens_as_a_table_with_the_same_figures(stages: Viewer) -> None:
    stages.key("stage_by_chart_table").get_by_text("As a table").click()
    table = stages.key("stage_by_chart_table").get_by_test_id("stTable")
    expect(table).to_be_visible()
    first = cells(stages).first.locator("text").text_content().removesuffix("%")
    written = float(table.locator("tbody td").nth(1).inner_text().removesuffix("%"))
    assert round(written) == int(first)


def test_the_page_fits_a_phone(profile: Callable[..., Viewer], app: Server) -> None:
    viewer = profile(app, **PHONE)
    viewer.open()
    on_stages(viewer)
    viewer.press("stage_order")
    buttons = viewer.page.get_by_role("button", name=re.compile("(up|down)ward"))
    expect(buttons.first).to_be_visible()
    width = viewer.page.viewport_size["width"]
    for at in range(buttons.count()):
        box = buttons.nth(at).bounding_box()
        assert box["x"] + box["width"] <= width
    assert viewer.page.evaluate("document.documentElement.scrollWidth") <= width
