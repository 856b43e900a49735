"""Reading and clicking the table of leads, which is a canvas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.driving import MOVE_MS, MOVES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.driving import Viewer

    Lines = list[dict[str, str]]

__all__ = [
    "close",
    "drawn",
    "focus_by_keys",
    "grid",
    "lines",
    "look_for",
    "open_line",
    "push_to_the_end",
    "sort_by",
    "tick",
]

HEADER_PX, LINE_PX = 36, 32
TICK_PX, ROW_PX = 17, 76
"""Where from the left the middle of the ticks is, and of the buttons that show a lead."""

TABS = 10
CELLS = """grid => [...grid.querySelectorAll('[role=row]')].map(
    row => [...row.querySelectorAll('[role=gridcell],[role=columnheader]')].map(
        cell => cell.textContent.trim()))"""


def grid(viewer: Viewer) -> Locator:
    return viewer.key("leads_table").get_by_test_id("stDataFrame")


def lines(viewer: Viewer) -> Lines:
    """Read what is drawn, each row by the headers, as screen readers find it."""
    header, *rows = grid(viewer).locator("canvas table").first.evaluate(CELLS)
    return [dict(zip(header, row, strict=True)) for row in rows]


def drawn(viewer: Viewer, as_wanted: Callable[[Lines], bool]) -> Lines:
    """Read the table when it is as wanted: its pieces come a little after the page."""
    for _ in range(MOVES):
        rows = lines(viewer)
        if as_wanted(rows):
            return rows
        viewer.page.wait_for_timeout(MOVE_MS)
    message = f"The table stayed as it was: {rows[:2]}"
    raise AssertionError(message)


def open_line(viewer: Viewer, line: int, *, left_px: int = ROW_PX) -> Locator:
    """Click on the row's number in a line of the table and return the drawer that it opens."""
    click(viewer, line, left_px=left_px)
    drawer = viewer.page.get_by_role("dialog")
    drawer.wait_for()
    viewer.settle()
    return drawer


def tick(viewer: Viewer, line: int, *, selected: int) -> None:
    """Tick a line of the table, and wait until so many are selected."""
    click(viewer, line, left_px=TICK_PX)
    expect(viewer.page.get_by_text(f"{selected} selected")).to_be_visible()
    viewer.settle()


def click(viewer: Viewer, line: int, *, left_px: int) -> None:
    box = grid(viewer).bounding_box()
    assert box is not None
    x, y = box["x"] + left_px, box["y"] + HEADER_PX + LINE_PX * line + LINE_PX / 2
    viewer.page.mouse.move(x - 2, y - 2)
    viewer.page.mouse.click(x, y)


def focus_by_keys(viewer: Viewer) -> None:
    """Go from the last control above the table into it, through its own toolbar."""
    viewer.key("column_chooser").get_by_role("button").focus()
    cells = grid(viewer).locator("canvas").first
    for _ in range(TABS):
        viewer.page.keyboard.press("Tab")
        if cells.evaluate("canvas => canvas === document.activeElement"):
            return
    message = "The table cannot be reached by Tab"
    raise AssertionError(message)


def push_to_the_end(viewer: Viewer) -> None:
    """Push the table sideways until its last columns are there."""
    grid(viewer).locator(".dvn-scroller").evaluate("table => { table.scrollLeft = 1e6 }")


def close(viewer: Viewer) -> None:
    viewer.page.keyboard.press("Escape")
    expect(viewer.page.get_by_role("dialog")).to_have_count(0)


def look_for(viewer: Viewer, text: str, *, found: str = "") -> None:
    """Search, and wait until so many are found: "5 of 300"."""
    viewer.key("search").locator("input").fill(text)
    said = re.compile(rf"^{found or '[0-9,]+ of [0-9,]+'} leads found")
    expect(viewer.page.get_by_text(said)).to_be_visible()
    viewer.settle()


def sort_by(viewer: Viewer, option: str, way: str) -> None:
    """Sort by what the list offers: "Created · CreatedOn"; the button says the label alone."""
    label, _, _ = option.partition(" · ")
    viewer.press("sort")
    viewer.pick("sort_by", option)
    viewer.choose("sort_way", way)
    viewer.page.keyboard.press("Escape")
    expect(viewer.key("sort")).to_contain_text(label)
    viewer.settle()
