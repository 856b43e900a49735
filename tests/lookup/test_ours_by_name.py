"""What a CSV or JSON lines of ours had is told by name and place; what is the analyst's stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from lsq.lookup.choice import Choice, Form, Shape
from lsq.lookup.files import file_bytes
from lsq.lookup.run import run
from lsq.lookup.view import View
from lsq.sandbox import lead_id
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from tests.lookup.raw import raw_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared
    from lsq.lookup.plan import Plan
    from lsq.lookup.run import Lookup
    from lsq.sheets.sheet import Sheet

    Fetch = Callable[..., Lookup]

IDS = [lead_id(number) for number in range(4)]
RAW = [Form.CSV, Form.EXCEL_CSV, Form.JSONL]
ASKED = ("FirstName", "Score", "mx_City")


@pytest.fixture
def fetch(make_client: Callable[..., LeadSquared], make_plan: Callable[..., Plan]) -> Fetch:
    """Return what asks the sandbox for these columns of a sheet's leads."""

    def ask(sheet: Sheet, *columns: str) -> Lookup:
        return run(sheet, make_plan(find_ids(sheet), columns=columns), client=make_client())

    return ask


def read(data: bytes | str, name: str = "again") -> Sheet:
    return parse_sheet(data.encode() if isinstance(data, str) else data, name=name)


def written(lookup: Lookup, form: Form, shape: Shape = Shape.MINE) -> bytes:
    return file_bytes(View(lookup=lookup), Choice(form=form, shape=shape))


def names(lookup: Lookup) -> list[str]:
    return [*raw_rows(lookup, Choice(form=Form.CSV))]


def added(lookup: Lookup, **own: str) -> Sheet:
    """Return a CSV of ours with columns of the analyst's behind the last one."""
    frame = raw_rows(lookup, Choice(form=Form.CSV))
    return read(frame.assign(**own).to_csv(index=False))


@pytest.fixture
def first(fetch: Fetch) -> Lookup:
    return fetch(read("\n".join(["Lead,Note", *(f"{each},n" for each in IDS)])), *ASKED)


@pytest.mark.parametrize("asked", [ASKED, ASKED[:1], ASKED[1:], ("FirstName", "Source", "mx_City")])
def test_columns_asked_for_again_give_way_and_the_others_stay(
    asked: tuple[str, ...], first: Lookup, fetch: Fetch
) -> None:
    second = fetch(added(first), *asked)
    stay = [name for name in ASKED if name not in asked]
    assert names(second) == ["Lead", "Note", *stay, "Outcome", "ProspectID", *asked]


def test_what_stands_behind_a_column_that_is_none_of_ours_stays(
    first: Lookup, fetch: Fetch
) -> None:
    second = fetch(added(first, Remark="call", Source="mine"), *ASKED, "Source")
    own = ["Lead", "Note", "Remark", "Source"]
    assert names(second) == [*own, "Outcome", "ProspectID", *ASKED, "Source (LeadSquared)"]
    frame = raw_rows(second, Choice(form=Form.CSV))
    assert set(frame["Source"]) == {"mine"}


def test_a_column_that_breaks_the_order_of_what_is_asked_for_stays(
    first: Lookup, fetch: Fetch
) -> None:
    second = fetch(added(first, Source="mine"), "Source", *ASKED)
    own = ["Lead", "Note", "Source"]
    assert names(second) == [*own, "Outcome", "ProspectID", "Source (LeadSquared)", *ASKED]


def test_a_column_that_is_called_as_one_of_ours_stays_beside_it(
    first: Lookup, fetch: Fetch
) -> None:
    second = fetch(added(first, **{"Score (2)": "mine"}), *ASKED)
    assert names(second) == ["Lead", "Note", "Score (2)", "Outcome", "ProspectID", *ASKED]


def test_an_own_outcome_and_what_stands_behind_it_stay(fetch: Fetch) -> None:
    text = "\n".join(["Lead,Outcome,FirstName", *(f"{each},failed,mine" for each in IDS)])
    lookup = fetch(read(text), "FirstName")
    own = ["Lead", "Outcome", "FirstName"]
    added_names = ["Outcome (LeadSquared)", "ProspectID", "FirstName (LeadSquared)"]
    assert names(lookup) == [*own, *added_names]
    again = fetch(read(written(lookup, Form.CSV)), "FirstName")
    assert written(again, Form.CSV) == written(lookup, Form.CSV)


@pytest.mark.parametrize("form", RAW)
def test_one_row_for_each_lead_does_not_grow(form: Form, first: Lookup, fetch: Fetch) -> None:
    data = written(first, form, Shape.LEADS)
    second = fetch(read(data), *ASKED)
    assert written(second, form, Shape.LEADS) == data
    assert names(second) == ["ProspectID", "Outcome", "ProspectID (LeadSquared)", *ASKED]
    third = fetch(read(written(second, form)), *ASKED)
    assert written(third, form) == written(second, form)


def test_a_list_that_has_only_some_of_what_is_asked_for_is_the_analyst_s(fetch: Fetch) -> None:
    text = "\n".join(["ProspectID,FirstName", *(f"{each},mine" for each in IDS)])
    own = ["ProspectID", "FirstName"]
    taken = ["ProspectID (LeadSquared)", "FirstName (LeadSquared)", "Score"]
    assert names(fetch(read(text), "FirstName", "Score")) == [*own, "Outcome", *taken]


def test_a_row_added_to_a_csv_for_excel_is_asked_for_and_nothing_doubles(
    first: Lookup, fetch: Fetch
) -> None:
    data = written(first, Form.EXCEL_CSV).decode("utf-8-sig").rstrip()
    new = ",".join(f'"{cell}"' for cell in (lead_id(9), "=1+1", *[""] * 5))
    second = fetch(read(f"\ufeff{data}\n{new}\n"), *ASKED)
    assert names(second) == names(first)
    assert second.plan.cells.ids == (*IDS, lead_id(9))
    frame = pd.DataFrame(second.sheet.table.to_pydict())
    assert frame["Note"].tolist() == ["n", "n", "n", "n", "=1+1"]
