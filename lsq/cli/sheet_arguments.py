"""What every command that takes a sheet asks for, and how it reads one."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from lsq.cli.output import tell
from lsq.lookup.reading_notes import SEPARATORS, restored
from lsq.settings import Settings, read_settings
from lsq.sheets.candidates import TieError
from lsq.sheets.errors import SheetError, WorksheetTie
from lsq.sheets.id_column import find_ids
from lsq.sheets.reading import read_sheet
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    import argparse

    from lsq.sheets.id_column import IdCells
    from lsq.sheets.saved_setup import SavedSetup
    from lsq.sheets.sheet import Sheet

__all__ = ["add_sheet_options", "read", "set_up_as_in_file", "settings"]

STANDARD_INPUT = "-"

_BY_WORD = {word: separator for separator, word in SEPARATORS.items()} | {"\\t": "\t"}


def add_sheet_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a sheet is to be read, where what was decided is wrong."""
    words = ", ".join(SEPARATORS.values())
    parser.add_argument("--id-column", metavar="NAME", help="the column that holds the lead ids")
    parser.add_argument("--worksheet", metavar="NAME", help="the worksheet of a workbook")
    parser.add_argument("--encoding", metavar="NAME", help="of a text file, such as cp1250")
    parser.add_argument("--separator", metavar="MARK", help=f"a character, or one of {words}")
    parser.add_argument(
        "--header-row", metavar="ROW", type=int, help="the row of the column names; 0 for none"
    )


def settings() -> Settings:
    """Read the settings from the environment; Streamlit's secrets are the app's alone."""
    return read_settings(os.environ)


def read(sheet: str, arguments: argparse.Namespace, configured: Settings) -> tuple[Sheet, IdCells]:
    """Read a sheet by its path, or standard input for "-", and find its ids.

    Args:
        sheet: The path.
        arguments: With what `add_sheet_options` adds.
        configured: The limits.

    Raises:
        SheetError: When it is not a sheet, holds no ids, or something has to be chosen.
        OSError: When the file cannot be read.
    """
    if sheet == STANDARD_INPUT:
        name, data = "standard input", sys.stdin.buffer.read()
    else:
        path = Path(sheet)
        name, data = path.name, path.read_bytes()
    try:
        read_one = read_sheet(
            data, name=name, choices=_choices(arguments), limits=configured.limits
        )
        _refuse_what_does_not_apply(read_one, arguments)
        return read_one, find_ids(read_one, column=arguments.id_column)
    except (TieError, WorksheetTie) as tie:
        option = "--id-column" if isinstance(tie, TieError) else "--worksheet"
        raise SheetError(tie.title, f"Choose one with {option}.") from tie


def set_up_as_in_file(setup: SavedSetup, arguments: argparse.Namespace) -> None:
    """Take from a file of ours what was not asked for otherwise, and say so.

    Args:
        setup: What the file says of itself.
        arguments: Those of `lsq fetch`; what is not among them is set.
    """
    in_file = {
        "id_column": setup.id_column,
        "columns": ",".join(setup.columns),
        "leads_only": setup.leads_only,
        "mask": setup.masked,
        "timezone": setup.zone if setup.zone in available_timezones() else None,
    }
    fields = {"mask": "masked", "timezone": "zone"}
    but = set()
    for name, value in in_file.items():
        if value is None or getattr(arguments, name) is not None:
            but.add(fields.get(name, name))
        else:
            setattr(arguments, name, value)
    said = restored(setup, but=but)
    if said and not arguments.quiet:
        tell(said)


def _refuse_what_does_not_apply(sheet: Sheet, arguments: argparse.Namespace) -> None:
    """Refuse a choice that the kind of file leaves no room for: it was meant for something."""
    texts = {"--encoding": arguments.encoding, "--separator": arguments.separator}
    if sheet.worksheet is not None:
        kind, idle = "a workbook, whose encoding and cells are settled", texts
    elif sheet.encoding is None:
        kind = "a Parquet file, whose columns are settled"
        idle = {"--worksheet": arguments.worksheet, "--header-row": arguments.header_row, **texts}
    else:
        kind, idle = "text, without worksheets", {"--worksheet": arguments.worksheet}
    if given := [option for option, value in idle.items() if value is not None]:
        title = f"{sheet.name} is {kind}."
        raise SheetError(title, f"Leave out {' and '.join(given)}.")


def _choices(arguments: argparse.Namespace) -> Choices:
    separator = arguments.separator
    return Choices(
        worksheet=arguments.worksheet,
        encoding=arguments.encoding,
        separator=_BY_WORD.get(separator, separator),
        header_row=arguments.header_row,
    )
