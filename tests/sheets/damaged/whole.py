"""Damage to a whole file: how it is written, from separators to encodings."""

from __future__ import annotations

import codecs
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from tests.sheets.damaged.model import DamagedFile, Dialect, Line, State, file_of, lines_of
from tests.sheets.damaged.tables import BASES

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["whole_files"]

SEPARATORS = {"commas": ",", "semicolons": ";", "tabs": "\t", "pipes": "|", "spaces": " "}
ALL = tuple(BASES.values())


def separators() -> Iterator[DamagedFile]:
    """Every separator, for every table."""
    for (called, separator), base in product(SEPARATORS.items(), ALL):
        ending = {"\t": "tsv", "|": "txt", " ": "txt"}.get(separator, "csv")
        lines = lines_of(base, Dialect(separator=separator))
        yield file_of(f"separated by {called}", "", lines, base, ending=ending)
    for base in ALL:
        lines = lines_of(base, Dialect(separator=", "))
        yield file_of("separated by comma and space", "", lines, base, spaces=True)


def quotes() -> Iterator[DamagedFile]:
    """Other quotes, other escapes, quotes everywhere, spaces before them."""
    for base, (called, separator) in product(ALL, SEPARATORS.items()):
        ways = {
            "single quotes": Dialect(separator=separator, quote="'"),
            "single quotes everywhere": Dialect(separator=separator, quote="'", everywhere=True),
            "quotes everywhere": Dialect(separator=separator, everywhere=True),
            "backslash escapes": Dialect(separator=separator, escape="backslash"),
        }
        for kind, dialect in ways.items():
            if separator != " " and _shows(base.rows, dialect):
                yield file_of(kind, called, lines_of(base, dialect), base)
    for base in ALL:
        if any('"' in cell for row in base.rows for cell in row):
            yield _unescaped(base.name)
    for name in ("first", "comments", "middle", "long"):
        lines = lines_of(BASES[name], Dialect(separator=", ", everywhere=True))
        yield file_of("spaces before quotes", "", lines, BASES[name], spaces=True)
    for name in ("small", "plain", "plain_last", "first", "links"):
        lines = [
            replace(line, text='"' + line.text.replace('"', '""') + '"')
            for line in lines_of(BASES[name])
        ]
        yield file_of("lines quoted whole", "", lines, BASES[name], cells=False, header=())


def _shows(rows: tuple[tuple[str, ...], ...], dialect: Dialect) -> bool:
    """Say whether this way of writing shows: not where all that it quotes are apostrophes."""
    usual = Dialect(separator=dialect.separator)
    cells = [cell for row in rows for cell in row]
    if dialect.quote == "'" and not dialect.everywhere:
        return any(dialect.separator in cell for cell in cells)
    return any(dialect.written(cell) != usual.written(cell) for cell in cells)


def _unescaped(name: str) -> DamagedFile:
    """Quotes inside quotes as they are: the rows that have some are damaged."""
    base, none = BASES[name], Dialect(escape="none")
    lines = [
        replace(line, state=State.DAMAGED)
        if none.line(line.cells) != Dialect().line(line.cells)
        else line
        for line in lines_of(base, none)
    ]
    return file_of("quotes not escaped", "", lines, base)


def line_ends() -> Iterator[DamagedFile]:
    """LF, CRLF and CR, and what stands after the last row."""
    for base, (called, end) in product(ALL, {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}.items()):
        lines = lines_of(base)
        yield file_of(f"line ends {called}", "", lines, base, end=end)
        yield file_of("no final line end", called, lines, base, end=end, tail="")
    for name, end in product(("first", "middle", "comments", "plain"), ("\n", "\r\n", "\r")):
        lines = lines_of(BASES[name])
        for times in (2, 5):
            yield file_of(
                "several final line ends", f"{times} {end!r}", lines, BASES[name], end=end,
                tail=end * times,
            )  # fmt: skip


def multi_line_cells() -> Iterator[DamagedFile]:
    """Line ends inside quotes, of either kind, in a file with lines of either kind."""
    for name, inside, end in product(("comments", "first"), ("\n", "\r\n", "\r"), ("\n", "\r\n")):
        base = BASES[name]
        rows = tuple(
            tuple(
                cell.replace("\n", inside) if "\n" in cell else cell.replace(" ", inside, 1)
                for cell in row
            )
            for row in base.rows
        )
        other = replace(base, rows=rows)
        yield file_of(
            "cells of several lines", f"{inside!r} {end!r}", lines_of(other), other, end=end
        )


