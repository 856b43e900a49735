"""The download dialog: choices with their sizes, remembered, and files that can be made."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import streamlit as st

from lsq.analysis.stages import Stage, StageRole
from lsq.api.errors import LsqError, ServerFailed
from lsq.lookup.losses import Losses
from lsq.settings import read_settings
from lsq.ui import handing_out, losses_said

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.lookup.choice import Choice
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Said, Visit

    Pipeline = dict[str, list[str | None]]

ROWS, SHAPE, CSV = (f"download_choice_{name}" for name in ("rows", "shape", "csv"))


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What each button would write; AppTest does not call it."""
    made: dict[str, Any] = {}
    draw = st.download_button

    def note(label: str, *, data: Any, key: str, **how: Any) -> bool:  # noqa: ANN401 - as given
        made[key] = data
        made[f"{key} name"], made[f"{key} type"] = how["file_name"], how["type"]
        return draw(label, data=data, key=key, **how)

    monkeypatch.setattr(st, "download_button", note)
    return made


@pytest.fixture
def mixed(fetch_of: FetchOf, pipeline: Pipeline, ids: list[LeadId]) -> Session:
    """A fetch with every outcome among its 17 rows."""
    asked = [*ids[:13], ids[0], "", "no id", "call back"]
    failed = [ServerFailed("The server answered 500.", "")]
    text = "\n".join(["Lead ID,Mine", *(f"{one},row" for one in asked)])
    return fetch_of(columns=pipeline, not_found=2, failed=failed, text=text)


def opened(at: AppTest, **choices: str) -> AppTest:
    """Open the dialog, make choices in it one by one, and leave it open."""
    at.button(key="download").click().run()
    for key, value in choices.items():
        widget = at.radio(key=key) if key == ROWS else at.segmented_control(key=key)
        widget.set_value(value)
        at.button(key="download").click().run()
    return at


def test_every_choice_of_rows_has_its_size_and_empty_ones_are_left_out(
    visit: Visit, mixed: Session
) -> None:
    rows = opened(visit("leads", mine=mixed)).radio(key=ROWS)
    sizes = dict(zip(rows.options, rows.captions, strict=True))
    assert sizes == {
        "All": "17 rows",
        "Not found": "2 ids",
        "Rows not used": "3 rows",
        "Failed": "1 id",
        "Whole ledger": "17 rows",
    }


def test_the_workbook_is_the_one_that_is_offered_first(
    visit: Visit, mixed: Session, files: dict[str, Any]
) -> None:
    opened(visit("leads", mine=mixed))
    types = {key: files[key] for key in files if key.endswith(" type")}
    assert [*types] == [f"download_{one} type" for one in ("xlsx", "csv", "parquet", "jsonl")]
    assert [key for key in types if types[key] == "primary"] == ["download_xlsx type"]


def test_with_a_filter_the_filtered_rows_come_first(
    visit: Visit, mixed: Session, files: dict[str, Any]
) -> None:
    mixed.filters = mixed.filters.choose("ProspectStage", ["Prospect"])
    at = opened(visit("leads", mine=mixed))
    rows = at.radio(key=ROWS)
    assert (rows.options[0], rows.captions[0], rows.value) == ("Filtered", "4 leads", "filtered")
    made = pd.read_csv(io.BytesIO(files["download_csv"]()), dtype="str")
    assert set(made["ProspectStage"]) == {"Prospect"}
    assert len(made) == 5  # the first lead stands in two rows of the sheet


def test_a_filter_that_leaves_every_lead_is_no_choice_of_its_own(
    visit: Visit, fetch_of: FetchOf
) -> None:
    mine = fetch_of(columns={"ProspectStage": ["A", "A"]})
    mine.filters = mine.filters.choose("ProspectStage", ["A"])
    assert "Filtered" not in opened(visit("leads", mine=mine)).radio(key=ROWS).options


def test_the_file_holds_what_the_search_found_and_says_so(
    visit: Visit, mixed: Session, files: dict[str, Any]
) -> None:
    at = visit("leads", mine=mixed)
    at.text_input(key="search").input("anita").run()
    rows = opened(at).radio(key=ROWS)
    assert (rows.options[0], rows.captions[0]) == ("Found by search", "4 leads")
    opened(at, **{SHAPE: "one row per lead"})
    lines = [json.loads(line) for line in files["download_jsonl"]().splitlines()]
    assert {line["OwnerIdName"] for line in lines} == {"Anita Rao"}
    assert len(lines) == 4


def test_a_search_is_in_the_name_of_the_file_and_in_the_workbook(
    visit: Visit, mixed: Session, files: dict[str, Any]
) -> None:
    at = visit("leads", mine=mixed)
    at.text_input(key="search").input("anita").run()
    opened(at)
    assert files["download_xlsx name"].startswith("leadsheet-found-by-search-")
    about = pd.read_excel(
        io.BytesIO(files["download_xlsx"]()), sheet_name="About", engine="calamine"
    )
    assert about.set_index("What").loc["Rows in this file", "Value"] == "5 (found by search)"


