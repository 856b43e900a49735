"""Faults 27 to 34: other leads than those asked for, or the right ones under other names."""

from __future__ import annotations

import pytest

from lsq.api.errors import NoLeadId
from lsq.lookup.choice import Choice, Form, Rows
from lsq.lookup.files import file_bytes
from lsq.lookup.view import View
from lsq.sandbox import Fault
from lsq.sandbox.behaviour import Envelope, IdCase, RecordCount
from tests.faults.reading_back import read_back
from tests.faults.scene import COLUMNS, IDS, UNKNOWN, UTC, Scene


def test_fault_27_a_lead_that_comes_twice_is_one_row_and_counted(scene: Scene) -> None:
    scene.fails(Fault.DUPLICATE_LEADS)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    assert "10 leads came more than once; one of each is kept." in seen.report["warnings"]


def test_fault_27_of_copies_that_differ_the_one_changed_last_is_kept(scene: Scene) -> None:
    scene.fails(Fault.DIFFERING_DUPLICATES)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    assert seen.first()["FirstName"] == "Newer"
    assert seen.fetched.stats.odd.repeated == 2


def test_fault_27_a_lead_that_comes_in_two_batches_is_one_row(scene: Scene) -> None:
    scene.sandbox.spare_next(1)
    scene.sandbox.fail_next(Fault.SAME_PAGE)
    seen = scene.look_up(batch=6, missing=6)
    assert seen.found == list(IDS)
    assert "6 leads came that nobody asked for; they are left out." in seen.report["warnings"]


def test_fault_28_leads_that_nobody_asked_for_are_left_out_counted_and_said(scene: Scene) -> None:
    scene.fails(Fault.LEADS_NOT_ASKED_FOR)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    assert "1 lead came that nobody asked for; it is left out." in seen.report["warnings"]


def test_fault_29_missing_leads_are_asked_for_once_more(scene: Scene) -> None:
    scene.sandbox.fail_next(Fault.LEADS_LEFT_OUT)
    seen = scene.look_up(missing=6)
    assert seen.found == list(IDS)
    assert [call.ids for call in seen.calls] == [IDS, IDS[1::2]]


def test_fault_29_leads_that_stay_missing_are_listed_by_id_and_can_be_downloaded(
    scene: Scene,
) -> None:
    seen = scene.look_up([*IDS, UNKNOWN], missing=1)
    assert (seen.found, seen.report["not_found"]) == (list(IDS), [UNKNOWN])
    assert "1 was not found, asked twice." in seen.said.body
    data = file_bytes(
        View(lookup=seen.lookup), Choice(form=Form.CSV, rows=Rows.NOT_FOUND, zone=UTC)
    )
    assert [(line["id"], line["outcome"]) for line in read_back(Form.CSV, data)] == [
        (UNKNOWN, "not found")
    ]


@pytest.mark.parametrize("id_case", IdCase)
def test_fault_30_an_id_is_the_same_however_it_is_written_and_the_sheets_text_stays(
    scene: Scene, id_case: IdCase
) -> None:
    written = [IDS[0].upper(), f"{{{IDS[1]}}}", f" {IDS[2]} ", IDS[3].replace("-", ""), *IDS[4:]]
    scene.behave(id_case=id_case)
    seen = scene.look_up(written)
    assert seen.found == list(IDS)
    for form in (Form.CSV, Form.JSONL, Form.PARQUET, Form.XLSX):
        rows = seen.files[form]
        assert [row["Lead ID"] for row in rows[: len(IDS)]] == written
        assert [row["Outcome"] for row in rows[: len(IDS)]] == ["found"] * len(IDS)


def test_fault_31_null_empty_and_missing_fields_are_told_apart(scene: Scene) -> None:
    scene.fails(Fault.NULL_MISSING_EXTRA_FIELDS)
    seen = scene.look_up()
    lead = seen.first()
    assert (lead["FirstName"], lead["LastName"], lead["Source"]) == (None, "", None)
    assert lead["mx_Extra"] == "more"
    assert seen.fetched.leads.absent == frozenset()  # the other leads have them all
    row = seen.files[Form.JSONL][0]
    assert (row["FirstName"], row["LastName"], row["mx_Extra"]) == (None, "", "more")


def test_fault_31_columns_keep_their_order_and_unasked_ones_come_last(scene: Scene) -> None:
    scene.sandbox.spare_next(1)
    scene.sandbox.fail_next(Fault.NULL_MISSING_EXTRA_FIELDS)
    seen = scene.look_up(batch=6)
    assert list(seen.fetched.leads.columns) == ["ProspectID", *COLUMNS, "mx_Extra"]
    assert [row["mx_Extra"] for row in seen.files[Form.JSONL][:12]].count("more") == 1


@pytest.mark.parametrize("id_key", ["ProspectId", "prospectid", "PROSPECTID", "prospectID"])
def test_fault_32_the_id_is_found_under_its_name_in_any_letters(scene: Scene, id_key: str) -> None:
    scene.behave(id_key=id_key)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    assert list(seen.fetched.leads.columns) == ["ProspectID", *COLUMNS]


@pytest.mark.parametrize("id_key", ["LeadId", "Id", ""])
def test_fault_32_under_another_name_it_is_an_error_and_no_empty_table(
    scene: Scene, id_key: str
) -> None:
    scene.behave(id_key=id_key)
    seen = scene.look_up()
    assert (list(seen.fetched.failed), seen.kinds) == (list(IDS), {NoLeadId})
    assert "There is no lead id in the answer" in seen.said.body
    assert len(seen.calls) == 1


def test_fault_32_leads_without_any_id_are_never_matched_by_their_place(scene: Scene) -> None:
    scene.fails(Fault.NO_LEAD_IDS)
    seen = scene.look_up()
    assert (seen.found, seen.kinds) == ([], {NoLeadId})


@pytest.mark.parametrize("record_count", RecordCount)
@pytest.mark.parametrize("envelope", [Envelope.LEADS, Envelope.PROPERTY_LISTS])
def test_fault_33_rows_are_believed_whatever_their_count_says(
    scene: Scene, record_count: RecordCount, envelope: Envelope
) -> None:
    scene.behave(record_count=record_count, envelope=envelope)
    seen = scene.look_up()
    assert (seen.found, len(seen.calls)) == (list(IDS), 1)


@pytest.mark.parametrize("record_count", [RecordCount.LESS, RecordCount.MORE, RecordCount.NEGATIVE])
def test_fault_33_a_count_that_is_not_the_rows_is_said(
    scene: Scene, record_count: RecordCount
) -> None:
    scene.behave(record_count=record_count)
    assert scene.look_up().report["warnings"] != []


def test_fault_34_a_page_that_never_turns_ends_and_its_leads_are_nobody_elses(
    scene: Scene,
) -> None:
    scene.fails(Fault.SAME_PAGE)
    seen = scene.look_up(batch=4, missing=8)
    assert seen.found == list(IDS[:4])
    assert seen.report["not_found"] == list(IDS[4:])
    assert len(seen.calls) == 3 + 2
    assert seen.fetched.stats.odd.unasked == 4 * 4
