"""The table of leads: the right lead opens, search and sorting, columns in the address, masks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from lsq.sandbox import lead_id
from tests.browser.driving import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, WebSocket

    from tests.browser.driving import Server, Viewer

MANY = 100_000
TABLE_BYTES = 1_000_000
HEADER_PX, LINE_PX = 36, 32
CELLS = """grid => [...grid.querySelectorAll('[role=row]')].map(
    row => [...row.querySelectorAll('[role=gridcell],[role=columnheader]')].map(
        cell => cell.textContent.trim()))"""


def sheet(leads: int) -> bytes:
    lines = [
        f"{lead_id(number)},{('June batch', 'Alumni')[number % 2]},98450{number:05d}"
        for number in range(leads)
    ]
    return "\n".join(["Lead ID,Campaign,Helpline", *lines]).encode()


def with_leads(viewer: Viewer, leads: int = 300) -> None:
    """Fetch so many leads and go to the table."""
    viewer.drop("june.csv", sheet(leads))
    viewer.key("fetch").wait_for(timeout=120_000)
    viewer.press("fetch")
    viewer.key("open_leads").wait_for(timeout=240_000)
    viewer.settle()
    viewer.press("open_leads")
    grid(viewer).locator("canvas").first.wait_for()
    viewer.settle()


def grid(viewer: Viewer) -> Locator:
    return viewer.key("leads_table").get_by_test_id("stDataFrame")


def lines(viewer: Viewer) -> list[dict[str, str]]:
    """Read what is drawn, each row by the headers, as screen readers find it."""
    header, *rows = grid(viewer).locator("canvas table").first.evaluate(CELLS)
    return [dict(zip(header, row, strict=True)) for row in rows]


def open_line(viewer: Viewer, line: int, *, left_px: int) -> Locator:
    """Click into a line of the table and return the drawer that it opens."""
    drawer = viewer.page.get_by_role("dialog")
    box = grid(viewer).bounding_box()
    assert box is not None
    x, y = box["x"] + left_px, box["y"] + HEADER_PX + LINE_PX * line + LINE_PX / 2
    viewer.page.mouse.move(x - 2, y - 2)
    viewer.page.mouse.click(x, y)
    drawer.wait_for()
    viewer.settle()
    return drawer


def close(viewer: Viewer) -> None:
    viewer.page.keyboard.press("Escape")
    expect(viewer.page.get_by_role("dialog")).to_have_count(0)


def look_for(viewer: Viewer, text: str, *, found: str = "") -> None:
    """Search, and wait until so many are found: "5 of 300"."""
    viewer.key("search").locator("input").fill(text)
    said = re.compile(rf"^{found or '[0-9,]+ of [0-9,]+'} leads found")
    expect(viewer.page.get_by_text(said)).to_be_visible()
    viewer.settle()


def sort_by(viewer: Viewer, label: str, way: str) -> None:
    viewer.press("sort")
    viewer.pick("sort_by", label)
    viewer.choose("sort_way", way)
    viewer.page.keyboard.press("Escape")
    expect(viewer.key("sort")).to_contain_text(label)
    viewer.settle()


def test_the_selected_lead_opens_at_the_right_and_the_next_one_after_it(viewer: Viewer) -> None:
    with_leads(viewer)
    table = lines(viewer)
    for line in (3, 5):
        row = table[line]
        drawer = open_line(viewer, line, left_px=17)
        expect(drawer).to_contain_text(re.compile(rf"Row {row['Row']} of june\.csv"))
        expect(drawer.get_by_role("row").filter(has_text="FirstName")).to_contain_text(
            row["First name"]
        )
        expect(drawer.get_by_role("row").filter(has_text="Campaign")).to_contain_text("your sheet")
        expect(drawer.get_by_text("Open in LeadSquared")).to_have_count(0)
        close(viewer)


def test_the_right_lead_opens_after_search_and_sorting(viewer: Viewer) -> None:
    with_leads(viewer)
    look_for(viewer, "sharma")
    sort_by(viewer, "Created", "Greatest first")
    viewer.page.wait_for_url(re.compile(r"[?&]sort=-CreatedOn\b"))
    row = lines(viewer)[1]
    drawer = open_line(viewer, 1, left_px=17)
    expect(drawer).to_contain_text(f"Row {row['Row']} of june.csv")
    expect(drawer.get_by_role("heading").first).to_have_text(
        f"{row['First name']} {row['Last name']}"
    )
    close(viewer)
    look_for(viewer, "9845000007", found="1 of 300")
    assert [row["Row"] for row in lines(viewer)] == ["9"]


def test_columns_and_sorting_are_there_again_after_a_reload(viewer: Viewer) -> None:
    with_leads(viewer)
    viewer.choose("shown_columns", "Contact")
    sort_by(viewer, "First name", "Greatest first")
    viewer.page.wait_for_url(re.compile(r"[?&]cols=FirstName%2CLastName%2CProspectStage%2CPhone\b"))
    before = lines(viewer)
    viewer.page.reload()
    grid(viewer).locator("canvas").first.wait_for()
    viewer.settle()
    assert lines(viewer)[:5] == before[:5]
    assert "Campaign" not in viewer.page.url


def test_in_a_long_sheet_a_button_opens_the_right_lead_and_little_is_sent(viewer: Viewer) -> None:
    sent = [0]

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sent.__setitem__(0, sent[0] + len(frame)))

    viewer.page.on("websocket", listen)
    viewer.page.reload()
    viewer.settle()
    with_leads(viewer, MANY)

    def opens(line: int) -> None:
        row = lines(viewer)[line]
        drawer = open_line(viewer, line, left_px=40)
        expect(drawer).to_contain_text(f"Row {int(row['Row']):,} of june.csv")
        expect(drawer.get_by_role("row").filter(has_text="FirstName")).to_contain_text(
            row["First name"]
        )
        close(viewer)

    sent[0] = 0
    opens(2)
    assert 0 < sent[0] < TABLE_BYTES
    sort_by(viewer, "Row", "Greatest first")
    assert lines(viewer)[0]["Row"] == f"{MANY + 1}"
    opens(4)
    look_for(viewer, "sharma")
    opens(1)
    sent[0] = 0
    viewer.page.get_by_test_id("stSidebar").get_by_text("Qualified", exact=True).click()
    viewer.key("chips").wait_for()
    viewer.settle()
    assert 0 < sent[0] < TABLE_BYTES
    assert {row["Stage"] for row in lines(viewer)} == {"Qualified"}
    opens(3)


def test_what_is_masked_is_masked_in_table_detail_search_and_file(viewer: Viewer) -> None:
    with_leads(viewer)
    plain = {row["Phone"] for row in lines(viewer)} - {""}
    assert all(re.search(r"\d{5}", cell) for cell in plain)
    viewer.key("mask").locator("label").first.click()
    viewer.settle()
    hidden_cell = grid(viewer).locator("canvas td").filter(has_text="•••••")
    hidden_cell.first.wait_for(state="attached")
    viewer.settle()
    hidden = {row["Phone"] for row in lines(viewer)} - {""}
    assert all(re.fullmatch(r"(\+91[- ])?\d\d•••••\d{3}", cell) for cell in hidden)
    drawer = open_line(viewer, 0, left_px=17)
    expect(drawer.get_by_role("row").filter(has_text="Helpline")).to_contain_text("98•••••000")
    assert not re.search(r"\d{6}", drawer.inner_text().replace(lead_id(0), ""))
    close(viewer)
    viewer.press("download")
    expect(viewer.key("download_choice_mask")).to_contain_text("Masked")
    _, data = viewer.download("download_jsonl")
    line = json.loads(data.splitlines()[0])
    assert line["Helpline"] == "98•••••000"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawer_fits_a_phone(profile: Callable[..., Viewer], app: Server, scheme: str) -> None:
    viewer = profile(app, **PHONE | {"color_scheme": scheme})
    viewer.open()
    with_leads(viewer, 30)
    drawer = open_line(viewer, 1, left_px=17)
    drawn = drawer.element_handle()
    fits = (
        "box => box.getBoundingClientRect().left >= 0 && box.getBoundingClientRect().right <= 390"
    )
    viewer.page.wait_for_function(fits, arg=drawn)
    assert viewer.page.evaluate("document.documentElement.scrollWidth") <= 390
    close(viewer)
