"""Files whose table is not the whole file, or not one table, or hardly a table."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from tests.sheets.damaged.model import Asks, DamagedFile, Dialect, Line, State, file_of, lines_of
from tests.sheets.damaged.tables import BASES, Base, guid

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["shaped_files"]

SOME = ("first", "middle", "last", "ahead", "comments", "world", "messy")
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
BLANK = Line(text="", state=State.EITHER)


def headers() -> Iterator[DamagedFile]:
    """No header, headers of several rows, names twice, or nothing but a header."""
    for base, (called, separator) in product(BASES.values(), SEPARATORS.items()):
        dialect = Dialect(separator=separator)
        top, *rows = lines_of(base, dialect)
        asks = Asks.MUST if base.owned else Asks.NO
        yield file_of("no header", called, rows, base, asks=asks)
        yield file_of("header only", called, [top], base, refused=True)
        # Which of the upper rows are names and which are titles can be argued.
        groups = ["Export" if i == 0 else "" for i in range(len(base.header))]
        units = ["text"] * len(base.header)
        over = Line(text=dialect.line(groups), state=State.EITHER)
        under = Line(text=dialect.line(units), state=State.EITHER)
        yield file_of("header of two rows", f"{called} over", [over, top, *rows], base, header=())
        yield file_of("header of two rows", f"{called} under", [top, under, *rows], base, header=())
        yield file_of("header of three rows", called, [over, top, under, *rows], base, header=())
        yield file_of("one data row", called, [top, rows[0]], base)
        asks = Asks.MUST if base.owned else Asks.NO
        yield file_of("one row and no header", called, rows[:1], base, asks=asks)
    for name in ("first", "plain", "messy"):
        base = BASES[name]
        twice = ",".join([*base.header[:-1], base.header[0]])
        lines = [replace(lines_of(base)[0], text=twice), *lines_of(base)[1:]]
        yield file_of("a name twice in the header", "", lines, base, header=())


def preambles() -> Iterator[DamagedFile]:
    """Lines above the table: named, and no rows."""
    texts = {
        "words": "Leads of the summer campaign",
        "pairs": "Exported by;Ravi, Anita and others",
        "padded": "Report {n}{rest}",
        "guid": f"Report number {guid('report', 1)}",
    }
    for name, (called, text), count, gap in product(
        (*SOME, "german"), texts.items(), (1, 2, 4, 10), (False, True)
    ):
        if called == "guid" and count > 2:
            continue
        base = BASES[name]
        rest = "," * (len(base.header) - 1)
        above = [
            Line(text=text.format(n=n, rest=rest), state=State.APART) for n in range(1, count + 1)
        ]
        if gap:
            above.append(Line(text="", state=State.NONE))
        yield file_of(
            "preamble with a GUID" if called == "guid" else "preamble", f"{called} {count} {gap}",
            [*above, *lines_of(base)], base,
        )  # fmt: skip


def footers() -> Iterator[DamagedFile]:
    """Lines below the table: rows or not, but no ids."""
    for name, gap, count in product(SOME, (False, True), (1, 3)):
        base = BASES[name]
        texts = (f"Total: {len(base.rows)}", "Exported on 2026-06-01, 10:00", "End of report")
        below = [Line(text=text, state=State.EITHER) for text in texts[:count]]
        lines = [*lines_of(base), *([BLANK] if gap else []), *below]
        yield file_of("footer", f"{count} {gap}", lines, base)


def several_tables() -> Iterator[DamagedFile]:
    """Two or three tables below each other; ids are in all of them."""
    for name, gap, (called, keep) in product(
        ("first", "middle", "plain", "plain_owned", "world"), (1, 0, 2),
        {"same columns": 0, "fewer columns": -1, "more columns": 2, "another header": None}.items(),
    ):  # fmt: skip
        base = BASES[name]
        lines = lines_of(base)
        for number in range(2 if keep is None else 1):
            second = _second(base, keep, number)
            top, *rows = lines_of(second)
            lines += [*[BLANK] * gap, replace(top, state=State.APART), *rows]
        if gap or keep == 0:
            yield file_of(f"several tables, {called}", f"{gap}", lines, base)


def _second(base: Base, keep: int | None, number: int) -> Base:
    """Make a further table with ids of its own, in more, fewer or other columns."""
    ids = tuple((guid(f"lead of table {number}", i),) for i in range(4))
    if keep is None:
        header = ("Kind", "Remark", "Prospect Id", "Source", "Day")[: 5 - number]
        rows = tuple(
            ("Mail", f"r{i}", own[0], "Web", "Monday")[: 5 - number] for i, own in enumerate(ids)
        )
        return replace(base, header=header, rows=rows, ids=ids)
    width = len(base.header) + keep
    header = (*base.header, "Source", "Day")[:width]
    rows = tuple(
        (*row[: base.lead], *own, *row[base.lead + 1 :], "Web", "Monday")[:width]
        for row, own in zip(base.rows, ids, strict=False)
    )
    kept = base.lead < width
    return replace(base, header=header, rows=rows, ids=ids if kept else ((),) * 4)


def gaps_and_repeats() -> Iterator[DamagedFile]:
    """Empty lines between rows, and the header again every few rows."""
    for name, (called, separator) in product((*SOME, "plain"), SEPARATORS.items()):
        base, dialect = BASES[name], Dialect(separator=separator)
        top, *rows = lines_of(base, dialect)
        empty = ("",) * len(base.header)
        half = len(rows) // 2
        for times, text in product((1, 3), ("", separator * (len(base.header) - 1))):
            nothing = [Line(text=text, cells=empty, header=base.header)] * times
            yield file_of(
                "empty rows in between", f"{called} {times} {len(text)}",
                [top, *rows[:half], *nothing, *rows[half:]], base,
            )  # fmt: skip
        again = replace(top, state=State.APART)
        for every in (2, 4):
            paged = [top]
            for i, row in enumerate(rows):
                paged += [again, row] if i and i % every == 0 else [row]
            yield file_of("repeated header", f"{called} {every}", paged, base)


def ragged() -> Iterator[DamagedFile]:
    """Rows without their last cells, and rows with a few more."""
    for name, (called, separator) in product((*SOME, "wide", "plain"), SEPARATORS.items()):
        base, dialect = BASES[name], Dialect(separator=separator)
        lines = lines_of(base, dialect)
        short, both = list(lines), list(lines)
        for i in range(1, len(lines)):
            kept = max(base.lead + 1, len(base.header) - i % 3)
            text = dialect.line(lines[i].cells[:kept])
            short[i] = replace(lines[i], text=text, state=State.DAMAGED)
            long = separator.join([lines[i].text, *["x"] * (i % 3)])
            both[i] = replace(lines[i], text=long if i % 2 else text, state=State.DAMAGED)
        yield file_of("short rows", called, short, base)
        yield file_of("ragged rows", called, both, base)


def cut_off() -> Iterator[DamagedFile]:
    """A file that ends in the middle of its last row, or in NUL characters."""
    for name in SOME:
        base = BASES[name]
        lines = lines_of(base)
        for share in (0.3, 0.6, 0.9):
            text = lines[-1].text[: int(len(lines[-1].text) * share)]
            there = lines[-1].ids and lines[-1].ids[0] in text
            # With as many cells as all others, nobody sees that it was cut.
            full = len(next(csv.reader([text], strict=False))) == len(base.header)
            state = State.EITHER if full and text.count('"') % 2 == 0 else State.DAMAGED
            last = replace(lines[-1], text=text, state=state, ids=lines[-1].ids if there else ())
            yield file_of("cut off", f"{share}", [*lines[:-1], last], base, tail="")
        for count in (1, 4096):
            nuls = Line(text="\0" * count, state=State.EITHER)
            yield file_of("NUL at the end", f"{count}", [*lines, nuls], base, tail="")


def empty_files() -> Iterator[DamagedFile]:
    """Nothing, or nothing that can be seen."""
    nothing = {"": b"", "mark": b"\xef\xbb\xbf", "mark16": b"\xff\xfe", "lines": b"\n\n\r\n",
               "spaces": b"   \n  ", "commas": b",,,\n,,,\n", "nul": b"\0\0\0\0"}  # fmt: skip
    for called, data in nothing.items():
        file = file_of("empty file", called, [], BASES["small"], refused=True)
        yield replace(file, data=data)


def lists() -> Iterator[DamagedFile]:
    """Ids and nothing else: one a line or several, or ids in a letter."""
    ids = [guid("lead", i) for i in range(30)]
    base = replace(BASES["small"], header=("",), lead=0)
    for end, header in product(("\n", "\r\n", "\r"), (False, True)):
        lines = [Line(text=own, cells=(own,), ids=(own,)) for own in ids]
        if header:
            lines.insert(0, Line(text="Lead Id", state=State.HEADER))
        yield file_of(
            "list of ids", f"{end!r} {header}", lines, base, end=end, ending="txt", header=()
        )
    for called, between in {
        **SEPARATORS,
        "space": " ",
        "comma-space": ", ",
        "and": " and ",
    }.items():
        lines, at = [], 0
        while at < len(ids):
            some = tuple(ids[at : at + 1 + at % 4])
            lines.append(Line(text=between.join(some), ids=some))
            at += len(some)
        kind = "list of several ids a line"
        yield file_of(kind, called, lines, base, ending="txt", header=(), cells=False, alarms=False)
        yield file_of(
            kind, f"{called} one line", [Line(text=between.join(ids), ids=tuple(ids))], base,
            ending="txt", header=(), cells=False, alarms=False,
        )  # fmt: skip
    texts = (
        f"Hello Maya, please call {ids[0]}, then {ids[1]}.", "Not urgent.", "",
        f"Also: https://example.com/x?LeadID={ids[2]}&tab=1", f"({ids[3]}); thanks, all", "Ravi",
    )  # fmt: skip
    lines = [
        Line(text=text, ids=tuple(i for i in ids if i in text), state=State.EITHER)
        for text in texts
    ]
    for end in ("\n", "\r\n"):
        yield file_of("ids in a letter", repr(end), lines, base, end=end, ending="txt", header=())


def shaped_files() -> Iterator[DamagedFile]:
    """Yield every file of an unusual shape."""
    yield from headers()
    yield from preambles()
    yield from footers()
    yield from several_tables()
    yield from gaps_and_repeats()
    yield from ragged()
    yield from cut_off()
    yield from empty_files()
    yield from lists()
