"""Column names: never empty, never twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.names import column_names, unique_names


def test_empty_names_are_numbered_and_spelling_is_kept() -> None:
    assert column_names([" Lead ID ", "", "ß"], width=4) == [
        " Lead ID ",
        "Column 2",
        "ß",
        "Column 4",
    ]


def test_repeated_names_get_the_first_free_number() -> None:
    assert unique_names(["A", "A", "A (2)", "A"]) == ["A", "A (3)", "A (2)", "A (4)"]


@given(st.lists(st.sampled_from(["", "A", "A (2)", "A (3)", "Column 2", "b"]), max_size=12))
def test_names_are_never_empty_and_never_twice(header: list[str]) -> None:
    names = column_names(header, width=len(header))
    assert all(names)
    assert len(set(names)) == len(header)
    assert [n for n, h in zip(names, header, strict=True) if header.count(h) == 1 and h == "b"] == [
        h for h in header if header.count(h) == 1 and h == "b"
    ]
