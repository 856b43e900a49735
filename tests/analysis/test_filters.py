"""Facets and ranges: which rows they let stay."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.filters import Facet, Filters, Range, Sieve, apply
from lsq.analysis.text import BLANK, text_series
from lsq.analysis.values import Indexed

STAGES = ["Prospect", "Qualified", None, "", "Odd"]
ROWS = st.lists(
    st.tuples(st.sampled_from(STAGES), st.sampled_from(["Anita Rao", "Ben", None])), max_size=30
)
VALUES = st.lists(st.sampled_from(["Prospect", "Qualified", "Odd", BLANK]), max_size=4, unique=True)


def table_of(rows: list[tuple[str | None, str | None]]) -> Indexed:
    return Indexed(
        pd.DataFrame(
            {
                "ProspectStage": text_series([stage for stage, _ in rows]).astype("category"),
                "OwnerIdName": text_series([owner for _, owner in rows]),
            }
        )
    )


@pytest.fixture
def table() -> Indexed:
    return table_of(
        [
            ("Prospect", "Anita Rao"),
            ("Prospect", "Ben"),
            ("Qualified", "Anita Rao"),
            (None, "Ben"),
            ("", None),
        ]
    )


@pytest.fixture
def scores() -> Indexed:
    moments = ["2026-06-13 18:29:59", "2026-06-13 18:30:00", None, "2026-06-14 18:30:00"]
    return Indexed(
        pd.DataFrame(
            {
                "Score": pd.Series([10, 40, None, 80], dtype="Int64"),
                "CreatedOn": pd.to_datetime(pd.Series(moments), utc=True).dt.as_unit("us"),
                "Marks · yours": text_series(["7", " 8.5 ", "", "none"]).astype("category"),
            }
        )
    )


def test_nothing_chosen_lets_every_row_stay(table: Indexed) -> None:
    assert not Filters()
    assert apply(table, Filters()).all()


def test_values_of_one_column_add_up_and_columns_narrow(table: Indexed) -> None:
    filters = Filters().choose("ProspectStage", ["Prospect", "Qualified"])
    assert apply(table, filters).tolist() == [True, True, True, False, False]
    narrowed = filters.choose("OwnerIdName", ["Ben"])
    assert apply(table, narrowed).tolist() == [False, True, False, False, False]


def test_blank_is_a_value_to_choose(table: Indexed) -> None:
    blank = Filters().choose("ProspectStage", [BLANK])
    assert apply(table, blank).tolist() == [False, False, False, True, True]


def test_excluded_values_go_and_all_others_stay(table: Indexed) -> None:
    filters = Filters().choose("ProspectStage", ["Prospect", BLANK], excluded=True)
    assert filters
    assert apply(table, filters).tolist() == [False, False, True, False, False]


def test_exclusion_without_a_value_waits_for_one(table: Indexed) -> None:
    waiting = Filters().exclude("ProspectStage", on=True)
    assert not waiting
    assert apply(table, waiting).all()
    ticked = waiting.tick("ProspectStage", ["Prospect"], on=True)
    assert ticked.facet("ProspectStage") == Facet("ProspectStage", ("Prospect",), excluded=True)
    assert waiting.exclude("ProspectStage", on=False) == Filters()


def test_choosing_again_replaces_and_choosing_nothing_leaves_the_column_alone() -> None:
    filters = Filters().choose("Source", ["a", "a", "b"])
    assert filters.facets == (Facet("Source", ("a", "b")),)
    assert filters.choose("Source", ["c"]).chosen("Source") == ("c",)
    assert filters.choose("Source", []) == Filters()
    assert filters.chosen("ProspectStage") == ()


def test_ticks_do_not_depend_on_their_order() -> None:
    first = Filters().tick("Source", ["a"], on=True).tick("Source", ["b"], on=True)
    again = first.tick("Source", ["a"], on=True)
    assert again == first
    assert first.tick("Source", ["a", "gone"], on=False).chosen("Source") == ("b",)


@given(rows=ROWS, chosen=VALUES)
def test_inverting_twice_changes_nothing(
    rows: list[tuple[str | None, str | None]], chosen: list[str]
) -> None:
    table = table_of(rows)
    values = table.values("ProspectStage").names
    filters = Filters().choose("ProspectStage", [name for name in chosen if name in values])
    twice = filters.invert("ProspectStage", values).invert("ProspectStage", values)
    assert set(twice.chosen("ProspectStage")) == set(filters.chosen("ProspectStage"))
    assert apply(table, twice).tolist() == apply(table, filters).tolist()


@given(rows=ROWS, chosen=VALUES)
def test_what_is_excluded_and_what_is_inverted_are_the_other_rows(
    rows: list[tuple[str | None, str | None]], chosen: list[str]
) -> None:
    table = table_of(rows)
    values = table.values("ProspectStage").names
    filters = Filters().choose("ProspectStage", chosen)
    if chosen:
        excluded = filters.exclude("ProspectStage", on=True)
        assert (apply(table, excluded) == ~apply(table, filters)).all()
    if 0 < len(set(chosen) & set(values)) < len(values):
        inverted = filters.invert("ProspectStage", values)
        assert (apply(table, inverted) == ~apply(table, filters)).all()


@pytest.mark.parametrize(
    ("wanted", "stays"),
    [
        (Range("Score", 10, 40), [True, True, False, False]),
        (Range("Score", 11), [False, True, False, True]),
        (Range("Score", None, 40), [True, True, False, False]),
        (Range("Score", 80, 10), [True, True, False, True]),
        (Range("Score", 41, blank=True), [False, False, True, True]),
        (Range("Score", blank=True), [False, False, True, False]),
        (Range("Score"), [True, True, True, True]),
        (Range("Marks · yours", 8), [False, True, False, False]),
        (Range("Marks · yours", blank=True), [False, False, True, True]),
        (Range("Gone", 5), [True, True, True, True]),
    ],
)
def test_a_range_holds_its_ends_and_leaves_out_what_has_no_value(
    scores: Indexed, wanted: Range, stays: list[bool]
) -> None:
    assert apply(scores, Filters().limit(wanted)).tolist() == stays


def test_an_open_range_that_stands_by_itself_filters_nothing(scores: Indexed) -> None:
    assert apply(scores, Filters(ranges=(Range("Score"),))).all()


def test_a_day_is_the_viewers_day(scores: Indexed) -> None:
    day = date(2026, 6, 14)
    india = Range("CreatedOn", day, day, zone="Asia/Kolkata")
    assert apply(scores, Filters().limit(india)).tolist() == [False, True, False, False]
    utc = Range("CreatedOn", day, day)
    assert apply(scores, Filters().limit(utc)).tolist() == [False, False, False, True]


@given(
    st.datetimes(min_value=pd.Timestamp("1700-01-01"), max_value=pd.Timestamp("2260-01-01")),
    st.sampled_from(["UTC", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia"]),
)
def test_every_moment_is_in_the_range_of_its_day_alone(moment: pd.Timestamp, zone: str) -> None:
    utc = pd.Timestamp(moment, tz="UTC").floor("us")
    frame = pd.DataFrame({"CreatedOn": pd.Series([utc]).dt.as_unit("us")})
    day = utc.to_pydatetime().astimezone(ZoneInfo(zone)).date()
    for shift, inside in ((-1, False), (0, True), (1, False)):
        near = day + timedelta(days=shift)
        filters = Filters().limit(Range("CreatedOn", near, near, zone=zone))
        assert apply(Indexed(frame), filters).tolist() == [inside]


def test_a_column_can_be_left_alone_again() -> None:
    filters = Filters().choose("Score", ["1"]).limit(Range("Score", 5))
    assert filters.columns == {"Score"}
    assert filters.range("Score") == Range("Score", 5)
    assert filters.without("Score") == Filters()


def test_a_sieve_can_leave_out_the_filters_of_one_column(table: Indexed) -> None:
    filters = Filters().choose("ProspectStage", ["Prospect"]).choose("OwnerIdName", ["Ben"])
    sieve = Sieve(table, filters)
    assert sieve.kept.tolist() == [False, True, False, False, False]
    assert sieve.without("OwnerIdName").tolist() == [True, True, False, False, False]
    assert sieve.without("Source") is sieve.kept


def test_columns_that_are_not_there_cannot_tell_rows_apart(table: Indexed) -> None:
    filters = Filters().choose("Source", ["web"]).limit(Range("Gone", 1))
    assert apply(table, filters).all()


def test_naughty_values_can_be_chosen_and_excluded(naughty: list[str | None]) -> None:
    table = Indexed(pd.DataFrame({"Source": text_series(naughty)}))
    chosen = Filters().choose("Source", table.values("Source").names)
    assert apply(table, chosen).all()
    assert not apply(table, chosen.exclude("Source", on=True)).any()
    assert np.isnan(table.numbers("Source")).any()
