"""The same server, pages and sessions as the tests of `lsq.ui`."""

from __future__ import annotations

from tests.ui.conftest import (
    account,
    fetch_of,
    ids,
    keys_of,
    lookup_of,
    pipeline,
    said,
    sandboxes,
    visit,
)

__all__ = [
    "account",
    "fetch_of",
    "ids",
    "keys_of",
    "lookup_of",
    "pipeline",
    "said",
    "sandboxes",
    "visit",
]
