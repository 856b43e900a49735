"""Stages in business order, and every lead in exactly one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.stages import (
    Stage,
    StageRole,
    moved,
    stage_counts,
    stage_order,
    usual_role,
    with_role,
)
from lsq.analysis.text import BLANK, text_series
from lsq.analysis.values import Indexed
from lsq.api.errors import LsqError

if TYPE_CHECKING:
    from collections.abc import Sequence

OPEN, WON, LOST, UNLISTED = StageRole

NAMES = st.sampled_from(
    ["Prospect", "prospect ", "Customer", "Not Interested", "not-interested", "Odd", "", " ", BLANK]
)
LISTS = st.lists(st.builds(Stage, NAMES | st.text(max_size=3), st.sampled_from(StageRole)))


def counted(values: Sequence[str | None], listed: Sequence[Stage] | None = None) -> pd.DataFrame:
    stages = text_series(values)
    return stage_counts(
        Indexed(stages.to_frame("ProspectStage")), stage_order(stages, listed=listed)
    )


def order(*values: str | None, listed: tuple[Stage, ...] | None = None) -> list[str]:
    return [stage.name for stage in stage_order(text_series(values), listed=listed)]


def test_the_usual_stages_stand_in_business_order() -> None:
    assert order("Invalid", "Enrolled", "Contacted", "Application", "Prospect", "Qualified") == [
        "Prospect",
        "Contacted",
        "Qualified",
        "Application",
        "Enrolled",
        "Invalid",
    ]


def test_the_usual_order_shows_only_stages_that_occur() -> None:
    assert order("Customer") == ["Customer"]


def test_roles_follow_from_the_usual_names() -> None:
    stages = stage_order(text_series(["Prospect", "Enrolled", "Not interested", "Odd"]))
    assert [stage.role for stage in stages] == [OPEN, WON, LOST, UNLISTED]


@pytest.mark.parametrize("spelling", ["NOT INTERESTED", "not-interested", " Not  Interested "])
def test_a_usual_stage_is_known_without_regard_to_case_and_spaces(spelling: str) -> None:
    assert stage_order(text_series([spelling])) == (Stage(spelling, LOST),)


def test_a_stray_space_or_comma_hides_no_lost_stage() -> None:
    stages = stage_order(text_series(["Invalid/ Junk", "Just Enquiring, No Intent"]))
    assert {stage.role for stage in stages} == {LOST}


def test_spellings_of_one_stage_stand_together_each_by_itself() -> None:
    assert order("qualified", "Customer", "Qualified", "Qualified", "Prospect") == [
        "Prospect",
        "Qualified",
        "qualified",
        "Customer",
    ]


def test_unlisted_stages_follow_by_count_then_name_and_blank_is_one() -> None:
    assert order("Zeta", "Beta", "Alpha", "Beta", None, "Prospect") == [
        "Prospect",
        "Beta",
        BLANK,
        "Alpha",
        "Zeta",
    ]


def test_an_account_s_own_list_keeps_stages_without_leads() -> None:
    listed = (Stage("First", OPEN), Stage("Second", WON))
    assert order("second", "Odd", listed=listed) == ["First", "second", "Odd"]


def test_a_stage_listed_twice_is_counted_once() -> None:
    listed = (Stage("Prospect", OPEN), Stage("PROSPECT", LOST))
    counts = counted(["prospect"], listed)
    assert counts["leads"].sum() == 1
    assert counts["role"][0] == "open"


def test_counts_have_shares_and_what_was_reached() -> None:
    stages = ["Prospect"] * 4 + ["Contacted"] * 3 + ["Enrolled"] + ["Invalid"] + ["Odd"]
    counts = counted(stages)
    assert counts["stage"].tolist() == ["Prospect", "Contacted", "Enrolled", "Invalid", "Odd"]
    assert counts["leads"].tolist() == [4, 3, 1, 1, 1]
    assert counts["share"].tolist() == [0.4, 0.3, 0.1, 0.1, 0.1]
    assert counts["reached"][:3].tolist() == [8, 4, 1]
    assert counts["reached"][3:].isna().all()


def test_another_column_can_be_counted() -> None:
    table = Indexed(pd.DataFrame({"My stage": ["Prospect", None]}))
    both = (Stage("Prospect", OPEN), Stage(BLANK, UNLISTED))
    assert stage_counts(table, both, column="My stage")["leads"].tolist() == [1, 1]


def test_leads_without_the_column_are_an_error_that_says_what_to_do() -> None:
    with pytest.raises(LsqError, match=r"no column ProspectStage.*fetch again"):
        stage_counts(Indexed(pd.DataFrame({"Phone": ["1"]})), ())


def test_no_leads_have_no_stages_and_listed_ones_stand_at_zero() -> None:
    assert counted([]).empty
    counts = counted([], (Stage("Prospect", OPEN),))
    assert counts["leads"].tolist() == [0]
    assert counts["share"].tolist() == [0.0]


@given(values=st.lists(st.none() | NAMES | st.text()), listed=st.none() | LISTS)
def test_every_lead_is_in_exactly_one_stage(
    values: list[str | None], listed: list[Stage] | None
) -> None:
    counts = counted(values, listed)
    assert counts["leads"].sum() == len(values)
    assert counts["stage"].is_unique
    assert counts["share"].sum() == pytest.approx(1.0 if values else 0.0)
    reached = counts["reached"].dropna()
    assert reached.is_monotonic_decreasing
    assert reached.isna().sum() == 0


def test_naughty_stages_are_all_counted(naughty: list[str | None]) -> None:
    assert counted(naughty)["leads"].sum() == len(naughty)


@pytest.mark.parametrize(
    ("name", "role"),
    [("Prospect", OPEN), ("fee-paid", WON), ("Just enquiring", LOST), ("Weird stage", None)],
)
def test_a_usual_name_says_what_its_stage_means(name: str, role: StageRole | None) -> None:
    assert usual_role(name) is role


def test_only_the_rows_kept_are_counted() -> None:
    table = Indexed(pd.DataFrame({"ProspectStage": ["Prospect", "Enrolled", "Enrolled"]}))
    stages = stage_order(table.frame["ProspectStage"])
    counts = stage_counts(table, stages, kept=np.array([True, True, False]))
    assert counts["leads"].tolist() == [1, 1]
    assert counts["share"].tolist() == [0.5, 0.5]
    assert counts["reached"].tolist() == [2, 1]


@given(data=st.data(), values=st.lists(st.none() | NAMES | st.text()))
def test_whatever_order_a_viewer_makes_of_the_stages_stands(
    data: st.DataObject, values: list[str | None]
) -> None:
    usual = stage_order(text_series(values))
    mine = data.draw(st.permutations(usual))
    assert stage_order(text_series(values), listed=mine) == tuple(mine)


@given(place=st.integers(0, 4), by=st.integers(-6, 6))
def test_a_move_takes_one_stage_along_and_leaves_the_others_as_they_stand(
    place: int, by: int
) -> None:
    before = tuple(Stage(name, OPEN) for name in "ABCDE")
    after = moved(before, place, by=by)
    assert after.index(before[place]) == min(max(place + by, 0), 4)
    assert [stage for stage in after if stage is not before[place]] == [
        stage for stage in before if stage is not before[place]
    ]


def test_a_stage_takes_another_role_in_its_place() -> None:
    before = (Stage("A", OPEN), Stage("B", UNLISTED))
    assert with_role(before, 1, WON) == (Stage("A", OPEN), Stage("B", WON))


def test_a_stage_that_stands_in_the_sheet_alone_has_its_place_but_no_other_spelling() -> None:
    now = text_series(["Contacted", "Contacted", "Odd", "Qualified"])
    then = text_series(["Prospect", "odd ", "Weird", "weird", "weird", None])
    stages = stage_order(now, older=then)
    names = ["Prospect", "Contacted", "Qualified", "Odd", "weird", "(blank)"]
    assert [stage.name for stage in stages] == names
    assert stages[0].role is OPEN
