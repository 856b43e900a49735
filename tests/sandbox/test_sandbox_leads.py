"""The made-up leads: the same everywhere, plausible in their shares, naughty in a few."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from statistics import correlation, mean

import pytest

from lsq.sandbox.columns import COLUMNS, lead_row
from lsq.sandbox.ids import lead_id
from lsq.sandbox.lead import Lead
from lsq.sandbox.naughty import NAUGHTY, naughty_values
from lsq.sandbox.tables import OPEN_STAGES

ALL = tuple(COLUMNS)
LEADS = 20_000


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str | None]]:
    """Every column of the first 20,000 leads."""
    return [lead_row(Lead(number), ALL) for number in range(LEADS)]


def shares(rows: list[dict[str, str | None]], column: str) -> dict[str | None, float]:
    """Return what part of the leads, in per cent, has each value."""
    return {value: 100 * n / LEADS for value, n in Counter(row[column] for row in rows).items()}


def when(text: str | None) -> datetime:
    """Read a date in the only form that answers have."""
    assert text is not None
    assert text.endswith(".000")
    return datetime.strptime(f"{text}+0000", "%Y-%m-%d %H:%M:%S.%f%z")


def test_a_lead_is_the_same_on_every_machine_and_python() -> None:
    columns = ("FirstName", "LastName", "ProspectStage", "OwnerIdName", "Phone", "CreatedOn")
    assert lead_row(Lead(123_456), columns) == {
        "FirstName": "Sneha",
        "LastName": "Kulkarni",
        "ProspectStage": "Contacted",
        "OwnerIdName": "Anita Rao",
        "Phone": "+91-9889347071",
        "CreatedOn": "2026-04-01 00:33:13.000",
    }


def test_every_value_is_a_string_or_none(rows: list[dict[str, str | None]]) -> None:
    assert {type(value) for row in rows for value in row.values()} == {str, type(None)}


def test_columns_come_in_the_order_asked_and_unknown_ones_not_at_all() -> None:
    row = lead_row(Lead(7), ("Score", "ProspectId", "FirstName", "mx_Nothing"))
    assert list(row) == ["Score", "FirstName"]


def test_stages_have_the_shares_of_a_real_pipeline(rows: list[dict[str, str | None]]) -> None:
    assert shares(rows, "ProspectStage") == pytest.approx(
        {
            "Prospect": 24.5,
            "Contacted": 20.2,
            "Interested": 14,
            "Qualified": 9.4,
            "Application": 6.3,
            "Enrolled": 4.4,
            "Not interested": 14.2,
            "Invalid": 6,
            "Invalid/ Junk": 1,
        },
        abs=1,
    )


def test_six_owners_have_unequal_shares(rows: list[dict[str, str | None]]) -> None:
    owners = shares(rows, "OwnerIdName")
    assert set(owners) == {
        "Anita Rao",
        "Dev Malhotra",
        "Sana Qureshi",
        "Tom Fernandes",
        "Vikram Shetty",
        "Leela Pillai",
    }
    assert max(owners.values()) > 2 * min(owners.values())
    triples = {(row["OwnerId"], row["OwnerIdName"], row["OwnerIdEmailAddress"]) for row in rows}
    assert len(triples) == 6


def test_sources_differ_in_case_only_and_some_are_blank(rows: list[dict[str, str | None]]) -> None:
    sources = shares(rows, "Source")
    assert sources["google_lp"] > sources["Google_lp"] > 1
    assert sources[""] > 1
    assert sources[None] > 1


def test_most_phones_are_canonical_and_the_rest_spelled_in_other_ways(
    rows: list[dict[str, str | None]],
) -> None:
    phones = [row["Phone"] for row in rows if row["Phone"]]
    canonical = sum(re.fullmatch(r"\+91-98\d{8}", phone) is not None for phone in phones)
    assert 0.7 < canonical / LEADS < 0.85
    assert any(re.fullmatch(r"98\d{8}", phone) for phone in phones)
    assert any(re.fullmatch(r"098\d{3}-\d{5}", phone) for phone in phones)
    assert any(re.fullmatch(r"\+91 98\d{3} \d{5}", phone) for phone in phones)


def test_mail_goes_to_reserved_domains_only(rows: list[dict[str, str | None]]) -> None:
    mailboxes = [row["EmailAddress"] for row in rows if row["EmailAddress"]]
    assert {mailbox.rpartition("@")[2] for mailbox in mailboxes} == {"example.com", "example.org"}
    assert len(set(mailboxes)) == len(mailboxes)


def test_leads_came_over_eighteen_months_up_to_the_accounts_present(
    rows: list[dict[str, str | None]],
) -> None:
    created = [when(row["CreatedOn"]) for row in rows]
    assert max(created) < when("2026-11-15 00:00:00.000")
    assert timedelta(days=540) < max(created) - min(created) < timedelta(days=549)
    months = Counter(date.month for date in created if date.year == 2026)
    assert months[5] > 2 * months[1]


def test_activity_is_never_before_creation_and_sometimes_missing(
    rows: list[dict[str, str | None]],
) -> None:
    touched = [row for row in rows if row["ProspectActivityDate_Max"]]
    assert 0.03 < 1 - len(touched) / LEADS < 0.1
    for row in touched:
        active = when(row["ProspectActivityDate_Max"])
        assert when(row["CreatedOn"]) <= active <= when(row["ModifiedOn"])
        assert row["ProspectActivityName_Max"]
    assert all(
        row["ProspectActivityName_Max"] is None
        for row in rows
        if row["ProspectActivityDate_Max"] is None
    )


def test_scores_rise_with_the_stage_and_may_be_negative(rows: list[dict[str, str | None]]) -> None:
    scores = {
        stage: mean(int(row["Score"] or 0) for row in rows if row["ProspectStage"] == stage)
        for stage in OPEN_STAGES
    }
    assert list(scores.values()) == sorted(scores.values())
    assert min(int(row["Score"] or 0) for row in rows) < 0
    open_rows = [row for row in rows if row["ProspectStage"] in OPEN_STAGES]
    places = [OPEN_STAGES.index(str(row["ProspectStage"])) for row in open_rows]
    assert correlation(places, [int(row["Score"] or 0) for row in open_rows]) > 0.8


def test_consent_is_written_as_0_and_1(rows: list[dict[str, str | None]]) -> None:
    assert set(shares(rows, "DoNotCall")) == set(shares(rows, "DoNotEmail")) == {"0", "1"}


def test_cities_stand_in_their_states_with_their_postal_codes(
    rows: list[dict[str, str | None]],
) -> None:
    pune = [row for row in rows if row["mx_City"] == "Pune"]
    assert {row["mx_State"] for row in pune} == {"Maharashtra"}
    ordinary = {(row["mx_Zip"] or "")[:3] for row in pune} - {"001"}
    assert ordinary == {"411"}


def test_a_few_in_a_thousand_leads_are_naughty_and_every_kind_occurs() -> None:
    found = [values for number in range(40_000) if (values := naughty_values(Lead(number)))]
    assert 0.002 < len(found) / 40_000 < 0.006
    assert [values for values in NAUGHTY if values not in found] == []


def test_naughty_values_replace_only_columns_that_are_asked_for() -> None:
    number = next(n for n in range(LEADS) if "FirstName" in naughty_values(Lead(n)))
    naughty = naughty_values(Lead(number))["FirstName"]
    assert lead_row(Lead(number), ("FirstName", "Score"))["FirstName"] == naughty
    assert list(lead_row(Lead(number), ("Score",))) == ["Score"]


def test_naughty_columns_are_columns_of_the_account() -> None:
    assert {column for values in NAUGHTY for column in values} <= set(COLUMNS)


def test_the_id_column_is_the_leads_id() -> None:
    assert lead_row(Lead(42), ("ProspectID", "ProspectAutoId")) == {
        "ProspectID": lead_id(42),
        "ProspectAutoId": "100043",
    }
