"""A column of texts behaves as the list it was made of, in a third of the room."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.text_column import TextColumn

TEXTS = st.lists(st.none() | st.text())


@given(st.lists(TEXTS), st.data())
def test_columns_put_together_are_the_list_of_all_their_texts(
    parts: list[list[str | None]], data: st.DataObject
) -> None:
    whole = [text for part in parts for text in part]
    column = TextColumn(*(data.draw(st.sampled_from([part, TextColumn(part)])) for part in parts))
    assert list(column) == whole
    assert (len(column), bool(column)) == (len(whole), bool(whole))
    assert [column[row] for row in range(len(whole))] == whole
    assert column == whole
    assert column == TextColumn(whole)


@given(TEXTS, st.slices(20))
def test_a_part_is_the_part_of_the_list(texts: list[str | None], part: slice) -> None:
    assert TextColumn(texts)[part] == texts[part]


@given(st.lists(TEXTS), st.integers(0, 12), st.integers(0, 12))
def test_neighbours_are_the_part_of_the_list_whatever_pages_they_are_on(
    pages: list[list[str | None]], start: int, stop: int
) -> None:
    column, texts = TextColumn(*pages), [text for page in pages for text in page]
    part = column[start:stop]
    assert list(part) == texts[start:stop]
    assert [part[row] for row in range(len(part))] == texts[start:stop]


def test_a_page_that_is_wanted_whole_is_not_copied() -> None:
    column = TextColumn(["a" * 1000], ["b" * 1000])
    assert column[1:2][0] == "b" * 1000
    assert column[1:2].size_bytes == column.size_bytes / 2


def test_none_and_nothing_are_told_apart() -> None:
    assert list(TextColumn(["", None, "a", None, ""])) == ["", None, "a", None, ""]


def test_a_row_that_is_not_there_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        TextColumn(["a"])[1]


def test_the_last_row_can_be_counted_from_the_end() -> None:
    assert TextColumn(["a"], ["b", None])[-2] == "b"


@pytest.mark.parametrize("other", [["a"], ["a", "c"], "ab", 7])
def test_a_column_differs_from_other_texts_and_from_other_things(other: object) -> None:
    assert TextColumn(["a", "b"]) != other


def test_it_shows_its_texts() -> None:
    assert repr(TextColumn(["a", None])) == "['a', None]"


@given(st.lists(TEXTS), st.sampled_from(["a", "0", "\ufffd", ""]))
def test_texts_that_hold_a_part_are_counted(parts: list[list[str | None]], part: str) -> None:
    whole = [text for texts in parts for text in texts if text]
    assert TextColumn(*parts).holding(part) == sum(part in text for text in whole)


def test_a_thousand_addresses_take_a_third_of_the_room() -> None:
    texts = [f"user{number}@example.com" for number in range(1000)]
    as_list = sys.getsizeof(texts) + sum(map(sys.getsizeof, texts))
    assert TextColumn(texts).size_bytes < as_list / 2.9


def test_columns_put_together_share_their_letters() -> None:
    one = TextColumn(["x" * 1000])
    assert TextColumn(one, one)[0] is not None
    assert TextColumn(one, one)._pages[0] is one._pages[0]  # noqa: SLF001 - what is claimed
