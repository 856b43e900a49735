"""Which id spoils a call: a batch that is refused for what it asks is halved until it is found.

One bad id among n costs at most 2⌈log2 n⌉ calls. Until a call has been answered it may well be the
question that is wrong (a column, say) and no id at all, so pieces go out one by one: first down to
one id and its neighbour, then the widest piece left. Three single ids that fail alike, with no
success between them, settle it: nobody asks on. Once calls have been answered three bad ids in a
row may be just that; so an id that was answered before is asked for again, and its failing alike is
what settles it.
"""

from __future__ import annotations

from http import HTTPStatus
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
_AT_ONCE = 8  # pieces out together: more would ask for the wide ones before one is at its end


def split(ids: Sequence[LeadId], size: int) -> Iterator[Batch]:
    """Cut `ids` into calls of at most `size`, in order."""
    for start in range(0, len(ids), size):
        yield tuple(ids[start : start + size])


def is_splittable(error: LsqError) -> TypeGuard[BadRequest | Rejected]:
    """Tell whether one of the ids may be to blame; keys and the rate limit never are."""
    wrong = isinstance(error, BadRequest) and error.status == HTTPStatus.BAD_REQUEST
    return wrong or isinstance(error, Rejected)


class Dissection:
    """The pieces of the refused batches of one run. No threads and no calls in here."""

    def __init__(self) -> None:
        """Suspect nothing yet."""
        self._pieces: list[Batch] = []  # not yet asked for
        self._out: set[Batch] = set()
        self._goes_down = False
        self._good: Batch = ()  # an id that was answered: the question itself is not wrong
        self._control: Batch = ()  # the same, while it is asked for again
        self._alike = 0
        self._reason: object = None

    def came_back(self, batch: Batch, *, answered: bool) -> None:
        """Note that a call has ended.

        Args:
            batch: What it asked for.
            answered: Whether that was an answer, so that not everything is wrong.
        """
        self._out.discard(batch)
        if answered:
            self._good, self._alike = batch[:1], 0

    def split(self, batch: Batch) -> tuple[Batch, Batch]:
        """Return the halves of a refused batch, which `due` will give out."""
        half = -(-len(batch) // 2)
        first, second = batch[:half], batch[half:]
        self._pieces += (second, first)
        self._goes_down = self._goes_down or not self._out
        return first, second

    def blamed(self, error: ResponseError) -> ResponseError | None:
        """Note that an id failed alone; return the error that ends the run, if it is enough."""
        reason = _reason(error)
        self._alike = self._alike + 1 if reason == self._reason else 1
        # The neighbour of the first bad id is mostly good, which says that the question is.
        self._reason, self._goes_down = reason, self._alike == 1
        if self._alike < _ENOUGH_ALIKE or self._control:
            return None
        if not self._good:
            return _not_the_ids(error)
        self._control = self._good
        self._pieces.append(self._control)
        return None

    def is_control(self, batch: Batch) -> bool:
        """Tell whether a call is no piece and only asks again for what was answered before."""
        return bool(self._control) and batch == self._control

    def checked(self, error: LsqError | None) -> ResponseError | None:
        """Note how that call ended; return the error that ends the run, if it failed alike."""
        self._out.discard(self._control)
        self._control, self._alike = (), 0
        if error and is_splittable(error) and _reason(error) == self._reason:
            return _not_the_ids(error)
        return None

    def due(self) -> list[Batch]:
        """Return the pieces to ask for now, and nothing beside the check of what was answered."""
        if self._control:
            calls = [piece for piece in self._pieces if piece == self._control]
            self._pieces = [piece for piece in self._pieces if piece != self._control]
        else:
            room = (_AT_ONCE if self._good else 1) - len(self._out)
            calls = [self._next() for _ in range(min(room, len(self._pieces)))]
        self._out.update(calls)
        return calls

    def _next(self) -> Batch:
        if self._good or self._goes_down:
            return self._pieces.pop()
        widest = max(range(len(self._pieces)), key=lambda place: len(self._pieces[place]))
        return self._pieces.pop(widest)


def _reason(error: ResponseError) -> tuple[object, ...]:
    return type(error), error.exception_type, error.title


def _not_the_ids(error: ResponseError) -> ResponseError:
    title = f"It is not the ids: {_ENOUGH_ALIKE} asked for one by one failed alike."
    return type(error)(
        title,
        f"{error} Nothing more was asked.",
        status=error.status,
        exception_type=error.exception_type,
    )
