"""Files that are no sheets and keys that are none get a sentence, and the page goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from tests.browser.driving import Viewer

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02"
STORED = """() => JSON.stringify([
    {...localStorage}, {...sessionStorage}, document.cookie, document.body.innerText, location.href
])"""


def test_files_that_cannot_be_used_get_one_sentence_each_and_the_page_goes_on(
    viewer: Viewer,
) -> None:
    files = {
        "holiday.csv": (PNG, "holiday.csv is not a sheet."),
        "empty.csv": (b"", "empty.csv is empty."),
        "names.csv": (b"Name,City\nAnita,Pune\n", "No column of names.csv looks like lead ids."),
    }
    for name, (data, sentence) in files.items():
        viewer.drop(name, data)
        expect(viewer.page.get_by_test_id("stAlert")).to_contain_text(sentence)
        expect(viewer.page.get_by_test_id("stAlert")).to_have_count(1)

    viewer.drop("good.csv", f"Lead ID\n{lead_id(1)}\n".encode())
    viewer.fetch()
    expect(viewer.page.get_by_text("1 of 1 lead found.")).to_be_visible()


@pytest.mark.parametrize("page", ["Lookup", "Guide"])
def test_a_wrong_host_is_said_and_typed_keys_show_nowhere(viewer: Viewer, page: str) -> None:
    keys = ("u$rTypedAccessKey", "TypedSecretKey0123")
    viewer.visit(page)
    if page == "Lookup":
        viewer.page.get_by_role("button", name="Connect").click()
    typed = {"host": "evil.example", "access_key": keys[0], "secret_key": keys[1]}
    for key, value in typed.items():
        viewer.key(key).locator("input").fill(value)
    viewer.press("connect")
    expect(viewer.page.get_by_test_id("stAlert").last).to_contain_text(
        "“evil.example” is not one of LeadSquared's API hosts."
    )

    seen = json.loads(viewer.page.evaluate(STORED))
    assert not any(key in str(seen) for key in keys)
    for name in ("access_key", "secret_key"):
        expect(viewer.key(name).locator("input")).to_have_attribute("type", "password")
    expect(viewer.page.get_by_text("Demo account").first).to_be_visible()
