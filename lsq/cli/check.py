"""`lsq check SHEET…`: what would be fetched, without any call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lsq.analysis.words import counted
from lsq.api.errors import LsqError
from lsq.cli.exits import DONE, USAGE
from lsq.cli.output import (
    as_json,
    check_target,
    harmless,
    print_bytes,
    print_text,
    tell,
    write_whole,
)
from lsq.cli.sheet_arguments import add_sheet_options, read, settings
from lsq.lookup.reading_notes import decided, no_ids, repaired, repeats, warnings
from lsq.lookup.report import check_report
from lsq.lookup.sentences import sum_of_rows
from lsq.sheets.ledger import settle
from lsq.sheets.writing import write_csv

if TYPE_CHECKING:
    import argparse

    from lsq.settings import Settings
    from lsq.sheets.id_column import IdCells
    from lsq.sheets.sheet import Sheet

__all__ = ["add_to"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("check", help="what would be fetched, without any call")
    parser.add_argument("sheets", nargs="+", metavar="SHEET", help='a file, or "-"')
    add_sheet_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line, per sheet")
    parser.add_argument("--ids", action="store_true", help="add the distinct ids, in order")
    parser.add_argument("--ledger", metavar="FILE", help="write every row's outcome as CSV")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.ledger and len(arguments.sheets) > 1:
        title = "--ledger writes one file, and there are several sheets."
        raise LsqError(title, "Check them one by one.")
    if arguments.ledger:
        check_target(Path(arguments.ledger), sheets=map(Path, arguments.sheets))
    configured, code = settings(), DONE
    for sheet in arguments.sheets:
        try:
            _check(sheet, arguments, configured)
        except BrokenPipeError:
            raise
        except (LsqError, OSError) as error:
            code = USAGE
            _say_unreadable(sheet, error, in_json=arguments.json)
    return code


def _check(name: str, arguments: argparse.Namespace, configured: Settings) -> None:
    sheet, cells = read(name, arguments, configured)
    if arguments.ledger:
        frame = settle(cells, None).frame
        write_whole(Path(arguments.ledger), [write_csv(frame).data])
    if arguments.json:
        report = check_report(sheet, cells) | {"sheet": name}
        if arguments.ids:
            report["ids"] = list(cells.ids)
        print_bytes(as_json(report))
    else:
        _print(sheet, cells, with_ids=arguments.ids)


def _print(sheet: Sheet, cells: IdCells, *, with_ids: bool) -> None:
    lines = [
        f"{sheet.name}: {counted(len(cells.ids), 'distinct lead id')} in column {cells.column}.",
        f"{sum_of_rows(cells)}.",
        *decided(sheet, cells),
        *(f"{sentence}." for sentence in repaired(cells)),
        *no_ids(cells),
        *repeats(cells),
        *warnings(sheet, cells),
    ]
    if with_ids:
        lines.extend(cells.ids)
    print_text("\n".join(map(harmless, lines)) + "\n")


def _say_unreadable(sheet: str, error: LsqError | OSError, *, in_json: bool) -> None:
    sentence = str(error)
    if isinstance(error, OSError):
        sentence = f"{sheet} cannot be read: {error.strerror}."
    if in_json:
        print_bytes(as_json({"sheet": sheet, "error": sentence}))
    else:
        tell(sentence)
