"""What separates the cells of a line: a vote over comma, semicolon, tab and bar.

`csv.Sniffer` finds the dash of a GUID in a plain column of ids, or raises; so the vote is our own.
Each separator reads a sample; it scores by how many lines agree on a width, and by how many lines
then have a cell that holds ids and nothing else.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice

from lsq.sheets.id_shape import ID_IN_TEXT, SHORTEST
from lsq.sheets.parsing.records import parse

__all__ = ["SEPARATORS", "find_separator", "split_declaration"]

SEPARATORS = (",", ";", "\t", "|")
"""In the order in which a tie is decided."""

_SAMPLE_CHARACTERS = 100_000
_SAMPLE_RECORDS = 500


def split_declaration(text: str) -> tuple[str, str | None]:
    """Take off the line `sep=;` that Excel obeys and does not show.

    Returns:
        The rest of the text, and the declared separator or None.
    """
    line, end, _ = text[:10].partition("\n")
    declared = line.strip("\r\"'")
    if end and declared.lower().startswith("sep=") and len(declared) == len("sep=;"):
        return text.partition("\n")[2], declared[-1]
    return text, None


def find_separator(text: str) -> str:
    """Return the separator of a text, or "" when each line is one cell."""
    sample = text[:_SAMPLE_CHARACTERS]
    if len(sample) < len(text):
        sample = sample[: sample.rfind("\n") + 1] or sample
    candidates = [mark for mark in SEPARATORS if mark in sample]
    readings = {mark: _records(sample, mark) for mark in candidates}
    scores = {mark: _score(records) for mark, records in readings.items()}
    scores[""] = _score_one_cell(sample)
    return max(scores, key=scores.__getitem__)  # the first of equals, so real separators win


def _records(sample: str, mark: str) -> list[list[str]]:
    return [record for record in islice(parse(sample, mark), _SAMPLE_RECORDS) if any(record)]


def _score(records: list[list[str]]) -> float:
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return -1.0 if records else 0.0
    return (widths.most_common(1)[0][1] + _with_ids(records)) / len(records)


def _score_one_cell(sample: str) -> float:
    records = _records(sample, "")
    whole = sum(1 for record in records if not any(mark in record[0] for mark in SEPARATORS))
    return (whole + _with_ids(records)) / max(len(records), 1)


def _with_ids(records: list[list[str]]) -> int:
    """Count the records that have a cell of ids and nothing else but what people put between."""
    return sum(any(_only_ids(cell) for cell in record) for record in records)


def _only_ids(cell: str) -> bool:
    return len(cell) >= SHORTEST and not ID_IN_TEXT.sub("", cell).strip("{}[]\"' \t\n;,|/")
