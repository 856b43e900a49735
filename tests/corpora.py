"""Public collections of hard input; they are no part of the repository and may lie beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

__all__ = ["SPECTRUM", "naughty_strings", "needs_naughty_strings", "needs_spectrum"]

_CORPORA = Path(__file__).parents[1].parent / "shared" / "corpora"
_BLNS = _CORPORA / "blns" / "blns.json"
SPECTRUM = _CORPORA / "csv-spectrum"
"""CSV files that programs disagree about, each with what is in it as JSON."""

needs_naughty_strings = pytest.mark.skipif(
    not _BLNS.is_file(), reason="the Big List of Naughty Strings is not beside the project"
)
needs_spectrum = pytest.mark.skipif(
    not SPECTRUM.is_dir(), reason="the csv-spectrum corpus is not beside the project"
)


def naughty_strings() -> list[str]:
    """Return the 515 of the Big List of Naughty Strings; none where it is not there."""
    if not _BLNS.is_file():
        return []
    strings: list[str] = json.loads(_BLNS.read_text("utf-8"))
    return strings
