"""Which rows and columns a file holds: names, tabs, shapes and zones."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow.parquet as pq
import pytest

from lsq import __version__
from lsq.api.errors import LsqError, ServerFailed
from lsq.api.models import FetchStats
from lsq.lookup.choice import MIME, Choice, Form, Rows, Shape, form_of
from lsq.lookup.files import file_bytes, file_name
from lsq.lookup.rows import main_frame, main_size
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View
from lsq.sandbox import lead_id
from tests.lookup.raw import raw_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup

    Make = Callable[..., Lookup]

IDS = tuple(lead_id(number) for number in range(6))
KOLKATA = ZoneInfo("Asia/Kolkata")


@pytest.fixture
def lookup(make_lookup: Make) -> Lookup:
    """Return a lookup with every outcome and a column of the analyst's own."""
    return make_lookup(
        *(IDS[0], IDS[1], IDS[2], IDS[3], IDS[0], "", "see email", IDS[4]),
        more={"Note": list("abcdefgh")},
        not_found=IDS[2:3],
        failed={IDS[3]: ServerFailed("The server answered 500.")},
        not_asked=IDS[4:5],
        stats=FetchStats(calls=2),
    )


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.csv", Form.CSV),
        ("a.excel.csv", Form.EXCEL_CSV),
        ("A.EXCEL.CSV", Form.EXCEL_CSV),
        ("dir.xlsx/b.XLSX", Form.XLSX),
        ("a.parquet", Form.PARQUET),
        ("a.jsonl", Form.JSONL),
    ],
)
def test_the_ending_picks_the_form(name: str, form: Form) -> None:
    assert form_of(name) is form


@pytest.mark.parametrize("name", ["a", "a.xls", "a.txt", "csv", "a.csv.gz", ""])
def test_another_ending_is_refused_with_the_endings_to_choose_from(name: str) -> None:
    with pytest.raises(LsqError) as caught:
        form_of(name)
    assert caught.value.advice == "End it in .excel.csv, .csv, .xlsx, .parquet, .jsonl."


@pytest.mark.parametrize("form", Form)
def test_every_form_has_its_media_type(form: Form) -> None:
    assert "/" in MIME[form]


def test_a_file_name_says_what_and_when_and_nothing_of_the_sheet(lookup: Lookup) -> None:
    assert re.fullmatch(
        r"leadsheet-leads-\d{8}-\d{4}\.xlsx",
        file_name(lookup, Choice(form=Form.XLSX, zone=KOLKATA)),
    )
    missing = file_name(lookup, Choice(form=Form.CSV, rows=Rows.NOT_FOUND, zone=KOLKATA))
    assert re.fullmatch(r"leadsheet-not-found-\d{8}-\d{4}\.csv", missing)


def test_my_rows_come_with_outcome_and_lead_columns(lookup: Lookup) -> None:
    frame = raw_rows(lookup, Choice())
    assert list(frame.columns[:4]) == ["Lead ID", "Note", "Outcome", "ProspectID"]
    assert "".join(frame["Note"]) == "abcdefgh"
    assert frame["ProspectID"].fillna("").tolist() == [IDS[0], IDS[1], "", "", IDS[0], "", "", ""]
    assert frame["Outcome"].tolist() == [
        *("found", "found", "not found", "failed", "duplicate", "blank", "not an id", "not asked")
    ]


def test_leads_only_is_one_row_per_lead(lookup: Lookup) -> None:
    frame = raw_rows(lookup, Choice(shape=Shape.LEADS))
    assert frame["ProspectID"].tolist() == list(IDS[:2])
    assert "Note" not in frame


