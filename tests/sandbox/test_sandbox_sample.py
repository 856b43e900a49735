"""The sample sheet of the demo account."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pytest

from lsq.sandbox import SAMPLE_NAME, number_of, sample_sheet
from lsq.sandbox.lead import Lead
from lsq.sandbox.sample import SAMPLE_COLUMNS

LEADS = 1_000_000
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
Rows = list[dict[str, str]]


def read(data: bytes) -> Rows:
    """Read the sheet as any program would."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.fixture(scope="module")
def rows() -> Rows:
    """The sample sheet's rows."""
    return read(sample_sheet())


def id_in(row: dict[str, str]) -> str | None:
    """Return the id in a row's id cell, whatever stands around it."""
    match = GUID.search(row["Lead ID"])
    return match and match[0].lower()


def test_it_has_six_columns_and_a_csv_name(rows: Rows) -> None:
    assert tuple(rows[0]) == SAMPLE_COLUMNS
    assert SAMPLE_COLUMNS == ("Lead ID", "Name", "Campaign", "Stage", "Owner", "Phone")
    assert SAMPLE_NAME == "campaign_june.csv"


def test_its_rows_add_up(rows: Rows) -> None:
    ids = [text for row in rows if (text := id_in(row))]
    blank = sum(row["Lead ID"] == "" for row in rows)
    assert len(rows) == 5000
    assert len(set(ids)) == 4812
    assert len(ids) - len(set(ids)) == 142
    assert blank == 31
    assert len(rows) - len(ids) - blank == 15


def test_seventeen_of_its_leads_are_gone(rows: Rows) -> None:
    numbers = {number_of(text) for row in rows if (text := id_in(row))}
    assert None not in numbers
    assert sum(number >= LEADS for number in numbers if number is not None) == 17


def test_some_ids_stand_in_links_and_some_are_untidy(rows: Rows) -> None:
    links = [row for row in rows if row["Lead ID"].startswith("https://in21.leadsquared.com/")]
    untidy = [
        row
        for row in rows
        if row["Lead ID"] != row["Lead ID"].strip() or re.search("^[^a-z]*[A-F]", row["Lead ID"])
    ]
    assert len(links) == 212
    assert len([row for row in untidy if id_in(row) and row not in links]) == 9


def test_what_is_not_an_id_is_what_people_write(rows: Rows) -> None:
    words = {row["Lead ID"] for row in rows if row["Lead ID"] and not id_in(row)}
    assert {"see email", "call back", "N/A?", "0acb9356-bcd1-4128-b63a"} <= words


def test_every_oddity_is_spread_over_the_file(rows: Rows) -> None:
    odd = [place for place, row in enumerate(rows) if not GUID.fullmatch(row["Lead ID"])]
    fifths = Counter(place // 1000 for place in odd)
    assert min(fifths.values()) > len(odd) / 10


def test_a_repeated_id_stands_below_its_first(rows: Rows) -> None:
    assert id_in(rows[0])
    assert rows[0]["Lead ID"] == id_in(rows[0])


def test_its_stages_and_owners_are_a_little_older_than_the_account(rows: Rows) -> None:
    known = {text: row for row in rows if (text := id_in(row))}
    leads = {text: Lead(number_of(text) or 0) for text in known}
    moved = sum(known[text]["Stage"] != lead.stage.name for text, lead in leads.items())
    changed = sum(known[text]["Owner"] != lead.owner.name for text, lead in leads.items())
    assert 0.12 < moved / len(known) < 0.17
    assert 0.005 < changed / len(known) < 0.03


def test_most_leads_that_moved_moved_forward(rows: Rows) -> None:
    stages = ("Prospect", "Contacted", "Interested", "Qualified", "Application", "Enrolled")
    steps: Counter[int] = Counter()
    for row in rows:
        now = Lead(number_of(id_in(row) or "") or 0).stage.name
        if id_in(row) and now in stages and row["Stage"] in stages:
            steps[stages.index(now) - stages.index(row["Stage"])] += 1
    forward = sum(n for step, n in steps.items() if step > 0)
    back = sum(n for step, n in steps.items() if step < 0)
    assert forward > 3 * back > 0


def test_rows_belong_to_one_of_four_campaigns(rows: Rows) -> None:
    campaigns = Counter(row["Campaign"] for row in rows)
    assert set(campaigns) == {"June batch", "Re-engage", "Alumni", "July batch"}
    assert campaigns["June batch"] == max(campaigns.values())


def test_it_holds_no_control_characters(rows: Rows) -> None:
    assert all(value.isprintable() for row in rows for value in row.values())


def test_it_is_the_same_every_time() -> None:
    assert sample_sheet() == sample_sheet()


def test_other_sizes_keep_the_shares() -> None:
    small = read(sample_sheet(rows=500, leads=500))
    assert len(small) == 500
    assert sum(row["Lead ID"] == "" for row in small) == 3


def test_a_sheet_needs_an_account_as_large() -> None:
    with pytest.raises(ValueError, match="as many leads, not 10"):
        sample_sheet(rows=11, leads=10)
