"""Names of columns of ids, and words for a missing value."""

from __future__ import annotations

import pytest

from lsq.sheets.parsing.column_name import names_ids, plainly_names_ids, tells_of_nothing


@pytest.mark.parametrize(
    "cell",
    ["Lead ID", "ProspectID", "PROSPECTID", "lead ids", "Id", " id ", "Lead Guid (text)",
     "ID of the lead", "Owner Id", "Lead ID 2"],
)  # fmt: skip
def test_these_name_columns_of_ids(cell: str) -> None:
    assert names_ids(cell)


@pytest.mark.parametrize(
    "cell",
    ["", "12", "Lead", "lead missing", "no id", "invalid ID", "paid", "Madrid", "id card",
     "Please look for the lead with this id"],
)  # fmt: skip
def test_these_do_not(cell: str) -> None:
    assert not names_ids(cell)


def test_words_that_are_no_usual_ones_may_be_a_remark() -> None:
    assert all(map(plainly_names_ids, ["Lead ID", "ProspectID", "leadid", "ID of the lead"]))
    assert names_ids("Anfrage ID")
    assert not plainly_names_ids("Anfrage ID")
    assert not any(map(names_ids, ["pending id", "waiting for id", "Lead ID required"]))
    assert not any(map(plainly_names_ids, ["lead", "", "no id"]))


@pytest.mark.parametrize(
    "cell", ["N/A", "-", "??", "Unknown", " TBD ", "no phone", "not available", "lead missing"]
)
def test_these_tell_of_nothing(cell: str) -> None:
    assert tells_of_nothing(cell)


@pytest.mark.parametrize("cell", ["", "Name", "No of calls", "Notes", "Lost reason"])
def test_these_may_be_names(cell: str) -> None:
    assert not tells_of_nothing(cell)