def test_filtered_rows_are_those_of_the_leads_that_are_left(lookup: Lookup) -> None:
    kept = pd.Index([0])
    assert "".join(raw_rows(lookup, Choice(rows=Rows.FILTERED, kept=kept))["Note"]) == "ae"
    leads = raw_rows(lookup, Choice(rows=Rows.FILTERED, shape=Shape.LEADS, kept=kept))
    assert leads["ProspectID"].tolist() == [IDS[0]]


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("mask", [False, True])
def test_a_parquet_of_some_leads_does_not_name_the_values_of_others(
    shape: Shape, make_lookup: Make, make_table: Make, *, mask: bool
) -> None:
    lookup = make_lookup(*IDS, leads=make_table(IDS, OwnerIdName=["A", "B", "Hidden"] * 2))
    some = {"rows": Rows.SELECTED, "kept": pd.Index([0, 4])}
    choice = Choice(form=Form.PARQUET, shape=shape, mask=mask, **some)
    owners = pq.read_table(io.BytesIO(file_bytes(View(lookup=lookup), choice)))["OwnerIdName"]
    assert owners.combine_chunks().dictionary.to_pylist() == ["A", "B"]


def test_filtered_to_nothing_is_a_table_without_rows(lookup: Lookup) -> None:
    frame = raw_rows(lookup, Choice(rows=Rows.FILTERED, kept=pd.Index([], dtype="int64")))
    assert frame.empty
    assert list(frame.columns) == list(raw_rows(lookup, Choice()).columns)


@pytest.mark.parametrize(
    ("rows", "sheet_rows"),
    [
        (Rows.NOT_FOUND, [4]),
        (Rows.FAILED, [5]),
        (Rows.NOT_USED, [7, 8]),
        (Rows.LEDGER, [2, 3, 4, 5, 6, 7, 8, 9]),
    ],
)
def test_rows_without_a_lead_are_lines_of_the_ledger(
    lookup: Lookup, rows: Rows, sheet_rows: list[int]
) -> None:
    frame = raw_rows(lookup, Choice(rows=rows))
    assert list(frame.columns) == ["row", "value", "id", "outcome", "detail"]
    assert frame["row"].tolist() == sheet_rows


def test_the_reason_of_a_failure_stands_in_its_line(lookup: Lookup) -> None:
    assert raw_rows(lookup, Choice(rows=Rows.FAILED))["detail"].tolist() == [
        "The server answered 500."
    ]


def test_typed_files_say_the_zone_in_the_header(make_lookup: Make, make_table: Make) -> None:
    leads = make_table(IDS[:2], CreatedOn=["2026-06-14 18:30:00.000", "2026-06-14 20:00:00.000"])
    frame = main_frame(make_lookup(*IDS[:2], leads=leads), Choice(zone=KOLKATA))
    assert "CreatedOn" not in frame
    assert frame["CreatedOn (Asia/Kolkata)"].astype(str).tolist() == [
        "2026-06-15 00:00:00",
        "2026-06-15 01:30:00",
    ]


def test_raw_files_leave_times_as_they_came(make_lookup: Make, make_table: Make) -> None:
    leads = make_table(IDS[:1], CreatedOn=["2026-06-14 18:30:00.000"])
    frame = raw_rows(make_lookup(IDS[0], leads=leads), Choice())
    assert frame["CreatedOn"].tolist() == ["2026-06-14 18:30:00.000"]


def test_a_column_of_mine_that_has_a_leads_name_keeps_it(make_lookup: Make) -> None:
    lookup = make_lookup(IDS[0], more={"ProspectStage": ["mine"], "Outcome": ["also mine"]})
    frame = raw_rows(lookup, Choice())
    assert frame["ProspectStage"].tolist() == ["mine"]
    assert frame["ProspectStage (LeadSquared)"].tolist() == ["ProspectStage 0"]
    assert frame["Outcome"].tolist() == ["also mine"]
    assert frame["Outcome (LeadSquared)"].tolist() == ["found"]


def test_a_workbook_of_everything_has_a_tab_for_all_that_is_not_a_lead(lookup: Lookup) -> None:
    names = [tab.name for tab in tabs(View(lookup=lookup), Choice(zone=KOLKATA))]
    assert names == ["Leads", "Stages", "Not found", "Failed", "Rows not used", "About"]


