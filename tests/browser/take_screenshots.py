"""Take the screenshots of docs/screenshots on the demo account.

Run it by hand, from the repository's root: `python -m tests.browser.take_screenshots`.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.charts import points
from tests.browser.driving import DESK, PHONE, ROOT, Server, Viewer, launch, serve
from tests.browser.tables import close, grid, open_line

SCREENSHOTS = ROOT / "docs" / "screenshots"
COLOURS = 256


def main() -> None:
    """Take all of them, each kind on a server of its own, where no lead is fresh yet."""
    SCREENSHOTS.mkdir(exist_ok=True)
    looks = {theme: DESK | {"color_scheme": theme} for theme in ("light", "dark")}
    with sync_playwright() as playwright, launch(playwright.chromium) as browser:
        for kind, look in (looks | {"phone": PHONE}).items():
            with TemporaryDirectory() as home, serve(Path(home)) as app:
                the_job(browser, app, kind=kind, look=look)
        for kind, look in looks.items():
            with TemporaryDirectory() as home, serve(Path(home), LSQ_BATCH="100") as app:
                a_fetch(browser, app, kind=kind, look=look)


def the_job(browser: Browser, app: Server, *, kind: str, look: dict[str, object]) -> None:
    """Do the whole job once, with a picture of every page on the way."""
    viewer = Viewer(browser.new_context(**look), app.url)
    viewer.open()
    take(viewer, f"lookup_{kind}")
    viewer.press("sample")
    viewer.key("fetch").wait_for()
    take(viewer, f"ready_{kind}")
    viewer.fetch()
    take(viewer, f"done_{kind}")
    viewer.press("open_leads")
    grid(viewer).locator("canvas").first.wait_for()
    take(viewer, f"leads_{kind}")
    open_line(viewer, 4)
    take(viewer, f"lead_{kind}")
    close(viewer)
    viewer.press("download")
    viewer.key("download_xlsx").wait_for()
    take(viewer, f"download_{kind}")
    viewer.page.keyboard.press("Escape")
    expect(viewer.page.get_by_role("dialog")).to_have_count(0)
    viewer.visit("Stages")
    viewer.key("stage_chart").locator(".point").first.wait_for()
    take(viewer, f"stages_{kind}")
    viewer.visit("Changes")
    points(viewer, "moves_chart").first.wait_for()
    take(viewer, f"changes_{kind}")
    viewer.visit("Guide")
    take(viewer, f"guide_{kind}")
    viewer.page.context.close()


def a_fetch(browser: Browser, app: Server, *, kind: str, look: dict[str, object]) -> None:
    """Catch a fetch at work: calls are small there, so that one window does not hold them all."""
    viewer = Viewer(browser.new_context(**look), app.url)
    viewer.open()
    viewer.press("sample")
    viewer.key("fetch").wait_for()
    viewer.press("fetch")
    expect(viewer.key("progress")).to_contain_text(re.compile("a second"))
    save(viewer.page.screenshot(animations="disabled"), f"fetching_{kind}")
    viewer.page.context.close()


def take(viewer: Viewer, name: str) -> None:
    """Save the page as soon as two looks at it are the same."""
    viewer.settle()
    viewer.page.mouse.move(0, 0)
    before, now = b"", viewer.page.screenshot(animations="disabled")
    while before != now:
        viewer.page.wait_for_timeout(300)
        before, now = now, viewer.page.screenshot(animations="disabled")
    save(now, name)


def save(png: bytes, name: str) -> None:
    """Write a picture with few colours, which makes it a third of the size."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(SCREENSHOTS / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
