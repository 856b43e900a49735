"""One quote too many, at each place in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sheets.damaged.model import DamagedFile, file_of, lines_of
from tests.sheets.damaged.one_row import QUICK, about, damaged, pieces_of, places
from tests.sheets.damaged.tables import BASES, PLAIN, Base

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["one_quote_files"]


def stray_quote(where: str) -> Iterator[DamagedFile]:
    """A quote at the start of a cell, inside it or at its end.

    Where it opens a cell, or is in a quoted one, and another quote follows, the cell may as well
    run on to that: from there on numbers and cells are not judged, the ids are.
    """
    for base in map(BASES.__getitem__, QUICK):
        lines = lines_of(base)
        for at in places(base):
            pieces = pieces_of(lines[at])
            for column, piece in enumerate(pieces):
                if not piece:
                    continue
                spot = {"at the start": 0, "inside": max(1, len(piece) // 2)}.get(where, len(piece))
                quoted = [*pieces[:column], f'{piece[:spot]}"{piece[spot:]}', *pieces[column + 1 :]]
                opens = where == "at the start" or piece.startswith('"')
                runs_on = opens and any('"' in line.text for line in lines[at:])
                excused = frozenset(lines[at].ids) if _splits_id(base, at, column, where) else ()
                known = {"loose_from": at + 1 if runs_on else 0, "excused": frozenset(excused)}
                yield file_of(
                    f"stray quote {where}", f"row {at} cell {column}",
                    damaged(lines, at, ",".join(quoted)), base, **known | about(base, at),
                )  # fmt: skip


def _splits_id(base: Base, at: int, column: int, where: str) -> bool:
    """Excused: an id with a quote in its middle, for that is a malformed id."""
    return bool(at) and column == base.lead and where == "inside"


def unclosed_quote(where: str) -> Iterator[DamagedFile]:
    """A quote opens a cell and is never closed."""
    for base in map(BASES.__getitem__, (*PLAIN, "small", "first", "comments", "middle", "long")):
        lines = lines_of(base)
        at = {"start": 1, "middle": len(base.rows) // 2, "end": len(base.rows)}[where]
        for column in range(len(base.header)):
            pieces = pieces_of(lines[at])
            pieces[column] = '"' + pieces[column].strip('"')
            runs_on = any('"' in line.text for line in lines[at:])
            broken = damaged(lines, at, ",".join(pieces))
            yield file_of(
                f"unclosed quote at the {where}", f"cell {column}", broken, base,
                loose_from=at + 1 if runs_on else 0,
            )  # fmt: skip


def one_quote_files() -> Iterator[DamagedFile]:
    """Yield every file in which one quote is too many."""
    for where in ("at the start", "inside", "at the end"):
        yield from stray_quote(where)
    for where in ("start", "middle", "end"):
        yield from unclosed_quote(where)
