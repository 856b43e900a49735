"""Ids out of whole columns: what is common all at once, in Arrow; the rest cell by cell.

Both ways find the same: `rescue.read_cell` is the rule, and what is done here is only quicker.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lsq.sheets.id_shape import (
    CLEAN,
    DASHES,
    LOOSE,
    NO_LEAD,
    NOTHING,
    SHORTEST,
    SPACES,
    TOUCHING,
    UNSEEN,
    WIDE,
    WRAPPING,
)
from lsq.sheets.rescue import LONGEST_MISS, NO_ID, OTHERS_ID, Repair, read_cell

if TYPE_CHECKING:
    import numpy.typing as npt

    Counts = npt.NDArray[np.int32]
    Flags = npt.NDArray[np.bool_]

__all__ = ["Found", "read_cells", "whole", "why_no_id"]

_AT_ONCE = 1 << 16  # cells, so that what is made on the way stays small

_PACKED = "^[0-9a-f]{32}$"
_UP_TO_ID = "(?is)^.*(?:lead|prospect)_?id(?:=|%(?:25)?3d)(?:[{]|%(?:25)?7b)?"
_AFTER_ID = "(?is)(?:[&#}]|%(?:25)?(?:26|7d)).*$"
_LAST_GROUP = "[0-9a-fA-F]{12}"
"""In how many places a text could hold an id: one with dashes is one, without them it is two."""

_WIDE_DIGIT = "[\uff10-\uff19\uff21-\uff26\uff41-\uff46]"
_NEAR_MISS = (
    rf"[0-9a-fA-F-]{{20}}|[\pL\pN_]{{8}}-[\pL\pN_]{{4}}-|[\pL\pN_]{{32}}|%(?:25)*2[dD]|{WIDE}"
)
_LONGEST_BYTES = 4 * LONGEST_MISS + 4000


class Found(NamedTuple):
    """The ids of many cells.

    Attributes:
        counts: int32, how many ids each cell has.
        ids: String array, the ids of all cells one after the other.
        repairs: To how many ids each repair was done.
        as_written: Whether each cell is an id and nothing else, so that `ids` are the cells.
    """

    counts: Counts
    ids: pa.StringArray
    repairs: Counter[str]
    as_written: bool = False


def read_cells(cells: pa.StringArray, *, glued: bool = False) -> Found:
    """Read the ids of every cell; clean cells are not copied when all are.

    Args:
        cells: Without nulls.
        glued: Whether a separator may be missing beside an id.
    """
    clean = _are_ids(cells)
    if clean.all():
        return Found(np.ones(len(cells), dtype=np.int32), cells, Counter(), as_written=True)
    starts = range(0, len(cells), _AT_ONCE)
    parts = [_read(cells[i : i + _AT_ONCE], clean[i : i + _AT_ONCE], glued=glued) for i in starts]
    repairs: Counter[str] = Counter()
    for part in parts:
        repairs.update(part.repairs)
    return Found(
        np.concatenate([part.counts for part in parts]),
        pa.concat_arrays([part.ids for part in parts]),
        repairs,
    )


def whole(column: pa.ChunkedArray) -> pa.StringArray:
    """Return a table's column as one array, not copied when it is one already."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def why_no_id(cells: pa.StringArray) -> pa.StringArray:
    """Say why each of these cells has no lead's id; null for a blank one."""
    plain = _plain(cells)
    blank = pc.equal(pc.utf8_trim(plain, characters=NOTHING), "")
    reasons = pc.if_else(blank, pa.scalar(None, pa.string()), NO_ID)
    near = _has(plain, LOOSE)
    short = np.flatnonzero(~near & _flags(pc.less_equal(pc.binary_length(cells), _LONGEST_BYTES)))
    near[short] = _has(plain.take(pa.array(short)), _NEAR_MISS)
    read = [read_cell(text) for text in cells.filter(pa.array(near)).to_pylist()]
    why = pa.array([OTHERS_ID if each.ids else each.reason for each in read], type=pa.string())
    return pc.replace_with_mask(reasons, pa.array(near), why)


def _read(cells: pa.StringArray, clean: Flags, *, glued: bool) -> Found:
    """Read some cells, of which those that are clean are known."""
    at_odd = np.flatnonzero(~clean & _flags(pc.greater_equal(pc.binary_length(cells), SHORTEST)))
    odd = cells.take(pa.array(at_odd))
    ids, repairs, rest = _read_common(odd, glued=glued)
    readings = [read_cell(text, glued=glued) for text in odd.filter(pa.array(rest)).to_pylist()]
    for reading in readings:
        if reading.repair:
            repairs[reading.repair] += len(reading.ids)
    by_hand = [lead_id for reading in readings for lead_id in reading.ids]

    counts = clean.astype(np.int32)
    counts[at_odd] = _flags(ids.is_valid())
    counts[at_odd[rest]] = [len(reading.ids) for reading in readings]
    # Each id is taken from its place: its own cell, the repaired ones, or those read by hand.
    place = np.arange(len(cells))
    place[at_odd] = len(cells) + np.arange(len(odd))
    source = np.repeat(place, counts)
    is_by_hand = np.zeros(len(cells), dtype=np.bool_)
    is_by_hand[at_odd[rest]] = True
    source[np.repeat(is_by_hand, counts)] = len(cells) + len(odd) + np.arange(len(by_hand))
    places = pa.concat_arrays([cells, ids, pa.array(by_hand, type=pa.string())])
    return Found(counts, places.take(pa.array(source)), repairs)


