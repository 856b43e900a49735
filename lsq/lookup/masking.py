"""Which columns of a lookup hold phones and e-mails: decided once, for page and file alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from lsq.analysis.masks import mask_for, masked, masked_text

if TYPE_CHECKING:
    from lsq.analysis.masks import Mask
    from lsq.lookup.run import Lookup

__all__ = ["Masking"]


@dataclass(frozen=True, slots=True, eq=False)
class Masking:
    """How the cells of a lookup's columns are masked; a column is looked at when first asked for.

    Attributes:
        lookup: What was fetched.
    """

    lookup: Lookup
    _of_leads: dict[str, Mask] = field(default_factory=dict, init=False)
    _of_sheet: dict[str, Mask] = field(default_factory=dict, init=False)

    def of(self, column: str) -> Mask:
        """Return the mask of a column of `Lookup.table`, or of another text when it has none so."""
        if column in self.lookup.own:
            return self.of_sheet(self.lookup.own[column])
        leads = self.lookup.leads
        if column not in leads:
            return masked_text
        if column not in self._of_leads:
            kind = self.lookup.plan.catalog.kind(column)
            self._of_leads[column] = mask_for(leads[column], kind, name=column)
        return self._of_leads[column]

    def of_sheet(self, name: str) -> Mask:
        """Return the mask of one of the sheet's own columns, by its name there."""
        if name not in self._of_sheet:
            cells = self.lookup.sheet.table.column(name).to_pandas()
            kind = self.lookup.plan.catalog.kind(name)
            self._of_sheet[name] = mask_for(cells.astype("str"), kind)
        return self._of_sheet[name]

    def table(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Mask rows of `Lookup.table`, whatever further columns they have; `frame` stays as it is.

        Returns:
            The same rows and columns; a column of phones or e-mails is text whatever it was.
        """
        columns = {name: masked(frame[name], self.of(str(name))) for name in frame}
        return pd.DataFrame(columns, index=frame.index, copy=False)
