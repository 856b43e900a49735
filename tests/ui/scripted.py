"""A client that answers what it is told to: a fetch can be held and ended."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.account import Account
    from lsq.api.models import Fetched, Progress

__all__ = ["WAIT_S", "Scripted"]

WAIT_S = 20
"""How long anything is waited for before a test fails, in seconds."""


class Scripted:
    """Stands for `LeadSquared`: answers at once, or after it was let go."""

    def __init__(self, account: Account, answer: Fetched, progress: Progress | None) -> None:
        """Give `answer`; with a progress, show that first and wait for `go`."""
        self.account, self.answer, self.progress = account, answer, progress
        self.go = Event()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""

    def leads_by_id(
        self, _ids: object, *, on_progress: Callable[[Progress], None], **_: object
    ) -> Fetched:
        """Report the progress, wait, answer."""
        if self.progress is not None:
            on_progress(self.progress)
            self.go.wait(WAIT_S)
        return self.answer
