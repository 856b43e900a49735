"""Every file that is written, read again: same rows, same order, nothing altered, no key inside."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest

from lsq.api.redaction import Redactor
from lsq.lookup.choice import Choice, Form, Rows, Shape
from lsq.lookup.files import file_bytes
from lsq.lookup.rows import main_frame, main_size
from lsq.lookup.run import run
from lsq.lookup.view import View
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, lead_id, sample_sheet
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from tests.lookup.raw import raw_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared
    from lsq.lookup.plan import Plan
    from lsq.lookup.run import Lookup

    Make = Callable[..., Lookup]

IDS = tuple(lead_id(number) for number in range(8))
KOLKATA = ZoneInfo("Asia/Kolkata")
TYPED = {Form.XLSX, Form.PARQUET}
NAUGHTY = ["=1+1", "+91 98", "'quoted", 'say "hi"', "a\nb", "007", " padded ", "पुणे 🗂"]


@pytest.fixture
def fetched(make_client: Callable[..., LeadSquared], make_plan: Callable[..., Plan]) -> Lookup:
    """Return what the sandbox answered for its sample sheet."""
    sheet = parse_sheet(sample_sheet(rows=500, leads=10_000), name="campaign_june.csv")
    wanted = make_plan(find_ids(sheet), columns=("FirstName", "Phone", "Score", "CreatedOn"))
    return run(sheet, wanted, client=make_client())


@pytest.fixture
def naughty(make_lookup: Make, make_table: Make) -> Lookup:
    """Return a lookup whose own cells and lead values are all hard to write."""
    leads = make_table(IDS, FirstName=NAUGHTY)
    return make_lookup(*IDS, more={"=Note": list(reversed(NAUGHTY))}, leads=leads)


@pytest.fixture(params=["fetched", "naughty"])
def lookup(request: pytest.FixtureRequest) -> Lookup:
    found: Lookup = request.getfixturevalue(request.param)
    return found


def written(lookup: Lookup, form: Form, **options: object) -> bytes:
    return file_bytes(View(lookup=lookup), Choice(form=form, zone=KOLKATA, **options))


def rows_of(frame: pd.DataFrame) -> list[list[str]]:
    return frame.astype("object").where(frame.notna(), "").astype(str).to_numpy().tolist()


def test_csv_for_programs_holds_the_very_text(lookup: Lookup) -> None:
    text = written(lookup, Form.CSV).decode()
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    frame = raw_rows(lookup, Choice())
    assert header == list(frame.columns)
    assert rows == rows_of(frame)


@pytest.mark.parametrize("form", [Form.CSV, Form.EXCEL_CSV, Form.XLSX])
def test_our_own_reader_gets_the_analysts_rows_back(lookup: Lookup, form: Form) -> None:
    again = parse_sheet(written(lookup, form), name=f"again{form}").table
    own = lookup.sheet.table
    for name in own.column_names:
        assert again[name].to_pylist() == own[name].to_pylist()
    assert (
        again["ProspectID"].to_pylist() == rows_of(raw_rows(lookup, Choice())[["ProspectID"]].T)[0]
    )


@pytest.mark.parametrize("form", [Form.CSV, Form.EXCEL_CSV, Form.XLSX])
def test_a_written_file_is_a_valid_input_with_the_same_ids(lookup: Lookup, form: Form) -> None:
    again = find_ids(parse_sheet(written(lookup, form), name=f"again{form}"), column="Lead ID")
    assert again.ids == lookup.plan.cells.ids


def test_csv_for_excel_has_its_mark_and_runs_no_formula(naughty: Lookup) -> None:
    data = written(naughty, Form.EXCEL_CSV)
    assert data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert not [cell for row in (header, *rows) for cell in row if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("shape", Shape)
def test_what_csv_for_excel_put_before_formulas_is_gone_when_it_is_read_again(
    naughty: Lookup, shape: Shape
) -> None:
    choice = Choice(form=Form.EXCEL_CSV, shape=shape)
    data = file_bytes(View(lookup=naughty), choice)
    assert '"\'=1+1"' in data.decode()
    again = parse_sheet(data, name="again.csv").table
    assert again["FirstName"].to_pylist() == NAUGHTY
    assert again.shape == main_size(naughty, choice)


def test_a_csv_for_excel_saved_without_its_mark_keeps_its_apostrophes_and_says_so(
    naughty: Lookup,
) -> None:
    data = written(naughty, Form.EXCEL_CSV).removeprefix(b"\xef\xbb\xbf")
    again = parse_sheet(data, name="again.csv")
    assert again.table["FirstName"].to_pylist()[0] == "'=1+1"
    (said,) = again.notes
    assert said.startswith("The apostrophe before 4 cells stays")
    assert parse_sheet(written(naughty, Form.CSV), name="again.csv").notes == ()
    assert parse_sheet(b"\xef\xbb\xbf" + data, name="again.csv").notes == ()


@pytest.mark.parametrize("form", [Form.CSV, Form.EXCEL_CSV])
@pytest.mark.parametrize("between", [", ", "\n", "\r\n"])
@pytest.mark.parametrize("note", ["a\nb", "plain"])
def test_a_cell_of_several_ids_beside_one_of_several_lines_is_the_row_it_was(
    make_lookup: Make, make_table: Make, form: Form, between: str, note: str
) -> None:
    cells = (f"{IDS[0]}{between}{IDS[1]}", IDS[2], f"{IDS[3]}{between}{IDS[4]}{between}{IDS[5]}")
    leads = make_table(IDS[:6], FirstName=["Asha", "Ravi\nRao", "Tom", "=1+1", "Sana", "Dev"])
    lookup = make_lookup(*cells, more={"Note": [note, "x", note]}, leads=leads)
    again = parse_sheet(written(lookup, form), name=f"again{form}")
    assert again.damage is None or again.damage.null_count == again.table.num_rows
    assert again.table["Lead ID"].to_pylist() == [*cells[:1] * 2, cells[1], *cells[2:] * 3]
    assert again.table["FirstName"].to_pylist() == leads.columns["FirstName"]
    assert find_ids(again, column="Lead ID").ids == IDS[:6]


def test_lines_of_the_ledger_lose_their_apostrophes_too(make_lookup: Make) -> None:
    lookup = make_lookup(IDS[0], "=oops", "'-1")
    data = written(lookup, Form.EXCEL_CSV, rows=Rows.NOT_USED)
    assert '"\'=oops"' in data.decode()
    again = parse_sheet(data, name="again.csv").table
    assert again["value"].to_pylist() == ["=oops", "'-1"]


def test_a_workbook_holds_text_numbers_and_times_as_such(lookup: Lookup) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(lookup, Form.XLSX)))
    header, *rows = book["Leads"].iter_rows(values_only=True)
    frame = main_frame(lookup, Choice(zone=KOLKATA))
    assert list(header) == list(frame.columns)
    assert len(rows) == len(frame)
    for at, name in enumerate(header):
        column = [row[at] for row in rows]
        if frame[name].dtype.kind == "M":
            expected = [None if pd.isna(time) else time.floor("ms") for time in frame[name]]
            assert [time and pd.Timestamp(time).floor("ms") for time in column] == expected
        elif name == "Score" and "Int64" in str(frame[name].dtype):
            assert column == [None if pd.isna(value) else value for value in frame[name]]
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_parquet_keeps_the_types(lookup: Lookup) -> None:
    again = pd.read_parquet(io.BytesIO(written(lookup, Form.PARQUET)))
    expected = main_frame(lookup, Choice(zone=KOLKATA))
    pd.testing.assert_frame_equal(again, expected, check_categorical=False)
    assert "CreatedOn (Asia/Kolkata)" in again


def test_json_lines_hold_the_very_text_and_null(lookup: Lookup) -> None:
    lines = written(lookup, Form.JSONL).decode().splitlines()
    frame = raw_rows(lookup, Choice())
    raw = frame.astype("object").where(frame.notna(), None)
    assert [json.loads(line) for line in lines] == raw.to_dict("records")


@pytest.mark.parametrize("form", Form)
def test_one_row_per_lead_comes_in_every_form(fetched: Lookup, form: Form) -> None:
    data = written(fetched, form, shape=Shape.LEADS)
    if form is Form.PARQUET:
        ids = pd.read_parquet(io.BytesIO(data))["ProspectID"].tolist()
    elif form is Form.JSONL:
        ids = [json.loads(line)["ProspectID"] for line in data.decode().splitlines()]
    else:
        ids = parse_sheet(data, name=f"leads{form}").table["ProspectID"].to_pylist()
    assert ids == list(fetched.fetched.leads.ids)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("rows", [Rows.NOT_FOUND, Rows.NOT_USED, Rows.LEDGER])
def test_lines_of_the_ledger_come_in_every_form(fetched: Lookup, form: Form, rows: Rows) -> None:
    data = written(fetched, form, rows=rows)
    expected = raw_rows(fetched, Choice(rows=rows))["row"].astype(str).tolist()
    if form is Form.PARQUET:
        lines = pd.read_parquet(io.BytesIO(data))["row"].astype(str).tolist()
    elif form is Form.JSONL:
        lines = [str(json.loads(line)["row"]) for line in data.decode().splitlines()]
    else:
        lines = parse_sheet(data, name=f"lines{form}").table["row"].to_pylist()
    assert lines == expected != []


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("form", Form)
def test_an_empty_selection_is_a_file_all_the_same(
    fetched: Lookup, form: Form, shape: Shape
) -> None:
    none = pd.Index([], dtype="int64")
    choice = {"rows": Rows.FILTERED, "kept": none, "shape": shape}
    data = written(fetched, form, **choice)
    if form is Form.JSONL:
        assert data == b""
        return
    table = parse_sheet(data, name=f"none{form}").table
    rows_as_written = main_frame if form in TYPED else raw_rows
    names = [*rows_as_written(fetched, Choice(form=form, zone=KOLKATA, **choice))]
    assert (table.column_names, table.num_rows) == (names, 0)


@pytest.mark.parametrize("form", Form)
def test_no_file_holds_a_key(fetched: Lookup, form: Form) -> None:
    data = written(fetched, form)
    parts = [data]
    if form is Form.XLSX:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = [book.read(name) for name in book.namelist()]
    redactor = Redactor(ACCESS_KEY, SECRET_KEY)
    for part in parts:
        text = part.decode("utf-8", "replace")
        assert redactor.redact(text) == text