def test_what_is_ticked_comes_before_all_else(
    visit: Visit, mixed: Session, files: dict[str, Any], ids: list[LeadId]
) -> None:
    mixed.filters = mixed.filters.choose("ProspectStage", ["Prospect"])
    mixed.download["rows"] = "failed"
    at = visit("leads", mine=mixed)
    mixed.ticks.take(ids[:10], [7, 0])
    rows = opened(at).radio(key=ROWS)
    assert (rows.options[:3], rows.value) == (["Selected", "Filtered", "All"], "selected")
    assert rows.captions[0] == "2 leads"
    made = pd.read_csv(io.BytesIO(files["download_csv"]()), dtype="str")
    assert made["FirstName"].tolist() == ["Asha", "Tara", "Asha"]  # one stands in two rows
    assert files["download_csv name"].startswith("leadsheet-selected-")


def test_ticks_are_offered_where_there_is_a_table_of_leads(
    visit: Visit, mixed: Session, ids: list[LeadId]
) -> None:
    mixed.ticks.take(ids[:10], [0])
    assert "Selected" not in opened(visit("stages", mine=mixed)).radio(key=ROWS).options
    assert "Selected" in opened(visit("changes", mine=mixed)).radio(key=ROWS).options


def test_search_and_filters_both_tell_which_rows_are_found(visit: Visit, mixed: Session) -> None:
    mixed.filters = mixed.filters.choose("ProspectStage", ["Prospect"])
    at = visit("leads", mine=mixed)
    at.text_input(key="search").input("anita").run()
    rows = opened(at).radio(key=ROWS)
    assert (rows.options[0], rows.captions[0]) == ("Found by search", "2 leads, filtered too")


def test_another_page_knows_nothing_of_the_search(visit: Visit, mixed: Session) -> None:
    at = visit("leads", mine=mixed)
    at.text_input(key="search").input("anita").run()
    again = visit("stages", mine=at.session_state["leadsheet"])
    assert opened(again).radio(key=ROWS).options[0] == "All"


def test_filters_that_leave_nothing_do_not_become_everything(visit: Visit, mixed: Session) -> None:
    mixed.filters = mixed.filters.choose("ProspectStage", ["Gone"])
    at = opened(visit("leads", mine=mixed))
    rows = at.radio(key=ROWS)
    assert (rows.value, rows.captions[0]) == ("filtered", "0 leads")
    assert all(each.disabled for each in at.download_button)
    at = opened(at, **{ROWS: "all"})
    assert not any(each.disabled for each in at.download_button)


def test_what_is_chosen_is_remembered_when_the_dialog_opens_again(
    visit: Visit, mixed: Session
) -> None:
    at = opened(visit("leads", mine=mixed), **{SHAPE: "one row per lead", CSV: "Programs"})
    at.run()
    assert not at.download_button
    at = opened(at)
    assert at.segmented_control(key=SHAPE).value == "one row per lead"
    assert at.segmented_control(key=CSV).value == "Programs"


def test_the_rows_chosen_are_remembered_on_another_page(visit: Visit, mixed: Session) -> None:
    opened(visit("leads", mine=mixed), **{ROWS: "failed"})
    assert opened(visit("stages", mine=mixed)).radio(key=ROWS).value == "failed"


