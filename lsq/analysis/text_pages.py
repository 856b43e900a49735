"""Columns of text taken over by pandas a page at a time, not a text at a time.

A page keeps its texts as one string and the places where they end, and so does Arrow; only that
Arrow counts bytes where Python counts letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from array import array

    import numpy.typing as npt
    import pandas as pd

    from lsq.api.models import TextColumn

__all__ = ["taken_over"]

_WIDER = (0x7F, 0x7FF, 0xFFFF)
"""The last letters that take one, two and three bytes of UTF-8."""


def taken_over(column: TextColumn) -> pd.Series[str]:
    """Make a series of a column: dtype str, None as missing.

    Raises:
        UnicodeEncodeError: A text holds a lone surrogate.
    """
    pages = [_taken_over(*page) for page in column.pages()]
    together = pa.chunked_array(pages, type=pa.large_string()).combine_chunks()
    texts: pd.Series[str] = together.to_pandas()
    return texts


def _taken_over(letters: str, ends: array[int], missing: bytes | None) -> pa.LargeStringArray:
    offsets = np.zeros(len(ends) + 1, dtype=np.int64)
    offsets[1:] = ends
    if not letters.isascii():
        offsets = _bytes_before(letters)[offsets]
    there = None
    if missing is not None:
        there = pa.array(np.frombuffer(missing, dtype=np.uint8) == 0).buffers()[1]
    held = [there, pa.py_buffer(offsets), pa.py_buffer(letters.encode())]
    return pa.Array.from_buffers(pa.large_string(), len(ends), held)


def _bytes_before(letters: str) -> npt.NDArray[np.int64]:
    """Count the bytes before each letter, and before the end."""
    points = np.frombuffer(letters.encode("utf-32-le"), dtype="<u4")
    width = 1 + sum((points > last).astype(np.int64) for last in _WIDER)
    return np.concatenate(([0], np.cumsum(width)))
