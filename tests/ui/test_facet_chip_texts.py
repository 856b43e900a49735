"""Chips of a column that is filtered in two ways at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.analysis.filters import Filters, Range

if TYPE_CHECKING:
    from tests.ui.kinds import FetchOf, Visit


def test_values_and_a_range_of_one_column_are_one_chip_that_removes_both(
    visit: Visit, fetch_of: FetchOf
) -> None:
    mine = fetch_of(columns={"FirstName": ["A", "B", "C"], "Score": ["1", "2", "3"]})
    mine.filters = Filters().choose("Score", ["2", "3"]).limit(Range("Score", 1, 2))
    at = visit("leads", mine=mine)
    chip = at.button(key="chip_Score")
    assert chip.label == "Score: 2 or 3 and 1–2"
    chip.click().run()
    assert mine.filters == Filters()
