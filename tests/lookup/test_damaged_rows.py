"""Damaged rows: as many as asked for, with their words and every id they gave."""

from __future__ import annotations

from uuid import UUID

from lsq.lookup.damaged_rows import damaged_rows
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet

IDS = [str(UUID(int=number + (1 << 100))) for number in range(40)]


def test_the_first_damaged_rows_are_listed_with_all_their_ids() -> None:
    whole = [f"{one},a,b" for one in IDS[:30]]
    short = [f"{IDS[30]} {IDS[31]},a", f"{IDS[32]},a", "zzz,a", f"{IDS[33]},a"]
    text = "\n".join(["Lead ID,Name,City", *whole, *short])
    cells = find_ids(parse_sheet(text.encode(), name="a.csv"))
    words = "fewer cells than there are columns"
    assert damaged_rows(cells, first=3).to_numpy().tolist() == [
        [32, words, f"{IDS[30]}, {IDS[31]}"],
        [33, words, IDS[32]],
        [34, words, "none"],
    ]
    assert len(damaged_rows(cells, first=100)) == 4


def test_a_whole_sheet_has_none() -> None:
    cells = find_ids(parse_sheet("\n".join(["Lead ID", *IDS]).encode(), name="a.csv"))
    assert damaged_rows(cells, first=100).empty
