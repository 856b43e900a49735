"""`lsq fetch` in this process: files, report, options and exit codes."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from lsq.sandbox import Behaviour, Fault, lead_id
from lsq.sandbox.behaviour import FieldsCall
from lsq.sandbox.tables import OPEN_STAGES
from lsq.sheets.parsing.parse import parse_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sandbox import Sandbox

OUTCOMES = ["found", "found", "duplicate", "blank", "not an id", "not found"]
NOTES = [f"note {number}" for number in range(6)]
pytestmark = pytest.mark.usefixtures("sandbox")


def fails(sandbox: Sandbox, fault: Fault) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, fault=fault, fault_share=1.0)


def test_one_fetch_writes_every_form_and_the_report(
    lsq: Callable[..., object], sheet: Path, tmp_path: Path
) -> None:
    names = ["a.csv", "a.csv", "b.excel.csv", "c.xlsx", "d.parquet", "e.jsonl"]
    outs = [word for name in names for word in ("--out", tmp_path / name)]
    ran = lsq("fetch", sheet, *outs, "--report", tmp_path / "r.json")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("lsq: CSV for Excel: 1 cell that Excel could take for a formula,")
    assert "lsq: 2 of 3 leads found. 1 was not found, asked twice." in ran.err
    for name in ("a.csv", "b.excel.csv", "c.xlsx"):
        table = parse_sheet((tmp_path / name).read_bytes(), name=name).table
        assert table["Note"].to_pylist() == NOTES
        assert table["Outcome"].to_pylist() == OUTCOMES
    assert pd.read_parquet(tmp_path / "d.parquet")["Note"].tolist() == NOTES
    lines = (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["Outcome"] for line in lines] == OUTCOMES
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (report["rows"], report["ids_asked"], report["returned"]) == (6, 3, 2)
    assert report["not_found"] == [lead_id(10**12)]
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*names, "list.csv", "r.json"}


def test_without_out_the_csv_goes_to_standard_output(
    lsq: Callable[..., object], sheet: Path
) -> None:
    ran = lsq("fetch", sheet, "--quiet")
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert [row["Outcome"] for row in rows] == OUTCOMES
    assert (ran.code, ran.err) == (0, "")


def test_ids_are_read_from_standard_input(
    lsq: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = io.TextIOWrapper(io.BytesIO(f"{lead_id(5)}\n{lead_id(6)}\n".encode()))
    monkeypatch.setattr(sys, "stdin", text)
    ran = lsq("fetch", "-", "--leads-only", "--columns", "Score")
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert [row["ProspectID"] for row in rows] == [lead_id(5), lead_id(6)]
    assert list(rows[0]) == ["ProspectID", "Score"]


def test_misspelt_columns_are_corrected_and_said(lsq: Callable[..., object], sheet: Path) -> None:
    ran = lsq("fetch", sheet, "--columns", "firstname, Email")
    assert "lsq: firstname was read as FirstName" in ran.err
    assert "did you mean EmailAddress?" in ran.err
    assert "Column Email came back" not in ran.out
    assert '"FirstName"' in ran.out.splitlines()[0]


def test_the_id_column_can_be_named(lsq: Callable[..., object], tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text(f"Lead ID,Other\n{lead_id(1)},{lead_id(2)}\n", encoding="utf-8")
    ran = lsq("fetch", path, "--id-column", "other", "--leads-only")
    assert lead_id(2) in ran.out
    assert lead_id(1) not in ran.out


def test_the_worksheet_can_be_named(lsq: Callable[..., object], tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "b.xlsx") as book:
        for name, number in (("A", 1), ("B", 2)):
            frame = pd.DataFrame({"Lead ID": [lead_id(number)]})
            frame.to_excel(book, sheet_name=name, index=False)
    ran = lsq("fetch", tmp_path / "b.xlsx", "--worksheet", "B", "--leads-only")
    assert (ran.code, lead_id(2) in ran.out, lead_id(1) in ran.out) == (0, True, False)
    assert lsq("fetch", tmp_path / "b.xlsx", "--worksheet", "C").err == (
        "lsq: b.xlsx has no worksheet named C. It has: A, B.\n"
    )


def test_the_zone_stands_in_typed_headers(
    lsq: Callable[..., object], sheet: Path, tmp_path: Path
) -> None:
    out = tmp_path / "t.parquet"
    lsq("fetch", sheet, "--out", out, "--timezone", "Asia/Kolkata")
    assert "CreatedOn (Asia/Kolkata)" in pd.read_parquet(out)
    lsq("fetch", sheet, "--out", out)
    assert "CreatedOn (UTC)" in pd.read_parquet(out)


def test_an_unknown_zone_is_refused_before_any_call(
    lsq: Callable[..., object], sheet: Path, sandbox: Sandbox
) -> None:
    ran = lsq("fetch", sheet, "--timezone", "Mars/Olympus")
    assert ran.code == 2
    assert ran.err == "lsq: “Mars/Olympus” is not a time zone. Write one such as Asia/Kolkata.\n"
    assert sandbox.arrivals == ()


@pytest.mark.parametrize("option", ["--out", "--report"])
@pytest.mark.parametrize("name", ["", "none/x.csv"])
def test_a_place_that_cannot_be_written_is_refused_before_any_call(
    lsq: Callable[..., object], sheet: Path, sandbox: Sandbox, option: str, name: str
) -> None:
    folder = sheet.parent / "folder.csv"
    folder.mkdir()
    ran = lsq("fetch", sheet, option, folder / name)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "folder" in ran.err
    assert sandbox.arrivals == ()


def test_an_unknown_ending_is_refused_before_any_call(
    lsq: Callable[..., object], sheet: Path, sandbox: Sandbox
) -> None:
    ran = lsq("fetch", sheet, "--out", "leads.txt")
    assert ran.code == 2
    assert ran.err.startswith("lsq: “leads.txt” does not say which kind of file to write.")
    assert sandbox.arrivals == ()


def test_wrong_keys_are_exit_3_and_leave_older_files_alone(
    lsq: Callable[..., object], sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSQ_SECRET_KEY", "not-the-right-one")
    out, report = tmp_path / "old.csv", tmp_path / "r.json"
    out.write_text("of yesterday", encoding="utf-8")
    ran = lsq("fetch", sheet, "--out", out, "--report", report)
    assert ran.code == 3
    assert ran.err.startswith("lsq: LeadSquared refused the keys (401).")
    assert out.read_text(encoding="utf-8") == "of yesterday"
    assert len(json.loads(report.read_text(encoding="utf-8"))["not_asked"]) == 3
    assert lsq("fetch", sheet).out == ""


@pytest.mark.parametrize("fault", [Fault.NOT_FOUND, Fault.REDIRECT])
def test_a_host_that_is_not_the_api_is_exit_3(
    lsq: Callable[..., object], sheet: Path, sandbox: Sandbox, fault: Fault
) -> None:
    fails(sandbox, fault)
    ran = lsq("fetch", sheet)
    assert (ran.code, ran.err.count("\n")) == (3, 1)


def test_a_host_that_is_not_allowed_is_exit_3(
    lsq: Callable[..., object], sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSQ_HOST", "evil.example.com")
    ran = lsq("fetch", sheet)
    assert ran.code == 3
    assert ran.err.startswith("lsq: “evil.example.com” is not one of LeadSquared's API hosts.")


def test_ids_that_all_fail_are_exit_4_and_in_the_report(
    lsq: Callable[..., object], sheet: Path, sandbox: Sandbox, tmp_path: Path
) -> None:
    fails(sandbox, Fault.SERVER_ERROR_MX)
    report = tmp_path / "r.json"
    ran = lsq("fetch", sheet, "--quiet", "--report", report)
    assert ran.code == 4
    assert "It is not the ids: 3 asked for one by one failed alike." in ran.err
    assert ran.out == ""  # not one lead came: an older file would be left alone, too
    assert len(json.loads(report.read_text(encoding="utf-8"))["failed"]) == 3


def test_a_host_that_does_not_answer_makes_failed_ids(
    lsq: Callable[..., object], sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSQ_HOST", "http://127.0.0.1:9")
    ran = lsq("fetch", sheet)
    assert ran.code == 4
    assert "No answer from 127.0.0.1:9" in ran.err


def test_without_an_account_the_demo_account_is_asked_and_it_is_said(
    lsq: Callable[..., object], sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOST", "ACCESS_KEY", "SECRET_KEY"):
        monkeypatch.delenv(f"LSQ_{name}")
    ran = lsq("fetch", sheet)
    assert ran.code == 0
    assert ran.err.startswith("lsq: No account is set")
    assert "made up" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_full_disk_under_one_file_leaves_the_others_and_is_exit_2(
    lsq: Callable[..., object], sheet: Path, tmp_path: Path
) -> None:
    full = tmp_path / "full.csv"
    full.symlink_to("/dev/full")
    ran = lsq("fetch", sheet, "--out", full, "--out", tmp_path / "b.csv")
    assert ran.code == 2
    assert f"{full} cannot be written: No space left on device." in ran.err
    assert (tmp_path / "b.csv").read_bytes().count(b"note") == 6


@pytest.mark.parametrize("call", FieldsCall)
def test_the_stages_of_a_workbook_stand_in_the_account_s_order_if_it_says_one(
    lsq: Callable[..., object], sandbox: Sandbox, sheet: Path, tmp_path: Path, call: FieldsCall
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, fields_call=call)
    ran = lsq("fetch", sheet, "--out", tmp_path / "a.xlsx", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    book = tmp_path / "a.xlsx"
    stages = pd.read_excel(book, sheet_name="Stages", dtype="str", engine="openpyxl")["Stage"]
    said = call is FieldsCall.ALLOWED  # then stages without leads have their rows too
    assert (stages.tolist()[:6] == [*OPEN_STAGES]) is said


def test_an_account_is_asked_for_its_columns_only_where_a_file_has_types(
    lsq: Callable[..., object], sandbox: Sandbox, sheet: Path, tmp_path: Path
) -> None:
    lsq("fetch", sheet, "--out", tmp_path / "a.csv", "--quiet")
    assert all("ByIds" in call.target for call in sandbox.arrivals)
    lsq("fetch", sheet, "--out", tmp_path / "a.parquet", "--quiet")
    assert sum("LeadsMetaData" in call.target for call in sandbox.arrivals) == 1
