"""The command line: `lsq fetch | check | sandbox`, a file per command.

Exit codes, which are a contract: 0 all ids accounted for; 2 wrong usage or unreadable sheet;
3 keys or host refused; 4 some ids failed; 130 stopped by the user. An error is one plain sentence
on standard error, never a traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.cli.exits import STOPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `argv` is without the program's name."""
    try:
        # Only now: it takes a second or two, and a Ctrl+C may come before they are over.
        from lsq.cli.program import run  # noqa: PLC0415 - see above
    except KeyboardInterrupt:
        return STOPPED
    return run(argv)
