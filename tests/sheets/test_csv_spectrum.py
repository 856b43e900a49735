"""Two public collections: CSV files with their tables, and strings that break programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from lsq.sheets.errors import SheetError
from lsq.sheets.id_column import find_ids
from lsq.sheets.limits import Limits
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.parsing.pasted import parse_pasted
from lsq.sheets.sheet import Choices, Sheet
from tests.corpora import SPECTRUM, naughty_strings, needs_naughty_strings, needs_spectrum

if TYPE_CHECKING:
    from pathlib import Path

# The collection's own slip: its CSV says 2095257564. All other cells of all files agree.
MISTAKEN = ("location_coordinates", "Contact Phone Number", "1234567890")


def parsed(data: bytes, name: str) -> Sheet:
    return parse_sheet(data, name=name, choices=Choices(), limits=Limits())


def naughty() -> list[str]:
    """Return the strings that a CSV can hold: all of them but the empty one."""
    return [text for text in naughty_strings() if text]


@needs_spectrum
@pytest.mark.parametrize("path", sorted(SPECTRUM.glob("csvs/*.csv")), ids=lambda path: path.stem)
def test_every_table_of_csv_spectrum_equals_its_answer(path: Path) -> None:
    answer = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text("utf-8"))
    sheet = parsed(path.read_bytes(), path.name)
    rows = sheet.table.to_pylist()
    file, column, mistaken = MISTAKEN
    if path.stem == file:
        assert answer[column] == mistaken
        answer = [answer | {column: "2095257564"}]
    assert rows == answer
    assert sheet.damage is None or sheet.damage.null_count == len(rows)


@needs_naughty_strings
@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_naughty_strings_are_cells_like_any_other(separator: str) -> None:
    rows = [[f"n{number}", text, "z"] for number, text in enumerate(naughty())]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([["A", "B", "C"], *rows])
    sheet = parsed(out.getvalue().encode(), "naughty.csv")
    assert [list(row.values()) for row in sheet.table.to_pylist()] == rows
    assert sheet.table.column_names == ["A", "B", "C"]
    with pytest.raises(SheetError):
        find_ids(sheet)


@needs_naughty_strings
def test_a_pasted_list_of_naughty_strings_holds_no_id_and_breaks_nothing() -> None:
    lines = [" ".join(text.split()) for text in naughty()]
    pasted = "\n".join(line for line in lines if line)
    with pytest.raises(SheetError):
        find_ids(parse_pasted(pasted, limits=Limits()))


@needs_naughty_strings
def test_each_naughty_string_alone_is_a_list_or_refused_in_a_sentence() -> None:
    for text in naughty():
        with pytest.raises(SheetError):
            find_ids(parse_pasted(text, limits=Limits()))
        with pytest.raises(SheetError):
            find_ids(parsed(text.encode("utf-8", "surrogatepass"), "naughty.txt"))
