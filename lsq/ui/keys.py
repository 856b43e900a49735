"""Keys of widgets: they travel to the browser, so they say nothing that a mask hides."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lsq.lookup.view import View

__all__ = ["column_key", "digest"]


def column_key(view: View, column: str) -> str:
    """Return what stands for a column in a key: its schema name, a digest of one of the sheet's."""
    return digest(column) if column in view.own else column


def digest(*texts: str) -> str:
    """Return 16 hexadecimal digits that stand for texts, whatever characters they are of."""
    return hashlib.sha256(" ".join(texts).encode(errors="surrogatepass")).hexdigest()[:16]
