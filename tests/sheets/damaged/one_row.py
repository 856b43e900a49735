"""Damage to one row of a file, at each place in turn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.sheets.damaged.model import Asks, DamagedFile, Dialect, Line, State, file_of, lines_of
from tests.sheets.damaged.tables import BASES, Base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Break = Callable[[list[str], int], list[str]]

__all__ = ["QUICK", "about", "damaged", "one_row_files", "pieces_of", "places"]

CSV = Dialect()
QUICK = ("first", "middle", "last", "ahead", "comments", "plain_owned", "plain")
TABLES = ("first", "middle", "last", "ahead", "comments", "world", "plain", "plain_owned")


def places(base: Base) -> tuple[int, ...]:
    """Return the header, the first, a middle and the last line."""
    return (0, 1, len(base.rows) // 2, len(base.rows))


def pieces_of(line: Line) -> list[str]:
    return [CSV.written(cell) for cell in line.cells]


def damaged(lines: list[Line], at: int, text: str) -> list[Line]:
    """Return the lines with this text in place of the one `at`; a header stays a header."""
    state = State.HEADER if lines[at].state is State.HEADER else State.DAMAGED
    return [*lines[:at], replace(lines[at], text=text, state=state), *lines[at + 1 :]]


def about(base: Base, at: int) -> dict[str, object]:
    """What a damaged header changes: the names no longer decide, and nothing fits it."""
    if at:
        return {}
    asks = Asks.MAY if base.owned else Asks.NO
    return {"header": (), "asks": asks, "alarms": False, "culprits": frozenset({1})}


def missing_separator() -> Iterator[DamagedFile]:
    """Two cells run into each other.

    Excused: a lead id that now touches a hexadecimal digit, for nobody sees where it ends.
    """
    for base in map(BASES.__getitem__, TABLES):
        lines = lines_of(base)
        for at in places(base):
            pieces = pieces_of(lines[at])
            for column in range(1, len(pieces)):
                left, right = pieces[column - 1], pieces[column]
                touches = {column - 1: right[:1], column: left[-1:]}.get(base.lead, "")
                blurred = at and touches and touches.lower() in "0123456789abcdef"
                glued = [*pieces[: column - 1], left + right, *pieces[column + 1 :]]
                excused = frozenset(lines[at].ids) if blurred else frozenset()
                broken = damaged(lines, at, ",".join(glued))
                label, known = f"row {at} cell {column}", about(base, at)
                # What opens no cell is no quote, so a line end after it ends the row.
                known["loose_from"] = at + 1 if "\n" in right else 0
                yield file_of("missing separator", label, broken, base, excused=excused, **known)


def extra_separator() -> Iterator[DamagedFile]:
    """A cell of nothing comes in between."""
    for base in map(BASES.__getitem__, TABLES):
        lines = lines_of(base)
        for at in places(base):
            pieces = pieces_of(lines[at])
            for column in range(len(pieces) + 1):
                broken = damaged(lines, at, ",".join([*pieces[:column], "", *pieces[column:]]))
                label, known = f"row {at} cell {column}", about(base, at)
                if column == len(pieces):
                    known.pop("asks", None)  # all other names still stand where they stood
                yield file_of("extra separator", label, broken, base, **known)


def separator_inside() -> Iterator[DamagedFile]:
    """A cell is cut in two. Excused: the id whose cell it is."""
    for base in map(BASES.__getitem__, QUICK):
        lines = lines_of(base)
        for at in places(base)[1:]:
            pieces = pieces_of(lines[at])
            for column, piece in enumerate(pieces):
                if len(piece) < 2 or piece.startswith('"'):
                    continue
                half = len(piece) // 2
                cut = [*pieces[:column], piece[:half], piece[half:], *pieces[column + 1 :]]
                excused = frozenset(lines[at].ids) if column == base.lead else frozenset()
                broken = damaged(lines, at, ",".join(cut))
                yield file_of(
                    "separator inside a cell", f"row {at} cell {column}", broken, base,
                    excused=excused,
                )  # fmt: skip


def other_separator(called: str, separator: str) -> Iterator[DamagedFile]:
    """One row is written with another separator."""
    other = Dialect(separator=separator)
    for base in map(BASES.__getitem__, (*TABLES, "wide", "messy")):
        lines = lines_of(base)
        for at in places(base)[1:]:
            if lines[at].ids:
                broken = damaged(lines, at, other.line(lines[at].cells))
                loose_from = at + 1 if "\n" in lines[at].text else 0
                yield file_of(
                    f"row with {called}", f"row {at}", broken, base, spaces=separator == ", ",
                    loose_from=loose_from,
                )  # fmt: skip


def other_line_end() -> Iterator[DamagedFile]:
    """One row ends otherwise; every spreadsheet program takes any of them."""
    for base in map(BASES.__getitem__, ("first", "middle", "plain", "comments")):
        for end, other in (
            ("\n", "\r\n"),
            ("\n", "\r"),
            ("\r\n", "\n"),
            ("\r\n", "\r"),
            ("\r", "\n"),
        ):
            for at in places(base)[:-1]:
                lines = lines_of(base)
                lines[at] = replace(lines[at], ends=other)
                yield file_of(
                    "row with another line end", f"row {at} {end!r} {other!r}", lines, base, end=end
                )


def broken_line() -> Iterator[DamagedFile]:
    """A line end comes in between two cells: two short rows, as every program shows them."""
    for base in map(BASES.__getitem__, ("first", "last", "plain", "plain_last", "plain_owned")):
        lines = lines_of(base)
        for at in places(base)[1:]:
            pieces = pieces_of(lines[at])
            for column in range(1, len(pieces)):
                holds = column <= base.lead
                ids = lines[at].ids
                head = Line(
                    text=",".join(pieces[:column]), state=State.DAMAGED, ids=() if holds else ids
                )
                rest = replace(head, text=",".join(pieces[column:]), ids=ids if holds else ())
                broken = [*lines[:at], head, rest, *lines[at + 1 :]]
                yield file_of("line broken in two", f"row {at} cell {column}", broken, base)


def missing_line_end() -> Iterator[DamagedFile]:
    """Two rows stand in one line.

    Excused: a lead id that now touches a hexadecimal digit.
    """
    for base in map(BASES.__getitem__, ("first", "plain", "plain_last", "plain_owned", "middle")):
        lines = lines_of(base)
        for at in (1, len(base.rows) // 2, len(base.rows) - 1):
            one, two = lines[at], lines[at + 1]
            touching = (one.text[-1] + two.text[0]).lower()
            blurred = (
                [one.ids]
                if touching[1] in "0123456789abcdef" and one.ids[0] == one.text[-36:]
                else []
            )
            if touching[0] in "0123456789abcdef" and two.text.startswith(two.ids[0]):
                blurred.append(two.ids)
            both = replace(
                one, text=one.text + two.text, ids=one.ids + two.ids, state=State.DAMAGED
            )
            yield file_of(
                "missing line end", f"row {at}", [*lines[:at], both, *lines[at + 2 :]], base,
                excused=frozenset(i for ids in blurred for i in ids),
            )  # fmt: skip


def nul_bytes() -> Iterator[DamagedFile]:
    """NUL characters in a cell: left out, and the row is named."""
    for base in map(BASES.__getitem__, ("first", "middle", "world", "plain")):
        lines = lines_of(base)
        for at in places(base)[1:]:
            for column in range(len(base.header)):
                pieces = pieces_of(lines[at])
                half = len(pieces[column]) // 2
                pieces[column] = f"{pieces[column][:half]}\0{pieces[column][half:]}"
                broken = damaged(lines, at, ",".join(pieces))
                yield file_of("NUL in a row", f"row {at} cell {column}", broken, base)


def one_row_files() -> Iterator[DamagedFile]:
    """Yield every file in which one row is damaged."""
    yield from missing_separator()
    yield from extra_separator()
    yield from separator_inside()
    for called, separator in {"semicolons": ";", "tabs": "\t", "pipes": "|", "spaces": " "}.items():
        yield from other_separator(called, separator)
    yield from other_separator("comma and space", ", ")
    yield from other_line_end()
    yield from broken_line()
    yield from missing_line_end()
    yield from nul_bytes()
