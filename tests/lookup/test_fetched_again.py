"""A file of ours is the saved state: fetched again it is the same file, and shows what moved."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest

from lsq.api.models import LeadTable, Outcome
from lsq.lookup.choice import Choice, Form, Rows, Shape
from lsq.lookup.earlier import earlier_columns
from lsq.lookup.file_setup import setup_of
from lsq.lookup.files import file_bytes
from lsq.lookup.rows import main_frame, main_size
from lsq.lookup.run import run
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View
from lsq.sandbox import lead_id, sample_sheet
from lsq.sheets.columnar_out import write_parquet
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.saved_setup import METADATA_KEY
from lsq.sheets.writing import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared
    from lsq.lookup.plan import Plan
    from lsq.lookup.run import Lookup
    from lsq.sheets.sheet import Sheet

    Fetch = Callable[..., Lookup]

COLUMNS = (
    "FirstName", "ProspectStage", "OwnerIdName", "Score", "Phone", "EmailAddress", "CreatedOn",
    "mx_City", "ModifiedOn",
)  # fmt: skip
KOLKATA = ZoneInfo("Asia/Kolkata")
WITH_SETUP = [Form.XLSX, Form.PARQUET]
SELECTION = pd.Index([3, 4, 7, 40])


@pytest.fixture
def fetch(make_client: Callable[..., LeadSquared], make_plan: Callable[..., Plan]) -> Fetch:
    """Return what asks the sandbox for a sheet's leads as its set-up says, else as usual."""

    def ask(sheet: Sheet, columns: tuple[str, ...] = COLUMNS, column: str | None = None) -> Lookup:
        if sheet.setup is not None:
            column, columns = None, sheet.setup.columns
        cells = find_ids(sheet, column=column)
        return run(sheet, make_plan(cells, columns=columns), client=make_client())

    return ask


@pytest.fixture
def first(fetch: Fetch) -> Lookup:
    """Return the leads of the sample sheet, which has stages, owners and phones of its own."""
    return fetch(parse_sheet(sample_sheet(rows=300, leads=10_000), name="campaign_june.csv"))


def written(lookup: Lookup, form: Form = Form.XLSX, **options: Any) -> bytes:  # noqa: ANN401
    return file_bytes(View(lookup=lookup), Choice(form=form, **{"zone": KOLKATA, **options}))


def read(data: bytes, form: Form = Form.XLSX) -> Sheet:
    return parse_sheet(data, name=f"again{form}")


def rows(data: bytes, form: Form) -> pd.DataFrame:
    if form is Form.XLSX:
        book = io.BytesIO(data)
        return pd.read_excel(book, dtype=object, keep_default_na=False, engine="openpyxl")
    return pd.read_parquet(io.BytesIO(data))


@pytest.mark.parametrize("form", WITH_SETUP)
@pytest.mark.parametrize("shape", Shape)
def test_a_file_fetched_again_is_the_same_file_and_nothing_moved(
    form: Form, shape: Shape, first: Lookup, fetch: Fetch
) -> None:
    data = written(first, form, shape=shape)
    second = fetch(read(data, form))
    pd.testing.assert_frame_equal(rows(written(second, form, shape=shape), form), rows(data, form))
    drift = View(lookup=second).drift
    assert drift is not None
    assert {match.lead for match in drift.matches} == {*COLUMNS} - {"ModifiedOn"}
    assert drift.untouched.all()


@pytest.mark.parametrize("form", [Form.CSV, Form.EXCEL_CSV, Form.JSONL])
def test_a_file_of_raw_text_fetched_again_is_the_same_byte_for_byte(
    form: Form, first: Lookup, fetch: Fetch
) -> None:
    data = written(first, form)
    second = fetch(read(data, form), column="Lead ID")
    if form is Form.JSONL:  # an empty cell of the sheet was null
        again = pd.read_json(io.BytesIO(written(second, form)), lines=True, dtype=False)
        before = pd.read_json(io.BytesIO(data), lines=True, dtype=False)
        pd.testing.assert_frame_equal(again.fillna(""), before.fillna(""))
    else:
        assert written(second, form) == data
    assert View(lookup=second).drift is not None
    assert View(lookup=second).drift.untouched.all()


