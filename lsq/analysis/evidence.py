"""What the values of two columns say about whether one is an older state of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.columns import CONTACT_KINDS, Kind
from lsq.analysis.forms import OWNERS, form, numbers, same
from lsq.analysis.likeness import ENOUGH, SHAPED, Likeness
from lsq.analysis.sheet_times import read_share
from lsq.analysis.stages import STAGE, stage_key, usual_role
from lsq.analysis.values import filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from lsq.analysis.catalog import Catalog
    from lsq.analysis.values import Flags

__all__ = ["Evidence"]

_PART = 200
"""Rows that are looked at before two columns are compared in earnest."""

_PERHAPS = 0.3
"""Share of them that has to agree: less than would do, because they are few."""

_LIKELIEST = 5
"""Columns that came back with which an own one is compared that no header names."""

_LOOKS = {
    Kind.PHONE: r"\s*'?\+?[\d\s().\-/]{6,22}\s*",
    Kind.EMAIL: r"\s*[^@\s•]+@[^@\s]+\s*",
    Kind.FLAG: r"(?i)\s*(?:yes|no|y|n|true|false)\s*",
    Kind.NUMBER: r"\s*'?[-+]?[\d.,]+\s*%?\s*",
    Kind.DATE: r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*",
}
"""What values of these kinds look like."""


class Evidence:
    """The values of a sample of rows: which columns may be alike, and how alike two are.

    The first is asked of all columns at once, in fewer rows; the second pair by pair, for which
    each column is read once a form.
    """

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
        self._few: dict[str, bool] = {}
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

    def worth_comparing(
        self, own: Sequence[str], leads: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield the pairs of columns that agree in a part of the rows, of each own one a few."""
        agreeing = self._agreeing(own, leads)
        for name, rows in zip(own, agreeing, strict=True):
            for at in np.argsort(-rows, kind="stable")[:_LIKELIEST].tolist():
                if rows[at] and self._may_hold(name, self._catalog.kind(leads[at])):
                    yield name, leads[at]

    def _agreeing(self, own: Sequence[str], leads: Sequence[str]) -> npt.NDArray[np.int64]:
        """Count in how many of some rows own columns (lines) and leads' agree; 0 if in too few.

        All are compared at once: one by one a thousand columns would take many seconds.
        """
        counts = np.zeros((len(own), len(leads)), dtype=np.int64)
        mine = self._texts(own)
        ways: dict[str, list[str]] = {}
        for lead in leads if own else ():
            ways.setdefault(self._way(lead), []).append(lead)
        for together in ways.values():
            texts = pd.concat([mine, self._texts(together)], ignore_index=True)
            forms = form(texts, column=together[0], as_kind=self._catalog.kind(together[0]))
            codes = np.where(forms == "", -1, pd.factorize(forms)[0])
            by_column = codes.reshape(len(own) + len(together), -1)
            old = by_column[: len(own)]
            for lead, new in zip(together, by_column[len(own) :], strict=True):
                both = ((old >= 0) & (new >= 0)).sum(axis=1)
                agree = ((old == new) & (old >= 0)).sum(axis=1)
                counts[:, leads.index(lead)] = np.where(agree >= _PERHAPS * both, agree, 0)
        return counts

    def _texts(self, columns: Sequence[str]) -> pd.Series[str]:
        """Return the values of columns in some rows, spread over all, one column after another."""
        part = self._rows.iloc[:: -(-len(self._rows) // _PART)]
        texts = [part[name].astype("str") for name in columns]
        return pd.concat([pd.Series([], dtype="str"), *texts], ignore_index=True)

    def _may_hold(self, own: str, as_kind: Kind) -> bool:
        """Tell whether an own column looks like a kind; of words, whether there are few."""
        if as_kind in CONTACT_KINDS:
            return self._look(own, as_kind) >= SHAPED
        if own not in self._few:  # of stages, owners and the like there are few, and they repeat
            self._few[own] = 2 * self._rows[own].nunique() <= len(self._rows)
        return self._few[own]

    def _way(self, lead: str) -> str:
        """Name the form that the values of a column are compared in."""
        person = "person" if lead in OWNERS else self._catalog.kind(lead).value
        return lead if lead == STAGE else person

    def _form(self, column: str, lead: str) -> pd.Series[str]:
        """Return the values of a column in the form that those of `lead` are compared in."""
        key = (column, self._way(lead))
        if key not in self._forms:
            as_kind = self._catalog.kind(lead)
            self._forms[key] = form(self._rows[column], column=lead, as_kind=as_kind)
        return self._forms[key]

    def _there(self, column: str) -> Flags:
        """Mark the rows that have a value."""
        if column not in self._present:
            self._present[column] = filled(self._rows[column])
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
        if as_kind in CONTACT_KINDS:
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
    if len(old) < ENOUGH or not old.std() or not new.std():
        return 0.0
    return float(np.corrcoef(old, new)[0, 1])
