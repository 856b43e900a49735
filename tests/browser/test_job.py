"""The analyst's whole job: a sheet in, what was understood, the leads, and the files."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import expect

from lsq.sandbox import Sandbox, lead_id
from lsq.sheets.reading import read_sheet
from tests.browser.charts import bars, click_point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.browser.driving import Viewer

COLUMNS = (
    "FirstName",
    "LastName",
    "ProspectStage",
    "OwnerIdName",
    "Source",
    "Score",
    "Phone",
    "CreatedOn",
    "ProspectActivityDate_Max",
)
TIMES = ("CreatedOn", "ProspectActivityDate_Max")
MINE = ("Ref", "Lead ID", "Name, as we write it", "City", "Note")
ODD_CELLS = (
    ("Rao, Anita", "मुंबई", '=HYPERLINK("http://127.0.0.1/","Fees")'),
    ('Vijay "VJ" Iyer', "São Paulo", "+91 call first"),
    ("O'Brien, Jr.", "Zürich", "first line\nsecond line"),
    (" padded ", "東京", "-5"),
    ("1e5", "Köln 🎓", "'quoted"),
)
FOUND, NOT_FOUND, DUPLICATES, BLANKS, JUNK = 300, 3, 4, 2, 3


def id_cells() -> list[str]:
    """Return the cells of the id column: ids in two spellings, and what lies between real ones."""
    ids = [lead_id(number) for number in range(FOUND)]
    ids[7] = ids[7].upper()
    ids += [lead_id(2_000_000 + number) for number in range(NOT_FOUND)]
    again = [ids[3], ids[7].lower(), ids[100], ids[3].upper()]
    return [*ids[:50], *again, "", "see email", *ids[50:], "", "12345", "ask Sana"]


def analysts_rows() -> list[tuple[str, ...]]:
    rows = []
    for number, cell in enumerate(id_cells()):
        name, city, note = ODD_CELLS[number % len(ODD_CELLS)]
        rows.append((f"{number:05}", cell, name, city, note))
    return rows


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([MINE, *rows])
    return text.getvalue().encode("utf-8")


@pytest.fixture(scope="module")
def leads() -> dict[str, dict[str, str]]:
    """What the account says of each lead, asked by one plain call; by id, missing values as ""."""
    with Sandbox() as sandbox:
        keys = {"accessKey": sandbox.access_key, "secretKey": sandbox.secret_key}
        question = {
            "SearchParameters": {"LeadIds": [lead_id(number) for number in range(FOUND)]},
            "Columns": {"Include_CSV": ",".join(("ProspectID", *COLUMNS))},
            "Paging": {"PageIndex": 1, "PageSize": FOUND},
        }
        connection = HTTPConnection(urlsplit(sandbox.base_url).netloc, timeout=30)
        connection.request(
            "POST",
            f"/v2/LeadManagement.svc/Leads/Retrieve/ByIds?{urlencode(keys)}",
            json.dumps(question),
            {"Content-Type": "application/json"},
        )
        answer = json.load(connection.getresponse())
        connection.close()
    return {
        lead["ProspectID"]: {name: value or "" for name, value in lead.items()}
        for lead in answer["Leads"]
    }


@pytest.fixture
def done(viewer: Viewer) -> Viewer:
    """A viewer whose sheet has been fetched."""
    viewer.drop("june, leads.csv", as_csv(analysts_rows()))
    viewer.key("fetch").wait_for()
    viewer.fetch()
    return viewer


def test_what_was_understood_is_said_before_the_fetch_and_adds_up_after_it(viewer: Viewer) -> None:
    viewer.drop("june, leads.csv", as_csv(analysts_rows()))

    expect(viewer.page.get_by_text("distinct lead ids in column")).to_have_text(
        "303 distinct lead ids in column Lead ID. "
        "312 rows = 303 ids + 4 duplicates + 2 blank + 3 not ids."
    )
    expect(viewer.key("fetch").get_by_role("button")).to_contain_text("303 leads")
    expect(viewer.page.get_by_text("3 rows are not ids")).to_be_visible()

    viewer.fetch()
    expect(viewer.page.get_by_text("300 of 303 leads found.")).to_be_visible()
    header, *outcomes, whole = [line[:2] for line in viewer.figures()]
    assert header == ["Outcome", "Rows"]
    assert {name: int(rows) for name, rows in outcomes} == {
        "Found": FOUND,
        "Not found": NOT_FOUND,
        "Duplicate": DUPLICATES,
        "Blank": BLANKS,
        "Not an id": JUNK,
    }
    assert whole == ["In the sheet", str(len(analysts_rows()))]


def test_the_stage_chart_counts_every_lead_and_its_bars_filter(
    done: Viewer, leads: dict[str, dict[str, str]]
) -> None:
    done.press("open_stages")
    drawn = bars(done, "stage_chart")
    drawn.first.wait_for()
    stages = pd.Series([lead["ProspectStage"] for lead in leads.values()]).value_counts()

    _, *lines = done.figures()
    assert {name: int(count) for name, count, *_ in lines} == stages.to_dict()
    assert drawn.count() == len(lines)

    name, count, *_ = lines[1]
    click_point(done, drawn.nth(1))
    expect(done.page.get_by_text(f"{count} of {FOUND}")).to_be_visible()
    expect(done.key("chips")).to_contain_text(f"Stage: {name}")


def test_both_forms_of_csv_hold_the_rows_and_the_leads_exactly(
    done: Viewer, leads: dict[str, dict[str, str]]
) -> None:
    done.press("download")
    name, data = done.download("download_csv")
    assert name.endswith(".excel.csv")
    raw = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert not any(cell.startswith(("=", "@")) for cell in raw.to_numpy().ravel())
    read_back = read_sheet(data, name=name).table.to_pandas()
    assert_joined(read_back, leads)

    done.choose("download_choice_csv", "Programs")
    # Each run of the dialog gives its files new names; the new label says that it has run.
    expect(done.key("download_csv")).to_contain_text("CSV for programs")
    name, data = done.download("download_csv")
    assert name.endswith(".csv")
    assert not name.endswith(".excel.csv")
    exact = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert_joined(exact, leads)
    assert read_sheet(data, name=name).table.to_pandas().equals(read_back)


def test_a_workbook_holds_the_rows_and_the_leads_typed(
    done: Viewer, leads: dict[str, dict[str, str]]
) -> None:
    done.press("download")
    name, data = done.download("download_xlsx")

    workbook = openpyxl.load_workbook(io.BytesIO(data))
    assert workbook.sheetnames == ["Leads", "Stages", "Not found", "Rows not used", "About"]
    cells = list(workbook["Leads"].iter_rows())
    assert not any(cell.data_type == "f" or cell.hyperlink for row in cells for cell in row)
    header, *rows = [[cell.value for cell in row] for row in cells]
    assert header[: len(MINE)] == list(MINE)
    assert [tuple(cell or "" for cell in row[: len(MINE)]) for row in rows] == analysts_rows()
    for row in rows:
        found = dict(zip(header[len(MINE) + 1 :], row[len(MINE) + 1 :], strict=True))
        assert found == as_typed(leads.get(row[1] and row[1].lower()))

    again = read_sheet(data, name=name).table.to_pandas()
    assert list(again[list(MINE)].itertuples(index=False, name=None)) == analysts_rows()
    frame = pd.read_excel(io.BytesIO(data), engine="openpyxl", dtype=str, keep_default_na=False)
    assert list(frame[list(MINE)].itertuples(index=False, name=None)) == analysts_rows()


def assert_joined(frame: pd.DataFrame, leads: dict[str, dict[str, str]]) -> None:
    """Compare a file's text with the analyst's rows and with what the account says."""
    assert list(frame) == [*MINE, "Outcome", "ProspectID", *COLUMNS]
    assert list(frame[list(MINE)].itertuples(index=False, name=None)) == analysts_rows()
    nothing = dict.fromkeys(("ProspectID", *COLUMNS), "")
    expected = [leads.get(cell.lower(), nothing) for cell in id_cells()]
    assert frame[["ProspectID", *COLUMNS]].to_dict("records") == expected


def as_typed(lead: dict[str, str] | None) -> dict[str, object]:
    """Write a lead as a workbook's cells: numbers as numbers, times by the viewer's clock."""
    zone = ZoneInfo("Asia/Kolkata")
    typed: dict[str, object] = {}
    for name in ("ProspectID", *COLUMNS):
        value = (lead or {}).get(name) or None
        if name == "Score" and value:
            typed[name] = float(value)
        elif name in TIMES:
            at = value and datetime.fromisoformat(value).replace(tzinfo=UTC).astimezone(zone)
            typed[f"{name} ({zone.key})"] = at and at.replace(tzinfo=None)
        else:
            typed[name] = value
    return typed