def test_the_set_up_says_what_was_asked_and_which_header_is_which_column(first: Lookup) -> None:
    setup = read(written(first, mask=True)).setup
    assert setup is not None
    assert (setup.worksheet, setup.id_column, setup.outcome_column) == (
        "Leads",
        "Lead ID",
        "Outcome",
    )
    assert (setup.columns, setup.zone, setup.masked) == (COLUMNS, "Asia/Kolkata", True)
    assert setup.lead_columns["CreatedOn (Asia/Kolkata)"] == "CreatedOn"
    assert setup.lead_columns["Phone (LeadSquared)"] == "Phone"
    assert "Phone" not in setup.lead_columns


@pytest.mark.parametrize("form", WITH_SETUP)
@pytest.mark.parametrize(
    "what",
    [
        {"rows": Rows.NOT_FOUND},
        {"rows": Rows.NOT_USED},
        {"rows": Rows.LEDGER},
        {"rows": Rows.FILTERED, "kept": SELECTION},
        {"rows": Rows.SELECTED, "kept": SELECTION, "shape": Shape.LEADS},
    ],
    ids=lambda what: f"{what['rows']}-{len(what)}",
)
def test_any_selection_of_rows_asks_for_its_ids_again(
    form: Form, what: dict[str, Any], first: Lookup, fetch: Fetch
) -> None:
    choice = Choice(form=form, **what)
    frame = main_frame(first, choice)
    column = "ProspectID" if len(what) == 3 else "id" if choice.of_ledger else "Lead ID"
    expected = find_ids(first.sheet).ids if "ledger" in what["rows"] else ()
    second = fetch(read(written(first, form, **what), form))
    assert second.plan.cells.column == column
    ids = dict.fromkeys(second.plan.cells.ids)
    assert second.sheet.table.num_rows == len(frame)
    if "kept" in what:
        assert set(second.fetched.leads.ids) == {first.fetched.leads.ids[at] for at in SELECTION}
    elif what["rows"] is Rows.NOT_FOUND:
        assert [*ids] == [*first.fetched.not_found]
    else:
        assert [*ids] == [*expected]


def test_a_stage_that_changed_is_all_that_moved(first: Lookup, fetch: Fetch) -> None:
    second = fetch(read(written(first)))
    leads = second.fetched.leads
    stages = [
        "Enrolled" if at == 5 else stage for at, stage in enumerate(leads.columns["ProspectStage"])
    ]
    moved = LeadTable(
        ids=leads.ids,
        columns={**leads.columns, "ProspectStage": stages},
        fetched_at=leads.fetched_at,
    )
    drift = View(lookup=replace(second, fetched=replace(second.fetched, leads=moved))).drift
    assert drift is not None
    assert {name: changed.sum() for name, changed in drift.changed.items() if changed.any()} == {
        "ProspectStage": 1
    }
    assert drift.changed["ProspectStage"][5]


def test_masked_columns_are_not_compared_and_stay_masked(first: Lookup, fetch: Fetch) -> None:
    data = written(first, mask=True)
    second = fetch(read(data))
    view = View(lookup=second)
    assert view.drift is not None
    assert {*COLUMNS} - {match.lead for match in view.drift.matches} == {
        "Phone", "EmailAddress", "ModifiedOn",
    }  # fmt: skip
    assert view.drift.untouched.all()
    pd.testing.assert_frame_equal(
        rows(written(second, mask=True), Form.XLSX), rows(data, Form.XLSX)
    )


