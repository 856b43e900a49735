"""What became of a sheet as one plain object for scripts; the keys are a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.analysis.stages import STAGE, stage_key
from lsq.analysis.text import BLANK, named_counts
from lsq.analysis.words import count, counted
from lsq.api.models import Outcome
from lsq.lookup.reading_notes import warnings

if TYPE_CHECKING:
    from lsq.api.models import Oddities
    from lsq.lookup.run import Lookup
    from lsq.sheets.id_column import IdCells
    from lsq.sheets.sheet import Sheet

__all__ = ["check_report", "fetch_report", "oddities", "open_ids"]

_NAMED = 5
"""Stages that a sentence names."""


def check_report(sheet: Sheet, cells: IdCells) -> dict[str, object]:
    """Return what can be said of a sheet without any call.

    `rows + extra_ids = ids_asked + duplicates + len(invalid) + blank` always holds.
    """
    invalid = cells.outcome == Outcome.INVALID
    return {
        "sheet": sheet.name,
        "worksheet": sheet.worksheet,
        "worksheets": [
            {"name": one.name, "rows": one.rows, "ids": one.ids} for one in sheet.worksheets
        ],
        "encoding": sheet.encoding,
        "separator": sheet.separator,
        "header_row": sheet.header_row,
        "rows": cells.rows,
        "id_column": cells.column,
        "id_columns": [
            {"column": each.column, "ids": each.ids, "cells": each.cells}
            for each in cells.candidates
        ],
        "ids_asked": len(cells.ids),
        "extra_ids": cells.extra_ids,
        "duplicates": cells.count(Outcome.DUPLICATE),
        "blank": cells.count(Outcome.BLANK),
        "invalid": [
            {"row": row, "value": value, "reason": reason}
            for row, value, reason in zip(
                cells.row[invalid].tolist(),
                cells.value.filter(invalid).to_pylist(),
                cells.reason.drop_null().to_pylist(),
                strict=True,
            )
        ],
        "repairs": dict(cells.repairs),
        "damaged": _damaged(sheet),
        "warnings": warnings(sheet, cells),
    }


def fetch_report(lookup: Lookup) -> dict[str, object]:
    """Return what became of a sheet's rows and ids, and what it cost.

    `ids_asked = returned + len(not_found) + len(failed) + len(not_asked)` always holds too.
    """
    fetched, stats = lookup.fetched, lookup.fetched.stats
    report = check_report(lookup.sheet, lookup.plan.cells)
    return {
        **report,
        "host": lookup.host,
        "columns": list(lookup.plan.columns),
        "returned": len(fetched.leads),
        "not_found": list(fetched.not_found),
        "failed": {lead_id: str(error) for lead_id, error in fetched.failed.items()},
        "not_asked": list(fetched.not_asked),
        "from_cache": stats.from_cache,
        "calls": stats.calls,
        "retries": stats.retries,
        "limited": stats.limited,
        "elapsed_s": round(stats.elapsed_s, 3),
        "columns_absent": sorted(fetched.leads.absent),
        "warnings": [*warnings(lookup.sheet, lookup.plan.cells), *oddities(lookup)],
    }


def oddities(lookup: Lookup) -> list[str]:
    """Say what was odd about the answers, a sentence each; nothing odd gives an empty list."""
    fetched, stats = lookup.fetched, lookup.fetched.stats
    said = [
        f"Column {name} came back for no lead: the name may be wrong."
        for name in sorted(fetched.leads.absent)
    ]
    for name, number in lookup.unread.items():
        said.append(
            f"{counted(number, 'value')} of {name} could not be read as a date or number; "
            "every file but Parquet holds them as they came."
        )
    said += _of_stages(lookup)
    said += _of_answers(stats.odd)
    if stats.limited:
        limit = f"{counted(stats.max_calls, 'call')} in {stats.window_s:g} s"
        said.append(
            f"The rate limit refused {counted(stats.limited, 'call')}: other programs use the "
            f"account too, or its limit is lower than set. At the end it was {limit}."
        )
    if stats.alone_calls:
        kept_to = f"{counted(stats.alone_calls, 'call')} in {stats.window_s:g} s"
        said.append(
            f"Redis could not be reached for a while: this fetch kept to {kept_to}, "
            "its part of the shared limit."
        )
    if fetched.stopped_by is not None:
        said.append(str(fetched.stopped_by))
    return said


def open_ids(lookup: Lookup) -> list[str]:
    """Say how many ids have no answer, a sentence each way; no warning, for reports list them."""
    failed, not_asked = len(lookup.fetched.failed), len(lookup.fetched.not_asked)
    said = [f"{counted(failed, 'id')} failed; Lookup says why."] if failed else []
    if not_asked:
        were = "was" if not_asked == 1 else "were"
        said.append(f"{counted(not_asked, 'id')} {were} not asked for.")
    return said


def _damaged(sheet: Sheet) -> list[dict[str, object]]:
    if sheet.damage is None:
        return []
    return [
        {"row": row, "damage": words}
        for row, words in zip(sheet.row_numbers.tolist(), sheet.damage.to_pylist(), strict=True)
        if words is not None
    ]


def _of_stages(lookup: Lookup) -> list[str]:
    """Name the stages of leads that the account's own list does not have, where it has one."""
    listed = lookup.plan.catalog.stages
    if listed is None or STAGE not in lookup.leads:
        return []
    known = {stage_key(stage.name) for stage in listed}
    counts = named_counts(lookup.leads[STAGE]).drop(BLANK, errors="ignore")
    others = {name: leads for name, leads in counts.items() if stage_key(str(name)) not in known}
    if not others:
        return []
    named = ", ".join(f"{name} ({count(leads)})" for name, leads in [*others.items()][:_NAMED])
    more = f" and {count(len(others) - _NAMED)} more" if len(others) > _NAMED else ""
    leads = sum(others.values())
    have = "has" if leads == 1 else "have"
    return [
        f"{counted(leads, 'lead')} {have} a stage that the account does not list: {named}{more}."
    ]


def _of_answers(odd: Oddities) -> list[str]:
    said = []
    if odd.unasked:
        they_are = "it is" if odd.unasked == 1 else "they are"
        came = counted(odd.unasked, "lead")
        said.append(f"{came} came that nobody asked for; {they_are} left out.")
    if odd.repeated:
        one = "one" if odd.repeated == 1 else "one of each"
        said.append(f"{counted(odd.repeated, 'lead')} came more than once; {one} is kept.")
    if odd.doubled:
        had = counted(odd.doubled, "lead")
        said.append(f"{had} came with two values in one column; the last one is kept.")
    if odd.damaged:
        hold = "holds" if odd.damaged == 1 else "hold"
        values = counted(odd.damaged, "value")
        said.append(f"{values} {hold} “\ufffd” in place of a character that could not be read.")
    if odd.miscounted:
        answers = counted(odd.miscounted, "answer")
        said.append(f"{answers} gave another number of leads than came; what came counts.")
    return said
