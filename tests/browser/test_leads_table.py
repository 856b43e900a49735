"""The table of leads: the right lead opens, search and sorting, columns in the address, masks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from lsq.sandbox import lead_id
from tests.browser.driving import PHONE
from tests.browser.tables import (
    close,
    drawn,
    focus_by_keys,
    grid,
    lines,
    look_for,
    open_line,
    push_to_the_end,
    sort_by,
    tick,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.driving import Server, Viewer


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


def falling(rows: list[dict[str, str]], column: str) -> bool:
    """Tell whether the rows are sorted by a column, the greatest first."""
    values = [row[column] for row in rows]
    return values == sorted(values, reverse=True)


def test_the_right_lead_opens_after_search_and_sorting(viewer: Viewer) -> None:
    with_leads(viewer)
    look_for(viewer, "sharma")
    sort_by(viewer, "Created · CreatedOn", "Greatest first")
    viewer.page.wait_for_url(re.compile(r"[?&]sort=-CreatedOn\b"))
    row = drawn(viewer, lambda rows: falling(rows, "Created (IST)"))[1]
    drawer = open_line(viewer, 1)
    expect(drawer).to_contain_text(f"Row {row['Row']} of june.csv")
    expect(drawer.get_by_role("heading").first).to_have_text(
        f"{row['First name']} {row['Last name']}"
    )
    close(viewer)
    look_for(viewer, "9845000007", found="1 of 300")
    drawn(viewer, lambda rows: [row["Row"] for row in rows] == ["9"])


def test_a_lead_opens_and_closes_by_keys_alone_and_then_the_next(viewer: Viewer) -> None:
    with_leads(viewer, 30)
    drawer = viewer.page.get_by_role("dialog")
    focus_by_keys(viewer)
    for line in (1, 2):
        viewer.page.keyboard.press("ArrowDown")
        viewer.page.keyboard.press("Shift+Space")
        expect(viewer.page.get_by_text(f"{line} selected")).to_be_visible()
        viewer.page.keyboard.press("Alt+l")
        expect(drawer).to_contain_text(f"Row {lines(viewer)[line]['Row']} of june.csv")
        close(viewer)
        viewer.settle()


def test_the_rows_that_are_ticked_are_downloaded_whatever_is_searched_for_meanwhile(
    viewer: Viewer,
) -> None:
    with_leads(viewer, 30)
    ticked = {lines(viewer)[line]["Row"] for line in (1, 4)}
    tick(viewer, 4, selected=1)
    tick(viewer, 1, selected=2)
    look_for(viewer, "9845000007", found="1 of 30")
    expect(viewer.page.get_by_text("2 selected, 2 not shown")).to_be_visible()
    look_for(viewer, "98450000", found="30 of 30")
    expect(open_line(viewer, 2)).to_contain_text("of june.csv")
    close(viewer)
    viewer.press("download")
    expect(viewer.key("download_choice_rows")).to_contain_text("2 leads")
    name, data = viewer.download("download_jsonl")
    assert name.startswith("leadsheet-selected-")
    found = [json.loads(line)["Helpline"] for line in data.splitlines()]
    assert {str(int(each[-3:]) + 2) for each in found} == ticked


def test_row_id_and_name_stand_still_as_the_table_is_pushed(viewer: Viewer) -> None:
    with_leads(viewer, 30)
    pinned = ["Row", "Lead id", "First name"]
    assert [*lines(viewer)[0]][:4] == [*pinned, "Last name"]
    push_to_the_end(viewer)
    end = drawn(viewer, lambda rows: "Helpline · yours" in rows[0])[0]
    assert [*end][:3] == pinned
    assert "Last name" not in end


def test_columns_and_sorting_are_there_again_after_a_reload(viewer: Viewer) -> None:
    with_leads(viewer)
    viewer.choose("shown_columns", "Contact")
    sort_by(viewer, "First name", "Greatest first")
    viewer.page.wait_for_url(re.compile(r"[?&]cols=FirstName%2CLastName%2CProspectStage%2CPhone\b"))
    before = drawn(viewer, lambda rows: falling(rows, "First name"))
    viewer.page.reload()
    grid(viewer).locator("canvas").first.wait_for()
    viewer.settle()
    drawn(viewer, lambda rows: rows[:5] == before[:5])
    assert "Campaign" not in viewer.page.url


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
    drawer = open_line(viewer, 0)
    expect(drawer.get_by_role("row").filter(has_text="Helpline")).to_contain_text("98•••••000")
    assert not re.search(r"\d{6}", drawer.inner_text().replace(lead_id(0), ""))
    close(viewer)
    viewer.press("download")
    expect(viewer.key("download_choice_mask")).to_contain_text("Masked")
    _, data = viewer.download("download_jsonl")
    line = json.loads(data.splitlines()[0])
    assert line["Helpline"] == "98•••••000"


def test_the_drawer_fits_a_phone(profile: Callable[..., Viewer], app: Server) -> None:
    viewer = profile(app, **PHONE)
    viewer.open()
    with_leads(viewer, 30)
    drawer = open_line(viewer, 1)
    drawn = drawer.element_handle()
    fits = (
        "box => box.getBoundingClientRect().left >= 0 && box.getBoundingClientRect().right <= 390"
    )
    viewer.page.wait_for_function(fits, arg=drawn)
    assert viewer.page.evaluate("document.documentElement.scrollWidth") <= 390
    close(viewer)


def test_on_a_phone_every_column_can_be_pushed_away(
    profile: Callable[..., Viewer], app: Server
) -> None:
    viewer = profile(app, **PHONE)
    viewer.open()
    with_leads(viewer, 30)
    push_to_the_end(viewer)
    drawn(viewer, lambda rows: "Helpline · yours" in rows[0] and "Row" not in rows[0])
