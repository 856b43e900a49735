"""Exit codes of the command line; scripts rely on them."""

from __future__ import annotations

__all__ = ["DONE", "REFUSED", "SOME_FAILED", "STOPPED", "USAGE"]

DONE = 0
USAGE = 2
REFUSED = 3
SOME_FAILED = 4
STOPPED = 130