def encodings() -> Iterator[DamagedFile]:
    """Every Unicode encoding with and without a byte order mark, and those of the west."""
    marks = {
        "utf-8": codecs.BOM_UTF8,
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }
    for (encoding, mark), base, called in product(marks.items(), ALL, ("commas", "tabs")):
        lines = lines_of(base, Dialect(separator=SEPARATORS[called]))
        bare = file_of(f"{encoding} without a mark", called, lines, base, encoding=encoding)
        yield bare
        kind = f"{encoding} with a mark"
        yield replace(bare, kind=kind, name="marked-" + bare.name, data=mark + bare.data)


def western_encodings() -> Iterator[DamagedFile]:
    """What programs of the west wrote before Unicode, with the signs of each."""
    western = BASES["western"]
    for called, separator in SEPARATORS.items():
        lines = lines_of(western, Dialect(separator=separator))
        yield file_of("cp1252", called, lines, western, encoding="cp1252")
    plain = str.maketrans({"“": "«", "”": "»", "–": "-", "€": "£"})
    rows = tuple(tuple(cell.translate(plain) for cell in row) for row in western.rows)
    latin = replace(western, rows=rows)
    for called, separator in SEPARATORS.items():
        lines = lines_of(latin, Dialect(separator=separator))
        yield file_of("latin-1", called, lines, latin, encoding="latin-1")


def bad_bytes() -> Iterator[DamagedFile]:
    """A byte that is no UTF-8 in one row, and files cut off in the middle of a character."""
    for name, byte in product(("world", "western", "middle"), (b"\xff", b"\xe9", b"\x81", b"\xc3")):
        base = BASES[name]
        lines = lines_of(base)
        at = len(base.rows) // 2
        lines[at] = replace(lines[at], text="\ue000" + lines[at].text, state=State.DAMAGED)
        file = file_of("a byte that is no UTF-8", byte.hex(), lines, base)
        data = file.data.replace("\ue000".encode(), byte)
        # All else in such a file is ASCII for `middle`, which then is a good cp1252 file.
        yield replace(file, data=data, answer=replace(file.answer, cells=name != "middle"))
    for encoding, bytes_left in product(("utf-16-le", "utf-16-be", "utf-32-le", "utf-8"), (1, 3)):
        base = BASES["world"]
        lines = lines_of(base)
        last = lines[-1]
        lines[-1] = replace(last, text=last.text + "日", state=State.DAMAGED)
        file = file_of(
            "cut inside a character", f"{encoding} {bytes_left}", lines, base, tail="",
            encoding=encoding,
        )  # fmt: skip
        mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(
            encoding, b""
        )
        mark = codecs.BOM_UTF32_LE if encoding == "utf-32-le" else mark
        yield replace(file, data=mark + file.data[:-bytes_left])


def trailing_separators() -> Iterator[DamagedFile]:
    """Empty cells at the end: of every line, of all but the header, of some."""
    for name, called, extra in product(
        ("first", "middle", "comments", "plain", "messy"), ("commas", "semicolons", "tabs"), (1, 3)
    ):
        base, separator = BASES[name], SEPARATORS[called]
        lines = lines_of(base, Dialect(separator=separator))
        label, more = f"{extra} {called}", separator * extra
        everywhere = [replace(line, text=line.text + more) for line in lines]
        yield file_of("trailing separators", label, everywhere, base)
        below = [lines[0], *everywhere[1:]]
        yield file_of("trailing separators below the header", label, below, base, alarms=False)
        some = [_or_longer(line, i, more) for i, line in enumerate(lines)]
        yield file_of("trailing separators on some rows", label, some, base, alarms=False)


def _or_longer(line: Line, number: int, more: str) -> Line:
    return replace(line, text=line.text + more) if number % 3 == 2 else line


def declared_separator() -> Iterator[DamagedFile]:
    """A first line `sep=;`, which spreadsheet programs obey and do not show."""
    for name, (called, separator) in product(
        ("first", "middle", "western", "german"), SEPARATORS.items()
    ):
        first = Line(text=f"sep={separator}", state=State.HIDDEN)
        lines = [first, *lines_of(BASES[name], Dialect(separator=separator))]
        yield file_of("sep= line", called, lines, BASES[name], end="\r\n")


def whole_files() -> Iterator[DamagedFile]:
    """Yield every file that is damaged or unusual from end to end."""
    yield from separators()
    yield from quotes()
    yield from line_ends()
    yield from multi_line_cells()
    yield from encodings()
    yield from western_encodings()
    yield from bad_bytes()
    yield from trailing_separators()
    yield from declared_separator()
