"""A file made to eat the machine gets its sentence, and another viewer goes on clicking."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from lsq.sandbox import lead_id
from tests.child_process import TASKS, reading_sheets
from tests.sheets.malicious.files import FILES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.driving import Server, Viewer

BOMBS = {
    "repeated_columns_ods": "leads.xlsx",  # seconds of work, on a slow machine more than its limit
}
WORST = 3.0
"""A click may take as many times the slowest one on the idle app: machines of tests are busy."""

SOON_S = 5.0


def clicked_s(viewer: Viewer, times: int) -> list[float]:
    """Walk between two pages and return what each click took until its page was drawn."""
    took = []
    for number in range(times):
        began = time.monotonic()
        viewer.visit("Stages" if number % 2 else "Guide")
        took.append(time.monotonic() - began)
    return took


@pytest.mark.skipif(not TASKS.exists(), reason="children are looked up in /proc")
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_gets_one_sentence_and_stalls_nobody(
    bomb: str, profile: Callable[..., Viewer], app: Server
) -> None:
    one, other = profile(app), profile(app)
    one.open()
    other.open()
    idle = clicked_s(other, 4)
    box, data = one.page.get_by_test_id("stAlert"), FILES[bomb]()
    for _ in range(2):  # the same file again is read again
        one.drop("leads.xlsx", data)
        meanwhile = clicked_s(other, 4)
        expect(box).to_contain_text(BOMBS[bomb])
        expect(box).to_have_count(1)
        assert max(meanwhile) <= max(SOON_S, WORST * max(idle))
        one.drop("empty.csv", b"")
        expect(box).to_contain_text("empty.csv is empty.")
    assert reading_sheets(app.pid) == []

    one.drop("good.csv", f"Lead ID\n{lead_id(1)}\n".encode())
    expect(one.key("fetch")).to_contain_text(" 1 lead")


def test_a_file_above_the_limit_is_refused_in_words(viewer: Viewer, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(106_000_000)
    viewer.key("sheet").locator("input[type=file]").set_input_files(path)
    expect(viewer.key("sheet")).to_contain_text("File must be 100.0MB or smaller.")
