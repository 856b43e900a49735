"""Of a long list Lookup shows the beginning, and says in words what is not shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from tests.ui.kinds import FetchOf, Visit


def drop(visit: Visit, lines: Sequence[str]) -> AppTest:
    at = visit("lookup", state={"damaged": True, "reading": True})
    return at.file_uploader(key="sheet").upload("a.csv", "\n".join(lines).encode()).run()


def captions(at: AppTest) -> list[str]:
    return [caption.value for caption in at.caption]


@pytest.mark.parametrize(
    ("rows", "more"),
    [(100, ""), (101, "1 more is in the ledger. "), (102, "2 more are in the ledger. ")],
)
def test_damaged_rows_beyond_a_hundred_are_counted(
    rows: int, more: str, visit: Visit, ids: list[LeadId]
) -> None:
    whole = [f"{one},a,b" for one in ids[:20] * 10]
    at = drop(visit, ["Lead ID,Name,City", *whole, *[f"{ids[30]},a"] * rows])
    assert len(at.dataframe[0].value) == 100
    assert (
        f"{more}No row is left out: a damaged one keeps its cells as they could be read, without "
        "NUL characters. Where its id column holds no id, its other cells are searched for one."
    ) in captions(at)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (61, "1 further column is not shown here; none is lost."),
        (62, "2 further columns are not shown here; none is lost."),
    ],
)
def test_columns_beyond_sixty_are_counted(
    columns: int, sentence: str, visit: Visit, ids: list[LeadId]
) -> None:
    header = ",".join(["Lead ID", *(f"c{number}" for number in range(1, columns))])
    at = drop(visit, [header, *(one + ",x" * (columns - 1) for one in ids[:5])])
    assert sentence in captions(at)


def test_notes_beyond_a_hundred_are_counted(fetch_of: FetchOf, visit: Visit) -> None:
    before = fetch_of(columns={"FirstName": ["Asha"]})
    before.sheet = replace(before.sheet, notes=tuple(f"Note {number}" for number in range(109)))
    shown = captions(visit("lookup", mine=before))
    last = shown.index("and 5 more")
    assert shown[last - 104 : last] == [f"Note {number}" for number in range(104)]
    before.sheet = replace(before.sheet, notes=before.sheet.notes[:104])
    shown = captions(visit("lookup", mine=before))
    assert "Note 103" in shown
    assert not [caption for caption in shown if caption.startswith("and ")]
