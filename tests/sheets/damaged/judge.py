"""Reads one damaged file and compares with its answer: ids, rows, cells, and what is told."""

from __future__ import annotations

import re
import traceback
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lsq.api.models import Outcome
from lsq.sheets.errors import SheetError
from lsq.sheets.id_column import IdCells, find_ids
from lsq.sheets.limits import Limits
from lsq.sheets.outcomes import OUTCOME_WORDS
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.sheet import Choices, Sheet
from tests.sheets.damaged.model import Answer, Asks, DamagedFile, Line, State

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Verdict", "judge"]

_NUMBERS = re.compile(r"(\d[\d,]*)(?:\s*(?:to|–|-)\s*(\d[\d,]*))?")


@dataclass(slots=True, kw_only=True)
class Verdict:
    """How one file was read.

    Attributes:
        file: Which.
        error: What was raised that should not have been; "" for nothing.
        truth: Distinct ids that it holds, without the excused.
        found: Distinct ids that were found, without the excused.
        right: Those in both.
        exact: The same ids in the same order.
        silent: The wrong ids that nothing points at.
        faults: What else is wrong: cells, numbers, names, notes, false alarms.
    """

    file: DamagedFile
    error: str = ""
    truth: int = 0
    found: int = 0
    right: int = 0
    exact: bool = False
    silent: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def judge(file: DamagedFile) -> Verdict:
    """Read the file and compare with its answer."""
    answer = file.answer
    truth = [lead_id for lead_id in answer.ids if lead_id not in answer.excused]
    verdict = Verdict(file=file, truth=len(truth))
    try:
        sheet, cells = _read(file, verdict)
    except SheetError as error:
        verdict.exact = answer.refused
        verdict.error = "" if answer.refused else f"SheetError: {error}"
        return verdict
    except Exception as error:  # noqa: BLE001 - any other error is the finding
        where = traceback.extract_tb(error.__traceback__)[-1]
        verdict.error = f"{type(error).__name__}: {error} ({where.name})"
        return verdict
    found = [str(lead_id) for lead_id in cells.ids if lead_id not in answer.excused]
    verdict.found, verdict.right = len(found), len(set(found) & set(truth))
    verdict.exact = found == truth
    pointed = _flagged(sheet) | _named(sheet) | _rows(cells, Outcome.INVALID)
    verdict.silent = sorted(_silent(answer, cells, set(found) ^ set(truth), pointed))
    if not verdict.exact and set(found) == set(truth):
        verdict.faults.append("the ids are in another order")
    if answer.refused:
        verdict.faults.append("should have been refused")
    verdict.faults += _faults(answer, sheet, cells)
    return verdict


def _read(file: DamagedFile, verdict: Verdict) -> tuple[Sheet, IdCells]:
    """Read the file; where the reader asks for the column and may, tell it."""
    sheet = parse_sheet(file.data, name=file.name, choices=Choices(), limits=Limits())
    asks, lead = file.answer.asks, file.answer.lead
    try:
        cells = find_ids(sheet)
    except SheetError:
        if asks is Asks.NO:
            raise
        return sheet, find_ids(sheet, column=sheet.table.column_names[lead])
    if asks is Asks.MUST:
        verdict.faults.append("guessed the column and did not ask")
    return sheet, cells


def _flagged(sheet: Sheet) -> set[int]:
    """Return the rows that are called damaged."""
    if sheet.damage is None:
        return set()
    return set(sheet.row_numbers[sheet.damage.is_valid().to_numpy(zero_copy_only=False)].tolist())


def _named(sheet: Sheet) -> set[int]:
    """Return the numbers in the notes; "2 to 5" names four."""
    named: set[int] = set()
    for first, last in _NUMBERS.findall(" ".join(sheet.notes)):
        start = int(first.replace(",", ""))
        named.update(range(start, int(last.replace(",", "") or start) + 1))
    return named


def _rows(cells: IdCells, outcome: Outcome) -> set[int]:
    return {int(row) for row, what in _entries(cells) if what == outcome.value}


def _entries(cells: IdCells) -> Iterable[tuple[int, str]]:
    return zip(cells.row.tolist(), OUTCOME_WORDS[cells.outcome.codes], strict=True)


def _silent(answer: Answer, cells: IdCells, wrong: set[str], pointed: set[int]) -> set[str]:
    """Return the missing and surplus ids of which no word is said, by their row or the culprit."""
    if pointed & answer.blamed:
        return set()
    rows = defaultdict(set)
    for number, line in answer.lines.items():
        for lead_id in line.ids:
            rows[lead_id].add(number)
    for row, lead_id in zip(cells.row.tolist(), cells.id.to_pylist(), strict=True):
        rows[lead_id].add(row)
    return {lead_id for lead_id in wrong if not rows[lead_id] & pointed}


def _faults(answer: Answer, sheet: Sheet, cells: IdCells) -> list[str]:
    """List what is wrong besides the ids."""
    faults = []
    names = tuple(sheet.table.column_names[: len(answer.header)])
    names = tuple(map(str.strip, names)) if answer.spaces else names
    if answer.header and names != answer.header:
        faults.append(f"names {names}")
    if answer.rows is not None and cells.rows != answer.rows:
        faults.append(f"{cells.rows} rows for {answer.rows}")
    table = dict(zip(sheet.row_numbers.tolist(), sheet.table.to_pylist(), strict=True))
    flagged = _flagged(sheet)
    told = flagged | _named(sheet)
    alarms = flagged if answer.alarms else set()
    for number, line in answer.lines.items():
        read = table.get(number)
        loose = answer.loose_from and number >= answer.loose_from
        if line.state is State.WHOLE and not loose:
            if not _same(answer, line, read):
                faults.append(f"row {number} reads {read}")
            elif number in alarms:
                faults.append(f"row {number} is whole and called damaged")
        elif line.state in {State.DAMAGED, State.APART} and number not in told:
            if line.state is State.APART or "\0" in line.text or not _same(answer, line, read):
                faults.append(f"row {number} is not named: {line.text!r}")
        elif line.state is State.APART and number in table:
            faults.append(f"row {number} is no row of the table: {line.text!r}")
    return faults + _entry_faults(answer, cells)


def _entry_faults(answer: Answer, cells: IdCells) -> list[str]:
    """List the whole rows with other ids than their own."""
    found: dict[int, list[str]] = defaultdict(list)
    for row, lead_id in zip(cells.row.tolist(), cells.id.to_pylist(), strict=True):
        found[row] += [lead_id] if lead_id else []
    return [
        f"row {number} has ids {found[number]}"
        for number, line in answer.lines.items()
        if line.state is State.WHOLE
        and not (answer.loose_from and number >= answer.loose_from)
        and found[number] != list(line.ids)
    ]


def _same(answer: Answer, line: Line, read: dict[str, str] | None) -> bool:
    """Say whether a row was read as it was meant; a later table goes by its column names."""
    if read is None:
        return False
    if not answer.cells:
        return True
    if answer.header and line.header and line.header != answer.header:
        meant = dict(zip(map(str.casefold, line.header), line.cells, strict=True))
        return {k.strip().casefold(): v for k, v in read.items() if v} == {
            k: v for k, v in meant.items() if v
        }
    got = list(read.values())
    if answer.spaces:
        got = [cell.lstrip(" ") for cell in got]
    width = max(len(got), len(line.cells))
    return got + [""] * (width - len(got)) == [*line.cells, *[""] * (width - len(line.cells))]
