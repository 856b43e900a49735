"""The worksheet of what changed since the analyst's sheet was made, a lead a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lsq.analysis.masks import masked_text
from lsq.analysis.moves import MOVEMENT
from lsq.analysis.schema import ID
from lsq.lookup.row_labels import ROW
from lsq.lookup.rows import in_zone
from lsq.sheets.names import unique_names

if TYPE_CHECKING:
    import numpy.typing as npt

    from lsq.analysis.drift import Drift
    from lsq.lookup.choice import Choice
    from lsq.lookup.view import View

__all__ = ["changed_leads", "since_tab"]

_NAMES = ("FirstName", "LastName")


def changed_leads(drift: Drift, choice: Choice) -> npt.NDArray[np.int64]:
    """Return the positions of the leads of a file that are not as the sheet says."""
    changed = np.any([*drift.changed.values()], axis=0)
    if choice.kept is not None:
        kept = np.zeros_like(changed)
        kept[choice.kept.to_numpy()] = True
        changed &= kept
    return np.flatnonzero(changed)


def since_tab(view: View, choice: Choice) -> pd.DataFrame | None:
    """List the leads that have changed, in the order of the sheet.

    Args:
        view: What was fetched, and which of the analyst's columns are compared.
        choice: Which leads the file holds, the zone of times, and whether it is masked.

    Returns:
        A row per lead: `Row` (int64, of the sheet), the lead's id and name, `Movement` if stages
        are compared, and for each column that has changed for some of them what the sheet says
        (`Stage · your file`, text) beside what is now (`Stage · now`, typed). None if nothing is
        compared.
    """
    drift = view.drift
    if drift is None:
        return None
    rows = changed_leads(drift, choice)
    table = view.lookup.masking.table(view.frame) if choice.mask else view.frame
    names = [name for name in (ROW, ID, *_NAMES, MOVEMENT) if name in table]
    headers = [*names]
    for match in drift.matches:
        if drift.changed[match.lead][rows].any():
            label = view.bare_label(match.lead)
            label = masked_text(label) if choice.mask else label
            names += [match.own, match.lead]
            headers += [f"{label} · your file", f"{label} · now"]
    columns = zip(unique_names(headers), names, strict=True)
    changed = pd.DataFrame({header: table[name].iloc[rows] for header, name in columns})
    return in_zone(changed, choice.zone)
