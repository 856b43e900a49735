"""A damaged file, and what is known of it; lines as they are written before they are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.sheets.damaged.tables import Base

__all__ = ["Answer", "Asks", "DamagedFile", "Dialect", "Line", "State", "file_of", "lines_of"]


class State(Enum):
    """What the answer expects of a line."""

    HEADER = auto()
    WHOLE = auto()  # a row whose cells, number and ids are exact
    DAMAGED = auto()  # a row that is exact or else named by its number
    APART = auto()  # no row of the table, but named in the notes
    EITHER = auto()  # a row or none: both can be defended
    NONE = auto()  # no row, and nothing to say of it
    HIDDEN = auto()  # not even a row of a spreadsheet program


class Asks(Enum):
    """Whether the reader should ask which column it is."""

    NO = auto()
    MAY = auto()
    MUST = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a table is written: `escape` is "double", "backslash" or "none"."""

    separator: str = ","
    quote: str = '"'
    escape: str = "double"
    end: str = "\n"
    everywhere: bool = False

    def written(self, cell: str) -> str:
        """Return the cell with quotes where it needs them."""
        special = {self.separator, self.separator.strip() or self.separator, self.quote, "\r", "\n"}
        needs = self.everywhere or any(sign in cell for sign in special) or cell != cell.strip()
        if not needs and (cell or self.separator != " "):
            return cell
        inner = {"double": self.quote * 2, "backslash": f"\\{self.quote}", "none": self.quote}
        return f"{self.quote}{cell.replace(self.quote, inner[self.escape])}{self.quote}"

    def line(self, cells: Iterable[str]) -> str:
        """Return the cells as one record."""
        return self.separator.join(map(self.written, cells))


PLAIN_CSV = Dialect()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record; `ends` with something else than the other lines when it is not None."""

    text: str
    state: State = State.WHOLE
    cells: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    ends: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known of a file.

    Attributes:
        lines: By the row number that a spreadsheet program shows.
        lead: Position of the lead column, to answer with when the reader asks.
        header: Column names; empty when they are not judged.
        excused: Ids that may be found or not; see the kind for why.
        asks: Whether the reader should ask for the column.
        refused: There is no id in it, so one sentence is the right answer.
        loose_from: Row from which numbers and cells can be read in two ways; 0 for nowhere.
        alarms: Whole rows must not be called damaged.
        spaces: Spaces before a cell may be kept or not.
        cells: The cells are judged.
        culprits: Rows to blame for whatever is wrong, besides the damaged ones.
    """

    lines: dict[int, Line]
    lead: int
    header: tuple[str, ...] = ()
    excused: frozenset[str] = frozenset()
    asks: Asks = Asks.NO
    refused: bool = False
    loose_from: int = 0
    alarms: bool = True
    spaces: bool = False
    cells: bool = True
    culprits: frozenset[int] = frozenset()

    @property
    def ids(self) -> tuple[str, ...]:
        """The distinct lead ids, in order."""
        rows = (line for line in self.lines.values() if line.state is not State.APART)
        return tuple(dict.fromkeys(lead_id for line in rows for lead_id in line.ids))

    @property
    def rows(self) -> int | None:
        """Count the data rows; None where two counts can be defended."""
        if self.loose_from or any(line.state is State.EITHER for line in self.lines.values()):
            return None
        return sum(line.state in {State.WHOLE, State.DAMAGED} for line in self.lines.values())

    @property
    def blamed(self) -> frozenset[int]:
        """Rows of which one at least must be named when the ids are not right."""
        damaged = {n for n, line in self.lines.items() if line.state is State.DAMAGED}
        return self.culprits | damaged


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedFile:
    """A file with one kind of damage, and its answer."""

    kind: str
    name: str
    data: bytes
    answer: Answer


def lines_of(base: Base, dialect: Dialect = PLAIN_CSV, *, header: bool = True) -> list[Line]:
    """Write a table, its header first, one `Line` a record."""
    rows = [
        Line(text=dialect.line(cells), cells=cells, ids=ids, header=base.header)
        for cells, ids in zip(base.rows, base.ids, strict=True)
    ]
    top = Line(text=dialect.line(base.header), state=State.HEADER, cells=base.header)
    return [top, *rows] if header else rows


def file_of(  # noqa: PLR0913 - a file is its lines and the ways in which they are written
    kind: str,
    label: str,
    lines: Sequence[Line],
    base: Base,
    *,
    end: str = "\n",
    tail: str | None = None,
    encoding: str = "utf-8",
    ending: str = "csv",
    **known: object,
) -> DamagedFile:
    """Join the lines, number them and encode them; `known` are fields of the `Answer`."""
    ends = [end if line.ends is None else line.ends for line in lines]
    if tail is not None and ends:
        ends[-1] = tail
    text = "".join(line.text + after for line, after in zip(lines, ends, strict=True))
    shown = [line for line in lines if line.state is not State.HIDDEN]
    answer = Answer(lines=dict(enumerate(shown, 1)), lead=base.lead)
    clean_header = any(line.text and line.state is State.HEADER for line in shown)
    answer = replace(answer, **{"header": base.header if clean_header else ()} | known)
    label = re.sub(r"[^a-z0-9]+", "-", f"{kind} {base.name} {label}".lower()).strip("-")
    return DamagedFile(
        kind=kind, name=f"{label}.{ending}", data=text.encode(encoding), answer=answer
    )
