"""Labels of rows: short, in order as text too, and each for one lead only."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lsq.lookup.row_labels import place_of, row_labels


def test_a_label_is_the_row_and_which_of_its_leads() -> None:
    labels = row_labels(pd.Series([2, 2, 3, 2, 1000]))
    assert [label.strip() for label in labels] == ["2", "2 · 2", "3", "2 · 3", "1000"]
    assert labels.dtype == "str"


@given(st.lists(st.integers(1, 3_000_000), min_size=1).map(sorted))
def test_a_label_finds_its_lead_again_and_sorts_as_its_row(rows: list[int]) -> None:
    given_rows = pd.Series(rows)
    labels = row_labels(given_rows)
    places = [place_of(label, given_rows.to_numpy()) for label in labels]
    assert places == [*range(len(rows))]
    firsts = labels[~given_rows.duplicated()].tolist()
    assert firsts == sorted(firsts)


def test_a_browser_that_trims_labels_finds_the_lead_too() -> None:
    assert place_of("3", pd.Series([2, 2, 3]).to_numpy()) == 2
    assert place_of("2 · 2", pd.Series([2, 2, 3]).to_numpy()) == 1
