"""Nothing lies on another thing or is cut off: heads of columns on a phone, buttons at a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from lsq.sandbox import lead_id
from tests.browser.driving import DESK, PHONE, Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.driving import Server

SHEET = "\n".join(["Lead ID", *(lead_id(number) for number in range(300))]).encode()
OUTSIDE = """chart => {
  const whole = chart.querySelector('svg.main-svg').getBoundingClientRect();
  return [...chart.querySelectorAll('.xaxislayer-above .xtick text')].map(text => {
    const box = text.getBoundingClientRect();
    return Math.min(box.left - whole.left, whole.right - box.right, box.top - whole.top);
  });
}"""


@pytest.fixture
def fetched(profile: Callable[..., Viewer], app: Server) -> Callable[..., Viewer]:
    """Return what opens a window of some size with 300 leads."""

    def open_window(look: dict[str, object]) -> Viewer:
        viewer = profile(app, **look)
        viewer.open()
        viewer.drop("ids.csv", SHEET)
        viewer.key("fetch").wait_for()
        viewer.fetch()
        return viewer

    return open_window


def test_on_a_phone_all_six_owners_stand_whole_above_their_columns(
    fetched: Callable[..., Viewer],
) -> None:
    viewer = fetched(PHONE)
    viewer.visit("Stages")
    chart = viewer.key("stage_by_chart")
    expect(chart.locator(".xaxislayer-above .xtick text")).to_have_count(6)
    assert min(chart.evaluate(OUTSIDE)) > 1


def test_the_table_s_own_toolbar_leaves_the_buttons_above_it_free(
    fetched: Callable[..., Viewer],
) -> None:
    viewer = fetched(DESK)
    viewer.visit("Leads")
    table = viewer.key("leads_table")
    expect(table.locator("canvas").first).to_be_visible()
    table.hover(position={"x": 200, "y": 150})
    toolbar = table.get_by_test_id("stElementToolbar")
    expect(toolbar).to_be_visible()
    top = toolbar.bounding_box()["y"]
    for key in ("sort", "column_chooser"):
        button = viewer.key(key).get_by_role("button").bounding_box()
        assert button["y"] + button["height"] <= top
