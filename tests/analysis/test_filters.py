"""Facets, search, their counts, and what a link may carry."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.filters import Facet, Filters, apply, facet_columns, facet_counts
from lsq.analysis.text import BLANK, text_series

STAGES = ["Prospect", "Qualified", None, "", "Odd"]
OWNERS = ["Anita Rao", "Ben", None]
ROWS = st.lists(st.tuples(st.sampled_from(STAGES), st.sampled_from(OWNERS)), max_size=30)
CHOICES = st.lists(st.sampled_from(["Prospect", "Qualified", BLANK, "Gone"]), max_size=3)


def frame_of(rows: list[tuple[str | None, str | None]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ProspectStage": text_series([stage for stage, _ in rows]).astype("category"),
            "OwnerIdName": text_series([owner for _, owner in rows]),
        }
    )


@pytest.fixture
def frame() -> pd.DataFrame:
    return frame_of(
        [
            ("Prospect", "Anita Rao"),
            ("Prospect", "Ben"),
            ("Qualified", "Anita Rao"),
            (None, "Ben"),
            ("", None),
        ]
    )


def test_nothing_chosen_lets_every_row_stay(frame: pd.DataFrame) -> None:
    assert not Filters()
    assert apply(frame, Filters()).all()


def test_values_of_one_column_add_up_and_columns_narrow(frame: pd.DataFrame) -> None:
    filters = Filters().choose("ProspectStage", ["Prospect", "Qualified"])
    assert apply(frame, filters).tolist() == [True, True, True, False, False]
    narrowed = filters.choose("OwnerIdName", ["Ben"])
    assert apply(frame, narrowed).tolist() == [False, True, False, False, False]


def test_blank_is_a_value_to_choose(frame: pd.DataFrame) -> None:
    blank = Filters().choose("ProspectStage", [BLANK])
    assert apply(frame, blank).tolist() == [False, False, False, True, True]


def test_choosing_again_replaces_and_choosing_nothing_leaves_the_column_alone() -> None:
    filters = Filters().choose("Source", ["a", "a", "b"])
    assert filters.facets == (Facet("Source", ("a", "b")),)
    assert filters.choose("Source", ["c"]).chosen("Source") == ("c",)
    assert filters.choose("Source", []) == Filters()
    assert filters.chosen("ProspectStage") == ()


def test_the_search_looks_in_any_of_its_columns(frame: pd.DataFrame) -> None:
    filters = Filters(search=" anita ", search_columns=("ProspectStage", "OwnerIdName"))
    assert filters
    assert apply(frame, filters).tolist() == [True, False, True, False, False]


def test_a_search_is_literal(frame: pd.DataFrame) -> None:
    assert not apply(frame, Filters(search=".*", search_columns=("OwnerIdName",))).any()


def test_white_space_searches_for_nothing(frame: pd.DataFrame) -> None:
    filters = Filters(search="  ", search_columns=("OwnerIdName",))
    assert not filters
    assert apply(frame, filters).all()


def test_columns_that_are_not_there_cannot_tell_rows_apart(frame: pd.DataFrame) -> None:
    filters = Filters(search="x", search_columns=("Gone",)).choose("Source", ["web"])
    assert apply(frame, filters).all()


def test_facet_counts_leave_out_their_own_choice_only(frame: pd.DataFrame) -> None:
    filters = Filters().choose("ProspectStage", ["Qualified"]).choose("OwnerIdName", ["Ben"])
    counts = facet_counts(frame, "ProspectStage", filters)
    assert counts["value"].tolist() == [BLANK, "Prospect", "Qualified"]
    assert counts["leads"].tolist() == [1, 1, 0]


def test_a_chosen_value_that_does_not_occur_can_still_be_unchosen(frame: pd.DataFrame) -> None:
    counts = facet_counts(frame, "ProspectStage", Filters().choose("ProspectStage", ["Gone"]))
    assert counts.iloc[-1].tolist() == ["Gone", 0]


def test_facet_values_follow_a_given_order_first(frame: pd.DataFrame) -> None:
    counts = facet_counts(frame, "ProspectStage", Filters(), order=["Qualified", "Never"])
    assert counts["value"].tolist() == ["Qualified", BLANK, "Prospect"]


@given(rows=ROWS, stages=CHOICES, owners=st.lists(st.sampled_from(["Ben", BLANK]), max_size=2))
def test_a_facet_s_count_is_what_choosing_that_value_shows(
    rows: list[tuple[str | None, str | None]], stages: list[str], owners: list[str]
) -> None:
    frame = frame_of(rows)
    filters = Filters().choose("ProspectStage", stages).choose("OwnerIdName", owners)
    counts = facet_counts(frame, "ProspectStage", filters)
    for value, leads in zip(counts["value"], counts["leads"], strict=True):
        assert apply(frame, filters.choose("ProspectStage", [value])).sum() == leads
    assert counts["leads"].sum() == apply(frame, filters.choose("ProspectStage", [])).sum()


def test_a_link_carries_coded_values_only() -> None:
    filters = (
        Filters(search="9876543210", search_columns=("Phone",))
        .choose("ProspectStage", ["Prospect", BLANK])
        .choose("OwnerIdName", ["Anita Rao"])
        .choose("Phone", ["+91-9876543210"])
        .choose("Campaign", ["June"])
    )
    assert filters.to_query() == {"stage": ["Prospect", BLANK]}


def test_a_link_is_read_without_what_it_must_not_carry() -> None:
    query = {"stage": ["Odd"], "source": "web", "OwnerIdName": ["Ben"], "search": ["x"]}
    assert Filters.from_query(query).facets == (
        Facet("ProspectStage", ("Odd",)),
        Facet("Source", ("web",)),
    )


@given(st.lists(st.text(min_size=1)), st.lists(st.text(min_size=1)))
def test_what_a_link_carries_comes_back(stages: list[str], sources: list[str]) -> None:
    filters = Filters().choose("ProspectStage", stages).choose("Source", sources)
    assert Filters.from_query(filters.to_query()) == filters


def test_stage_owner_and_source_come_first_then_columns_of_few_values() -> None:
    frame = pd.DataFrame(
        {
            "Campaign": text_series(["June", "July"] * 4),
            "FirstName": text_series(["Al", "Bo"] * 4),
            "mx_Zip": text_series(["1", "2"] * 4),
            "Score": pd.Series([1, 2] * 4, dtype="Int64"),
            "Note": text_series(list("abcdefgh")),
            "Same": text_series(["x"] * 8),
            "Source": text_series(["web"] * 8),
            "ProspectStage": text_series(["Prospect"] * 8),
        }
    )
    assert facet_columns(frame) == ("ProspectStage", "Source", "Campaign")


def test_naughty_values_can_be_counted_chosen_and_searched(naughty: list[str | None]) -> None:
    frame = pd.DataFrame({"Source": text_series(naughty)})
    counts = facet_counts(frame, "Source", Filters())
    assert counts["leads"].sum() == len(naughty)
    chosen = Filters().choose("Source", counts["value"].tolist())
    assert apply(frame, chosen).all()
    for needle in filter(None, naughty):
        found = apply(frame, Filters(search=needle, search_columns=("Source",)))
        assert found.any()
