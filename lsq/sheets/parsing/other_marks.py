"""Rows that were written with other marks than the rest, split as they were meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lsq.sheets.damage import Damage
from lsq.sheets.id_shape import holds_id
from lsq.sheets.parsing.blocks import split_block
from lsq.sheets.parsing.line import join_cells, split_line
from lsq.sheets.parsing.writing import SEPARATORS, only_ids

if TYPE_CHECKING:
    from lsq.sheets.parsing.blocks import Block
    from lsq.sheets.parsing.writing import Writing

__all__ = ["as_meant", "split_otherwise"]


def split_otherwise(block: Block, writing: Writing) -> tuple[Block, dict[int, Damage]]:
    """Split again the rows of a wrong width that have the right one with another separator.

    Also those that have it when their quotes are text: two stray ones can look like a pair.

    Returns:
        The block, and what these records had, by their position in it.
    """
    if not writing.id_places:
        return block, {}
    widths = block.widths
    wrong = np.flatnonzero((widths != writing.width) & (widths > 0))
    pieces, kept, damage = list[bytes](), 0, dict[int, Damage]()
    for record in wrong.tolist():
        text = block.text(record)
        meant = as_meant(text, writing)
        if meant is not None:
            cells, damage[record] = meant
            begin = int(block.begins[record])
            line = join_cells(cells, writing.dialect).encode()
            pieces += [block.data[kept:begin], line]
            kept = begin + len(text.encode())
    if not damage:
        return block, damage
    again = split_block(b"".join((*pieces, block.data[kept:])), writing.dialect)
    return again or block, damage


def as_meant(text: str, writing: Writing) -> tuple[list[str], Damage] | None:
    """Split a line of a wrong width with other marks; None when none makes it right."""
    dialect = writing.dialect
    if writing.width < 2 or not writing.id_places or not holds_id(text):  # noqa: PLR2004 - one cell needs no marks
        return None
    if any(map(only_ids, split_line(text, dialect).cells)):
        return None  # what holds an id and nothing else was well split
    for mark in (*SEPARATORS, " "):
        if mark != dialect.separator and mark in text:
            cells = split_line(text, replace(dialect, separator=mark)).cells
            if _fits(cells, writing):
                return cells, Damage.SEPARATOR
    plain = text.split(dialect.separator)
    return (plain, Damage.QUOTE) if _fits(plain, writing) else None


def _fits(cells: list[str], writing: Writing) -> bool:
    return len(cells) == writing.width and all(
        only_ids(cells[place]) for place in writing.id_places
    )
