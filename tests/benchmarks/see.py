"""How quick the pages are: one viewer of 100,000 leads, many of 2,000, and the very first look.

    python tests/benchmarks/see.py [--leads 100000] [--viewers 25] [--seconds 60]

Server and viewers are on this machine, so the figures hold both. A run is timed from the click to
the server's word that the page is drawn.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402 - after the path is set

from lsq.sandbox import sample_sheet  # noqa: E402 - after the path is set
from tests.benchmarks.fetch_speed import say  # noqa: E402 - after the path is set
from tests.benchmarks.wire_viewer import Run, WireViewer  # noqa: E402 - after the path is set
from tests.browser.driving import DESK, Server, launch, serve  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLICK_S, TABLE_MB = 0.300, 1.0
BUSY_P95_S, BUSY_MB = 0.5, 690
PAINT_S = 2.0
EVERY_S = 5.0
READY_S = 300
PAGES = ("leads", "stages", "changes")
ACCOUNT_LEADS = 1_000_000
ROWS_PER_LEAD = 1.04
"""Some of the sample's rows repeat an id, or hold none that the account has."""

COLUMNS = [
    "FirstName", "LastName", "ProspectStage", "OwnerIdName", "Source", "Score", "Phone",
    "EmailAddress", "CreatedOn", "ProspectActivityDate_Max", "mx_City", "SourceCampaign",
]  # fmt: skip
"""Twelve, with every kind of them."""


def main() -> None:
    """Measure all three and print them beside what is asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--leads", type=int, default=100_000)
    asked.add_argument("--viewers", type=int, default=25)
    asked.add_argument("--seconds", type=float, default=60)
    given = asked.parse_args()
    with TemporaryDirectory() as home, serve(Path(home), LSQ_RATE="1000/5") as app:
        tell_paint(first_paint(app))
        tell_clicks(given.leads, clicks(app, leads=given.leads))
    with TemporaryDirectory() as home, serve(Path(home), LSQ_RATE="1000/5") as app:
        runs = busy(app, viewers=given.viewers, seconds=given.seconds)
        tell_busy(given.viewers, runs, peak_mb(app.pid))


def clicks(app: Server, *, leads: int) -> dict[str, list[Run]]:
    """Fetch so many leads of twelve columns, and click a facet again and again on each page."""
    with WireViewer(app.url) as viewer:
        fetch(viewer, sheet(leads))
        runs: dict[str, list[Run]] = {}
        for page in PAGES:
            viewer.go(page)
            facets = [key for key in viewer.widgets if key.startswith("value_")][:6]
            runs[page] = [viewer.put(key, on) for on in (True, False) for key in facets]
        return runs


def busy(app: Server, *, viewers: int, seconds: float) -> list[Run]:
    """Let so many people look at 2,000 leads each and click about every five seconds.

    Each has seen every page once: nobody fetches, and comes, at the same moment as all others.
    """
    runs: list[Run] = []
    ready = threading.Barrier(viewers)

    def look(number: int) -> None:
        dice = random.Random(number)  # noqa: S311 - the same clicks in every measurement
        with WireViewer(app.url) as viewer:
            fetch(viewer, sheet(2000, viewer=number))
            for page in PAGES:
                viewer.go(page)
            ready.wait(timeout=READY_S)
            end_s = time.monotonic() + seconds
            pause = threading.Event()
            while time.monotonic() < end_s:
                pause.wait(dice.uniform(0, 2 * EVERY_S))
                runs.append(click(viewer, dice))

    threads = [threading.Thread(target=look, args=(number,)) for number in range(viewers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return runs


def click(viewer: WireViewer, dice: random.Random) -> Run:
    """Do what people do: mostly filter, sometimes turn the page."""
    facets = [key for key in viewer.widgets if key.startswith("value_")]
    if facets and dice.random() < 0.7:
        return viewer.put(dice.choice(facets[:12]), dice.random() < 0.6)
    return viewer.go(dice.choice(PAGES))


def sheet(leads: int, *, viewer: int = 0) -> str:
    """Return a sheet with so many leads, their stages, owners and phones of before and campaigns.

    Every viewer's is another one.
    """
    data = sample_sheet(rows=round(leads * ROWS_PER_LEAD), leads=ACCOUNT_LEADS - viewer)
    return data.decode()


def fetch(viewer: WireViewer, pasted: str) -> None:
    """Paste a sheet and fetch twelve columns of its leads."""
    viewer.put("paste", pasted)
    viewer.put("columns", COLUMNS)
    viewer.press("fetch")
    pause = threading.Event()
    while "open_leads" not in viewer.widgets:
        pause.wait(0.5)
        check([viewer.look()])


def first_paint(app: Server) -> float:
    """Return the seconds until Chromium shows the empty page of a server that is warm."""
    with sync_playwright() as playwright, launch(playwright.chromium) as chromium:
        seconds = []
        for _ in range(4):  # the first one warms the server up
            context = chromium.new_context(**DESK)
            page = context.new_page()
            start_s = time.perf_counter()
            page.goto(app.url)
            page.locator("h1").first.wait_for()
            page.locator(".st-key-sample button").wait_for()
            seconds.append(time.perf_counter() - start_s)
            context.close()
        return statistics.median(seconds[1:])


def tell_paint(seconds: float) -> None:
    """Print the first look."""
    say(f"first paint of the home page, Chromium{seconds:8.2f} s = {seconds / PAINT_S:.2f} x asked")


def tell_clicks(leads: int, runs: dict[str, list[Run]]) -> None:
    """Print the median click of each page, and what its table weighs."""
    for page, each in runs.items():
        check(each)
        median = statistics.median(run.seconds for run in each)
        table_mb = max(run.table_bytes for run in each) / 1e6
        said = f"a filter click on {page}, {leads:,} x {len(COLUMNS)}"
        say(
            f"{said:40}{median * 1000:6.0f} ms = {median / CLICK_S:.2f} x asked; "
            f"table {table_mb:.2f} MB = {table_mb / TABLE_MB:.2f} x asked"
        )


def tell_busy(viewers: int, runs: list[Run], used_mb: float) -> None:
    """Print what many viewers at once meet."""
    check(runs)
    seconds = sorted(run.seconds for run in runs)
    median, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    say(
        f"{viewers} viewers, {len(runs)} clicks: median {median * 1000:.0f} ms, "
        f"p95 {p95 * 1000:.0f} ms = {p95 / BUSY_P95_S:.2f} x asked, 0 errors, "
        f"{used_mb:.0f} MB = {used_mb / BUSY_MB:.2f} x asked"
    )


def check(runs: Sequence[Run]) -> None:
    """Stop when a page met a fault: its time means nothing then."""
    if faults := [fault for run in runs for fault in run.faults]:
        message = f"{len(faults)} faults, the first: {faults[0]}"
        raise RuntimeError(message)


def peak_mb(pid: int) -> float:
    """Return the most that a process has held (Linux)."""
    return next(_peaks(pid)) / 1e3


def _peaks(pid: int) -> Iterator[int]:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            yield int(line.split()[1])


if __name__ == "__main__":
    main()
