"""A file of ours fetched again loses nothing of the leads that do not come this time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from lsq.analysis.moves import MOVEMENT
from lsq.api.account import Account
from lsq.api.errors import ServerFailed
from lsq.api.models import Fetched
from lsq.lookup.choice import Choice, Form
from lsq.lookup.file_setup import setup_of
from lsq.lookup.files import file_bytes
from lsq.lookup.rows import main_frame
from lsq.lookup.run import settled
from lsq.lookup.view import View
from lsq.sandbox import lead_id
from lsq.sheets.columnar_out import write_parquet
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.saved_setup import METADATA_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup
    from lsq.sheets.sheet import Sheet

    Make = Callable[..., Lookup]
    MakeTable = Callable[..., LeadTable]
    Again = Callable[..., Lookup]

ACCOUNT = Account(host="api-in21.leadsquared.com", access_key="a-key", secret_key="s-key")  # noqa: S106 - made up
IDS = tuple(lead_id(number) for number in range(6))
NAMES = [f"Name {number}" for number in range(6)]


@pytest.fixture
def first(make_lookup: Make, make_table: MakeTable) -> Lookup:
    """Return six leads, all of whom came."""
    return make_lookup(*IDS, leads=make_table(IDS, FirstName=NAMES))


@pytest.fixture
def again(make_table: MakeTable) -> Again:
    """Return what fetches a file of a lookup: only so many leads come, with new names."""

    def fetch(earlier: Lookup, form: Form, *, found: int, mask: bool = False) -> Lookup:
        data = file_bytes(View(lookup=earlier), Choice(form=form, mask=mask))
        sheet = parse_sheet(data, name=f"again{form}")
        cells = find_ids(sheet, column="Lead ID")
        gone = dict.fromkeys(cells.ids[found:-1], ServerFailed("It broke."))
        left = cells.ids[max(found, 5) :]
        leads = make_table(cells.ids[:found], FirstName=[f"New {name}" for name in NAMES[:found]])
        came = Fetched(leads=leads, failed=gone, not_asked=left)
        return settled(sheet, replace(earlier.plan, cells=cells), came, account=ACCOUNT)

    return fetch


def read(lookup: Lookup, form: Form, **choice: bool) -> Sheet:
    data = file_bytes(View(lookup=lookup), Choice(form=form, **choice))
    return parse_sheet(data, name=f"file{form}")


def cells(sheet: Sheet, header: str) -> list[str]:
    return [text or "" for text in sheet.table[header].to_pylist()]


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("found", [0, 3])
def test_what_failed_or_was_not_asked_this_time_keeps_what_the_file_had(
    form: Form, found: int, first: Lookup, again: Again
) -> None:
    second = again(first, form, found=found)
    table = read(second, form)
    assert cells(table, "FirstName") == NAMES
    assert cells(table, "FirstName (LeadSquared)") == [
        *(f"New {name}" for name in NAMES[:found]),
        *[""] * (6 - found),
    ]
    assert cells(table, "Outcome") == ["found"] * found + ["failed"] * (5 - found) + ["not asked"]
    assert [name for name in table.table.column_names if "ProspectID" in name] == ["ProspectID"]


@pytest.mark.parametrize("form", Form)
def test_a_column_that_was_kept_once_is_not_kept_again(
    form: Form, first: Lookup, again: Again
) -> None:
    second = again(first, form, found=3)
    names = read(second, form).table.column_names
    for found in (3, 6):
        second = again(second, form, found=found)
        assert read(second, form).table.column_names == names
    assert cells(read(second, form), "FirstName (LeadSquared)") == [f"New {name}" for name in NAMES]


@pytest.mark.parametrize("form", Form)
def test_an_older_value_is_masked_as_the_new_one_is(
    form: Form, make_lookup: Make, make_table: MakeTable, again: Again
) -> None:
    mails = [f"asha{number}@example.com" for number in range(6)]
    first = make_lookup(*IDS, leads=make_table(IDS, ProspectStage=mails))
    table = read(again(first, form, found=3), form, mask=True)
    assert "asha" not in str(table.table.to_pydict())
    assert "•" in cells(table, "ProspectStage")[5]


@pytest.mark.parametrize("form", Form)
def test_leads_that_did_not_come_then_have_not_changed_and_stand_in_no_stage_before(
    form: Form, make_lookup: Make, make_table: MakeTable
) -> None:
    leads = make_table(IDS, ProspectStage=["Prospect"] * 6)
    stopped = make_lookup(*IDS, leads=leads[:3], not_asked=IDS[3:])
    sheet = read(stopped, form)
    cells = find_ids(sheet, column="Lead ID")
    plan = replace(stopped.plan, cells=cells, ids=IDS, left_out=())
    view = View(lookup=settled(sheet, plan, Fetched(leads=leads), account=ACCOUNT))
    assert view.drift is not None
    assert view.drift.moves is not None
    assert not any(changed.any() for changed in view.drift.changed.values())
    assert view.drift.compared.tolist() == [True] * 3 + [False] * 3
    assert [stage.name for stage in view.order] == ["Prospect"]
    assert view.frame[MOVEMENT].isna().tolist() == [False] * 3 + [True] * 3


@pytest.mark.parametrize("form", [Form.XLSX, Form.CSV])
def test_a_repeat_of_a_lead_that_did_not_come_is_not_compared_where_it_stands_first(
    form: Form, make_lookup: Make, make_table: MakeTable
) -> None:
    leads = make_table(IDS[:2], FirstName=NAMES[:2])
    stopped = make_lookup(*IDS[:2], *IDS[:2], leads=leads[:1], not_asked=IDS[1:2])
    sheet = read(stopped, form)
    sheet = replace(sheet, table=sheet.table.take([3, 2, 1, 0]))
    cells = find_ids(sheet, column="Lead ID")
    plan = replace(stopped.plan, cells=cells, ids=cells.ids)
    came = Fetched(leads=make_table(cells.ids, FirstName=[NAMES[1], "New"]))
    drift = View(lookup=settled(sheet, plan, came, account=ACCOUNT)).drift
    assert drift is not None
    assert drift.compared.tolist() == [False, True]
    assert drift.changed["FirstName"].tolist() == [False, True]
    assert not drift.changed["ProspectStage"][0]


def test_a_row_that_somebody_added_is_not_compared(first: Lookup, make_table: MakeTable) -> None:
    frame = main_frame(first, Choice())
    frame = pd.concat([frame, pd.DataFrame({"Lead ID": [lead_id(99)]})])
    metadata = {METADATA_KEY: setup_of(first, Choice(), [*frame]).text().encode()}
    sheet = parse_sheet(write_parquet(frame, metadata=metadata).data, name="added.parquet")
    cells = find_ids(sheet, column="Lead ID")
    plan = replace(first.plan, cells=cells, ids=cells.ids)
    leads = make_table(cells.ids, FirstName=[*NAMES, "New"])
    view = View(lookup=settled(sheet, plan, Fetched(leads=leads), account=ACCOUNT))
    assert view.drift is not None
    assert view.drift.compared.tolist() == [True] * 6 + [False]
    assert not view.drift.changed["FirstName"].any()
