"""Reading and clicking charts as a hand does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.driving import MOVE_MS, MOVES

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.driving import Viewer

__all__ = ["axis", "bars", "click_point", "points"]

_SEEN = "point => Boolean(point.closest('.js-plotly-plot')._hoverdata)"


def points(viewer: Viewer, chart: str) -> Locator:
    """Return what can be clicked in a chart of one trace: its cells."""
    return viewer.key(chart).locator(".trace.bars .point")


def axis(viewer: Viewer, chart: str) -> list[str]:
    """Read the names at the left of a chart, from the top."""
    texts = viewer.key(chart).locator(".yaxislayer-above .ytick text")
    expect(texts.first).to_be_attached()
    return texts.all_text_contents()


def bars(viewer: Viewer, chart: str) -> Locator:
    """Return the bars that can be clicked in a chart that has others behind them."""
    expect(viewer.key(chart)).to_have_count(1)  # the page before this one may still show its own
    return viewer.key(chart).locator(".trace").nth(1).locator(".point")


def click_point(viewer: Viewer, point: Locator) -> None:
    """Click a bar or a cell: the chart takes a click only where it has seen the pointer.

    A chart that is drawn anew has not, so the pointer moves until it has.
    """
    box = point.bounding_box()
    assert box is not None
    x, y = min(8, box["width"] / 2), min(8, box["height"] / 2)
    for move in range(MOVES):
        point.hover(force=True, position={"x": x - move % 2, "y": y})
        if point.evaluate(_SEEN):
            break
        viewer.page.wait_for_timeout(MOVE_MS)
    point.click(force=True, position={"x": x, "y": y})
    viewer.settle()
