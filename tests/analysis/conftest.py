"""Leads to count and show, and texts that break things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.lead_id import LeadId
from lsq.api.models import LeadTable
from tests.corpora import naughty_strings

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def leads_of() -> Callable[..., LeadTable]:
    """Make a table of leads from one list of raw texts a column."""

    def make(**columns: list[str | None]) -> LeadTable:
        rows = len(next(iter(columns.values())))
        ids = [LeadId(f"00000000-0000-4000-8000-{row:012d}") for row in range(rows)]
        return LeadTable(ids=ids, columns=columns, fetched_at=[0.0] * rows)

    return make


@pytest.fixture(scope="session")
def naughty() -> list[str | None]:
    """The Big List of Naughty Strings, where it is, and the values that broke other programs."""
    hard = [
        None,
        "",
        " ",
        "\ud800",
        "a\udfffb",
        "\x00",
        "\ufffe",
        "=1+1",
        "1e400",
        "9" * 5000,
        "0001-01-01 00:00:00",
        "9999-12-31 23:59:59.9999999",
        "2026-13-45 99:99:99",
        "2026-02-30",
    ]
    return [*naughty_strings(), *hard]
