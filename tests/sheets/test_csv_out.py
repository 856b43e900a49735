"""CSV in two forms: exact for programs, safe for Excel."""

from __future__ import annotations

import csv
import io

import pandas as pd

from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.writing import write_csv


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def test_every_field_is_quoted_and_missing_is_empty() -> None:
    frame = pd.DataFrame({'a"b': ["x\ry", None], "n": [1.0, None]})
    assert write_csv(frame).data == b'"a""b","n"\n"x\ry","1"\n"",""\n'


def test_typed_columns_are_written_plainly() -> None:
    frame = pd.DataFrame(
        {
            "int": pd.array([2**60, None], dtype="Int64"),
            "float": [0.1, 5.0],
            "flag": [True, False],
            "maybe": pd.array([True, None], dtype="boolean"),
            "time": pd.to_datetime(["2026-06-14 09:12:00", None]),
            "stage": pd.Categorical(["Open", None]),
            "number": pd.Categorical([7, 8]),
            "mixed": pd.Series([1, "b"], dtype="object"),
        }
    )
    assert rows(write_csv(frame).data)[1:] == [
        ["1152921504606846976", "0.1", "TRUE", "TRUE", "2026-06-14 09:12:00", "Open", "7", "1"],
        ["", "5", "FALSE", "", "", "", "8", "b"],
    ]


def test_programs_get_formulas_and_phones_as_they_are() -> None:
    written = write_csv(pd.DataFrame({"=x": ["=1+1", "+91-98"]}))
    assert rows(written.data) == [["=x"], ["=1+1"], ["+91-98"]]
    assert written.escaped == 0


def test_excel_gets_a_mark_and_no_live_formula_not_even_in_a_name() -> None:
    written = write_csv(pd.DataFrame({"=x": ["=1+1", "-5"], "n": [-5, 6]}), for_excel=True)
    assert written.data.startswith(b"\xef\xbb\xbf")
    assert rows(written.data[3:]) == [["'=x", "n"], ["'=1+1", "-5"], ["-5", "6"]]
    assert written.escaped == 2


def test_rows_that_go_on_have_no_mark_and_no_names() -> None:
    frame = pd.DataFrame({"=a": ["=1", "b"]})
    whole = write_csv(frame, for_excel=True)
    first, rest = (
        write_csv(frame.iloc[:1], for_excel=True),
        write_csv(frame.iloc[1:], for_excel=True, continued=True),
    )
    assert first.data + rest.data == whole.data
    assert first.escaped + rest.escaped == whole.escaped == 2


def test_lone_surrogates_are_replaced_and_counted() -> None:
    frame = pd.DataFrame({"a": pd.Series(["x\ud800", "y", None], dtype="object")})
    written = write_csv(frame)
    assert rows(written.data)[1] == ["x\ufffd"]
    assert written.replaced == 1


def test_lone_surrogates_in_names_are_counted_where_the_names_are_written() -> None:
    names = pd.Index(["a\ud800"], dtype="object")
    frame = pd.DataFrame({"a": ["x"]}).set_axis(names, axis="columns")
    assert write_csv(frame).replaced == 1
    assert write_csv(frame, continued=True).replaced == 0


def test_excel_cannot_hold_nul_so_it_is_replaced_and_counted_there() -> None:
    frame = pd.DataFrame({"a": ["\0=1", "x\0y\0", "z"]})
    written = write_csv(frame, for_excel=True)
    assert rows(written.data[3:])[1:] == [["\ufffd=1"], ["x\ufffdy\ufffd"], ["z"]]
    assert (written.replaced, written.escaped) == (2, 0)
    assert rows(write_csv(frame).data)[1:] == [["\0=1"], ["x\0y\0"], ["z"]]


def test_our_reader_takes_the_apostrophe_off_in_our_files_only() -> None:
    lead = ["0b8d9e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b"] * 3
    columns = {"=Id": lead, "Note": ["=1", "''+x", "'a"]}
    ours = pd.DataFrame({**columns, "Outcome": ["found"] * 3, "ProspectID": lead})
    back = parse_sheet(write_csv(ours, for_excel=True).data, name="x.csv").table
    assert back.to_pydict() == ours.to_dict("list")
    others = ours.rename(columns={"Outcome": "Result"})
    kept = parse_sheet(write_csv(others, for_excel=True).data, name="x.csv").table
    assert kept["'=Id"].to_pylist() == lead
    assert kept["Note"].to_pylist()[0] == "'=1"


def test_a_row_that_was_added_by_hand_leaves_the_file_ours() -> None:
    lead = "0b8d9e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b"
    line = {"Id": [lead], "Note": ["=1+1"], "Outcome": ["found"], "ProspectID": [lead]}
    data = write_csv(pd.DataFrame(line), for_excel=True).data + f'"{lead}","new","",""\n'.encode()
    back = parse_sheet(data, name="x.csv").table
    assert back["Note"].to_pylist() == ["=1+1", "new"]


def test_our_csv_for_programs_is_not_touched_by_the_reader() -> None:
    lead = ["0b8d9e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b"] * 2
    line = {"Id": lead, "Note": ["'=1", "x"], "Outcome": ["found", "found"], "ProspectID": lead}
    frame = pd.DataFrame(line)
    assert parse_sheet(write_csv(frame).data, name="x.csv").table.to_pydict() == frame.to_dict(
        "list"
    )


def test_a_frame_without_rows_has_its_names() -> None:
    assert write_csv(pd.DataFrame({"a": pd.Series(dtype="str")})).data == b'"a"\n'