def _read_common(odd: pa.StringArray, *, glued: bool) -> tuple[pa.StringArray, Counter[str], Flags]:
    """Do the common repairs.

    Returns:
        The id of each cell, null where none was found; how many of each repair; and which of the
        cells without an id may hold one all the same, and have to be read one by one.
    """
    plain = _plain(odd)
    bare = pc.utf8_trim(plain, characters=WRAPPING)
    ids, dashed, packed = _normal(bare)
    lookalike = dashed & (False if plain is odd else _has(odd, DASHES))
    only_spaces = dashed & _flags(pc.equal(pc.utf8_trim(plain, characters=SPACES), bare))
    linked, from_link = _linked(plain)
    linked &= ~dashed & ~packed
    ids = pc.if_else(pa.array(linked), from_link, ids)
    repairs = {
        Repair.DASHES: packed,
        Repair.LOOKALIKES: lookalike,
        Repair.CASE: only_spaces & ~lookalike,
        Repair.QUOTES: dashed & ~only_spaces & ~lookalike,
        Repair.LINK: linked,
    }
    shape = f"{LOOSE}|{TOUCHING}|{_WIDE_DIGIT}" if glued else f"{LOOSE}|{_WIDE_DIGIT}"
    rest = ~_flags(ids.is_valid()) & _has(plain, shape) & ~_flags(pc.equal(bare, NO_LEAD))
    return ids, Counter({word: int(done.sum()) for word, done in repairs.items()}), rest


def _normal(texts: pa.StringArray) -> tuple[pa.StringArray, Flags, Flags]:
    """Return the ids of texts that are one in either case; which had dashes, and which had none."""
    lower = pc.ascii_lower(texts)
    dashed = _are_ids(lower)
    packed = _has(lower, _PACKED) & ~_flags(pc.equal(lower, NO_LEAD.replace("-", "")))
    ids = pc.if_else(pa.array(dashed), lower, pa.scalar(None, pa.string()))
    if packed.any():
        ids = pc.replace_with_mask(
            ids, pa.array(packed), _with_dashes(lower.filter(pa.array(packed)))
        )
    return ids, dashed, packed


def _linked(plain: pa.StringArray) -> tuple[Flags, pa.StringArray]:
    """Find the id of each link that names its lead and can hold no other id."""
    linked = _has(plain, _UP_TO_ID)
    if not linked.any():
        return linked, pa.nulls(len(plain), pa.string())
    tail = pc.replace_substring_regex(plain, pattern=_UP_TO_ID, replacement="")
    alone = pc.replace_substring_regex(tail, pattern=_AFTER_ID, replacement="")
    ids, dashed, packed = _normal(pc.utf8_rtrim(alone, characters=WRAPPING))
    groups = pc.count_substring_regex(plain, pattern=_LAST_GROUP).to_numpy()
    return linked & ((dashed & (groups == 1)) | (packed & (groups == 2))), ids  # noqa: PLR2004  # see _LAST_GROUP


def _with_dashes(packed: pa.StringArray) -> pa.StringArray:
    _, _, text = packed.buffers()
    digits = np.frombuffer(text, dtype=np.uint8, count=32 * len(packed)).reshape(-1, 32)
    written = np.insert(digits, (8, 12, 16, 20), ord("-"), axis=1)
    ends = np.arange(0, written.size + 1, written.shape[1], dtype=np.int32)
    return pa.StringArray.from_buffers(
        len(packed), pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(written))
    )


def _are_ids(cells: pa.StringArray) -> Flags:
    return _has(cells, CLEAN) & ~_flags(pc.equal(cells, NO_LEAD))


def _plain(cells: pa.StringArray) -> pa.StringArray:
    """Return what `str.translate(PLAIN)` makes of cells, but for letters of double width."""
    if pc.all(pc.string_is_ascii(cells)).as_py():
        return cells
    seen = pc.replace_substring_regex(cells, pattern=UNSEEN, replacement="")
    return pc.replace_substring_regex(seen, pattern=DASHES, replacement="-")


def _has(cells: pa.StringArray, pattern: str) -> Flags:
    return _flags(pc.match_substring_regex(cells, pattern=pattern))


def _flags(values: pa.BooleanArray) -> Flags:
    flags: Flags = values.to_numpy(zero_copy_only=False)
    return flags
