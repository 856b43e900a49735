"""Workbooks (xlsx, xlsm, xlsb, xls, ods) to rows of text, through calamine."""

from __future__ import annotations

import io
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from python_calamine import (
    CalamineError,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from lsq.sheets.errors import SheetError, not_a_sheet
from lsq.sheets.parsing.cell_text import cell_text
from lsq.sheets.parsing.worksheets import choose, notes_on, preferred, survey
from lsq.sheets.saved_setup import ABOUT, SETUP, read_setup

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from python_calamine import CalamineSheet, CalamineWorkbook

    from lsq.sheets.limits import Limits
    from lsq.sheets.parsing.worksheets import Survey
    from lsq.sheets.saved_setup import SavedSetup
    from lsq.sheets.sheet import Worksheet

__all__ = ["Picked", "read_workbook"]

_MOST_LINES = 5_000  # of About, in which a set-up is looked for
_MOST_ABOVE = 50  # rows among which the column names are looked for
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Picked(NamedTuple):
    """One worksheet's rows of text; the other worksheets by name, size and ids.

    In a workbook that was written here, the rows of a full worksheet go on with those of the ones
    that its set-up names.
    """

    records: list[list[str]]
    first_row: int
    worksheet: str
    worksheets: tuple[Worksheet, ...]
    notes: tuple[str, ...]
    setup: SavedSetup | None = None
    header_row: int | None = None


def read_workbook(data: bytes, *, name: str, worksheet: str | None, limits: Limits) -> Picked:
    """Read one worksheet: the named one, else the one with the most ids, else the first filled.

    Raises:
        WorksheetTie: Several hold the most ids, and not the same ones.
        SheetError: Locked, broken, too large, or without a worksheet of that name.
    """
    if _LOCKED in data:
        raise _locked(name)
    try:
        with load_workbook(io.BytesIO(data)) as workbook:
            return _read(workbook, name=name, worksheet=worksheet, limits=limits)
    except PasswordError as error:
        raise _locked(name) from error
    except CalamineError as error:
        raise _unreadable(name) from error
    except BaseException as error:
        # A panic of the Rust parser is no Exception; the file is at fault, the process goes on.
        if type(error).__name__ == "PanicException":
            raise _unreadable(name) from error
        raise


def _read(
    workbook: CalamineWorkbook, *, name: str, worksheet: str | None, limits: Limits
) -> Picked:
    """Look at one worksheet after the other; only the best so far stays in memory."""
    surveys: list[Survey] = []
    best: list[CalamineSheet] = []
    titles = _titles(workbook)
    limits.check_entries(name, len(titles), kind="worksheets")
    setup = _setup(workbook, titles, limits=limits)
    if setup is not None and worksheet is None and setup.worksheet in titles:
        worksheet = setup.worksheet
    for title, hidden in titles.items():
        sheet = workbook.get_sheet_by_name(title)
        limits.check_cells(f"Worksheet “{title}”", rows=sheet.height, columns=sheet.width)
        surveys.append(survey(title, _rows(sheet), height=sheet.height, hidden=hidden))
        if preferred(surveys, worksheet) is surveys[-1]:
            best = [sheet]
    chosen = choose(surveys, name=name, worksheet=worksheet)
    if best[0].name != chosen.worksheet.name:  # those after it changed what is near the most ids
        best = [workbook.get_sheet_by_name(chosen.worksheet.name)]
    title, first_row = chosen.worksheet.name, _first(best[0]) + 1
    if setup is not None and setup.worksheet in titles and setup.worksheet != title:
        setup = None  # it is about another worksheet
    named = () if setup is None else setup.further_worksheets
    further = _further(workbook, best[0], [each for each in named if each in titles])
    records = [
        [cell_text(value) for value in row] for row in chain(_rows(best[0]), *further.values())
    ]
    return Picked(
        records=records,
        first_row=first_row,
        worksheet=title,
        worksheets=tuple(found.worksheet for found in surveys),
        notes=notes_on(chosen, surveys, further=further),
        setup=setup,
        header_row=_header_row(setup, records, first_row=first_row),
    )


def _setup(
    workbook: CalamineWorkbook, titles: Collection[str], *, limits: Limits
) -> SavedSetup | None:
    """Return what a workbook of ours says of itself; None for any other."""
    if ABOUT not in titles:
        return None
    about = workbook.get_sheet_by_name(ABOUT)
    limits.check_cells(f"Worksheet “{ABOUT}”", rows=about.height, columns=about.width)
    rows = islice(_rows(about), _MOST_LINES)
    return read_setup("".join(str(row[1]) for row in rows if len(row) > 1 and row[0] == SETUP))


def _further(
    workbook: CalamineWorkbook, first: CalamineSheet, names: Iterable[str]
) -> dict[str, Iterator[list[Any]]]:
    """Return the rows of those of these worksheets that have the first one's column names.

    Their names alone tell nothing: Excel calls a copy of "Leads" "Leads (2)".
    """
    others = (name for name in names if name != first.name)
    parts = {name: _rows(workbook.get_sheet_by_name(name)) for name in others}
    header = next(_rows(first), None)
    return {name: rows for name, rows in parts.items() if next(rows, None) == header}


def _header_row(
    setup: SavedSetup | None, records: list[list[str]], *, first_row: int
) -> int | None:
    """Return the shown row of the column names that a set-up knows; None without one."""
    rows = enumerate(records[:_MOST_ABOVE] if setup else (), first_row)
    return next((row for row, cells in rows if setup and setup.of(cells)), None)


def _titles(workbook: CalamineWorkbook) -> dict[str, bool]:
    """Return the worksheets' names, and whether each is hidden."""
    return {
        sheet.name: sheet.visible != SheetVisibleEnum.Visible
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    }


def _first(sheet: CalamineSheet) -> int:
    return sheet.start[0] if sheet.start else 0


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Yield the rows from the first to the last filled one; their cells likewise."""
    return islice(sheet.iter_rows(), _first(sheet), None)


def _locked(name: str) -> SheetError:
    title = f"{name} is locked with a password."
    return SheetError(title, "Save a copy without the password and drop that.")


def _unreadable(name: str) -> SheetError:
    return not_a_sheet(name, "It looks like a workbook, but it is broken. Save it anew.")
