"""Workbooks (xlsx, xlsm, xlsb, xls, ods) to rows of text, through calamine."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from python_calamine import CalamineError, PasswordError, SheetTypeEnum, load_workbook

from lsq.sheets.errors import SheetError, not_a_sheet
from lsq.sheets.id_shape import holds_id
from lsq.sheets.parsing.cell_text import cell_text
from lsq.sheets.sheet import Worksheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    from lsq.sheets.limits import Limits

__all__ = ["Grid", "read_workbook"]

_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Grid(NamedTuple):
    """One worksheet's rows of text; the other worksheets by name and size."""

    records: list[list[str]]
    first_row: int
    worksheet: str
    worksheets: tuple[Worksheet, ...]


class _Cells(NamedTuple):
    """A worksheet as the parser gives it: typed cells from its first filled row on."""

    rows: list[list[Any]]
    first_row: int
    name: str


def read_workbook(data: bytes, *, name: str, worksheet: str | None, limits: Limits) -> Grid:
    """Read one worksheet: the named one, else the one with the most ids, else the first filled.

    Raises:
        SheetError: Locked, broken, too large, or without a worksheet of that name.
    """
    if _LOCKED in data:
        raise _locked(name)
    try:
        with load_workbook(io.BytesIO(data)) as workbook:
            sheets = [_cells(workbook, title, limits=limits) for title in _titles(workbook)]
    except PasswordError as error:
        raise _locked(name) from error
    except CalamineError as error:
        raise _unreadable(name) from error
    except BaseException as error:
        # A panic of the Rust parser is no Exception; the file is at fault, the process goes on.
        if type(error).__name__ == "PanicException":
            raise _unreadable(name) from error
        raise
    chosen = _choose(sheets, name=name, worksheet=worksheet)
    return Grid(
        records=[[cell_text(value) for value in row] for row in chosen.rows],
        first_row=chosen.first_row,
        worksheet=chosen.name,
        worksheets=tuple(Worksheet(sheet.name, len(sheet.rows)) for sheet in sheets),
    )


def _titles(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _cells(workbook: CalamineWorkbook, title: str, *, limits: Limits) -> _Cells:
    sheet = workbook.get_sheet_by_name(title)
    limits.check_cells(f"Worksheet “{title}”", rows=sheet.height, columns=sheet.width)
    # Only the filled area: padding from A1 on could be a thousand times the file.
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=True)
    return _Cells(rows, sheet.start[0] + 1 if sheet.start else 1, title)


def _choose(sheets: list[_Cells], *, name: str, worksheet: str | None) -> _Cells:
    if worksheet is not None:
        for sheet in sheets:
            if sheet.name == worksheet:
                return sheet
        title = f"{name} has no worksheet named {worksheet}."
        raise SheetError(title, f"It has: {', '.join(sheet.name for sheet in sheets)}.")
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        title = f"{name} is empty."
        raise SheetError(title, "Drop a sheet that holds lead ids.")
    return filled[0] if len(filled) == 1 else max(filled, key=_count_ids)


def _count_ids(sheet: _Cells) -> int:
    return sum(type(value) is str and holds_id(value) for row in sheet.rows for value in row)


def _locked(name: str) -> SheetError:
    title = f"{name} is locked with a password."
    return SheetError(title, "Save a copy without the password and drop that.")


def _unreadable(name: str) -> SheetError:
    return not_a_sheet(name, "It looks like a workbook, but it is broken. Save it anew.")
