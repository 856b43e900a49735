"""A column of texts that takes little more room than its letters.

A Python string costs about 50 bytes before its first letter and 8 for each place that names it; a
hundred thousand leads of twelve columns are a million of them. Here the texts of a page stand in
one string, with the places where they end, and a text is cut out when it is asked for. Columns put
together share their pages and copy nothing.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import overload

__all__ = ["TextColumn"]


@dataclass(frozen=True, slots=True)
class _Page:
    """Some texts: all letters, where each text ends, and a 1 for each that is missing."""

    letters: str
    ends: array[int]
    missing: bytes | None

    def text(self, row: int) -> str | None:
        if self.missing and self.missing[row]:
            return None
        return self.letters[self.ends[row - 1] if row else 0 : self.ends[row]]

    def part(self, start: int, stop: int) -> _Page:
        """Return its texts from `start` to `stop`, itself if it has no others."""
        first, end = max(start, 0), min(stop, len(self.ends))
        if (first, end) == (0, len(self.ends)):
            return self
        before = self.ends[first - 1] if 0 < first < end else 0
        ends = array("I", [at - before for at in self.ends[first:end]])
        letters = self.letters[before : ends[-1] + before] if ends else ""
        return _Page(letters, ends, self.missing and self.missing[first:end])

    def texts(self) -> Iterator[str | None]:
        if self.missing:
            return map(self.text, range(len(self.ends)))
        cuts = zip(chain((0,), self.ends), self.ends, strict=False)
        return (self.letters[start:end] for start, end in cuts)


class TextColumn(Sequence[str | None]):
    """Texts, and None where there is none; it never changes and compares as a list does."""

    __slots__ = ("_pages", "_starts")

    def __init__(self, *columns: Sequence[str | None]) -> None:
        """Put columns one below the other; other `TextColumn`s are shared, lists are copied."""
        self._put(chain.from_iterable(map(_pages_of, columns)))

    def is_sound(self) -> bool:
        """Tell whether no text holds a lone surrogate, which JSON can write and no file can."""
        try:
            for page in self._pages:
                page.letters.isascii() or page.letters.encode()
        except UnicodeEncodeError:
            return False
        return True

    def holding(self, part: str) -> int:
        """Count the texts that hold `part`; quick where hardly any does."""
        pages = (page for page in self._pages if part in page.letters)
        return sum(part in text for page in pages for text in page.texts() if text)

    def pages(self) -> Iterator[tuple[str, array[int], bytes | None]]:
        """Yield its texts as they are kept, for whoever takes many of them over at once.

        Yields:
            The letters of some texts, where among them each text ends, and a 1 for each text that
            is missing, or None when none is.
        """
        for page in self._pages:
            yield page.letters, page.ends, page.missing

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes."""
        return sum(
            sys.getsizeof(page.letters) + sys.getsizeof(page.ends) + len(page.missing or b"")
            for page in self._pages
        )

    def __len__(self) -> int:
        """Count the texts, the missing ones too."""
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> str | None: ...

    @overload
    def __getitem__(self, index: slice) -> TextColumn: ...

    def __getitem__(self, index: int | slice) -> str | TextColumn | None:
        """Return one text, or a part of the column; neighbours share the pages they fill."""
        rows = range(len(self))[index]
        if isinstance(rows, range):
            return self._run(rows) if rows.step == 1 else TextColumn([self[row] for row in rows])
        page = bisect_right(self._starts, rows) - 1
        return self._pages[page].text(rows - self._starts[page])

    def _run(self, rows: range) -> TextColumn:
        column = TextColumn()
        first = max(bisect_right(self._starts, rows.start) - 1, 0)
        reached = slice(first, bisect_left(self._starts, rows.stop))
        parts = zip(self._pages[reached], self._starts[reached], strict=True)
        column._put(page.part(rows.start - start, rows.stop - start) for page, start in parts)
        return column

    def _put(self, pages: Iterable[_Page]) -> None:
        self._pages = tuple(page for page in pages if page.ends)
        self._starts = list(accumulate((len(page.ends) for page in self._pages), initial=0))

    def __iter__(self) -> Iterator[str | None]:
        """Go through the texts, faster than one by one."""
        return chain.from_iterable(page.texts() for page in self._pages)

    def __eq__(self, other: object) -> bool:
        """Compare text by text with any sequence."""
        if isinstance(other, Sequence) and not isinstance(other, str):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal to lists, which have none either

    def __repr__(self) -> str:
        """Show the texts as a list does."""
        return repr(list(self))


def _pages_of(values: Sequence[str | None]) -> tuple[_Page, ...]:
    if isinstance(values, TextColumn):
        return values._pages  # noqa: SLF001 - of its own kind
    if not values:
        return ()
    missing = bytes(value is None for value in values) if None in values else None
    texts = [value or "" for value in values]
    return (_Page("".join(texts), array("I", accumulate(map(len, texts))), missing),)
