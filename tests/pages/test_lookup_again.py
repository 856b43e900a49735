"""A file of ours that is dropped is set up as it was, and the page says so."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from lsq.lookup.choice import Choice, Shape
from lsq.lookup.files import file_bytes
from lsq.lookup.view import View
from lsq.ui.escape import shown
from lsq.ui.state import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from tests.ui.kinds import Said, Visit

CAME = {"FirstName": ["Asha", "Ravi", "Meera"], "mx_Batch": ["A", "B", "C"]}


@pytest.fixture
def ours(fetch_of: Callable[..., Session], ids: list[str]) -> Callable[..., bytes]:
    """Return what writes a workbook of three leads."""
    text = "Lead ID,Note\n" + "".join(f"{each},n\n" for each in ids[:3])
    mine = fetch_of(columns=CAME, text=text)
    lookup = mine.lookup()
    assert lookup is not None

    def write(**options: object) -> bytes:
        return file_bytes(View(lookup=lookup), Choice(zone=ZoneInfo("Europe/Paris"), **options))

    return write


def drop(at: AppTest, data: bytes) -> AppTest:
    return at.file_uploader(key="sheet").upload("ours.xlsx", data).run()


def test_columns_shape_and_mask_are_those_of_the_file_and_the_page_says_so(
    visit: Visit, said: Said, ours: Callable[..., bytes]
) -> None:
    at = drop(visit("lookup"), ours(shape=Shape.LEADS, mask=True))
    assert at.session_state["columns"] == ["FirstName", "mx_Batch"]
    assert at.selectbox(key="id_column").value == "ProspectID"
    mine = at.session_state["leadsheet"]
    assert mine.masked is True
    assert mine.download["shape"] == Shape.LEADS
    words = "id column ProspectID, 2 columns, one row per lead, phones and e-mails masked."
    assert shown(f"Set up as in the file: {words}") in said(at)
    assert at.button(key="fetch").label == "Fetch 3 leads"


def test_a_file_that_is_not_masked_takes_no_mask_off(
    visit: Visit, ours: Callable[..., bytes]
) -> None:
    for masked in (True, False, None):
        at = drop(visit("lookup", mine=Session(masked=masked)), ours())
        mine = at.session_state["leadsheet"]
        assert mine.masked is masked
        assert mine.download["shape"] == Shape.MINE


def test_another_sheet_says_nothing_of_it(visit: Visit, said: Said, ids: list[str]) -> None:
    at = visit("lookup").file_uploader(key="sheet")
    page = at.upload("a.csv", f"Lead ID\n{ids[0]}\n".encode()).run()
    assert "Set up as in the file" not in said(page)


def test_what_is_changed_by_hand_is_no_longer_said_to_be_as_in_the_file(
    visit: Visit, said: Said, ours: Callable[..., bytes]
) -> None:
    def line(page: AppTest) -> str:
        return next((text for text in said(page).splitlines() if "as in the file" in text), "")

    at = drop(visit("lookup"), ours(shape=Shape.LEADS, mask=True))
    mine = at.session_state["leadsheet"]
    assert "2 columns" in line(at)
    assert "2 columns" not in line(at.multiselect(key="columns").set_value(["FirstName"]).run())
    assert "masked" in line(at)
    mine.masked = False
    assert "masked" not in line(at.run())
    assert "one row per lead" in line(at)
    mine.download["shape"] = Shape.MINE
    assert "one row per lead" not in line(at.run())
    assert "id column" in line(at)
    at = at.selectbox(key="id_column").set_value("FirstName").run()
    assert line(at) == ""
