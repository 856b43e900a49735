"""A set-up is read as it was written; one that somebody has changed is none, and no error."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lsq.sheets.saved_setup import SavedSetup, parted, read_setup

SETUP = SavedSetup(
    worksheet="Leads",
    further_worksheets=("Leads (2)",),
    id_column="Lead ID",
    further_id_columns=("Prospect Id",),
    outcome_column="Outcome",
    columns=("FirstName", "ProspectStage", "CreatedOn"),
    lead_columns={
        "FirstName": "FirstName",
        "ProspectStage (LeadSquared)": "ProspectStage",
        "CreatedOn (Asia/Kolkata)": "CreatedOn",
    },
    zone="Asia/Kolkata",
    leads_only=True,
    masked=True,
)


def changed(**told: Any) -> str:  # noqa: ANN401  # whatever somebody writes there
    return json.dumps({**json.loads(SETUP.text()), **told})


WRONG = [
    "",
    "{",
    "null",
    "[" * 100_000,
    "[1]",
    SETUP.text()[:-1],
    changed(leadsheet=2),
    changed(leadsheet=None),
    changed(further=1),
    changed(worksheet=1),
    changed(further_worksheets="Leads (2)"),
    changed(further_worksheets=[2]),
    changed(id_column=None),
    changed(id_column="x" * 40_000),
    changed(outcome_column=["Outcome"]),
    changed(further_id_columns="Lead ID"),
    changed(further_id_columns=[5]),
    changed(columns="FirstName"),
    changed(columns=["FirstName", 1]),
    changed(columns=["First,Name"]),
    changed(columns=["First\nName"]),
    changed(columns=[" FirstName"]),
    changed(columns=["", "FirstName"]),
    changed(columns=["x" * 201]),
    changed(columns=["A"] * 20_000),
    changed(lead_columns=[["A", "B"]]),
    changed(lead_columns={"A": None}),
    changed(lead_columns={str(number): "A" for number in range(20_000)}),
    changed(zone="../../etc/passwd"),
    changed(zone="/Asia"),
    changed(zone="x" * 65),
    changed(zone=5),
    changed(masked="no"),
    changed(leads_only=0),
    json.dumps({"leadsheet": 1}),
    " " * 9_000_000,
]


def test_it_is_read_as_it_was_written() -> None:
    assert read_setup(SETUP.text()) == SETUP


@given(st.text(), st.dictionaries(st.text(), st.text(), max_size=3))
@example("\x00\ud800\ufffe", {"पुणे\r\n": "mx_\u2028"})
def test_any_header_comes_back_in_plain_letters(header: str, came: dict[str, str]) -> None:
    setup = SavedSetup(id_column=header, lead_columns=came)
    text = setup.text()
    assert text.isascii()
    assert text.isprintable()
    assert read_setup("".join(parted(text))) == setup


def test_a_long_one_is_parted_so_that_each_part_fits_a_cell() -> None:
    many = tuple(f"mx_Custom_Field_{number}" for number in range(5_000))
    setup = SavedSetup(
        id_column="Id", columns=many, lead_columns=dict(zip(many, many, strict=True))
    )
    parts = parted(setup.text())
    assert max(map(len, parts)) <= 30_000
    assert len(parts) > 5
    assert read_setup("".join(parts)) == setup


@pytest.mark.parametrize("text", WRONG, ids=map(str, range(len(WRONG))))
def test_what_is_not_whole_is_none(text: str) -> None:
    assert read_setup(text) is None


def test_columns_are_asked_for_once() -> None:
    setup = read_setup(changed(columns=["A", "B", "A"]))
    assert setup is not None
    assert setup.columns == ("A", "B")


def test_it_holds_for_the_headers_that_are_there() -> None:
    here = SETUP.of(["Note", "Lead ID", "FirstName"])
    assert here is not None
    assert (here.id_column, here.outcome_column) == ("Lead ID", "")
    assert here.further_id_columns == ()
    assert here.lead_columns == {"FirstName": "FirstName"}
    assert here.columns == SETUP.columns
    assert SETUP.of(["Note", "FirstName"]) is None


def test_a_header_of_which_a_workbook_lost_a_character_is_known_again() -> None:
    setup = SavedSetup(id_column="Id\x01", lead_columns={"A\ufffe": "A"})
    here = setup.of(["Id\ufffd", "A\ufffd"])
    assert here is not None
    assert (here.id_column, here.lead_columns) == ("Id\ufffd", {"A\ufffd": "A"})


OURS = SavedSetup(
    id_column="Id",
    outcome_column="Outcome",
    lead_columns={"ProspectID": "ProspectID", "Score": "Score"},
)


@pytest.mark.parametrize(
    ("headers", "outcome", "score"),
    [
        (["Score", "Id", "Outcome", "ProspectID", "Score (2)"], "Outcome", "Score (2)"),
        (["Id", "Outcome", "ProspectID", "Score", "Score (2)"], "Outcome", "Score"),
        (["Score", "Id", "Outcome", "ProspectID"], "Outcome", "Score"),
        (["Id", "Score (2)", "Outcome", "ProspectID", "Score"], "Outcome", "Score"),
        (["Id", "Score (2)", "Outcome", "ProspectID"], "Outcome", None),
        (["Outcome", "Id", "Outcome (2)", "ProspectID", "Score"], "Outcome (2)", "Score"),
        (["Id", "Outcome", "Outcome (2)", "ProspectID", "Score"], "Outcome (2)", "Score"),
        (["Id", "Outcome", "ProspectID", "Score", "Outcome (2)"], "Outcome", "Score"),
        (["Id", "Outcome (2)", "ProspectID", "Score"], "", "Score"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else each,
)
def test_a_column_that_was_put_before_ours_and_is_called_the_same_is_none_of_ours(
    headers: list[str], outcome: str, score: str | None
) -> None:
    here = OURS.of(headers)
    assert here is not None
    assert here.outcome_column == outcome
    assert next((at for at, name in here.lead_columns.items() if name == "Score"), None) == score
