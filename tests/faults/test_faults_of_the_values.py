"""Faults 35 to 43: the right leads, with values as no careful server would write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lsq.api.errors import BadReply
from lsq.lookup.choice import Choice, Form
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View
from lsq.sandbox import Fault
from lsq.sandbox.columns import lead_row
from lsq.sandbox.faults import ODD_VALUES
from lsq.sandbox.lead import Lead
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.writing import write_xlsx
from tests.faults.scene import COLUMNS, IDS, UTC, Scene, Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

REPLACED = "\N{REPLACEMENT CHARACTER}"
LONGEST_CELL = 32_767
RAW = (Form.CSV, Form.JSONL)


def look_up(scene: Scene, fault: Fault) -> Seen:
    """Look up twelve leads, the first with odd values, and check that the others are untouched."""
    scene.fails(fault)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    for number, lead in enumerate(seen.fetched.leads):
        if number:
            assert {name: lead[name] for name in COLUMNS} == lead_row(Lead(number), COLUMNS)
    return seen


def of(row: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    """Return some values of a row."""
    return tuple(row[name] for name in names)


def test_fault_35_values_of_other_types_are_shown_as_text(scene: Scene) -> None:
    seen = look_up(scene, Fault.WRONG_TYPES)
    names = ("Score", "FirstName", "LastName", "Source", "mx_City")
    texts = ("42", "true", "1.50", '{"a": [1, null, "b"]}', '["Pune", false]')
    assert of(seen.first(), *names) == texts
    for form in RAW:
        assert of(seen.files[form][0], *names) == texts
    for form in (Form.XLSX, Form.PARQUET):
        assert of(seen.files[form][0], *names) == (42, *texts[1:])


@pytest.mark.parametrize("fault", [Fault.LEADS_IN_AN_OBJECT, Fault.LEAD_AS_A_LIST])
def test_fault_35_leads_that_are_none_are_a_bad_answer(scene: Scene, fault: Fault) -> None:
    scene.fails(fault)
    seen = scene.look_up()
    assert (list(seen.fetched.failed), seen.kinds) == (list(IDS), {BadReply})


def test_fault_36_a_text_of_a_megabyte_comes_whole_and_is_cut_for_excel_only(scene: Scene) -> None:
    seen = look_up(scene, Fault.HUGE_FIELD)
    whole = "x" * 999_999 + "!"
    assert seen.first()["Source"] == whole
    for form in (*RAW, Form.PARQUET):
        assert seen.files[form][0]["Source"] == whole
    assert len(seen.files[Form.XLSX][0]["Source"]) == LONGEST_CELL
    # The row of the duplicate has the same lead.
    assert write_xlsx(tabs(View(lookup=seen.lookup), Choice(zone=UTC))).cut == 2


def test_fault_36_five_thousand_columns_come(scene: Scene) -> None:
    scene.fails(Fault.MANY_COLUMNS)
    seen = scene.look_up(IDS[:1])
    assert len(seen.fetched.leads.columns) == 1 + len(COLUMNS) + 5000
    for form in Form:
        assert seen.files[form][0]["mx_Wide_4999"] in {"4999", 4999}


def test_fault_37_bytes_that_are_no_utf_8_become_replacement_characters(scene: Scene) -> None:
    seen = look_up(scene, Fault.INVALID_UTF_8)
    assert of(seen.first(), "FirstName", "LastName") == (f"Ren{REPLACED}e", REPLACED)


def test_fault_37_replaced_bytes_are_said(scene: Scene) -> None:
    assert look_up(scene, Fault.INVALID_UTF_8).report["warnings"] != []


@pytest.mark.parametrize("fault", [Fault.WRONG_CHARSET, Fault.BYTE_ORDER_MARK])
def test_fault_37_a_wrong_charset_and_a_byte_order_mark_change_nothing(
    scene: Scene, fault: Fault
) -> None:
    seen = look_up(scene, fault)
    assert {name: seen.first()[name] for name in COLUMNS} == lead_row(Lead(0), COLUMNS)
    assert len(seen.calls) == 1


def test_fault_38_characters_that_no_file_can_hold_are_replaced_and_every_file_opens(
    scene: Scene,
) -> None:
    seen = look_up(scene, Fault.UNWRITABLE_CHARACTERS)
    names = ("FirstName", "LastName", "Source", "mx_City")
    texts = (f"a{REPLACED}b", "Nul\0l", "\ufffe\uffff", "\x0b\x1b[31m")
    assert of(seen.first(), *names) == texts
    for form in (*RAW, Form.PARQUET):
        assert of(seen.files[form][0], *names) == texts
    for text in of(seen.files[Form.XLSX][0], *names):
        assert REPLACED in text


def test_fault_38_replaced_characters_are_said(scene: Scene) -> None:
    assert look_up(scene, Fault.UNWRITABLE_CHARACTERS).report["warnings"] != []


def test_fault_39_numbers_that_are_none_or_too_long_keep_their_digits(scene: Scene) -> None:
    seen = look_up(scene, Fault.ODD_NUMBERS)
    names = ("FirstName", "LastName", "Score", "Source", "mx_City")
    texts = ("NaN", "-Infinity", "1e400", "9" * 5000, "12345678901234567890")
    assert of(seen.first(), *names) == texts
    for form in (*RAW, Form.XLSX):
        assert of(seen.files[form][0], *names) == texts
    assert of(seen.files[Form.PARQUET][0], *names) == (*texts[:2], None, *texts[3:])
    assert any("1 value of Score could not be read" in told for told in seen.report["warnings"])


def test_fault_40_nesting_without_end_is_a_bad_answer(scene: Scene) -> None:
    scene.fails(Fault.DEEP_NESTING)
    seen = scene.look_up()
    assert (list(seen.fetched.failed), seen.kinds) == (list(IDS), {BadReply})


def test_fault_40_nesting_that_passes_costs_a_retry(scene: Scene) -> None:
    scene.sandbox.fail_next(Fault.DEEP_NESTING)
    assert scene.look_up().found == list(IDS)


def test_fault_41_of_two_values_under_one_key_the_last_holds(scene: Scene) -> None:
    assert look_up(scene, Fault.DUPLICATE_KEYS).first()["FirstName"] == "Last"


def test_fault_41_two_values_under_one_key_are_said(scene: Scene) -> None:
    assert look_up(scene, Fault.DUPLICATE_KEYS).report["warnings"] != []


def test_fault_42_formulas_html_markdown_and_control_characters_stay_text(scene: Scene) -> None:
    seen = look_up(scene, Fault.NAUGHTY_TEXT)
    lead, row = seen.first(), seen.files[Form.XLSX][0]
    texts = {name: lead[name] for name in ODD_VALUES[Fault.NAUGHTY_TEXT]}
    assert texts["FirstName"] == "=1+1"
    for form in (*RAW, Form.PARQUET):
        assert {name: seen.files[form][0][name] for name in texts} == texts
    assert (row["FirstName"], row["LastName"]) == (texts["FirstName"], texts["LastName"])


def test_fault_42_no_cell_of_the_csv_for_excel_can_run_and_reading_it_gives_the_text_back(
    scene: Scene,
) -> None:
    seen = look_up(scene, Fault.NAUGHTY_TEXT)
    excel = seen.files[Form.EXCEL_CSV][0]
    assert (excel["FirstName"], excel["mx_City"][:2]) == ("'=1+1", "'@")
    texts = [text for row in seen.files[Form.EXCEL_CSV] for text in row.values()]
    assert [text for text in texts if text.startswith(("=", "+", "@", "\t", "\r"))] == []
    sheet = parse_sheet(seen.raw_files[Form.EXCEL_CSV], name="leads.csv")
    assert find_ids(sheet, column="Lead ID").ids == IDS
    again = sheet.table.slice(0, 1).to_pylist()[0]
    assert of(again, *ODD_VALUES[Fault.NAUGHTY_TEXT]) == of(
        seen.first(), *ODD_VALUES[Fault.NAUGHTY_TEXT]
    )


def test_fault_43_dates_that_are_none_stay_text_and_are_counted(scene: Scene) -> None:
    seen = look_up(scene, Fault.ODD_DATES)
    odd = {
        "CreatedOn": "31/12/2025",
        "ModifiedOn": "0001-01-01 00:00:00.000",
        "ProspectActivityDate_Max": "2026-02-30 25:61:00",
    }
    for form in RAW:
        assert of(seen.files[form][0], *odd) == tuple(odd.values())
    for name, came in odd.items():
        assert seen.files[Form.XLSX][0][f"{name} (UTC)"] == came
        assert seen.files[Form.PARQUET][0][f"{name} (UTC)"] is None
        assert seen.files[Form.PARQUET][1][f"{name} (UTC)"] is not None
        assert any(f"1 value of {name} could not be read" in t for t in seen.report["warnings"])


def test_fault_43_a_time_without_a_zone_is_utc(scene: Scene) -> None:
    seen = scene.look_up()
    text = lead_row(Lead(1), COLUMNS)["CreatedOn"]
    assert seen.files[Form.CSV][1]["CreatedOn"] == text
    assert f"{seen.files[Form.PARQUET][1]['CreatedOn (UTC)']}.000" == text
