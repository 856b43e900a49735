"""A progress bar on standard error, for people who watch a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from lsq.lookup.sentences import so_far

if TYPE_CHECKING:
    from lsq.api.models import Progress

__all__ = ["ProgressBar"]

WIDTH = 28


class ProgressBar:
    """Draws a fetch's progress on one line; nothing where no terminal is, or when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        """Decide once whether to draw."""
        self._drawing = not quiet and sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        """Draw this look at the fetch over the last one."""
        if self._drawing:
            sys.stderr.write(f"\r\033[K{bar(progress)}")
            sys.stderr.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._drawing:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def bar(progress: Progress) -> str:
    """Write one look at a fetch as a line of text."""
    share = progress.done / progress.total if progress.total else 1.0
    full = round(share * WIDTH)
    drawn = f"[{'#' * full}{'.' * (WIDTH - full)}] {so_far(progress)}"
    if progress.alone:
        drawn += " · without Redis"
    if progress.waiting_s:
        return f"{drawn} · waiting {max(1, round(progress.waiting_s))} s for the rate limit"
    return drawn
