"""The ledger: every row's one outcome, in figures that add up to the rows of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.api.models import Outcome
from lsq.sheets.details import details
from lsq.sheets.errors import LedgerError
from lsq.sheets.outcomes import OUTCOME_WORDS, code_of, outcome_column

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt
    import pyarrow as pa

    from lsq.api.models import Fetched
    from lsq.sheets.id_column import IdCells

__all__ = ["Ledger", "settle"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ledger:
    """Every entry of a sheet with its outcome.

    Attributes:
        frame: One line per entry, in the order of the sheet: `row` (int64, the shown row), `value`
            (the cell as it stands), `id` (missing where none), `outcome` (category of the words of
            `Outcome`), `detail` (a few words on why, or "").
        position: int64 per entry: the row's position in `Sheet.table`.
        lead: int64 per entry: the lead's position in `Fetched.leads`, duplicates included; -1
            where there is none.
        rows: Data rows of the sheet.
        extra_ids: Entries beyond one per row.
    """

    frame: pd.DataFrame
    position: npt.NDArray[np.int64]
    lead: npt.NDArray[np.int64]
    rows: int
    extra_ids: int

    def counts(self) -> dict[Outcome, int]:
        """Count the entries of each outcome, in the fixed order of `Outcome`, zeros included."""
        counts = np.bincount(self.frame["outcome"].cat.codes, minlength=len(OUTCOME_WORDS))
        return dict(zip(Outcome, counts.tolist(), strict=True))

    def of(self, outcome: Outcome) -> pd.DataFrame:
        """Return the lines of `frame` that have this outcome."""
        return self.frame[self.frame["outcome"] == outcome]

    @property
    def ids_asked(self) -> int:
        """Distinct ids of the sheet: every one is returned, not found, failed or not asked."""
        counts = self.counts()
        return sum(counts.values()) - sum(counts[outcome] for outcome in _WITHOUT_QUESTION)


_WITHOUT_QUESTION = (Outcome.DUPLICATE, Outcome.INVALID, Outcome.BLANK)


def settle(cells: IdCells, fetched: Fetched | None) -> Ledger:
    """Give every entry its one outcome.

    Args:
        cells: The sheet's ids.
        fetched: What became of them; None before a fetch, when ids are still "to fetch".

    Raises:
        LedgerError: Some id has no outcome, or two, or was not in the sheet: the counts would not
            add up to the rows.
    """
    codes = cells.outcome.codes.copy()
    lead = np.full(len(codes), -1, dtype=np.int64)
    failures: dict[str, str] = {}
    if fetched is not None:
        distinct = pd.Index(cells.ids, dtype=object)
        settled, lead_of = _by_id(distinct, fetched)
        is_first = cells.first == np.arange(len(codes))
        number = np.cumsum(is_first) - 1  # of the distinct id
        with_id = cells.first >= 0
        number = number[cells.first[with_id]]
        lead[with_id] = lead_of[number]
        codes[is_first] = settled
        failures = {lead_id: str(error) for lead_id, error in fetched.failed.items()}
    ledger = Ledger(
        frame=pd.DataFrame(
            {
                "row": cells.row,
                "value": _texts(cells.value),
                "id": _texts(cells.id),
                "outcome": outcome_column(codes),
                "detail": _texts(details(cells, codes, failures)),
            }
        ),
        position=cells.position,
        lead=lead,
        rows=cells.rows,
        extra_ids=cells.extra_ids,
    )
    _check(ledger, distinct_ids=int((cells.first == np.arange(len(codes))).sum()))
    return ledger


def _by_id(
    distinct: pd.Index[str], fetched: Fetched
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    """Return outcome code and position of the lead of each distinct id."""
    settled = np.full(len(distinct), -1, dtype=np.int8)
    lead_of = np.full(len(distinct), -1, dtype=np.int64)
    groups: tuple[tuple[Outcome, Iterable[str]], ...] = (
        (Outcome.FOUND, fetched.leads.ids),
        (Outcome.NOT_FOUND, fetched.not_found),
        (Outcome.FAILED, fetched.failed),
        (Outcome.NOT_ASKED, fetched.not_asked),
    )
    for outcome, ids in groups:
        at = distinct.get_indexer(pd.Index(list(ids), dtype=object))
        if (at < 0).any() or (settled[at] >= 0).any() or (np.bincount(at) > 1).any():
            why = f"an id that is {outcome} was not in the sheet, or is counted twice"
            raise LedgerError(why)
        settled[at] = code_of(outcome)
        if outcome is Outcome.FOUND:
            lead_of[at] = np.arange(len(at))
    if (settled < 0).any():
        why = f"{int((settled < 0).sum()):,} ids have no outcome"
        raise LedgerError(why)
    return settled, lead_of


def _check(ledger: Ledger, *, distinct_ids: int) -> None:
    """Raise unless the sums of the contract hold.

    Entries are rows + extra ids, and each has one outcome; so both sums stand or fall together.
    """
    if ledger.ids_asked != distinct_ids or len(ledger.frame) != ledger.rows + ledger.extra_ids:
        why = f"{distinct_ids:,} ids have {ledger.ids_asked:,} outcomes"
        raise LedgerError(why)


def _texts(values: pa.Array) -> pd.Series[str]:
    texts: pd.Series[str] = values.to_pandas().astype("str")
    return texts
