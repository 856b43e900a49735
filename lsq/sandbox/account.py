"""The demo account: which leads there are."""

from __future__ import annotations

from lsq.sandbox.columns import COLUMNS, lead_row
from lsq.sandbox.ids import number_of
from lsq.sandbox.lead import Lead
from lsq.sandbox.vendor import RECORDS

__all__ = ["find_row", "schema_name"]

_BY_LOWER_CASE = {name.lower(): name for name in COLUMNS}


def find_row(text: str, columns: tuple[str, ...], *, leads: int) -> dict[str, str | None] | None:
    """Return one lead's values.

    Args:
        text: The lead's id, in lower case.
        columns: Schema names; one that the lead lacks is left out.
        leads: How many computed leads the account has; the vendor's three come on top.

    Returns:
        The values by column, in the order of `columns`; None when the account has no such lead.
    """
    record = RECORDS.get(text)
    if record is not None:
        return {name: record[name] for name in columns if name in record}
    number = number_of(text)
    if number is None or number >= leads:
        return None
    return lead_row(Lead(number, known_id=text), columns)


def schema_name(column: str) -> str:
    """Return a column's own spelling for one in any case; unknown names as they are."""
    return _BY_LOWER_CASE.get(column.lower(), column)
