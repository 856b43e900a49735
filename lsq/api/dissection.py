"""Which id spoils a call: a batch that is refused for what it asks is halved until it is found.

One bad id among n costs at most 2⌈log2 n⌉ calls. Until a call has been answered it may well be the
question that is wrong (a column, say) and no id at all, so pieces go out one by one: first down to
one id, then the widest piece left. Three single ids that fail alike, with no success between them,
settle it: nobody asks on. After a success all pieces go out together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from lsq.api.errors import BadRequest, Rejected
from lsq.api.lead_id import LeadId

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lsq.api.errors import LsqError, ResponseError

__all__ = ["Batch", "Dissection", "is_splittable", "split"]

Batch: TypeAlias = tuple[LeadId, ...]
"""The ids of one call."""

_ENOUGH_ALIKE = 3


def split(ids: Sequence[LeadId], size: int) -> Iterator[Batch]:
    """Cut `ids` into calls of at most `size`, in order."""
    for start in range(0, len(ids), size):
        yield tuple(ids[start : start + size])


def is_splittable(error: LsqError) -> TypeGuard[BadRequest | Rejected]:
    """Tell whether one of the ids may be to blame; keys and the rate limit never are."""
    return isinstance(error, (BadRequest, Rejected))


class Dissection:
    """The pieces of the refused batches of one run. No threads and no calls in here."""

    def __init__(self) -> None:
        """Suspect nothing yet."""
        self._pieces: list[Batch] = []  # not yet asked for
        self._out: Batch | None = None  # asked for, while they go one by one
        self._goes_down = False
        self._answered = False  # whether the question itself is known to be good
        self._alike = 0
        self._reason: object = None

    def came_back(self, batch: Batch, *, answered: bool) -> None:
        """Note that a call has ended.

        Args:
            batch: What it asked for.
            answered: Whether leads came, so that neither the question nor everything is wrong.
        """
        if self._out == batch:
            self._out = None
        if answered:
            self._answered, self._alike = True, 0

    def split(self, batch: Batch) -> tuple[Batch, Batch]:
        """Return the halves of a refused batch, which `due` will give out."""
        half = -(-len(batch) // 2)
        first, second = batch[:half], batch[half:]
        self._pieces += (second, first)
        self._goes_down = self._goes_down or self._out is None
        return first, second

    def blamed(self, error: ResponseError) -> ResponseError | None:
        """Note that an id failed alone; return the error that ends the run, if it is enough."""
        reason = (type(error), error.exception_type, error.title)
        self._alike = self._alike + 1 if reason == self._reason else 1
        self._reason, self._goes_down = reason, False
        if self._alike < _ENOUGH_ALIKE:
            return None
        title = f"It is not the ids: {_ENOUGH_ALIKE} asked for one by one failed alike."
        return type(error)(
            title,
            f"{error} Nothing more was asked.",
            status=error.status,
            exception_type=error.exception_type,
        )

    def due(self) -> list[Batch]:
        """Return the pieces to ask for now."""
        if self._answered:
            pieces, self._pieces = self._pieces[::-1], []
            return pieces
        if not self._pieces or self._out is not None:
            return []
        widest = max(range(len(self._pieces)), key=lambda place: len(self._pieces[place]))
        self._out = self._pieces.pop(-1 if self._goes_down else widest)
        return [self._out]
