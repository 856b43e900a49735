"""Memory that nobody uses any more, given back to the system.

Reading a sheet and a hundred answers makes millions of short-lived texts. Arrow's own pool and the
allocator below Python keep the room for later: 70 MB after 100,000 leads. So Arrow takes its memory
from that allocator too, which makes one store of free room out of two; threads share it, instead of
one store for each call that runs at the same time; and after each piece of work it is emptied.
"""

from __future__ import annotations

import ctypes
import sys

import pyarrow as pa

__all__ = ["give_back"]

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3  # M_ARENA_MAX, M_MMAP_THRESHOLD of glibc's malloc.h
_STORES = 2
_LARGE = 1 << 20  # bytes from which a piece goes back to the system as soon as it is freed


def _share_room() -> None:
    pa.set_memory_pool(pa.system_memory_pool())
    # Other systems and other C libraries have no such switch, and most no such stores.
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_ARENA_MAX, _STORES)
        mallopt(_MMAP_THRESHOLD, _LARGE)


_share_room()  # on import: threads that run already keep the stores they have


def give_back() -> None:
    """Give back what is free, Python's part too; takes milliseconds, so once per piece of work."""
    pa.default_memory_pool().release_unused()
