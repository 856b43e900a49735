"""`lsq check`: what would be fetched, for one sheet or several, without any call."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lsq.sandbox import Sandbox


def test_a_sheet_is_told_in_sentences(
    lsq: Callable[..., object], sheet: Path, sandbox: Sandbox
) -> None:
    ran = lsq("check", sheet)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "list.csv: 3 distinct lead ids in column Lead ID.\n"
        "6 rows = 3 ids + 1 duplicate + 1 blank + 1 not an id.\n"
        "Encoding UTF-8, separator comma.\n"
        "Column names in row 1.\n"
        "Id column Lead ID: 4 of 6 rows hold an id (66.7%).\n"
        "1 row is not an id: row 6 (no id in it).\n"
        "1 row repeats the id of an earlier row: row 4 (row 2).\n"
    )
    assert sandbox.arrivals == ()


def test_names_that_a_terminal_would_obey_are_written_out(
    lsq: Callable[..., object], tmp_path: Path
) -> None:
    path = tmp_path / "\x1b[2Jlist.csv"
    path.write_text(f"Id\x1b[31m\x9b\u202e\n{lead_id(1)}\n", encoding="utf-8")
    ran = lsq("check", path)
    assert "\\x1b[2Jlist.csv: 1 distinct lead id in column Id\\x1b[31m\\x9b\\u202e.\n" in ran.out
    assert not {"\x1b", "\x9b", "\u202e"} & set(ran.out)
    refused = lsq("check", path, "--id-column", "none")
    assert "Its columns: Id\\x1b[31m" in refused.err
    assert "\x1b" not in refused.err


def test_what_was_decided_can_be_corrected(lsq: Callable[..., object], tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    text = f"Jäger,{lead_id(1)}\tx\nName\tCode\nMüller,{lead_id(2)}\tTIRÉ,{lead_id(3)}\n"
    path.write_bytes(text.encode("cp850"))
    options = ("--encoding", "cp850", "--separator", "tab", "--header-row", "2")
    report = json.loads(lsq("check", path, "--json", *options, "--id-column", "code").out)
    decided = ("encoding", "separator", "header_row", "id_column", "rows", "ids_asked")
    assert [report[name] for name in decided] == ["cp850", "\t", 2, "Code", 1, 1]
    wrong = lsq("check", path, "--separator", "::")
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)


def test_a_tie_is_asked_with_the_option_that_settles_it(
    lsq: Callable[..., object], tmp_path: Path
) -> None:
    path = tmp_path / "two.csv"
    pairs = [f"{lead_id(n)},{lead_id(n + 10)}" for n in range(4)]
    path.write_text("\n".join(["Lead A,Lead B", *pairs]), encoding="utf-8")
    ran = lsq("check", path, "--json")
    assert ran.code == 2
    assert json.loads(ran.out) == {
        "sheet": str(path),
        "error": "Two columns of two.csv look equally like lead ids: Lead A (4 of 4) and "
        "Lead B (4 of 4). Choose one with --id-column.",
    }
    chosen = lsq("check", path, "--json", "--ids", "--id-column", "Lead B")
    assert json.loads(chosen.out)["ids"] == [lead_id(n + 10) for n in range(4)]


def test_repairs_are_told(lsq: Callable[..., object], tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text(f"Id\nhttps://x.in/?LeadID={lead_id(1)}\n{lead_id(2).upper()}\n")
    assert "1 id read from links.\n" in lsq("check", path).out
    assert json.loads(lsq("check", path, "--json").out)["repairs"] == {
        "ids read from links": 1,
        "ids with stray spaces or capitals": 1,
    }


def test_a_ledger_dropped_back_in_gives_the_same_figures(
    lsq: Callable[..., object], sheet: Path, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger.csv"
    first = json.loads(lsq("check", sheet, "--json", "--ids", "--ledger", ledger).out)
    again = json.loads(lsq("check", ledger, "--json", "--ids").out)
    for name in ("ids", "rows", "ids_asked", "duplicates", "blank", "extra_ids"):
        assert again[name] == first[name]
    assert [each["value"] for each in again["invalid"]] == ["see email"]
    assert (again["id_column"], again["warnings"]) == ("id", [])


def test_the_ids_follow_one_a_line(lsq: Callable[..., object], sheet: Path) -> None:
    lines = lsq("check", sheet, "--ids").out.splitlines()
    assert lines[-3:] == [lead_id(1), lead_id(2), lead_id(10**12)]


def test_json_is_one_object_with_the_sheet_and_the_ids(
    lsq: Callable[..., object], sheet: Path
) -> None:
    report = json.loads(lsq("check", sheet, "--json", "--ids").out)
    assert report["sheet"] == str(sheet)
    assert report["ids"] == [lead_id(1), lead_id(2), lead_id(10**12)]
    assert (report["rows"], report["duplicates"], report["blank"]) == (6, 1, 1)
    assert [entry["row"] for entry in report["invalid"]] == [6]
    assert "returned" not in report


def test_an_unreadable_sheet_does_not_stop_the_others(
    lsq: Callable[..., object], sheet: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.csv"
    ran = lsq("check", sheet, gone, sheet, "--json")
    first, second, third = map(json.loads, ran.out.splitlines())
    assert ran.code == 2
    assert first == third
    assert second == {
        "sheet": str(gone),
        "error": f"{gone} cannot be read: No such file or directory.",
    }
    plain = lsq("check", gone, sheet)
    assert (plain.code, plain.err) == (2, f"lsq: {second['error']}\n")
    assert "3 distinct lead ids" in plain.out


def test_the_ledger_has_a_line_for_every_row(
    lsq: Callable[..., object], sheet: Path, tmp_path: Path
) -> None:
    assert lsq("check", sheet, "--ledger", tmp_path / "l.csv").code == 0
    with (tmp_path / "l.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert header == ["row", "value", "id", "outcome", "detail"]
    assert [line[3] for line in lines] == [
        *("to fetch", "to fetch", "duplicate", "blank", "not an id", "to fetch")
    ]
    assert lines[2][4] == "same id as row 2"


def test_one_ledger_for_several_sheets_is_refused(lsq: Callable[..., object], sheet: Path) -> None:
    ran = lsq("check", sheet, sheet, "--ledger", "l.csv")
    assert ran.code == 2
    assert ran.err.startswith("lsq: --ledger writes one file, and there are several sheets.")


def test_a_ledger_without_a_folder_is_named_not_the_sheet(
    lsq: Callable[..., object], sheet: Path, tmp_path: Path
) -> None:
    ran = lsq("check", sheet, "--ledger", tmp_path / "none" / "l.csv")
    assert ran.code == 2
    assert f"there is no folder {tmp_path / 'none'}" in ran.err


BAD = {
    "empty.csv": (b"", "empty.csv is empty."),
    "no_ids.csv": (b"A,B\n1,2\n3,4\n", "No column of no_ids.csv looks like lead ids."),
    "holiday.csv": (b"\x89PNG\r\n\x1a\n" + bytes(50), "holiday.csv is not a sheet."),
}


@pytest.mark.parametrize("command", ["check", "fetch"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_plain_sentence_and_exit_2(
    lsq: Callable[..., object], sandbox: Sandbox, tmp_path: Path, *, name: str, command: str
) -> None:
    data, sentence = BAD[name]
    (tmp_path / name).write_bytes(data)
    ran = lsq(command, tmp_path / name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"lsq: {sentence}")
    assert sandbox.arrivals == ()


@pytest.mark.parametrize("command", ["check", "fetch"])
def test_no_file_and_a_folder_are_exit_2(
    lsq: Callable[..., object], tmp_path: Path, command: str
) -> None:
    for path in (tmp_path / "gone.csv", tmp_path):
        ran = lsq(command, path)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert str(path) in ran.err


def test_a_file_name_that_is_not_unicode_is_no_traceback(
    lsq: Callable[..., object], sheet: Path
) -> None:
    odd = sheet.with_name("odd\udcff.csv")
    try:
        odd.write_bytes(sheet.read_bytes())
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    assert "\\udcff" in lsq("check", odd).out
    assert json.loads(lsq("check", odd, "--json").out)["sheet"] == str(odd)
