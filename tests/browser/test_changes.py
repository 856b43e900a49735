"""Changes: the demo sample's figures, a cell that filters everywhere, columns matched by hand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from lsq.sandbox import number_of, sample_sheet
from lsq.sandbox.lead import Lead
from tests.browser.charts import click_point, points

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.driving import Viewer

DELETED = 1_000_000
GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
ON_THE_WAY = ("Prospect", "Contacted", "Interested", "Qualified", "Application", "Enrolled")
LOST = ("Not interested", "Invalid", "Invalid/ Junk")  # the account's list lacks the last one


@cache
def drifted() -> tuple[Counter[tuple[str, str]], int, int]:
    """Return the sample's moves, changed owners and leads, from the sandbox's own leads."""
    seen: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO(sample_sheet().decode())):
        if found := GUID.search(row["Lead ID"]):
            seen.setdefault(found[0].lower(), row)
    moves: Counter[tuple[str, str]] = Counter()
    owners = leads = 0
    for lead_id, row in seen.items():
        number = number_of(lead_id)
        if number is not None and number < DELETED:
            lead = Lead(number)
            leads += 1
            owners += row["Owner"] != lead.owner.name
            if row["Stage"] != lead.stage.name:
                moves[row["Stage"], lead.stage.name] += 1
    return moves, owners, leads


def went(old: str, new: str) -> str:
    """Say in which direction a lead went, as the page's tiles do."""
    if old in ON_THE_WAY and new in ON_THE_WAY:
        forward = ON_THE_WAY.index(new) > ON_THE_WAY.index(old)
        return "Moved forward" if forward else "Moved back"
    if old in ON_THE_WAY and new in LOST:
        return "Dropped out"
    return "Came back" if old in LOST and new in ON_THE_WAY else "otherwise"


def with_sample(viewer: Viewer) -> None:
    """Fetch the sample and go to Changes."""
    viewer.press("sample")
    viewer.key("fetch").wait_for()
    viewer.fetch()
    viewer.visit("Changes")
    viewer.key("moves_chart").locator(".point").first.wait_for()


def tile(viewer: Viewer, name: str) -> Locator:
    card = viewer.page.get_by_test_id("stMetric").filter(has_text=name)
    return card.get_by_test_id("stMetricValue")


def click_cell(viewer: Viewer, leads: str) -> None:
    """Click the first cell with so many leads."""
    cells = points(viewer, "moves_chart")
    texts = cells.locator("text").all_text_contents()
    click_point(viewer, cells.nth(texts.index(leads)))


def test_the_sample_has_moved_as_the_sandbox_says(viewer: Viewer) -> None:
    moves, owners, leads = drifted()
    with_sample(viewer)
    ways = Counter[str]()
    for (old, new), number in moves.items():
        ways[went(old, new)] += number
    for name in ("Moved forward", "Moved back", "Dropped out", "Came back"):
        assert ways[name] > 0
        expect(tile(viewer, name)).to_have_text(f"{ways[name]:,}")
    expect(tile(viewer, "Changed owner")).to_have_text(f"{owners:,}")
    expect(tile(viewer, "Changed phone")).to_have_text("0")
    said = f"{moves.total():,} of {leads:,} leads moved stage"
    expect(viewer.page.get_by_text(said)).to_be_visible()

    viewer.key("moves_chart_table").get_by_text("As a table").click()
    header, *rows = viewer.figures()
    assert header == ["In your file", "Now", "Leads", "Direction"]
    assert {(old, new): int(leads.replace(",", "")) for old, new, leads, _ in rows} == moves
    for old, new, _, direction in rows:
        assert direction == went(old, new).lower().replace("otherwise", "moved otherwise")


def test_a_cell_filters_every_page_and_a_second_click_undoes_it(viewer: Viewer) -> None:
    (old, new), number = drifted()[0].most_common(1)[0]
    with_sample(viewer)
    click_cell(viewer, f"{number:,}")
    chip = f"Since your file: {old} → {new}"
    expect(viewer.key("chips")).to_contain_text(chip)
    expect(viewer.page.get_by_text(f"{number:,} of 4,795", exact=True)).to_be_visible()
    click_cell(viewer, f"{number:,}")
    expect(viewer.key("chips")).to_have_count(0)
    click_cell(viewer, f"{number:,}")
    expect(viewer.key("chips")).to_contain_text(chip)
    viewer.visit("Leads")
    expect(viewer.key("chips")).to_contain_text(chip)
    viewer.visit("Changes")
    viewer.key("moves_chart").locator(".point").first.wait_for()
    click_cell(viewer, f"{number:,}")
    expect(viewer.key("chips")).to_have_count(0)


def test_a_column_is_matched_by_hand_and_found_again(viewer: Viewer) -> None:
    with_sample(viewer)
    card = viewer.page.get_by_text("Compared with your columns:")
    expect(card).to_contain_text("Stage ↔ Stage · Owner ↔ Owner · Phone ↔ Phone 3 of 5 columns")
    viewer.press("matches")
    viewer.pick("match_1", "Source")
    expect(viewer.page.get_by_text("Chosen by you:")).to_contain_text("Campaign ↔ Source")
    expect(tile(viewer, "Changed source")).to_have_text("4,795")
    viewer.press("matches_as_found")
    expect(card).to_contain_text("3 of 5 columns")
    expect(tile(viewer, "Changed source")).to_have_count(0)
