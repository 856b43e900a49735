"""Sentences on what was decided."""

from __future__ import annotations

import pytest

from lsq.sheets.parsing.more_tables import Further
from lsq.sheets.parsing.notes import notes_on_ids, structure_notes
from lsq.sheets.parsing.table_start import Start

PLAIN = Start((0,), 1)


@pytest.mark.parametrize(
    ("start", "further", "notes"),
    [
        (PLAIN, Further(), ()),
        (Start((1,), 2), Further(), ("Row 5 stands above the table and is not counted.",)),
        (Start((2,), 3), Further(), ("Rows 5 to 6 stand above the table and are not counted.",)),
        (
            Start((), 1),
            Further(),
            (
                "Row 5 stands above the table and is not counted.",
                "There is no row of column names, so the columns are numbered.",
            ),
        ),
        (Start((0, 1), 2), Further(), ("Rows 5 to 6 hold the column names, joined.",)),
        (PLAIN, Further(repeated=(3,)), ("Row 8 repeats the column names; left out.",)),
        (PLAIN, Further(repeated=(3, 5)), ("Rows 8, 10 repeat the column names; left out.",)),
        (
            PLAIN,
            Further(tables=(1_000,), titles=(998, 999)),
            (
                "Another table begins below row 1,005, which has its names.",
                "Rows 1,003 to 1,004 stand above it and are not counted.",
            ),
        ),
    ],
)
def test_each_decision_is_a_sentence(start: Start, further: Further, notes: tuple[str]) -> None:
    assert structure_notes(start, further, first_row=5) == notes


@pytest.mark.parametrize(
    ("rows", "notes"),
    [
        ([], ()),
        ([1], ("Row 1 holds an id and is not counted; {} it should be.",)),
        ([1, 4], ("Rows 1, 4 hold ids and are not counted; {} they should be.",)),
    ],
)
def test_ids_that_are_not_counted_are_said(rows: list[int], notes: tuple[str, ...]) -> None:
    advice = "choose another row of column names if"
    assert notes_on_ids(rows) == tuple(note.format(advice) for note in notes)


def test_only_twenty_rows_are_named() -> None:
    (note,) = structure_notes(PLAIN, Further(repeated=tuple(range(1, 46, 2))), first_row=1)
    assert note.startswith("Rows 2, 4, 6")
    assert note.endswith("38, 40 and 3 more repeat the column names; left out.")
    (note,) = structure_notes(PLAIN, Further(repeated=tuple(range(1, 41, 2))), first_row=1)
    assert note.endswith("38, 40 repeat the column names; left out.")
