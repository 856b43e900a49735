"""Column names: never empty, never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["column_names", "free_name", "unique_names"]


def column_names(header: Sequence[str], *, width: int) -> list[str]:
    """Name `width` columns after a header's cells; an empty cell gives "Column 3".

    The spelling stays as written; only a repetition changes, to "Name (2)".
    """
    cells = [*header, *[""] * (width - len(header))]
    return unique_names(
        cell if cell.strip() else f"Column {number}" for number, cell in enumerate(cells, 1)
    )


def unique_names(names: Iterable[str]) -> list[str]:
    """Give each repetition of a name the first free number, in brackets."""
    names = list(names)
    taken, given = set(names), set[str]()
    unique = []
    for name in names:
        chosen = free_name(name, taken=taken) if name in given else name
        given.add(chosen)
        taken.add(chosen)
        unique.append(chosen)
    return unique


def free_name(name: str, *, taken: Iterable[str], suffix: str = "") -> str:
    """Return the first of "Name", "Name (2)", "Name (3)" that is not taken.

    With a `suffix`, the brackets hold it: "Name", "Name (suffix)", "Name (suffix 2)".
    """
    taken, chosen, number = set(taken), name, 1
    while chosen in taken:
        number += 1
        label = suffix if suffix and number == 2 else f"{suffix} {number - bool(suffix)}".strip()  # noqa: PLR2004  # the first try after the bare name
        chosen = f"{name} ({label})"
    return chosen
