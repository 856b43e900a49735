"""How a sheet was read, in exact words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from lsq.lookup.reading_notes import decided, id_share, repaired, warnings
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
