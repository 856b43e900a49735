"""What every command has in common: its arguments read, its errors told, its exit code."""

from __future__ import annotations

import argparse
import logging
import sys
from typing import TYPE_CHECKING

from lsq import __version__
from lsq.api.errors import AccountError, LsqError
from lsq.api.redaction import install
from lsq.cli import check, fetch, sandbox
from lsq.cli.exits import REFUSED, STOPPED, USAGE
from lsq.cli.output import hang_up, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run"]

_log = logging.getLogger(__name__)


def run(argv: Sequence[str] | None) -> int:
    """Run one command and return its exit code; see `lsq.cli.main`."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="lsq: %(message)s")
    install()
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except AccountError as error:
        return _say(error, REFUSED)
    except LsqError as error:
        return _say(error, USAGE)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        hang_up()
        return STOPPED
    except OSError as error:
        name = f"“{error.filename}”: " if error.filename else ""
        return _say(LsqError(f"{name}{error.strerror or 'cannot be read or written'}."), USAGE)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lsq",
        description="A spreadsheet of LeadSquared lead ids in; every lead out.",
        epilog="Settings come from LSQ_HOST, LSQ_ACCESS_KEY, LSQ_SECRET_KEY and others.",
    )
    parser.add_argument("--version", action="version", version=f"lsq {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in (fetch, check, sandbox):
        command.add_to(commands)
    return parser


def _say(error: LsqError, code: int) -> int:
    tell(str(error))
    return code
