"""What the values of two columns say about whether one is an older state of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lsq.analysis.columns import Kind
from lsq.analysis.forms import OWNERS, form, numbers, present, same
from lsq.analysis.sheet_times import read_share
from lsq.analysis.stages import STAGE, stage_key, usual_role

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from lsq.analysis.catalog import Catalog
    from lsq.analysis.values import Flags

__all__ = ["Evidence", "Likeness"]

_FEW = 5
"""Values up to which an old state may well differ from the present one in all of them."""

_ENOUGH = 10
_SOME, _HALF, _SHAPED, _NEARLY = 0.2, 0.5, 0.6, 0.8
_ABOVE_CHANCE = 0.2
_LOOKS = {
    Kind.PHONE: r"\s*'?\+?[\d\s().\-/]{6,22}\s*",
    Kind.EMAIL: r"\s*[^@\s•]+@[^@\s]+\s*",
    Kind.FLAG: r"(?i)\s*(?:yes|no|y|n|true|false)\s*",
    Kind.NUMBER: r"\s*'?[-+]?[\d.,]+\s*%?\s*",
    Kind.DATE: r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*",
}
"""What values of these kinds look like."""


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
        if not self.there or self.shaped < _SHAPED:
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
        if self.both < _ENOUGH or self.shaped < _SHAPED:
            return False
        return self.agree >= max(_HALF if usual else _NEARLY, self.chance + _ABOVE_CHANCE)


class Evidence:
    """The values of a sample of rows, compared pair by pair; each column is read once a form."""

    def __init__(self, rows: pd.DataFrame, own: Mapping[str, str], catalog: Catalog) -> None:
        """Compare nothing yet.

        Args:
            rows: Own columns and columns that came back.
            own: The sheet's name of the former.
            catalog: What the latter hold.
        """
        self._rows = rows.reset_index(drop=True)
        self._own = own
        self._catalog = catalog
        self._forms: dict[tuple[str, str], pd.Series[str]] = {}
        self._present: dict[str, Flags] = {}
        self._looks: dict[tuple[str, Kind], float] = {}

    def of(self, own: str, lead: str) -> Likeness:
        """Compare an own column with one that came back."""
        as_kind = self._catalog.kind(lead)
        there, here = self._there(own), self._there(lead)
        before, now = self._form(own, lead)[there], self._form(lead, lead)[here]
        return Likeness(
            kind=as_kind,
            there=int(there.sum()),
            both=int((there & here).sum()),
            agree=self._agree(own, lead, there & here) if there.any() and here.any() else 0.0,
            chance=_chance(before, now),
            known=self._known(self._rows[own][there], before, now, lead),
            shaped=self._shaped(own, lead) if there.any() else 0.0,
        )

    def may_be(self, own: str, lead: str) -> bool:
        """Tell quickly whether it is worth the while to compare two columns at all."""
        as_kind = self._catalog.kind(lead)
        if as_kind in {Kind.PHONE, Kind.EMAIL}:
            return self._look(own, as_kind) >= _SHAPED
        if 2 * self._rows[own].nunique() > len(self._rows):
            return False  # of stages, owners and sources there are few, and they repeat
        return bool(set(self._form(own, lead)) & set(self._form(lead, lead)) - {""})

    def _form(self, column: str, lead: str) -> pd.Series[str]:
        """Return the values of a column in the form that those of `lead` are compared in."""
        as_kind = self._catalog.kind(lead)
        way = lead if lead == STAGE else "person" if lead in OWNERS else as_kind.value
        if (column, way) not in self._forms:
            read = form(self._rows[column], column=lead, as_kind=as_kind)
            self._forms[column, way] = read
        return self._forms[column, way]

    def _there(self, column: str) -> Flags:
        """Mark the rows that have a value."""
        if column not in self._present:
            self._present[column] = present(self._rows[column])
        return self._present[column]

    def _agree(self, own: str, lead: str, both: Flags) -> float:
        """Return the share of the rows in `both` in which two columns say the same."""
        as_kind, old, new = self._catalog.kind(lead), self._rows[own], self._rows[lead]
        if as_kind in {Kind.DATE, Kind.NUMBER}:
            header = self._own[own]
            alike = same(old, new, column=lead, as_kind=as_kind, header=header)[both]
        else:
            alike = (self._form(own, lead) == self._form(lead, lead)).to_numpy()[both]
        agree = float(alike.mean()) if len(alike) else 0.0
        if as_kind is Kind.NUMBER:
            return max(agree, _together(numbers(old[both]), numbers(new[both])))
        return agree

    def _known(self, old: pd.Series, before: pd.Series, now: pd.Series, lead: str) -> float:
        """Say how many of the own values the account uses, or is usual to use."""
        used = before.isin(set(now))
        if lead == STAGE:
            stages = {stage_key(stage.name) for stage in self._catalog.stages or ()}
            usual = {name for name in old.unique() if usual_role(str(name)) is not None}
            used = used | before.isin(stages) | old.isin(usual)
        return float(used.mean()) if len(used) else 0.0

    def _shaped(self, own: str, lead: str) -> float:
        """Return the share of own values that look like one of the lead's column."""
        as_kind, text = self._catalog.kind(lead), self._rows[own][self._there(own)].astype("str")
        if as_kind is Kind.DATE:
            return read_share(text)
        if as_kind is Kind.NUMBER:
            return float(numbers(text).notna().mean())
        if as_kind is Kind.FLAG:
            return float(form(text, column=lead, as_kind=as_kind).isin(["0", "1"]).mean())
        if as_kind in {Kind.PHONE, Kind.EMAIL}:
            return self._look(own, as_kind)
        # Words look like nothing; but where the account has none, yes and no or numbers are odd.
        others = [kind for kind in _LOOKS if kind is not Kind.EMAIL or lead not in OWNERS]
        excess = (self._look(own, kind) - self._look(lead, kind) for kind in others)
        return 1.0 - max(0.0, *excess)

    def _look(self, column: str, kind: Kind) -> float:
        """Return the share of values of a column that look like a kind."""
        if (column, kind) not in self._looks:
            text = self._rows[column][self._there(column)].astype("str")
            share = float(text.str.fullmatch(_LOOKS[kind]).mean()) if len(text) else 0.0
            self._looks[column, kind] = share
        return self._looks[column, kind]


def _chance(before: pd.Series, now: pd.Series) -> float:
    """Return how many rows would agree if the values were dealt out at random."""
    shares = before.value_counts(normalize=True), now.value_counts(normalize=True)
    return float(shares[0].mul(shares[1], fill_value=0.0).sum())


def _together(before: pd.Series[float], now: pd.Series[float]) -> float:
    """Return the correlation of two columns of numbers; 0 where there is none to speak of."""
    read = before.notna().to_numpy() & now.notna().to_numpy()
    old, new = before.to_numpy()[read], now.to_numpy()[read]
    if len(old) < _ENOUGH or not old.std() or not new.std():
        return 0.0
    return float(np.corrcoef(old, new)[0, 1])
