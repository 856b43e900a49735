"""Which columns of a lookup hold phones and e-mails: decided once, for page and file alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from lsq.analysis.catalog import STANDARD
from lsq.analysis.masks import mask_for, masked, masked_text, unmasked
from lsq.lookup.row_labels import ROW
from lsq.sheets.names import unique_names

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping

    from lsq.analysis.masks import Mask
    from lsq.lookup.run import Lookup

__all__ = ["Masking", "masked_cells", "masked_sheet"]

_TEXT = (pd.StringDtype, pd.CategoricalDtype)


@dataclass(frozen=True, slots=True, eq=False)
class Masking:
    """How the cells of a lookup's columns are masked; a column is looked at when first asked for.

    Attributes:
        lookup: What was fetched.
    """

    lookup: Lookup
    _of_leads: dict[str, Mask] = field(default_factory=dict, init=False)
    _of_sheet: dict[str, Mask] = field(default_factory=dict, init=False)
    _masked: dict[str, pd.Series] = field(default_factory=dict, init=False)

    def of(self, column: str) -> Mask:
        """Return the mask of a column of `Lookup.table`, or of another text when it has none so."""
        if column in self.lookup.own:
            return self.of_sheet(self.lookup.own[column])
        if column == ROW:
            return unmasked
        name = self.lookup.lead_columns.get(column)
        return masked_text if name is None else self._of_lead(name)

    def _of_lead(self, name: str) -> Mask:
        if name not in self._of_leads:
            kind = self.lookup.plan.catalog.kind(name)
            self._of_leads[name] = mask_for(self.lookup.leads[name], kind, name=name)
        return self._of_leads[name]

    def of_sheet(self, name: str) -> Mask:
        """Return the mask of one of the sheet's own columns, by its name there."""
        if name not in self._of_sheet:
            cells = self.lookup.sheet.table.column(name).to_pandas()
            kind = self.lookup.plan.catalog.kind(name)
            self._of_sheet[name] = mask_for(cells.astype("str"), kind)
        return self._of_sheet[name]

    def table(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Mask the columns of `Lookup.table`, and whatever further ones there are; all rows of it.

        Returns:
            The same rows and columns; a column of phones or e-mails is text whatever it was.
        """
        return _with(frame, {name: self._column(str(name), frame[name]) for name in frame})

    def leads(self) -> pd.DataFrame:
        """Mask `Lookup.leads`; see `table`."""
        leads, names = self.lookup.leads, self.lookup.lead_columns
        return _with(
            leads, {name: self._column(in_table, leads[name]) for in_table, name in names.items()}
        )

    def _column(self, name: str, values: pd.Series) -> pd.Series:
        """Mask a column of all leads, or take it as it was masked before.

        Args:
            name: What it is called in `Lookup.table`, or a further name there.
            values: Its cells.
        """
        if name not in self.lookup.lead_columns and name not in self.lookup.own:
            return masked(values, self.of(name))
        if name not in self._masked:
            self._masked[name] = masked(values, self.of(name))
        return self._masked[name]

    def raw(self, leads: pd.DataFrame) -> pd.DataFrame:
        """Mask leads as they came, with their positions as index; dates and numbers stay."""
        columns = {}
        for name in leads:
            mask, typed = self._of_lead(str(name)), self.lookup.leads[name]
            columns[name] = hidden = masked(leads[name], mask)
            if mask is masked_text and not isinstance(typed.dtype, _TEXT):
                columns[name] = leads[name].where(typed.loc[leads.index].notna(), hidden)
        return _with(leads, columns)

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Mask the sheet's columns of joined rows, and the names of columns; see `sheets.joining`.

        Returns:
            The same rows; the lead's columns as they are.
        """
        columns: dict[Hashable, pd.Series] = {
            name: masked(frame[name], self.of_sheet(name))
            for name in self.lookup.kept_columns
            if name in frame
        }
        names = unique_names([masked_text(str(name)) for name in frame])
        return _with(frame, columns).set_axis(names, axis="columns")


def masked_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Mask every e-mail and phone in the texts of a table of ours: lines of the ledger, stages."""
    return _with(frame, {name: masked(frame[name], masked_text) for name in frame})


def masked_sheet(frame: pd.DataFrame, *, ids: Collection[str]) -> pd.DataFrame:
    """Mask rows of a sheet of which nothing was fetched yet, and the names of its columns.

    Args:
        frame: Texts; what a column holds is told by its name and by these rows.
        ids: Its columns of ids, in which ids stay.
    """
    masks = {
        name: masked_text if name in ids else mask_for(frame[name], STANDARD.kind(str(name)))
        for name in frame
    }
    columns = {name: masked(frame[name].astype("str"), mask) for name, mask in masks.items()}
    names = unique_names([masked_text(str(name)) for name in frame])
    return _with(frame, columns).set_axis(names, axis="columns")


def _with(frame: pd.DataFrame, columns: Mapping[Hashable, pd.Series]) -> pd.DataFrame:
    """Put columns in the place of those of their names."""
    every = {name: columns.get(name, frame[name]) for name in frame}
    return pd.DataFrame(every, index=frame.index, copy=False)
