"""Names that every spreadsheet program takes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.worksheet_names import worksheet_names


def test_forbidden_characters_and_empty_names_are_replaced() -> None:
    names = worksheet_names(["a/b:c", "", "'quoted'", "History", "\ud800x"])
    assert names == ["a-b-c", "Sheet", "quoted", "History (2)", "-x"]


def test_names_that_differ_in_case_only_are_told_apart() -> None:
    assert worksheet_names(["Leads", "leads", "LEADS"]) == ["Leads", "leads (2)", "LEADS (3)"]


@given(st.lists(st.text(max_size=40), max_size=6))
def test_names_are_short_and_unique(names: list[str]) -> None:
    made = worksheet_names(names)
    assert all(0 < len(name) <= 31 for name in made)
    assert not any(set(name) & set("[]:*?/\\") for name in made)
    assert len({name.casefold() for name in made}) == len(names)