def test_rows_that_are_not_there_now_are_chosen_again_when_they_are(
    visit: Visit, mixed: Session, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    opened(visit("leads", mine=mixed), **{SHAPE: "one row per lead", ROWS: "failed"})
    whole = fetch_of(columns=pipeline)
    whole.download = mixed.download
    at = opened(visit("leads", mine=whole))
    assert at.radio(key=ROWS).value == "all"
    assert at.segmented_control(key=SHAPE).value == "one row per lead"
    assert opened(visit("stages", mine=mixed)).radio(key=ROWS).value == "failed"


def test_choices_outlive_their_fetch(mixed: Session, visit: Visit) -> None:
    at = opened(visit("leads", mine=mixed), **{ROWS: "failed", CSV: "Programs"})
    mine = at.session_state["leadsheet"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "query_params", {})
        mine.drop_job()
    assert mine.download == {"rows": "failed", "csv": "Programs"}


@pytest.mark.parametrize(
    ("rows", "lines"), [("all", 17), ("not found", 2), ("failed", 1), ("whole ledger", 17)]
)
def test_each_choice_of_rows_makes_files_of_so_many_lines(  # noqa: PLR0913, PLR0917 - fixtures
    rows: str, lines: int, visit: Visit, mixed: Session, files: dict[str, Any], said: Said
) -> None:
    at = opened(visit("leads", mine=mixed), **{ROWS: rows})
    assert len(pd.read_csv(io.BytesIO(files["download_csv"]()), dtype="str")) == lines
    assert len(pd.read_parquet(io.BytesIO(files["download_parquet"]()))) == lines
    assert len(files["download_jsonl"]().splitlines()) == lines
    workbook = io.BytesIO(files["download_xlsx"]())
    assert len(pd.read_excel(workbook, dtype="str", engine="openpyxl")) == lines
    times = " · times in Asia/Kolkata, in CSV and JSON lines UTC" if rows == "all" else ""
    assert f"built when you click{times} · no keys inside" in said(at)
    for one in ("download_xlsx", "download_csv", "download_parquet", "download_jsonl"):
        assert at.get_by_key(one)


def test_one_row_per_lead_makes_so_many_lines(
    visit: Visit, mixed: Session, files: dict[str, Any]
) -> None:
    opened(visit("leads", mine=mixed), **{SHAPE: "one row per lead"})
    lines = [json.loads(line) for line in files["download_jsonl"]().splitlines()]
    assert len(lines) == 10
    assert "Mine" not in lines[0]


def test_csv_for_excel_and_for_programs_are_two_files(
    visit: Visit, fetch_of: FetchOf, files: dict[str, Any]
) -> None:
    at = opened(visit("leads", mine=fetch_of(columns={"FirstName": ["=1+1"]})))
    assert files["download_csv"]().startswith(b"\xef\xbb\xbf")
    assert b"'=1+1" in files["download_csv"]()
    assert files["download_csv name"].endswith(".excel.csv")
    opened(at, **{CSV: "Programs"})
    assert b',"=1+1"' in files["download_csv"]()
    assert not files["download_csv name"].endswith(".excel.csv")


def test_a_file_is_not_built_after_the_viewer_was_taken_out_of_the_rule(
    visit: Visit, mixed: Session, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    anita = {"is_logged_in": True, "email": "Anita@example.com", "email_verified": True}
    rule = {"emails": ["anita@example.com"]}
    opened(visit("leads", mine=mixed, user=anita, secrets={"access": rule, "auth": {"a": "b"}}))
    configured = {"access": rule}
    monkeypatch.setattr(handing_out, "settings", lambda: read_settings({}, configured))
    assert files["download_csv"]()
    configured["access"] = {"emails": ["ravi@example.com"]}
    for key in ("download_xlsx", "download_csv", "download_parquet", "download_jsonl"):
        with pytest.raises(LsqError, match=r"You may no longer use this app\."):
            files[key]()


def test_the_files_name_nothing_of_the_sheet(
    visit: Visit, fetch_of: FetchOf, files: dict[str, Any]
) -> None:
    opened(visit("leads", mine=fetch_of(columns={"FirstName": ["A"]}, name="markersheet.csv")))
    assert files["download_xlsx name"].startswith("leadsheet-leads-")
    assert not any("marker" in str(value) for key, value in files.items() if "name" in key)


def test_the_workbook_holds_the_stages_in_the_viewer_s_order(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline, files: dict[str, Callable[[], bytes]]
) -> None:
    mine = fetch_of(columns=pipeline)
    mine.stages = (Stage("Enrolled", StageRole.WON), Stage("Prospect", StageRole.OPEN))
    opened(visit("stages", mine=mine))
    book = io.BytesIO(files["download_xlsx"]())
    sheet = pd.read_excel(book, sheet_name="Stages", engine="calamine")
    assert sheet["Stage"].tolist()[:2] == ["Enrolled", "Prospect"]


def test_what_each_format_cannot_hold_is_said_before_the_click(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    odd = {
        "FirstName": ["=1+1", "x" * 40_000, "bell \a"],
        "Phone": ["+91-9811111111", "", "12"],
        "Score": ["7", "about 7", "8"],
    }
    at = opened(visit("leads", mine=fetch_of(columns=odd)))
    assert (
        "Excel workbook: 1 cell is cut, being longer than Excel allows; 1 cell has characters "
        "that Excel cannot hold (� instead); the sheet About names the first of them.  \n"
        "CSV for Excel: 2 cells that Excel could take for a formula, such as phones that begin "
        "with +, get an apostrophe; Leadsheet takes it off when the file comes back.  \n"
        "Parquet: 1 value that could not be read as a date or number is left out; the other "
        "files have them."
    ) in said(at)
    at = opened(at, **{CSV: "Programs"})
    assert "apostrophe" not in said(at)


def test_nothing_is_said_where_nothing_is_lost(visit: Visit, fetch_of: FetchOf, said: Said) -> None:
    at = opened(visit("leads", mine=fetch_of(columns={"FirstName": ["Asha", "Ravi"]})))
    assert "no keys inside" in said(at)
    assert not any(words in said(at) for words in ("Excel workbook:", "CSV for Excel:"))


def test_what_is_lost_is_counted_once_for_each_choice_and_anew_for_another_view(
    visit: Visit, mixed: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def count(_view: object, choice: Choice) -> Losses:
        counted.append(choice.form)
        return Losses()

    monkeypatch.setattr(losses_said, "losses", count)
    at = opened(opened(visit("leads", mine=mixed)))
    assert counted == [".xlsx", ".excel.csv", ".parquet", ".jsonl"]
    opened(at, **{CSV: "Programs"})
    assert counted[4:] == [".csv"]
    mixed.masked = True
    opened(at.run())
    assert len(counted) == 9
