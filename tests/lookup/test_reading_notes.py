"""How a sheet was read, in exact words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from lsq.lookup.reading_notes import decided, id_share, no_ids, repaired, repeats, warnings
from lsq.lookup.report import check_report
from lsq.sandbox import lead_id
from lsq.sheets.damage import Damage
from lsq.sheets.id_column import find_ids
from lsq.sheets.sheet import Sheet, Worksheet

IDS = [lead_id(number) for number in range(40)]


def made(columns: dict[str, list[str]], damaged: dict[int, Damage], **more: object) -> Sheet:
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    words = pa.array([damaged.get(row) for row in range(table.num_rows)], pa.string())
    numbers = np.arange(2, table.num_rows + 2)
    options = {"encoding": "utf-8", "separator": ",", "header_row": 1, **more}
    damage = words.dictionary_encode() if damaged else None
    return Sheet(name="l.csv", table=table, row_numbers=numbers, damage=damage, **options)


PLAIN = made({"Id": [*IDS[:3], ""]}, {})


def test_the_decisions_about_text_are_said() -> None:
    assert decided(PLAIN, find_ids(PLAIN)) == [
        "Encoding UTF-8, separator comma.",
        "Column names in row 1.",
        "Id column Id: 3 of 4 rows hold an id (75.0%).",
    ]


@pytest.mark.parametrize(
    ("separator", "words"),
    [("\t", "separator tab"), ("", "one cell a line"), ("~", "separator “~”")],
)
def test_a_separator_has_its_name(separator: str, words: str) -> None:
    sheet = replace(PLAIN, separator=separator, encoding="cp1252", header_row=0)
    assert decided(sheet, find_ids(sheet))[:2] == [
        f"Encoding Windows-1252, {words}.",
        "Column names numbered, without a row.",
    ]


def test_the_decisions_about_a_workbook_are_said() -> None:
    sheets = (Worksheet("Leads", 5, 3), Worksheet("Notes", 1, 0))
    sheet = replace(PLAIN, separator=None, encoding=None, worksheet="Leads", worksheets=sheets)
    first, *_ = decided(sheet, find_ids(sheet))
    assert first == "Worksheet Leads of 2: Leads (5 rows, 3 ids), Notes (1 row, 0 ids)."
    alone = replace(sheet, worksheets=sheets[:1])
    assert decided(alone, find_ids(alone))[0] == "Worksheet Leads."


def test_a_column_without_ids_holds_none_and_an_empty_sheet_has_no_share() -> None:
    other = made({"Id": IDS[:1], "Name": ["Rao"]}, {})
    assert id_share(find_ids(other, column="Name")) == "0 of 1 row holds an id (0.0%)"
    empty = made({"Id": []}, {})
    assert id_share(find_ids(empty, column="Id")) == "0 of 0 rows hold an id"


def test_rows_with_ids_in_any_tables_column_hold_one() -> None:
    columns = {"Id": [*IDS[:3], "", ""], "Ref": ["", "", "", f"{IDS[3]} {IDS[4]}", IDS[5]]}
    sheet = made(columns, {}, starts=(0, 3))
    assert id_share(find_ids(sheet)) == "5 of 5 rows hold an id (100.0%)"


def test_a_byte_order_mark_is_called_one() -> None:
    sheet = replace(PLAIN, encoding="utf-8-sig")
    first, *_ = decided(sheet, find_ids(sheet))
    assert first == "Encoding UTF-8 with a byte order mark, separator comma."


def test_rows_that_are_no_ids_are_named_with_why() -> None:
    sheet = made({"Id": [*IDS[:2], "see email", "", IDS[3].replace("-", "")[:-1]]}, {})
    cells = find_ids(sheet)
    too_short = "too short: 31 of 32 hexadecimal digits"
    assert no_ids(cells) == [f"2 rows are not ids: row 4 (no id in it), row 6 ({too_short})."]
    assert no_ids(find_ids(made({"Id": [IDS[0], "x"]}, {}))) == [
        "1 row is not an id: row 3 (no id in it)."
    ]
    assert no_ids(find_ids(PLAIN)) == []


def test_rows_that_repeat_an_id_are_named_with_the_first() -> None:
    cells = find_ids(made({"Id": [IDS[0], IDS[1], IDS[0], IDS[1], IDS[1]]}, {}))
    assert repeats(cells) == [
        "3 rows repeat the id of an earlier row: row 4 (row 2), row 5 (row 3), row 6 (row 3)."
    ]
    assert repeats(find_ids(PLAIN)) == []


def test_of_a_cell_with_several_ids_it_is_the_id_that_repeats() -> None:
    cells = find_ids(made({"Id": [IDS[0], f"{IDS[0]}; {IDS[1]}"]}, {}))
    assert repeats(cells) == ["1 id repeats an earlier one: row 3 (row 2)."]


def test_of_many_rows_the_first_ten_are_named() -> None:
    cells = find_ids(made({"Id": [*IDS[:8], *["x"] * 50, *[IDS[0]] * 1_200]}, {}))
    (junk,), (again,) = no_ids(cells), repeats(cells)
    assert junk.startswith("50 rows are not ids: row 10 (no id in it), ")
    assert junk.endswith(", row 19 (no id in it) and 40 more.")
    assert again.startswith("1,200 rows repeat the id of an earlier row: row 60 (row 2), ")
    assert again.endswith(", row 69 (row 2) and 1,190 more.")


def test_damaged_rows_are_named_and_many_are_counted() -> None:
    damage = dict.fromkeys(range(1, 14), Damage.SHORT) | {20: Damage.QUOTE}
    sheet = made({"Id": IDS}, damage, notes=("A note.",))
    assert warnings(sheet, find_ids(sheet)) == [
        "A note.",
        (
            "13 rows have fewer cells than there are columns: "
            "rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more (see the ledger)."
        ),
        "1 row has a stray quote: row 22.",
    ]
    report = check_report(sheet, find_ids(sheet))
    assert len(report["damaged"]) == 14
    assert report["damaged"][-1] == {"row": 22, "damage": "a stray quote"}


def test_ids_found_elsewhere_are_counted_by_column_and_row() -> None:
    columns = {"Id": [*IDS[:4], "", ""], "Name": ["", "", "", "", f"{IDS[4]} {IDS[5]}", IDS[6]]}
    sheet = made(columns, {4: Damage.LONG, 5: Damage.LONG})
    assert warnings(sheet, find_ids(sheet, column="Id"))[-1] == (
        "3 ids of damaged rows were read from column Name: rows 6 and 7."
    )


def test_the_id_column_of_a_further_table_is_said() -> None:
    columns = {"Id": [*IDS[:3], "", ""], "Ref": ["", "", "", *IDS[3:5]]}
    sheet = made(columns, {}, starts=(0, 3))
    assert warnings(sheet, find_ids(sheet)) == [
        "In the table from row 5 on the ids stand in column Ref."
    ]
    assert check_report(PLAIN, find_ids(PLAIN))["damaged"] == []


def test_repairs_are_said_with_their_number() -> None:
    sheet = made({"Id": [IDS[0].upper(), f"{{{IDS[1]}}}", IDS[2].upper()]}, {})
    assert repaired(find_ids(sheet)) == [
        "2 ids with stray spaces or capitals",
        "1 id in braces, quotes or commas",
    ]
