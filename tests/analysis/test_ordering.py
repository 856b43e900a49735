"""Orders of rows: by size, by name, by stage, and what is missing last either way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.ordering import ordered, ranks


def in_order(
    values: pd.Series, *, descending: bool = False, first: tuple[str, ...] = ()
) -> list[int]:
    rows = np.arange(len(values))
    return ordered(rows, ranks(values, first=first), descending=descending).tolist()


def text(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


@given(st.lists(st.one_of(st.none(), st.integers(-(10**6), 10**6))), st.booleans())
def test_numbers_stand_by_size_and_missing_ones_last(
    numbers: list[int | None],
    descending: bool,  # noqa: FBT001 - drawn
) -> None:
    values = pd.Series(numbers, dtype="Int64")
    found = [numbers[row] for row in in_order(values, descending=descending)]
    there = [number for number in numbers if number is not None]
    missing = [None] * (len(numbers) - len(there))
    assert found == [*sorted(there, reverse=descending), *missing]


@pytest.mark.parametrize("dtype", ["str", "category"])
def test_text_stands_by_name_whatever_its_case_and_blanks_last(dtype: str) -> None:
    values = text("Zoya", "asha", None, "Ravi", " ", "").astype(dtype)
    assert in_order(values) == [1, 3, 0, 2, 4, 5]
    assert in_order(values, descending=True) == [0, 3, 1, 2, 4, 5]


def test_text_that_is_numbers_stands_by_size() -> None:
    assert in_order(text("10", "9", "", "100", "-1.5")) == [4, 1, 0, 3, 2]


def test_days_stand_by_time() -> None:
    days = pd.to_datetime(pd.Series(["2026-06-02", None, "2026-06-01"]), utc=True)
    assert in_order(days) == [2, 0, 1]
    assert in_order(days, descending=True) == [0, 2, 1]


def test_stages_stand_as_business_has_them_and_others_after_them() -> None:
    values = text("Won", "Other", "New", None, "Another", "New")
    assert in_order(values, first=("New", "Won")) == [2, 5, 0, 4, 1, 3]


def test_rows_of_one_value_keep_their_order() -> None:
    values = text("b", "a", "b", "a")
    assert in_order(values) == [1, 3, 0, 2]
    assert in_order(values, descending=True) == [0, 2, 1, 3]


def test_only_the_rows_asked_for_are_put_in_order() -> None:
    by = ranks(text("c", "a", "b"))
    assert ordered(np.array([2, 0]), by).tolist() == [2, 0]
    assert ordered(np.array([], dtype=np.int64), by).tolist() == []
