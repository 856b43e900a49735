"""Stage colours by role, the same in every chart, light and dark.

Open stages are a ramp in Lab, further along has more contrast with the page; won, lost and invalid
have hues that stay apart in protan, deutan and tritan sight. Never colour alone: the name stands
beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.stages import StageRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["Palette", "palette", "stage_colours"]

_NOISE = re.compile("invalid|junk|spam|duplicate", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as `#RRGGBB`, and how strong its tints are, 0 to 1."""

    page: str
    ink: str
    open_ramp: tuple[str, ...]
    won: str
    lost: str
    other: str
    dropped: str
    faintest: float
    strongest: float

    @property
    def hue(self) -> str:
        """The one colour of a chart that is not about roles: the middle of the ramp."""
        return self.open_ramp[len(self.open_ramp) // 2]

    def tint(self, hue: str, part: float) -> str:
        """Return a hue that ink can still be read on, the stronger the greater the part, 0 to 1."""
        red, green, blue = _rgb(hue)
        alpha = self.faintest + (self.strongest - self.faintest) * min(max(part, 0.0), 1.0)
        return f"rgba({red},{green},{blue},{alpha:.3f})"


LIGHT = Palette("#FFFFFF", "#0E151B", ("#4F97D8", "#4183CE", "#2F6FC4", "#2B4C9F", "#232A7C"),
                won="#00755E", lost="#C2571A", other="#878E97", dropped="#6B747D",
                faintest=0.03, strongest=0.60)  # fmt: skip
DARK = Palette("#12171C", "#E4E9EE", ("#4E7FB8", "#6399D5", "#79B4F2", "#ACCEF9", "#D9E9FF"),
               won="#2FBF8F", lost="#F0915A", other="#7C858E", dropped="#8B949C",
               faintest=0.04, strongest=0.45)  # fmt: skip


def palette() -> Palette:
    """Return the colours of the theme that the viewer has on."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def stage_colours(stages: pd.DataFrame, colours: Palette) -> list[str]:
    """Return a colour for each stage of an order.

    Invalid and junk leads are no loss but noise, so they are as grey as unlisted stages.

    Args:
        stages: As `analysis.stages.stage_counts` returns them.
        colours: The theme's colours.
    """
    opens = int((stages["role"] == StageRole.OPEN).sum())
    found: list[str] = []
    seen = 0
    for name, role in zip(stages["stage"], stages["role"], strict=True):
        if role == StageRole.OPEN:
            found.append(_on_ramp(colours.open_ramp, seen / max(1, opens - 1)))
            seen += 1
        elif role == StageRole.WON:
            found.append(colours.won)
        else:
            noise = role == StageRole.UNLISTED or _NOISE.search(name)
            found.append(colours.other if noise else colours.lost)
    return found


def _on_ramp(ramp: Sequence[str], place: float) -> str:
    """Return the colour at `place`, 0 to 1, mixed between its two neighbours on the ramp."""
    at = place * (len(ramp) - 1)
    low = min(int(at), len(ramp) - 2)
    mixed = (
        round(a + (b - a) * (at - low))
        for a, b in zip(_rgb(ramp[low]), _rgb(ramp[low + 1]), strict=True)
    )
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