def test_a_bullet_in_a_note_is_no_mask(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    ids = [lead_id(number) for number in range(2)]
    leads = make_table(ids, Notes=["• call", "•• twice"], Phone=["+91-9845012345", "1"])
    first = make_lookup(*ids, leads=leads)
    sheet = read(written(first, mask=True))
    again = replace(first, sheet=sheet, plan=replace(first.plan, cells=find_ids(sheet)))
    drift = View(lookup=again).drift
    assert drift is not None
    assert "Notes" in drift.changed
    assert "Phone" not in drift.changed
    assert drift.untouched.all()


def edited(lookup: Lookup) -> bytes:
    """Return a workbook of ours with a column added, one renamed, one moved and one deleted."""
    frame = main_frame(lookup, Choice(zone=KOLKATA))
    setup = setup_of(lookup, Choice(zone=KOLKATA), [*frame])
    frame = frame.rename(columns={"FirstName": "Given name"}).drop(columns="Score")
    frame.insert(0, "mx_City", frame.pop("mx_City"))
    frame["Remark"] = "call"
    return write_parquet(frame, metadata={METADATA_KEY: setup.text().encode()}).data


def test_what_the_analyst_added_or_renamed_stays_theirs(first: Lookup, fetch: Fetch) -> None:
    second = fetch(read(edited(first), Form.PARQUET))
    own = [*first.sheet.table.column_names, "Given name", "Remark"]
    frame = main_frame(second, Choice(zone=KOLKATA))
    assert [*frame][: len(own) + 1] == [*own, "Outcome"]
    leads = [*main_frame(first, Choice(zone=KOLKATA))][len(own) - 1 :]
    assert [*frame][len(own) + 1 :] == leads
    assert main_size(second, Choice()) == frame.shape


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("Score", "Lead ID"),
        ("Score", "Outcome"),
        ("Outcome", "Lead ID"),
        ("Outcome", "Outcome"),
        ("Outcome", "ProspectID"),
    ],
)
def test_a_column_put_into_a_workbook_and_called_as_one_of_ours_stays(
    name: str, before: str, first: Lookup, fetch: Fetch
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(first)))
    leads = book["Leads"]
    at = [cell.value for cell in leads[1]].index(before) + 1
    leads.insert_cols(at)
    leads.cell(1, at, name)
    leads.cell(2, at, "mine")
    out = io.BytesIO()
    book.save(out)
    second = fetch(read(out.getvalue()))
    assert "mine" in [second.sheet.table[column][0].as_py() for column in second.kept_columns]
    assert fetch(read(written(second))).kept_columns == second.kept_columns


def test_columns_that_are_not_asked_for_again_stay(
    first: Lookup, make_plan: Callable[..., Plan], make_client: Callable[..., Any]
) -> None:
    sheet = read(written(first))
    cells = find_ids(sheet, column="Lead ID")
    second = run(sheet, make_plan(cells, columns=("Score", "mx_State")), client=make_client())
    names = [*main_frame(second, Choice(zone=KOLKATA))]
    at = names.index("Outcome")
    assert names[at + 1 :] == ["ProspectID", "Score", "mx_State"]
    assert names[:at] == [
        *first.sheet.table.column_names,
        *(name for name in sheet.setup.lead_columns if name not in {"ProspectID", "Score"}),
    ]
    assert earlier_columns(second) == {"ProspectID": "ProspectID", "Score": "Score"}
    assert {match.lead for match in second.matches} == {"Score"}


def test_a_column_that_came_back_for_no_lead_keeps_what_the_file_had(
    first: Lookup, fetch: Fetch
) -> None:
    second = fetch(read(written(first)))
    leads = second.fetched.leads
    without = replace(leads, absent=frozenset({"mx_City"}))
    gone = replace(second, fetched=replace(second.fetched, leads=without))
    assert "mx_City" in gone.kept_columns
    assert "mx_City" not in second.kept_columns


