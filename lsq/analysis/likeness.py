"""How alike two columns are, and when that is enough to take one for an older state."""

from __future__ import annotations

from dataclasses import dataclass

from lsq.analysis.columns import Kind

__all__ = ["ENOUGH", "SHAPED", "Likeness"]

ENOUGH = 10
"""Rows below which agreement may be an accident."""

SHAPED = 0.6
"""Share of a column's values that have to look like a kind before it holds that kind."""

_FEW = 5
"""Values up to which an old state may well differ from the present one in all of them."""

_SOME, _HALF, _NEARLY = 0.2, 0.5, 0.8
_ABOVE_CHANCE = 0.2


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike an own column and a lead's column are.

    Attributes:
        kind: What the lead's column holds.
        there: Rows in which the own column has a value.
        both: Rows in which both have one.
        agree: Share of `both` in which they say the same; of numbers that rise and fall together
            the correlation, if that is more.
        chance: The share that would by accident, their values being as frequent as they are.
        known: Share of `there` whose value is one that the account uses in this column.
        shaped: Share of `there` whose value looks like one of this column's kind.
    """

    kind: Kind
    there: int
    both: int
    agree: float
    chance: float
    known: float
    shaped: float

    def fits(self, *, sure: bool) -> bool:
        """Tell whether the content bears out a header, which names the column for sure or not."""
        if not self.there or self.shaped < SHAPED:
            return False
        agrees = self.agree >= (_HALF if self.kind is Kind.NAME and not sure else _SOME)
        if sure:
            return agrees or self.there < _FEW or (self.kind is Kind.CHOICE and self.known >= _HALF)
        return agrees and (self.kind is not Kind.CHOICE or self.there < _FEW or self.known >= _HALF)

    def speaks_for_itself(self, *, usual: bool) -> bool:
        """Tell whether the content is enough, without a header.

        Args:
            usual: Whether sheets usually have such a column: else more has to agree.
        """
        if self.both < ENOUGH or self.shaped < SHAPED:
            return False
        return self.agree >= max(_HALF if usual else _NEARLY, self.chance + _ABOVE_CHANCE)
