"""Columns of text are the same series, taken over by pages or made text by text."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.text import text_series
from lsq.analysis.text_pages import taken_over
from lsq.api.models import TextColumn

TEXTS = st.lists(st.none() | st.text() | st.text("aé€😀\0", max_size=4), max_size=8)


@given(st.lists(TEXTS, max_size=4), st.integers(0, 5), st.integers(0, 20))
def test_a_column_is_taken_over_as_it_would_be_made(
    pages: list[list[str | None]], first: int, length: int
) -> None:
    column = TextColumn(*map(TextColumn, pages))[first : first + length]
    pd.testing.assert_series_equal(taken_over(column), pd.Series(list(column), dtype="str"))


def test_a_column_of_missing_texts_alone_is_text() -> None:
    series = taken_over(TextColumn([None, None]))
    assert series.dtype == "str"
    assert series.isna().tolist() == [True, True]


def test_lone_surrogates_are_replaced_also_where_two_texts_would_make_a_pair() -> None:
    column = TextColumn(["a\ud83d", "\ude00b", None])
    with pytest.raises(UnicodeEncodeError):
        taken_over(column)
    series = text_series(column)
    assert series.tolist()[:2] == ["a\ufffd", "\ufffdb"]
    assert series.isna().tolist() == [False, False, True]