def test_a_workbook_whose_set_up_is_damaged_does_not_grow_either(
    first: Lookup, fetch: Fetch
) -> None:
    sheet = replace(read(written(first)), setup=None)
    second = fetch(sheet, column="Lead ID")
    assert second.kept_columns == first.sheet.table.column_names
    pd.testing.assert_frame_equal(rows(written(second), Form.XLSX), rows(written(first), Form.XLSX))


@pytest.mark.parametrize("form", Form)
def test_a_cell_of_several_ids_does_not_grow(form: Form, fetch: Fetch) -> None:
    ids = [lead_id(number) for number in range(5)]
    cells = [f"{ids[0]} {ids[1]}", ids[2], f"{ids[3]} {ids[4]} {ids[0]}"]
    text = "Lead ID;Note\n" + "".join(f"{cell};n\n" for cell in cells)
    data = written(fetch(parse_sheet(text.encode(), name="a.csv")), form)
    second = fetch(read(data, form), column="Lead ID")
    assert second.plan.cells.ids == tuple(ids)
    assert second.sheet.table.num_rows == len(second.ledger.frame) == 6
    assert second.ledger.counts()[Outcome.DUPLICATE] == 1


def test_a_workbook_whose_rows_go_on_in_further_worksheets_is_read_whole(
    first: Lookup, fetch: Fetch
) -> None:
    choice = Choice(zone=KOLKATA)
    data = write_xlsx(tabs(View(lookup=first), choice), max_sheet_rows=100).data
    second = fetch(read(data))
    assert second.sheet.worksheet == "Leads"
    assert second.sheet.table.num_rows == 300
    assert second.plan.cells.ids == first.plan.cells.ids
    assert second.sheet.notes == ()
    pd.testing.assert_frame_equal(main_frame(second, choice), main_frame(first, choice))


def test_a_workbook_that_another_program_saved_with_a_remark_is_still_ours(
    first: Lookup, fetch: Fetch
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(first)))
    leads = book["Leads"]
    at = leads.max_column + 1
    leads.cell(1, at, "Remark")
    leads.cell(2, at, "call")
    out = io.BytesIO()
    book.save(out)
    second = fetch(read(out.getvalue()))
    assert [*second.kept_columns] == [*first.sheet.table.column_names, "Remark"]
    drift = View(lookup=second).drift
    assert drift is not None
    assert drift.untouched.all()


def test_ids_of_tables_below_each_other_are_asked_for_again(fetch: Fetch) -> None:
    ids = [lead_id(number) for number in range(5)]
    above = ["Lead ID,Name", *(f"{each},a" for each in ids[:3])]
    below = ["Town,Prospect Id", *(f"Pune,{each}" for each in ids[3:])]
    text = "\n".join([*above, "", *below])
    lookup = fetch(parse_sheet(text.encode(), name="two.csv"))
    assert lookup.plan.cells.columns == ("Lead ID", "Prospect Id")
    for _ in range(2):
        data = written(lookup)
        lookup = fetch(read(data))
        assert lookup.plan.cells.ids == tuple(ids)
    pd.testing.assert_frame_equal(rows(written(lookup), Form.XLSX), rows(data, Form.XLSX))


def test_a_set_up_that_calls_the_ids_an_outcome_or_a_lead_s_column_takes_no_ids_away(
    first: Lookup, fetch: Fetch
) -> None:
    sheet = read(written(first))
    assert sheet.setup is not None
    lied = replace(
        sheet.setup,
        outcome_column="Lead ID",
        lead_columns=dict.fromkeys(sheet.table.column_names, "FirstName"),
        further_id_columns=("ProspectID",),
    )
    second = fetch(replace(sheet, setup=lied))
    assert second.plan.cells.ids == first.plan.cells.ids
    assert {"Lead ID", "ProspectID"} <= {*second.kept_columns}
    assert View(lookup=second).drift is not None
    assert find_ids(read(written(second))).ids == first.plan.cells.ids
