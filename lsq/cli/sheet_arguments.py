"""What every command that takes a sheet asks for, and how it reads one."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lsq.settings import Settings, read_settings
from lsq.sheets.id_column import find_ids
from lsq.sheets.reading import read_sheet
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    import argparse

    from lsq.sheets.id_column import IdCells
    from lsq.sheets.sheet import Sheet

__all__ = ["add_sheet_options", "read", "settings"]

STANDARD_INPUT = "-"


def add_sheet_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a sheet is to be read."""
    parser.add_argument("--id-column", metavar="NAME", help="the column that holds the lead ids")
    parser.add_argument("--worksheet", metavar="NAME", help="the worksheet of a workbook")


def settings() -> Settings:
    """Read the settings from the environment; Streamlit's secrets are the app's alone."""
    return read_settings(os.environ)


def read(
    sheet: str, *, id_column: str | None, worksheet: str | None, configured: Settings
) -> tuple[Sheet, IdCells]:
    """Read a sheet by its path, or standard input for "-", and find its ids.

    Raises:
        SheetError: When it is not a sheet or holds no ids.
        OSError: When the file cannot be read.
    """
    if sheet == STANDARD_INPUT:
        name, data = "standard input", sys.stdin.buffer.read()
    else:
        path = Path(sheet)
        name, data = path.name, path.read_bytes()
    choices = Choices(worksheet=worksheet)
    read_one = read_sheet(data, name=name, choices=choices, limits=configured.limits)
    return read_one, find_ids(read_one, column=id_column)