def test_a_workbook_without_losses_has_no_tab_for_them(make_lookup: Make) -> None:
    names = [tab.name for tab in tabs(View(lookup=make_lookup(*IDS)), Choice(zone=KOLKATA))]
    assert names == ["Leads", "Stages", "About"]


def test_a_workbook_of_the_filtered_counts_the_stages_of_those_alone(lookup: Lookup) -> None:
    kept = pd.Index([1])
    leads, stages, about = tabs(
        View(lookup=lookup), Choice(rows=Rows.FILTERED, zone=KOLKATA, kept=kept)
    )
    assert (len(leads.frame), about.name) == (1, "About")
    assert stages.frame["Leads"].sum() == 1


def test_a_workbook_of_other_rows_is_named_after_them(lookup: Lookup) -> None:
    names = [
        tab.name for tab in tabs(View(lookup=lookup), Choice(rows=Rows.NOT_FOUND, zone=KOLKATA))
    ]
    assert names == ["Not found", "About"]


def test_without_the_stage_column_there_is_no_tab_of_stages(
    make_lookup: Make, make_table: Make
) -> None:
    table = make_table(IDS[:1])
    columns = {name: values for name, values in table.columns.items() if name != "ProspectStage"}
    leads = type(table)(ids=table.ids, columns=columns, fetched_at=table.fetched_at)
    names = [
        tab.name
        for tab in tabs(View(lookup=make_lookup(IDS[0], leads=leads)), Choice(zone=KOLKATA))
    ]
    assert names == ["Leads", "About"]


def test_about_says_when_whose_and_what_and_adds_up(lookup: Lookup) -> None:
    about = tabs(View(lookup=lookup), Choice(zone=KOLKATA))[-1].frame
    said = dict(zip(about["What"], about["Value"], strict=True))
    assert said["Host"] == "api-in21.leadsquared.com"
    assert (said["Sheet"], said["Id column"]) == ("list.csv", "Lead ID")
    assert said["Times in"] == "Asia/Kolkata"
    assert said["Fetched at"].endswith("(Asia/Kolkata)")
    assert said["Made by"] == f"Leadsheet {__version__}"
    outcomes = ("Found", "Not found", "Failed", "Not asked", "Duplicate", "Blank", "Not an id")
    assert sum(int(said[name]) for name in outcomes) == int(said["Rows in the sheet"]) == 8


@pytest.mark.parametrize("kept", [None, [], [0], [0, 1]], ids=str)
@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("rows", Rows)
def test_the_size_that_is_said_is_that_of_the_rows_that_are_written(
    lookup: Lookup, rows: Rows, shape: Shape, kept: list[int] | None
) -> None:
    left = None if kept is None else pd.Index(kept, dtype="int64")
    choice = Choice(rows=rows, shape=shape, zone=KOLKATA, kept=left)
    said = main_size(lookup, choice)
    assert main_frame(lookup, choice).shape == raw_rows(lookup, choice).shape == said


def test_a_filtered_workbook_keeps_the_order_of_all_stages_and_says_which_rows_it_holds(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    stages = ["Enrolled", "Prospect", "Contacted"]
    lookup = make_lookup(*IDS[:3], leads=make_table(IDS[:3], ProspectStage=stages))
    sheets = {
        tab.name: tab.frame
        for tab in tabs(
            View(lookup=lookup),
            Choice(rows=Rows.FILTERED, zone=KOLKATA, kept=lookup.leads.index[:1]),
        )
    }
    assert sheets["Stages"]["Stage"].tolist() == ["Prospect", "Contacted", "Enrolled"]
    assert sheets["Stages"]["Leads"].tolist() == [0, 0, 1]
    assert ("Rows in this file", "1 (filtered)") in set(
        sheets["About"].itertuples(index=False, name=None)
    )
