"""Stages by another column, and what is filled in: every lead kept is counted once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.breakdowns import cross, fill
from lsq.analysis.stages import stage_order
from lsq.analysis.text import BLANK, text_series
from lsq.analysis.values import Indexed, Values

OWNERS = st.none() | st.sampled_from(["Anita", "Dev", "Others", "", "Joy"]) | st.text(max_size=2)
STAGES = st.none() | st.sampled_from(["Prospect", "Enrolled", "Odd", " "])
ROWS = st.lists(st.tuples(STAGES, OWNERS, st.booleans()), max_size=60)


def table(stages: list[str | None], owners: list[str | None]) -> Indexed:
    return Indexed(
        pd.DataFrame({"ProspectStage": text_series(stages), "Owner": text_series(owners)})
    )


def names(rows: Indexed) -> list[str]:
    return [stage.name for stage in stage_order(rows.frame["ProspectStage"])]


def every(rows: Indexed) -> np.ndarray:
    return np.ones(len(rows), dtype=np.bool_)


def test_rows_stand_in_the_order_given_and_the_most_frequent_value_first() -> None:
    rows = table(["B", "A", "B", "B"], ["Dev", "Anita", None, "Dev"])
    found = cross(rows, every(rows), order=["A", "Empty", "B"], by=rows.values("Owner"))
    assert found.stages == ("A", "Empty", "B")
    assert found.names == ("Dev", BLANK, "Anita")
    assert found.others == ()
    assert found.leads.tolist() == [[0, 0, 1], [0, 0, 0], [2, 1, 0]]
    assert found.of_column().tolist() == [[0, 0, 1], [0, 0, 0], [1, 1, 0]]
    assert found.of_stage()[2].tolist() == pytest.approx([2 / 3, 1 / 3, 0])


def test_values_beyond_the_most_frequent_share_a_column() -> None:
    rows = table(["A"] * 6, ["x", "x", "y", "z", "w", "w"])
    found = cross(rows, every(rows), order=["A"], by=rows.values("Owner"), top=2)
    assert (found.names, found.others) == (("w", "x"), ("y", "z"))
    assert found.leads.tolist() == [[2, 2, 2]]


def test_a_single_value_more_has_its_own_column_rather_than_one_of_others() -> None:
    rows = table(["A"] * 3, ["x", "y", "z"])
    found = cross(rows, every(rows), order=["A"], by=rows.values("Owner"), top=2)
    assert (found.names, found.others) == (("x", "y", "z"), ())


def test_without_a_limit_values_keep_their_own_order() -> None:
    rows = table(["A"] * 3, ["x"] * 3)
    bands = Values(("young", "middle", "old"), np.array([2, 0, 2], dtype=np.int32))
    found = cross(rows, every(rows), order=["A"], by=bands, top=None)
    assert found.names == ("young", "old")


@given(rows=ROWS, top=st.none() | st.integers(1, 4))
def test_the_cells_sum_to_the_leads_kept(
    rows: list[tuple[str | None, str | None, bool]], top: int | None
) -> None:
    both = table([stage for stage, _, _ in rows], [owner for _, owner, _ in rows])
    kept = np.array([flag for _, _, flag in rows], dtype=np.bool_)
    order = names(both)
    found = cross(both, kept, order=order, by=both.values("Owner"), top=top)
    assert found.leads.sum() == kept.sum()
    stages = both.values("ProspectStage")
    counts = dict(zip(stages.names, stages.counts(kept), strict=True))
    assert found.leads.sum(axis=1).tolist() == [counts[name] for name in order]
    owners = both.values("Owner")
    totals = dict(zip(owners.names, owners.counts(kept), strict=True))
    assert sorted((*found.names, *found.others)) == sorted(name for name in totals if totals[name])
    shown = found.leads.sum(axis=0).tolist()
    assert shown[: len(found.names)] == [totals[name] for name in found.names]
    assert sum(shown[len(found.names) :]) == sum(totals[name] for name in found.others)
    assert found.of_column().sum(axis=0) == pytest.approx(1.0)
    assert found.of_stage().sum(axis=1) == pytest.approx(found.leads.any(axis=1).astype(float))


def test_what_is_filled_in_is_counted_over_the_rows_kept() -> None:
    frame = pd.DataFrame(
        {
            "text": text_series(["a", " ", None, ""]),
            "few": pd.Series(["a", "\t", None, "a"], dtype="category"),
            "number": pd.Series([1, None, 3, 4], dtype="Int64"),
            "date": pd.to_datetime(pd.Series(["2026-01-01", None, None, None]), utc=True),
        }
    )
    rows = Indexed(frame)
    kept = np.array([True, True, True, False])
    found = fill(rows, kept, ["date", "few", "number", "text"])
    assert found["column"].tolist() == ["date", "few", "number", "text"]
    assert found["filled"].tolist() == [1, 1, 2, 1]
    assert found["share"].tolist() == pytest.approx([1 / 3, 1 / 3, 2 / 3, 1 / 3])
    assert rows.filled("few") is rows.filled("few")


def test_nothing_is_filled_where_no_row_is_kept() -> None:
    rows = table(["A"], ["x"])
    assert fill(rows, ~every(rows), ["Owner"])["share"].tolist() == [0.0]


@given(values=st.lists(st.none() | st.text(max_size=3)))
def test_a_value_is_filled_in_exactly_where_it_is_not_blank(values: list[str | None]) -> None:
    text = text_series(values)
    frame = pd.DataFrame({"text": text, "few": text.astype("category")})
    rows = Indexed(frame)
    for column in frame:
        blank = rows.values(column).having([BLANK])
        # A value that reads "(blank)" counts as blank wherever values have names.
        assert (rows.filled(column) | blank).all()
        assert not (rows.filled(column) & blank & frame[column].ne(BLANK).to_numpy()).any()
