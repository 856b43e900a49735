"""What columns are called where one of them is to be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.analysis.headers import is_named
from lsq.sheets.names import unique_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.lookup.view import View

__all__ = ["column_labels"]


def column_labels(view: View, columns: Sequence[str]) -> dict[str, str]:
    """Return what columns are called, each otherwise, with schema names that say more.

    The browser sends labels back: of two columns called the same, the first would be meant. The
    analyst's own have no schema names; those whose names are alike, masked, are numbered.
    """
    labels = [(name, view.label(name)) for name in columns]
    texts = [
        label if name in view.own or is_named(label, name) else f"{label} · {name}"
        for name, label in labels
    ]
    return dict(zip(columns, unique_names(texts), strict=True))
