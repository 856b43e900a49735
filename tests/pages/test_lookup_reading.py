"""How a sheet was read is shown and can be corrected; what is not sure is asked."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from lsq.api.models import Progress
from lsq.sheets.sheet import Choices
from lsq.ui.state import Dropped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, KeysOf, Said, Visit

CONTROLS = ("encoding", "separator", "header_row", "worksheet")


@pytest.fixture
def opened(visit: Visit) -> Visit:
    """Return what drops a file on the page, its first rows open to see."""

    def drop(name: str, data: bytes) -> AppTest:
        at = visit("lookup", state={"reading": True})
        return at.file_uploader(key="sheet").upload(name, data).run()

    return drop


def mine(at: AppTest) -> Session:
    found: Session = at.session_state["leadsheet"]
    return found


def rows(at: AppTest) -> pd.DataFrame:
    found: pd.DataFrame = at.dataframe[-1].value
    return found


def text_of(lines: Sequence[str], *, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)


def workbook(sheets: Mapping[str, Sequence[str]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for cell in ("Lead ID", *cells):
            sheet.append([cell, "Asha"])
    book.save(file)
    return file.getvalue()


def test_the_first_rows_are_shown_as_read_with_their_numbers(
    opened: Visit, ids: list[LeadId]
) -> None:
    at = opened("a.csv", text_of(["Lead ID,Zip,Row", f"{ids[0]},00123,x", *["zzz,007,y"] * 150]))
    assert rows(at).columns.tolist() == ["Row (2)", "Lead ID", "Zip", "Row"]
    assert rows(at).iloc[0].tolist() == [2, ids[0], "00123", "x"]
    assert len(rows(at)) == 100


def test_nothing_doubtful_keeps_the_rows_closed(visit: Visit, ids: list[LeadId]) -> None:
    at = visit("lookup")
    at = at.file_uploader(key="sheet").upload("a.csv", text_of(["Lead ID", *ids[:3]])).run()
    assert not at.session_state["reading"]
    assert not at.dataframe


def test_an_encoding_that_was_guessed_opens_them_and_another_one_mends_the_names(
    visit: Visit, ids: list[LeadId]
) -> None:
    data = text_of(["Lead ID;Jméno", f"{ids[0]};Křižík"], encoding="cp1250")
    at = visit("lookup").file_uploader(key="sheet").upload("jména.csv", data).run()
    assert rows(at)["Jméno"].tolist() == ["Køižík"]
    chooser = at.selectbox(key="encoding")
    assert chooser.options[0] == "Windows-1252, Western (as found)"

    at = chooser.select("cp1250").run()
    assert rows(at)["Jméno"].tolist() == ["Křižík"]
    assert mine(at).choices == Choices(encoding="cp1250")
    at = at.button(key="as_found").click().run()
    assert rows(at)["Jméno"].tolist() == ["Køižík"]
    assert mine(at).choices == Choices()


def test_another_separator_and_another_row_of_names_read_the_file_again(
    opened: Visit, ids: list[LeadId]
) -> None:
    at = opened("a.csv", text_of(["Id,Name|x", "Lead,First|y", f"{ids[0]},Asha|z"]))
    at = at.selectbox(key="separator").select("|").run()
    at = at.selectbox(key="header_row").select("0").run()
    assert rows(at)["Row"].tolist() == [1, 2, 3]
    at = at.selectbox(key="header_row").select("2").run()
    assert rows(at).columns.tolist() == ["Row", "Lead,First", "y"]
    assert mine(at).choices == Choices(separator="|", header_row=2)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Choices(separator="::"), "“\\:\u2060\\:\u2060” cannot separate the cells of a\\.csv\\."),
        (Choices(header_row=99), "a\\.csv has no row 99 to take the column names from\\."),
    ],
    ids=["separator", "row"],
)
def test_what_cannot_be_is_said_and_the_last_reading_stays(
    wanted: Choices, sentence: str, opened: Visit, ids: list[LeadId]
) -> None:
    at = opened("a.csv", text_of(["Lead ID,Name", f"{ids[0]},Asha"]))
    mine(at).wanted = wanted
    at = at.run()
    assert at.error[0].title == sentence
    assert mine(at).choices == Choices()
    assert at.button(key="fetch").label == "Fetch 1 lead"
    assert at.selectbox(key="separator").value == "As found"


def test_a_worksheet_without_ids_is_not_taken(opened: Visit, ids: list[LeadId]) -> None:
    at = opened("a.xlsx", workbook({"North": ids[:3], "Notes": ["x", "y"]}))
    at = at.selectbox(key="worksheet").select("Notes").run()
    assert "No column of a\\.xlsx looks like lead ids\\." in at.error[0].title
    assert at.selectbox(key="worksheet").value == "North"
    assert at.button(key="fetch").label == "Fetch 3 leads"


def test_another_worksheet_is_read_with_its_rows_and_ids_told(
    opened: Visit, ids: list[LeadId], keys_of: KeysOf
) -> None:
    at = opened("a.xlsx", workbook({"North": ids[:3], "South": ids[3:5]}))
    chooser = at.selectbox(key="worksheet")
    assert chooser.options == ["North · 4 rows · 3 ids", "South · 3 rows · 2 ids"]
    assert [key for key in CONTROLS if key in keys_of(at)] == ["header_row", "worksheet"]
    at = chooser.select("South").run()
    assert at.button(key="fetch").label == "Fetch 2 leads"


def test_of_worksheets_that_tie_nothing_is_chosen_before_the_viewer_does(
    visit: Visit, ids: list[LeadId]
) -> None:
    data = workbook({"North": ids[:3], "South": ids[3:6], "Notes": ["x"]})
    at = visit("lookup").file_uploader(key="sheet").upload("a.xlsx", data).run()
    assert "2 worksheets with 3 cells of ids each\\: North, South" in at.warning[0].title
    assert not at.error
    chooser = at.selectbox(key="worksheet")
    assert chooser.value is None
    at = chooser.select("South").run()
    assert not at.warning
    assert mine(at).cells.ids == tuple(ids[3:6])


def test_of_columns_that_tie_the_viewer_chooses_below_the_rows(
    visit: Visit, ids: list[LeadId]
) -> None:
    data = text_of(["Ref A,Ref B,Name", *(f"{ids[n]},{ids[n + 9]},x" for n in range(4))])
    at = visit("lookup").file_uploader(key="sheet").upload("a.csv", data).run()
    assert "Two columns of a\\.csv look equally like lead ids" in at.warning[0].title
    chooser = at.selectbox(key="id_column")
    assert chooser.value is None
    assert chooser.options == [
        "Ref A (4 of 4 look like ids, 100%)",
        "Ref B (4 of 4 look like ids, 100%)",
        "Name (no ids)",
    ]
    assert rows(at)["Name"].tolist() == ["x"] * 4
    at = chooser.select("Ref B").run()
    assert mine(at).cells.ids == tuple(ids[9:13])
    at = at.selectbox(key="encoding").select("cp1252").run()
    assert mine(at).cells.column == "Ref B"  # the choice is kept when the file is read again


def test_damaged_rows_are_listed_with_their_words_and_ids(
    visit: Visit, ids: list[LeadId], said: Said
) -> None:
    lines = ["Lead ID,Name,City", *(f"{one},a,b" for one in ids[:8]), f"{ids[8]},a"]
    at = visit("lookup", state={"damaged": True})
    at = at.file_uploader(key="sheet").upload("a.csv", text_of(lines)).run()
    assert at.session_state["reading"]
    assert ":orange-badge[:material/warning: 1 damaged row]" in said(at)
    assert at.dataframe[0].value.to_numpy().tolist() == [
        [10, "fewer cells than there are columns", ids[8]]
    ]
    assert rows(at)["Damage"].tolist()[-1] == "fewer cells than there are columns"


def test_any_change_of_the_reading_drops_the_result(
    fetch_of: FetchOf, visit: Visit, ids: list[LeadId]
) -> None:
    before = fetch_of(columns={"FirstName": ["Asha", "Ravi"]})
    before.dropped = Dropped("june.csv", text_of(["Lead ID", *ids[:2]]))
    at = visit("lookup", mine=before, state={"reading": True})
    assert at.success
    at = at.selectbox(key="header_row").select("0").run()
    assert mine(at).job is None
    assert not at.success
    assert mine(at).cells.rows == 3


def test_while_a_fetch_runs_nothing_of_the_reading_can_be_changed(
    fetch_of: FetchOf, visit: Visit, ids: list[LeadId]
) -> None:
    running = fetch_of(columns={"FirstName": ["Asha"]}, progress=Progress(total=1))
    running.dropped = Dropped("june.csv", text_of(["Lead ID", ids[0]]))
    at = visit("lookup", mine=running, state={"reading": True})
    assert all(at.selectbox(key=key).disabled for key in (*CONTROLS[:3], "id_column"))
    running.wanted = Choices(header_row=0)
    assert mine(at.run()).choices == Choices()


def test_after_a_reload_the_file_is_gone_and_so_are_the_controls(
    fetch_of: FetchOf, visit: Visit, said: Said, keys_of: KeysOf
) -> None:
    at = visit("lookup", mine=fetch_of(columns={"FirstName": ["Asha"]}), state={"reading": True})
    words = said(at).replace("\\", "")
    assert "Read as UTF-8, column names in row 1. Drop the sheet again" in words
    assert not set(CONTROLS) & set(keys_of(at))


def test_with_the_sheet_its_file_is_let_go(opened: Visit, ids: list[LeadId]) -> None:
    at = opened("a.csv", text_of(["Lead ID", *ids[:3]]))
    assert mine(at).dropped is not None
    at = at.button(key="change_sheet").click().run()
    assert mine(at).dropped is None
    at = at.file_uploader(key="sheet").upload("b.csv", b"\x89PNG\r\n\x1a\n").run()
    assert mine(at).dropped is None


def test_values_of_the_sheet_are_no_markdown_in_what_is_said(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    before = fetch_of(columns={"FirstName": ["Asha"]})
    before.sheet = replace(before.sheet, worksheet="_North_`x`")
    at = visit("lookup", mine=before, state={"reading": True})
    assert r"worksheet \_North\_\`x\`" in said(at)
