"""An id outside the id column of a row without one is not asked, and is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lsq.lookup.reading_notes import warnings
from lsq.sheets.id_column import find_ids
from lsq.sheets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence


def made(**columns: Sequence[str]) -> Sheet:
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    rows = np.arange(2, table.num_rows + 2)
    return Sheet(name="leads.csv", table=table, row_numbers=rows)


def said(sheet: Sheet, *, column: str | None = None) -> list[str]:
    return warnings(sheet, find_ids(sheet, column=column))


def test_the_row_and_the_column_of_an_id_that_is_not_asked_are_named(ids: list[str]) -> None:
    names = ["a", ids[20], "", f"see {ids[21]}", *["x"] * 6]
    sheet = made(Lead=[*ids[:1], "Rao", "", "", *ids[4:10]], Name4=names)
    assert said(sheet) == ["Rows 3 and 5 hold an id in column Name4, not in the id column."]
    one = made(Lead=["", *ids[:5]], Name4=[ids[9], *["x"] * 5])
    assert said(one) == ["Row 2 holds an id in column Name4, not in the id column."]


def test_the_ids_of_owners_are_none_that_should_be_asked(ids: list[str]) -> None:
    owners = [ids[50 + n] for n in range(10)]
    assert said(made(Lead=["", *ids[1:10]], Person=owners)) == []
    assert said(made(Lead=["", *ids[1:10]], Owner=[owners[0], owners[1], *[""] * 8])) == []
    few = [owners[0], owners[0], *[""] * 8]
    assert said(made(Lead=["", *ids[1:10]], Person=few)) == []


def test_an_id_that_is_asked_for_another_row_is_not_missing(ids: list[str]) -> None:
    assert said(made(Lead=["", *ids[1:10]], Notes=[f"same as {ids[3]}", *["x"] * 9])) == []


def test_an_id_that_stands_in_a_link_alone_is_told(ids: list[str]) -> None:
    links = [f"https://x/?LeadID={each}" for each in ids[:10]]
    sheet = made(Lead=[*ids[:9], ""], Link=links)
    assert said(sheet, column="Lead") == [
        "Row 11 holds an id in column Link, not in the id column."
    ]


def test_of_many_columns_ten_are_named(ids: list[str]) -> None:
    more = {f"N{n}": [*[""] * n, ids[50 + n], *[""] * (29 - n)] for n in range(12)}
    sentences = said(made(Lead=[*[""] * 12, *ids[12:30]], **more))
    assert len(sentences) == 11
    assert sentences[-1] == "2 more rows hold an id in another column."
