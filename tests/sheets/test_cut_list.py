"""A list with several ids in a line gives all of them, though its lines were cut into columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.sheets.candidates import TieError
from lsq.sheets.cut_list import ALL_READ, ONE_READ
from lsq.sheets.id_column import find_ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ids = ['{0}', '{1}', '{2}', '{3}']", 4),
        ("SELECT * FROM leads WHERE id IN ('{0}', '{1}')", 2),
        ("ids: {0}, {1}", 2),
        ("{0},{1},{2},{3}\n{4},{5},{6},{7}\n", 8),
        ("{0},{1},{2},{3}\n{4},{5}\n", 6),
        ("('{0}', '{1}',\n'{2}', '{3}')", 4),
        ('["{0}", "{1}"]', 2),
        ("{0};{1} and;{2}", 3),
    ],
)
def test_every_id_of_a_list_is_asked(
    sheet_of: Callable[..., Sheet], ids: list[str], text: str, number: int
) -> None:
    cells = find_ids(sheet_of(text.format(*ids)))
    assert cells.ids == tuple(ids[:number])


def test_that_all_columns_are_read_as_a_list_is_said(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    assert find_ids(sheet_of(f"ids: {ids[0]}, {ids[1]}")).notes == (ALL_READ,)


def test_a_line_of_json_names_its_owners(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    pairs = zip(ids[:3], ids[10:13], strict=True)
    text = ", ".join(f'{{"LeadId": "{a}", "OwnerId": "{o}"}}' for a, o in pairs)
    assert find_ids(sheet_of(f"[{text}]")).ids == tuple(ids[:3])


@pytest.mark.parametrize(
    "text",
    [
        "{0},{1}\n{2},{3}\n{4},{5}\n",  # leads and owners, perhaps
        "{0},{1},{9}\n{2},{3},{9}\n{4},{5},{9}\n",  # one owner for all
        "{0},{1},Rao\n{2},{3},Sen\n{4},{5},Das\n",
        "Ref,Code,Key\n{0},{1},{2}\n{3},{4},{5}\n{6},{7},{8}\n",
    ],
)
def test_between_columns_a_person_chooses(
    sheet_of: Callable[..., Sheet], ids: list[str], text: str
) -> None:
    sheet = sheet_of(text.format(*ids))
    with pytest.raises(TieError):
        find_ids(sheet)


def test_a_chosen_column_of_a_list_is_read_alone(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    sheet = sheet_of("{},{},{}\n{},{},{}\n".format(*ids))
    cells = find_ids(sheet, column="Column 2")
    assert cells.ids == (ids[1], ids[4])
    assert cells.notes == (ONE_READ,)
