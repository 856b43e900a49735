"""Blanks, lone surrogates and literal search."""

from __future__ import annotations

import pandas as pd
import pytest

from lsq.analysis.text import BLANK, contains, each, named, named_counts, text_series

MIXED = ["Anita", "", None, "  ", "anita"]


@pytest.mark.parametrize("dtype", ["str", "category", "object"])
def test_a_blank_has_a_name_in_every_dtype(dtype: str) -> None:
    values = pd.Series(MIXED, index=[9, 8, 7, 6, 5], dtype=dtype)
    names = named(values)
    assert names.tolist() == ["Anita", BLANK, BLANK, BLANK, "anita"]
    assert names.dtype == "str"
    assert names.index.tolist() == [9, 8, 7, 6, 5]


def test_numbers_and_dates_can_be_named_too() -> None:
    assert named(pd.Series([1, None], dtype="Int64")).tolist() == ["1", BLANK]
    dates = pd.Series([pd.Timestamp("2026-06-14", tz="UTC"), pd.NaT])
    assert named(dates).tolist() == ["2026-06-14 00:00:00+00:00", BLANK]


def test_values_are_counted_the_most_frequent_first_then_by_name() -> None:
    counts = named_counts(text_series(["b", "a", None, "", "c", "c"]))
    assert list(counts.items()) == [(BLANK, 2), ("c", 2), ("a", 1), ("b", 1)]


def test_each_distinct_value_is_looked_at_once() -> None:
    looked: list[str] = []

    def shouted(text: str) -> str:
        looked.append(text)
        return text.upper()

    changed = each(pd.Series(["a", "b", None, "a"], dtype="str"), shouted)
    assert looked == ["a", "b"]
    assert changed[[0, 1, 3]].tolist() == ["A", "B", "A"]
    assert changed.isna().tolist() == [False, False, True, False]


@pytest.mark.parametrize("dtype", ["str", "category"])
def test_search_is_without_regard_to_case_and_missing_holds_nothing(dtype: str) -> None:
    values = pd.Series(MIXED, dtype=dtype)
    assert contains(values, "ANI").tolist() == [True, False, False, False, True]


@pytest.mark.parametrize("needle", [".", "a*", "(", "[", "\\", "^A", "\\E", "|"])
def test_no_character_of_a_search_is_special(needle: str) -> None:
    values = text_series(["Anita", f"x{needle}y"])
    assert contains(values, needle).tolist() == [False, True]


def test_a_number_is_searched_as_it_is_written() -> None:
    assert contains(pd.Series([4812, None], dtype="Int64"), "81").tolist() == [True, False]


def test_a_needle_that_no_encoding_can_write_finds_its_replacement_only() -> None:
    assert contains(text_series(["a", "\ud800"]), "\udfff").tolist() == [False, True]
