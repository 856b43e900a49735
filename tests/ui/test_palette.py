"""Stage colours: a ramp for what is open, and one colour for each other role."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.stages import StageRole
from lsq.ui.palette import DARK, LIGHT, Palette, stage_colours


def stages(*roles: StageRole, name: str = "Stage") -> pd.DataFrame:
    names = [f"{name} {place}" for place in range(len(roles))]
    return pd.DataFrame({"stage": names, "role": [role.value for role in roles]})


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("count", [2, 3, 5, 28])
def test_the_open_stages_span_the_ramp_from_end_to_end(colours: Palette, count: int) -> None:
    found = stage_colours(stages(*[StageRole.OPEN] * count), colours)
    assert (found[0], found[-1]) == (colours.open_ramp[0], colours.open_ramp[-1])
    assert len(set(found)) == count


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_five_open_stages_are_the_five_colours_of_the_ramp(colours: Palette) -> None:
    assert tuple(stage_colours(stages(*[StageRole.OPEN] * 5), colours)) == colours.open_ramp


def test_one_open_stage_takes_the_first_colour() -> None:
    assert stage_colours(stages(StageRole.OPEN), LIGHT) == [LIGHT.open_ramp[0]]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_won_lost_and_unlisted_have_their_own(colours: Palette) -> None:
    given_ = stages(StageRole.WON, StageRole.LOST, StageRole.UNLISTED)
    assert stage_colours(given_, colours) == [colours.won, colours.lost, colours.other]


@pytest.mark.parametrize("name", ["Invalid", "Invalid/ Junk", "SPAM", "Duplicate"])
def test_noise_is_no_loss(name: str) -> None:
    assert stage_colours(stages(StageRole.LOST, name=name), LIGHT) == [LIGHT.other]


@given(st.lists(st.sampled_from(StageRole), max_size=30))
def test_in_any_order_every_stage_has_a_colour(roles: list[StageRole]) -> None:
    found = stage_colours(stages(*roles), DARK)
    assert len(found) == len(roles)
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in found)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_a_tint_grows_with_its_part_within_what_ink_can_be_read_on(colours: Palette) -> None:
    tints = [colours.tint(colours.hue, part) for part in (-1, 0, 0.5, 1, 2)]
    strengths = [float(tint.rstrip(")").rsplit(",", 1)[1]) for tint in tints]
    assert strengths == sorted(strengths)
    assert (strengths[0], strengths[-1]) == (colours.faintest, colours.strongest)


def test_a_tint_keeps_its_hue() -> None:
    assert LIGHT.tint("#2F6FC4", 1) == "rgba(47,111,196,0.600)"
