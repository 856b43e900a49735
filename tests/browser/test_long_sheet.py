"""A hundred thousand leads, seen in the dark: every click of the result pages holds there too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from lsq.sandbox import sample_sheet
from tests.browser.charts import axis, bars, click_point, points
from tests.browser.driving import DESK
from tests.browser.tables import close, drawn, grid, lines, look_for, open_line, sort_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, WebSocket

    from tests.browser.driving import Server, Viewer

ROWS = 100_000
TABLE_BYTES = 1_000_000
BUTTON_PX = 40
FETCH_MS = 240_000
DARK = DESK | {"color_scheme": "dark"}


def test_a_long_sheet_can_be_worked_on_every_page(
    profile: Callable[..., Viewer], app: Server
) -> None:
    viewer = profile(app, **DARK)
    sent = Sent(viewer)
    viewer.open()
    viewer.drop("june.csv", sample_sheet(rows=ROWS))
    viewer.key("fetch").wait_for(timeout=FETCH_MS)
    viewer.press("fetch")
    viewer.key("open_leads").wait_for(timeout=FETCH_MS)
    viewer.press("open_leads")
    grid(viewer).locator("canvas").first.wait_for()
    viewer.settle()

    leads_page(viewer, sent)
    download(viewer)
    stages_page(viewer)
    changes_page(viewer)


class Sent:
    """Counts what the server sends to a page.

    Attributes:
        bytes: Since it was last set to 0.
    """

    def __init__(self, viewer: Viewer) -> None:
        """Listen from now on; before the page is opened."""
        self.bytes = 0
        viewer.page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._came)

    def _came(self, frame: str | bytes) -> None:
        self.bytes += len(frame)


def leads_page(viewer: Viewer, sent: Sent) -> None:
    """The right lead opens, also after sorting, search and filters, and little is sent."""
    opens(viewer, 2)
    sort_by(viewer, "Row", "Greatest first")
    drawn(viewer, lambda rows: row_of(rows[0]) > ROWS - 10)
    opens(viewer, 4)
    look_for(viewer, "sharma")
    drawn(viewer, lambda rows: all("sharma" in str(row).lower() for row in rows))
    opens(viewer, 1)
    sent.bytes = 0
    viewer.page.get_by_test_id("stSidebar").get_by_text("Qualified", exact=True).first.click()
    viewer.key("chips").wait_for()
    viewer.settle()
    assert 0 < sent.bytes < TABLE_BYTES
    drawn(viewer, lambda rows: {row["Stage"] for row in rows} == {"Qualified"})
    opens(viewer, 3)
    clear(viewer)


def opens(viewer: Viewer, line: int) -> None:
    """Press the button of a line: its own lead opens, and no other."""
    row = drawn(viewer, lambda rows: len(rows) > line)[line]
    drawer = open_line(viewer, line, left_px=BUTTON_PX)
    expect(drawer).to_contain_text(re.compile(rf"Rows? {row_of(row):,}\b.* of june\.csv"))
    expect(drawer.get_by_role("row").filter(has_text="FirstName")).to_contain_text(
        row["First name"]
    )
    close(viewer)


def row_of(line: dict[str, str]) -> int:
    return int(line["Row"].replace(",", ""))


def download(viewer: Viewer) -> None:
    """A large file is prepared and there at once when the dialog is opened again."""
    open_with_all_rows(viewer)
    viewer.press("prepare_csv")
    viewer.key("download_csv").wait_for(timeout=FETCH_MS)
    expect(viewer.key("download_csv")).to_contain_text(re.compile(r"^CSV for Excel, \d+ MB$"))
    viewer.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(viewer.page.get_by_role("dialog")).to_have_count(0)
    viewer.settle()
    open_with_all_rows(viewer)
    _, data = viewer.download("download_csv")
    assert data.count(b"\n") == ROWS + 1
    viewer.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(viewer.page.get_by_role("dialog")).to_have_count(0)
    viewer.settle()


def open_with_all_rows(viewer: Viewer) -> None:
    """Open the dialog, in which what was searched for is chosen each time, and take everything."""
    viewer.press("download")
    viewer.key("download_choice_rows").get_by_text("All", exact=True).click()


def stages_page(viewer: Viewer) -> None:
    """A bar and a cell filter everywhere; a stage that is moved moves in chart and facet."""
    viewer.visit("Stages")
    click_point(viewer, bars(viewer, "stage_chart").nth(1))
    expect(viewer.key("chips")).to_contain_text("Stage: Contacted")
    clear(viewer)
    viewer.choose("stage_by", "Campaign · yours")
    viewer.choose("stage_by_measure", "Leads")
    cell = points(viewer, "stage_by_chart").first
    expect(cell.locator("text")).to_have_text(re.compile(r"^[\d,]+$"))
    leads = cell.locator("text").text_content()
    click_point(viewer, cell)
    expect(heading(viewer)).to_have_text(re.compile(rf"^{leads} of"))
    clear(viewer)
    before = axis(viewer, "stage_chart")
    viewer.press("stage_order")
    viewer.page.get_by_role("button", name=re.compile("downward")).first.click()
    expect(viewer.page.get_by_text("This is your own order")).to_be_visible()
    viewer.settle()
    assert axis(viewer, "stage_chart") == [before[1], before[0], *before[2:]]
    viewer.page.keyboard.press("Escape")


def changes_page(viewer: Viewer) -> None:
    """A cell of the moves filters everywhere, and with the mask on no phone is to be seen."""
    viewer.visit("Changes")
    cell = points(viewer, "moves_chart").filter(has_text=re.compile(r"^[\d,]+$")).first
    leads = cell.locator("text").text_content()
    click_point(viewer, cell)
    expect(viewer.key("chips")).to_contain_text("Since your file:")
    expect(heading(viewer)).to_have_text(re.compile(rf"^{leads} of"))
    viewer.key("mask").locator("label").first.click()
    viewer.settle()
    viewer.visit("Leads")
    grid(viewer).locator("canvas").first.wait_for()
    expect(viewer.key("chips")).to_contain_text("Since your file:")
    viewer.choose("shown_columns", "Contact")
    drawn(viewer, lambda rows: any("•••••" in row.get("Phone", "") for row in rows))
    assert all("•••••" in row["Phone"] for row in lines(viewer) if row["Phone"])


def heading(viewer: Viewer) -> Locator:
    """Return what the page says of the leads: how many, or how many of them."""
    words = re.compile(r"^[\d,]+ (leads|of [\d,]+)$")
    return viewer.page.locator("p").filter(has_text=words)


def clear(viewer: Viewer) -> None:
    viewer.press("clear")
    expect(viewer.key("chips")).to_have_count(0)
    viewer.settle()
