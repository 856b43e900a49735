"""Columns chosen as a person does it: found by their names, saved as a set, and used again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from lsq.analysis.columns import DEFAULT

if TYPE_CHECKING:
    from tests.browser.driving import Viewer


def test_a_column_of_the_account_is_found_by_its_name_and_kept_in_a_set(viewer: Viewer) -> None:
    viewer.press("sample")
    viewer.key("fetch").wait_for()
    chosen = viewer.key("columns")
    chosen.locator("input").click()
    viewer.page.keyboard.type("mx_Cour")
    viewer.page.get_by_role("option", name="Course · mx_Course").click()
    viewer.page.keyboard.press("Escape")
    expect(chosen).to_contain_text("Course · mx_Course")
    viewer.settle()

    viewer.page.get_by_role("button", name="Sets").click()
    expect(viewer.key("set_save")).to_contain_text(f"Save {len(DEFAULT) + 1} columns as a file")
    name, data = viewer.download("set_save")
    assert name == "My-columns.leadsheet-columns.json"
    assert json.loads(data)["columns"] == [*DEFAULT, "mx_Course"]
    viewer.page.keyboard.press("Escape")

    viewer.key("preset").get_by_text("Ownership").click()
    expect(chosen).not_to_contain_text("mx_Course")
    viewer.page.get_by_role("button", name="Sets").click()
    file = {"name": name, "mimeType": "application/json", "buffer": data}
    viewer.key("set_open").locator("input[type=file]").set_input_files(file)
    expect(chosen).to_contain_text("Course · mx_Course")
    said = f"Set “My columns”: {len(DEFAULT) + 1} columns."
    expect(viewer.page.get_by_text(said)).to_be_visible()
