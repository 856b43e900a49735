"""A file of ours is known by its outcome column: by its name, its words and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from lsq.sheets.id_column import find_ids
from lsq.sheets.our_outcome import find_outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet

AN_ID = "0b8d9e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b"


def table(**columns: str) -> pa.Table:
    """Return a table of one row, or of as many as the texts have lines."""
    return pa.table({name: pa.array(text.split("|")) for name, text in columns.items()})


@pytest.mark.parametrize("word", ["found", "not found", "failed", "duplicate", "not an id"])
def test_it_stands_between_the_ids_of_the_sheet_and_those_of_the_leads(word: str) -> None:
    assert find_outcome(table(Id=AN_ID, Outcome=word, ProspectID="")) == "Outcome"


@pytest.mark.parametrize(
    "columns",
    [
        {"Id": AN_ID, "Outcome": "failed", "FirstName": "Asha"},
        {"Outcome": "failed", "ProspectID": AN_ID},
        {"Name": "Asha", "Outcome": "failed", "ProspectID": AN_ID},
        {"ProspectID": AN_ID, "FirstName": "Asha", "Outcome": "failed"},
        {"Id": AN_ID, "Outcome": "found"},
        {"Id": AN_ID, "Outcome": "won", "ProspectID": ""},
        {"Id": AN_ID, "Outcome": "", "ProspectID": ""},
        {"Id": AN_ID, "Outcomes": "found", "ProspectID": ""},
        {"Id": AN_ID, "outcome": "found", "ProspectID": ""},
    ],
    ids=lambda columns: "-".join(columns) + columns.get("Outcome", ""),
)
def test_an_analyst_s_own_outcome_is_none_of_ours(columns: dict[str, str]) -> None:
    assert find_outcome(table(**columns)) is None


def test_a_table_without_rows_or_columns_has_none() -> None:
    assert find_outcome(table(Id=AN_ID, Outcome="found", ProspectID="").slice(1)) is None
    assert find_outcome(pa.table({})) is None


def test_of_one_row_for_each_lead_it_is_the_last_and_every_lead_was_found() -> None:
    assert find_outcome(table(ProspectID=AN_ID, FirstName="Asha", Outcome="found")) == "Outcome"


@pytest.mark.parametrize("column", ["Outcome (LeadSquared)", "Outcome (2)"])
def test_beside_an_own_one_it_has_another_name(column: str) -> None:
    columns = {"Id": AN_ID, "Outcome": "failed", column: "found", "ProspectID (LeadSquared)": AN_ID}
    assert find_outcome(table(**columns)) == column


def test_a_row_that_somebody_has_added_may_be_blank() -> None:
    ids = f"{AN_ID}|{AN_ID}"
    assert find_outcome(table(Id=ids, Outcome="found|", ProspectID="|")) == "Outcome"
    assert find_outcome(table(ProspectID=ids, Outcome="found|")) == "Outcome"


@pytest.mark.parametrize("header", ["Id", "Lead", "Prospect", "Record", "Customer", "Owner"])
@pytest.mark.parametrize("found", range(10, 13))
def test_ids_that_were_not_found_are_looked_for_again(
    header: str, found: int, sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    there = [f"{each},n,found,{each}" for each in ids[:found]]
    gone = [f"{each},n,not found," for each in ids[found:12]]
    sheet = sheet_of("\n".join([f"{header},Note,Outcome,ProspectID", *there, *gone]))
    cells = find_ids(sheet)
    assert cells.column == header
    assert [*cells.ids] == ids[:12]
    assert [candidate.column for candidate in cells.candidates] == [header, "ProspectID"]


def test_the_leads_own_ids_serve_where_there_are_no_others(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    leads = [f"{each},Asha,found" for each in ids[:3]]
    sheet = sheet_of("\n".join(["ProspectID,FirstName,Outcome", *leads]))
    assert find_ids(sheet).column == "ProspectID"
