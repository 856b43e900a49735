"""A sheet is a snapshot: our own files, compared with the leads, say that nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from lsq.analysis.catalog import Catalog
from lsq.analysis.matching import How, Match
from lsq.analysis.moves import MOVEMENT, SINCE
from lsq.analysis.stages import Stage, StageRole
from lsq.api.models import Field
from lsq.lookup.choice import Choice, Form, Rows, Shape
from lsq.lookup.files import file_bytes
from lsq.lookup.run import run
from lsq.lookup.view import View
from lsq.sandbox import lead_id, sample_sheet
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.analysis.drift import Drift
    from lsq.api.client import LeadSquared
    from lsq.api.models import LeadTable
    from lsq.lookup.plan import Plan
    from lsq.lookup.run import Lookup
    from lsq.sheets.sheet import Sheet

    Fetch = Callable[[Sheet], Lookup]

COLUMNS = (
    "FirstName", "LastName", "ProspectStage", "OwnerIdName", "Source", "Score", "Phone",
    "EmailAddress", "CreatedOn", "mx_City", "ProspectActivityDate_Max", "ModifiedOn",
)  # fmt: skip
COMPARED = COLUMNS[:-2]


@pytest.fixture
def fetch(make_client: Callable[..., LeadSquared], make_plan: Callable[..., Plan]) -> Fetch:
    """Return what asks the sandbox for the leads of a sheet."""

    def ask(sheet: Sheet) -> Lookup:
        cells = find_ids(sheet, column="ProspectID" if len(sheet.table) else None)
        return run(sheet, make_plan(cells, columns=COLUMNS), client=make_client())

    return ask


@pytest.fixture
def sample(make_client: Callable[..., LeadSquared], make_plan: Callable[..., Plan]) -> Lookup:
    """Return the leads of the sample sheet."""
    sheet = parse_sheet(sample_sheet(rows=400, leads=10_000), name="campaign_june.csv")
    return run(sheet, make_plan(find_ids(sheet), columns=COLUMNS), client=make_client())


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York"])
@pytest.mark.parametrize("form", [Form.CSV, Form.EXCEL_CSV, Form.XLSX])
def test_a_file_of_leads_that_we_wrote_matches_in_every_column_and_nothing_has_changed(
    form: Form, zone: str, sample: Lookup, fetch: Fetch
) -> None:
    data = file_bytes(
        View(lookup=sample),
        Choice(form=form, zone=ZoneInfo(zone), rows=Rows.ALL, shape=Shape.LEADS),
    )
    again = View(lookup=fetch(parse_sheet(data, name=f"again{form}")))
    assert [match.lead for match in again.matched] == [
        name for name in sample.leads if name in COMPARED
    ]
    assert again.drift is not None
    changed = {name: int(rows.sum()) for name, rows in again.drift.changed.items() if rows.any()}
    assert changed == {}
    assert again.frame[SINCE].isna().all()


def test_of_the_rows_with_leads_the_lead_s_columns_are_the_snapshot(
    sample: Lookup, fetch: Fetch
) -> None:
    zone = ZoneInfo("Asia/Kolkata")
    data = file_bytes(
        View(lookup=sample), Choice(form=Form.XLSX, zone=zone, rows=Rows.ALL, shape=Shape.MINE)
    )
    again = View(lookup=fetch(parse_sheet(data, name="again.xlsx")))
    found = {match.lead: again.own[match.own] for match in again.matched}
    assert found["ProspectStage"] == "ProspectStage"
    assert found["CreatedOn"] == "CreatedOn (Asia/Kolkata)"
    assert found["Phone"] == "Phone (LeadSquared)"
    assert again.drift is not None
    assert again.drift.untouched.all()


def test_the_viewer_s_matches_and_order_make_another_view(sample: Lookup) -> None:
    found = View(lookup=sample)
    assert [match.lead for match in found.matched] == ["ProspectStage", "OwnerIdName", "Phone"]
    chosen = (Match("Stage · yours", "ProspectStage", How.CHOSEN),)
    by_hand = View(lookup=sample, matches=chosen)
    assert by_hand.matched == chosen
    assert not by_hand.is_like(found)
    lost = tuple(Stage(stage.name, StageRole.LOST) for stage in found.order)
    all_lost = View(lookup=sample, stages=lost)
    assert set(all_lost.frame[MOVEMENT]) == {"moved otherwise", "stayed"}
    assert (all_lost.frame[SINCE].isna() == found.frame[SINCE].isna()).all()
    assert list(found.frame)[4:7] == ["ProspectStage", SINCE, MOVEMENT]


def drift_of_file(before: Lookup, now: Lookup, form: Form) -> Drift:
    """Compare a file of one lookup with what came in another."""
    sheet = parse_sheet(file_bytes(View(lookup=before), Choice(form=form)), name=f"again{form}")
    cells = find_ids(sheet, column="Lead ID")
    drift = View(lookup=replace(now, sheet=sheet, plan=replace(now.plan, cells=cells))).drift
    assert drift is not None
    return drift


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    ("column", "odd"),
    [
        ("Score", "1,234"),
        ("Score", "9007199254740993"),
        ("Score", "none yet"),
        ("CreatedOn", "0001-01-01 00:00:00"),
        ("CreatedOn", "9999-12-31 00:00:00"),
        ("CreatedOn", "2026-06-01 10:00:00.1234567"),
    ],
)
def test_a_value_that_is_read_otherwise_in_a_sheet_has_not_changed_either(
    form: Form,
    column: str,
    odd: str,
    make_lookup: Callable[..., Lookup],
    make_table: Callable[..., LeadTable],
) -> None:
    ids = tuple(lead_id(number) for number in range(8))
    usual = {"Score": "5", "CreatedOn": "2026-06-01 10:00:00"}[column]
    first = make_lookup(*ids, leads=make_table(ids, **{column: [odd, *[usual] * 7]}))
    drift = drift_of_file(first, first, form)
    assert column in drift.changed
    assert drift.untouched.all()


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(("column", "odd"), [("Score", "none yet"), ("CreatedOn", "never")])
def test_a_blank_in_a_file_of_ours_that_is_now_a_text_has_changed_where_the_file_can_hold_it(
    form: Form,
    column: str,
    odd: str,
    make_lookup: Callable[..., Lookup],
    make_table: Callable[..., LeadTable],
) -> None:
    ids = tuple(lead_id(number) for number in range(8))
    usual = {"Score": "5", "CreatedOn": "2026-06-01 10:00:00"}[column]
    before, now = (
        make_lookup(*ids, leads=make_table(ids, **{column: [first, *[usual] * 7]}))
        for first in ("", odd)
    )
    drift = drift_of_file(before, now, form)
    assert drift.changed[column].tolist() == [form is not Form.PARQUET, *[False] * 7]


@pytest.mark.parametrize("form", Form)
def test_a_day_of_a_file_of_ours_is_that_of_the_account_s_clock(
    form: Form, make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    ids = tuple(lead_id(number) for number in range(8))
    catalog = Catalog.of([Field(name="mx_Visit", label="Visit", type="Date")])
    days = [f"1992-05-{day:02d}" for day in range(7, 15)]
    times = ["1992-05-06 10:00:00", *(f"{day} 00:00:00" for day in days[1:])]
    before, now = (
        make_lookup(*ids, leads=make_table(ids, mx_Visit=dates)) for dates in (days, times)
    )
    before, now = (replace(one, plan=replace(one.plan, catalog=catalog)) for one in (before, now))
    drift = drift_of_file(before, now, form)
    assert drift.changed["mx_Visit"].tolist() == [True, *[False] * 7]


def test_another_text_that_cannot_be_read_has_changed(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    ids = tuple(lead_id(number) for number in range(3))
    leads = make_table(ids, Score=["1,234", "1,235", "7"])
    lookup = make_lookup(*ids, leads=leads, more={"Score": ["1,234", "1,234", "7"]})
    chosen = (Match("Score · yours", "Score", How.CHOSEN),)
    drift = View(lookup=lookup, matches=chosen).drift
    assert drift is not None
    assert drift.changed["Score"].tolist() == [False, True, False]
