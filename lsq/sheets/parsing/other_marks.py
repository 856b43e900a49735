"""Rows that were written with other marks than the rest, split as they were meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lsq.sheets.damage import Damage
from lsq.sheets.id_shape import holds_id
from lsq.sheets.parsing.blocks import split_block
from lsq.sheets.parsing.dialect import SEPARATORS
from lsq.sheets.parsing.line import join_cells, split_line

if TYPE_CHECKING:
    from lsq.sheets.parsing.blocks import Block
    from lsq.sheets.parsing.dialect import Writing

__all__ = ["split_otherwise"]


def split_otherwise(block: Block, writing: Writing) -> tuple[Block, dict[int, Damage]]:
    """Split again the rows of a wrong width that have the right one with another separator.

    Also those that have it when their quotes are text: two stray ones can look like a pair.

    Returns:
        The block, and what these records had, by their position in it.
    """
    if writing.width < 2 or not writing.with_ids:  # noqa: PLR2004 - one cell a line needs no marks
        return block, {}
    widths = block.widths
    wrong = np.flatnonzero((widths != writing.width) & (widths > 0))
    pieces, kept, damage = [], 0, dict[int, Damage]()
    for record in wrong.tolist():
        text = block.text(record)
        meant = _meant(text, writing) if holds_id(text) else None
        if meant is not None:
            cells, damage[record] = meant
            begin = int(block.begins[record])
            line = join_cells(cells, writing.dialect).encode()
            pieces += (block.data[kept:begin], line)
            kept = begin + len(text.encode())
    if not damage:
        return block, damage
    again = split_block(b"".join((*pieces, block.data[kept:])), writing.dialect)
    return again or block, damage


def _meant(text: str, writing: Writing) -> tuple[list[str], Damage] | None:
    dialect = writing.dialect
    for mark in (*SEPARATORS, " "):
        if mark != dialect.separator and mark in text:
            split = split_line(text, replace(dialect, separator=mark, spaced=False))
            if len(split.cells) == writing.width and not split.stray:
                return split.cells, Damage.SEPARATOR
    plain = text.split(dialect.separator)
    if dialect.quote in text and len(plain) == writing.width:
        return plain, Damage.QUOTE
    return None
