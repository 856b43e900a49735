"""Ids and a quick way to read text as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from lsq.sheets.parsing.parse import parse_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet


@pytest.fixture(scope="session")
def ids() -> list[str]:
    """A thousand different ids, the same in every run."""
    return [
        str(UUID(int=(n + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128)) for n in range(1000)
    ]


@pytest.fixture(scope="session")
def sheet_of() -> Callable[..., Sheet]:
    """Read text as the file leads.csv."""

    def read(text: str, **options: Any) -> Sheet:  # noqa: ANN401  # passed on to parse_sheet
        return parse_sheet(text.encode(), name="leads.csv", **options)

    return read
