"""A few words on why each entry of a ledger has its outcome, and on what its row has suffered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from lsq.api.models import Outcome
from lsq.sheets.outcomes import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

    from lsq.sheets.id_column import IdCells

    Codes = npt.NDArray[np.int8]

__all__ = ["details"]

_WORDS = {
    Outcome.BLANK: "no value in the id column",
    Outcome.NOT_FOUND: "asked twice: deleted, merged, hidden, or another account's",
    Outcome.NOT_ASKED: "stopped before its turn",
}


def details(cells: IdCells, codes: Codes, failures: Mapping[str, str]) -> pa.StringArray:
    """Explain every entry.

    Args:
        cells: The entries.
        codes: The outcome of each, as `outcomes.code_of`.
        failures: Why an id failed, for those that did.

    Returns:
        The words, joined with "; "; "" where there is nothing to say.
    """
    parts = [_of_outcome(cells, codes, failures)]
    if cells.elsewhere is not None:
        columns = cells.elsewhere.cast(pa.string())
        parts.append(pc.binary_join_element_wise("its id stood in the column", columns, " "))
    if cells.damage is not None:
        parts.append(
            pc.binary_join_element_wise("the row has", cells.damage.cast(pa.string()), " ")
        )
    joined, *others = (pc.fill_null(part, "") for part in parts)
    for part in others:
        both = pc.and_(pc.not_equal(joined, ""), pc.not_equal(part, ""))
        joined = pc.binary_join_element_wise(joined, part, pc.if_else(both, "; ", ""))
    return joined


def _of_outcome(cells: IdCells, codes: Codes, failures: Mapping[str, str]) -> pa.StringArray:
    by_code = [_WORDS.get(outcome) for outcome in Outcome]
    words = pa.array(by_code, type=pa.string()).take(pa.array(codes))
    repeated = pa.array(codes == code_of(Outcome.DUPLICATE))
    rows = pa.array(cells.first_row).filter(repeated).cast(pa.string())
    again = pc.binary_join_element_wise("same id as row", rows, " ")
    words = pc.replace_with_mask(words, repeated, again)
    words = pc.if_else(pa.array(codes == code_of(Outcome.INVALID)), cells.reason, words)
    failed = codes == code_of(Outcome.FAILED)
    if failed.any():
        why = [failures[lead_id] for lead_id in cells.id.filter(pa.array(failed)).to_pylist()]
        words = pc.replace_with_mask(words, pa.array(failed), pa.array(why, type=pa.string()))
    return words
