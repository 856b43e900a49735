"""How a sheet was read can be corrected under its first rows; what is not sure is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from tests.browser.driving import Viewer

IDS = [lead_id(number) for number in range(1, 9)]


def expect_rows(viewer: Viewer, text: str) -> None:
    """Wait until the first rows say this; their canvas holds them as a table for screen readers."""
    expect(viewer.key("reading").locator("canvas table")).to_contain_text(text)


def test_another_encoding_mends_the_names_and_the_way_back_is_one_click(viewer: Viewer) -> None:
    lines = ["Lead ID;Jméno", *(f"{one};Křižík" for one in IDS)]
    viewer.drop("names.csv", "\n".join(lines).encode("cp1250"))
    viewer.key("encoding").wait_for()
    expect_rows(viewer, "Køižík")

    viewer.pick("encoding", "Windows-1250, Central Europe")
    viewer.key("as_found").wait_for()
    expect_rows(viewer, "Křižík")

    viewer.press("as_found")
    expect(viewer.key("as_found")).to_have_count(0)
    expect_rows(viewer, "Køižík")


def test_a_separator_and_a_row_can_be_typed_and_a_wrong_one_changes_nothing(
    viewer: Viewer,
) -> None:
    viewer.drop("a.csv", "\n".join(["Lead ID,A#B", *(f"{one},a#b" for one in IDS)]).encode())
    viewer.key("reading").locator("summary").click()
    viewer.key("separator").wait_for()

    viewer.pick("separator", "::", typed=True)
    expect(viewer.page.get_by_test_id("stAlert")).to_contain_text("cannot separate the cells")
    viewer.pick("header_row", "first", typed=True)
    expect(viewer.page.get_by_test_id("stAlert")).to_contain_text("“first” is not the number")
    expect(viewer.key("fetch")).to_contain_text(" 8 leads")

    viewer.pick("separator", "#", typed=True)
    expect(viewer.page.get_by_test_id("stAlert")).to_have_count(0)
    expect(viewer.page.get_by_text("8 rows × 2 columns")).to_be_visible()
    viewer.pick("header_row", "row 2", typed=True)
    expect(viewer.page.get_by_text("7 rows × 2 columns")).to_be_visible()


def test_columns_that_tie_are_asked_about_below_the_rows(viewer: Viewer) -> None:
    pairs = zip(IDS[:4], IDS[4:], strict=True)
    viewer.drop("tie.csv", "\n".join(["Ref A,Ref B", *map(",".join, pairs)]).encode())
    expect(viewer.page.get_by_test_id("stAlert")).to_contain_text("look equally like lead ids")
    expect_rows(viewer, "Ref B (ids)")
    viewer.pick("id_column", "Ref B (4 of 4 look like ids, 100%)")
    viewer.key("fetch").wait_for()
    expect(viewer.page.get_by_text("4 distinct lead ids in column Ref B.")).to_be_visible()
    viewer.fetch()
    expect(viewer.page.get_by_text("4 of 4 leads found.")).to_be_visible()


def test_the_ledger_is_there_before_a_fetch_and_can_be_dropped_back_in(viewer: Viewer) -> None:
    lines = ["Lead ID,Name,City", *(f"{one},=a,b" for one in IDS), f"{IDS[0].upper()},a", "x,a,b"]
    viewer.drop("rows.csv", "\n".join(lines).encode())
    viewer.key("damaged").wait_for()
    expect(viewer.page.get_by_text("1 damaged row").first).to_be_visible()
    name, data = viewer.download("download_ledger")
    assert name == "leadsheet-ledger.excel.csv"
    assert "the row has fewer cells than there are columns" in data.decode("utf-8-sig")

    viewer.press("change_sheet")
    viewer.key("paste").wait_for()
    viewer.drop(name, data)
    viewer.key("fetch").wait_for()
    summed = viewer.page.get_by_text("10 rows = 8 ids + 1 duplicate + 1 not an id.")
    expect(summed).to_be_visible()
