"""Reads every damaged file and says how well, one line a kind.

python -m tests.sheets.damaged.score [--kind WORDS] [--faults 3]
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tests.sheets.damaged.files import damaged_files
from tests.sheets.damaged.judge import Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.sheets.damaged.model import DamagedFile

__all__ = ["Figures", "figures", "kinds", "verdicts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of some verdicts."""

    files: int
    exact: int
    errors: int
    precision: float
    recall: float
    silent: int
    faulty: int


def figures(some: Iterable[Verdict]) -> Figures:
    """Add up: precision and recall over the ids, all else over the files."""
    some = list(some)
    right = sum(v.right for v in some)
    return Figures(
        files=len(some),
        exact=sum(v.exact for v in some),
        errors=sum(bool(v.error) for v in some),
        precision=right / (sum(v.found for v in some) or 1)
        if right
        else float(not any(v.found for v in some)),
        recall=right / (sum(v.truth for v in some) or 1)
        if right
        else float(not any(v.truth for v in some)),
        silent=sum(bool(v.silent) for v in some),
        faulty=sum(bool(v.faults) for v in some),
    )


@cache
def kinds() -> dict[str, list[DamagedFile]]:
    """Return all files by kind."""
    by_kind: dict[str, list[DamagedFile]] = defaultdict(list)
    for file in damaged_files():
        by_kind[file.kind].append(file)
    return by_kind


@cache
def verdicts(kind: str) -> list[Verdict]:
    """Judge the files of a kind, once a process."""
    return [judge(file) for file in kinds()[kind]]


def main() -> None:
    """Print the table, and some faults of each kind when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", default="", help="only kinds with these words")
    parser.add_argument("--faults", type=int, default=0, help="files to show of each kind")
    asked = parser.parse_args()
    chosen = {kind: verdicts(kind) for kind in kinds() if asked.kind in kind}
    say = sys.stdout.write
    say(f"{'kind':36}files exact errors precision recall silent faulty\n")
    everything = [verdict for some in chosen.values() for verdict in some]
    for kind, some in [*sorted(chosen.items()), ("all", everything)]:
        f = figures(some)
        say(
            f"{kind:36}{f.files:5}{f.exact:6}{f.errors:7}{f.precision:10.4f}{f.recall:7.3f}"
            f"{f.silent:7}{f.faulty:7}\n"
        )
        bad = [v for v in some if v.error or v.silent or v.faults or not v.exact]
        for verdict in bad[: asked.faults if kind != "all" else 0]:
            what = [verdict.error, *(["silent"] if verdict.silent else []), *verdict.faults]
            say(f"    {verdict.file.name}: {'; '.join(filter(None, what))[:300]}\n")


if __name__ == "__main__":
    main()
