"""`lsq fetch SHEET`: the same lookup as the app's, from a shell."""

from __future__ import annotations

import argparse
import signal
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lsq.analysis.catalog import STANDARD, Catalog
from lsq.analysis.columns import DEFAULT, resolve
from lsq.api.account import Account
from lsq.api.cache import MemoryCache, NoCache
from lsq.api.calls import REFUSES_EVERYTHING
from lsq.api.errors import LsqError
from lsq.cli.exits import DONE, REFUSED, SOME_FAILED, STOPPED, USAGE
from lsq.cli.output import as_json, check_target, print_bytes, tell, write_whole
from lsq.cli.progress_bar import ProgressBar
from lsq.cli.sheet_arguments import add_sheet_options, read, set_up_as_in_file, settings
from lsq.lookup.choice import Choice, Form, Shape, form_of
from lsq.lookup.files import file_parts
from lsq.lookup.losses import Losses, loss_sentence
from lsq.lookup.plan import plan
from lsq.lookup.report import fetch_report
from lsq.lookup.run import run
from lsq.lookup.sentences import outcome
from lsq.lookup.view import View
from lsq.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsq.api.client import LeadSquared
    from lsq.lookup.run import Lookup
    from lsq.settings import Settings

__all__ = ["add_to"]

DEMO = "No account is set (LSQ_HOST, LSQ_ACCESS_KEY, LSQ_SECRET_KEY): asking the demo account."
_AT_ONCE_S, _PATIENCE_S = 0.5, 15.0
_ZONES = "zone of times in .xlsx and .parquet, default UTC; the other files have them as they came"
_TYPED = frozenset({Form.XLSX, Form.PARQUET})
"""Files with dates and numbers as such, and with the stages in the account's order."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("fetch", help="fetch the leads of a sheet")
    parser.add_argument("sheet", metavar="SHEET", help='a file, or "-" for ids on standard input')
    add_sheet_options(parser)
    parser.add_argument(
        "--out",
        action="append",
        default=[],
        metavar="FILE",
        help=".csv, .excel.csv, .xlsx, .parquet or .jsonl; several times if need be; "
        "without it the CSV goes to standard output",
    )
    parser.add_argument("--columns", metavar="A,B,C", help="schema names, such as ProspectStage")
    optional = argparse.BooleanOptionalAction
    parser.add_argument("--leads-only", action=optional, help="one row per lead, without yours")
    parser.add_argument("--mask", action=optional, help="phones and e-mails as +91-98•••••345")
    parser.add_argument("--timezone", metavar="ZONE", help=_ZONES)
    parser.add_argument("--report", metavar="FILE.json", help="write what became of every row")
    parser.add_argument("--refresh", action="store_true", help="ask also for what is still fresh")
    parser.add_argument("--quiet", action="store_true", help="errors only")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    configured = settings()
    forms = [(Path(name), form_of(name)) for name in arguments.out]
    for name in filter(None, (*arguments.out, arguments.report)):
        check_target(Path(name), sheets=[Path(arguments.sheet)])
    _zone(arguments, configured)  # a wrong one is said before anything is fetched
    # Left when the files are written: calls in flight after a stop still end in the cache.
    with ExitStack() as stack:
        typed = any(form in _TYPED for _, form in forms)
        lookup, stopped = _look_up(arguments, configured, stack, typed=typed)
        written = _write(lookup, forms, arguments, _zone(arguments, configured))
        code = _end(lookup, stopped=stopped, quiet=arguments.quiet)
    return code if written else USAGE


def _look_up(
    arguments: argparse.Namespace, configured: Settings, stack: ExitStack, *, typed: bool
) -> tuple[Lookup, bool]:
    """Read the sheet and fetch its leads; say also whether the user stopped it.

    Where a file is `typed` the account is asked first what its columns hold.
    """
    cache = stack.enter_context(closing(configured.open_cache()))
    sheet, cells = read(arguments.sheet, arguments, configured)
    if sheet.setup is not None:
        set_up_as_in_file(sheet.setup, arguments)
    columns = _columns(arguments)
    account = configured.account or _demo(stack)
    client = stack.enter_context(configured.client(account, cache=cache))
    wanted = plan(
        cells,
        account=account,
        cache=cache,
        columns=columns,
        limit=configured.limit,
        batch=configured.batch,
        refresh=arguments.refresh,
        catalog=_catalog(account, configured) if typed else STANDARD,
    )
    bar = ProgressBar(quiet=arguments.quiet)
    with _stop_on_interrupt() as stop:
        lookup = run(sheet, wanted, client=client, on_progress=bar, stop=stop)
    bar.end()
    if stop.is_set() and not isinstance(cache, (MemoryCache, NoCache)):
        stack.callback(_wait_for_calls, client)
    return lookup, stop.is_set()


def _catalog(account: Account, configured: Settings) -> Catalog:
    """Ask the account for its columns and stages; the usual ones serve where it does not say."""
    with suppress(LsqError), configured.quick_client(account) as client:
        return Catalog.of(client.fields())
    return STANDARD


def _wait_for_calls(client: LeadSquared) -> None:
    """Let calls that a stop left under way end in a cache that outlives this process."""
    with suppress(KeyboardInterrupt):
        if not client.join(_AT_ONCE_S):
            tell("Waiting for the calls under way. Ctrl+C leaves them.")
            client.join(_PATIENCE_S)


def _zone(arguments: argparse.Namespace, configured: Settings) -> ZoneInfo:
    name = arguments.timezone or configured.timezone or "UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        title = f"“{name}” is not a time zone."
        raise LsqError(title, "Write one such as Asia/Kolkata.") from None


def _columns(arguments: argparse.Namespace) -> tuple[str, ...]:
    if arguments.columns is None:
        return DEFAULT
    resolved = resolve(arguments.columns.split(","))
    for sentence in resolved.sentences():
        tell(sentence)
    return resolved.columns


def _demo(stack: ExitStack) -> Account:
    tell(f"{DEMO} Its leads are made up.")
    sandbox = stack.enter_context(Sandbox())
    return Account(
        host=sandbox.base_url,
        access_key=sandbox.access_key,
        secret_key=sandbox.secret_key,
        name="Demo account",
    )


@contextmanager
def _stop_on_interrupt() -> Iterator[Event]:
    """Give an event that Ctrl+C sets, so that what came is written; a second one breaks off.

    Who ends the process in another way (a scheduler, say) wants what came no less.
    """
    stop = Event()

    def ask(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _write(
    lookup: Lookup, forms: list[tuple[Path, Form]], arguments: argparse.Namespace, zone: ZoneInfo
) -> bool:
    """Write every file, whatever becomes of the others; say whether all are there.

    A refusal before the first lead leaves older files of leads as they are.
    """
    nothing = lookup.fetched.stopped_by is not None and not len(lookup.fetched.leads)
    shape = Shape.LEADS if arguments.leads_only else Shape.MINE
    choice = partial(Choice, shape=shape, zone=zone, mask=bool(arguments.mask))
    view = View(lookup=lookup)
    files = [
        (path, _told_parts(view, choice(form=form), quiet=arguments.quiet))
        for path, form in forms
        if not nothing
    ]
    if arguments.report:
        files.append((Path(arguments.report), _report(lookup)))
    written = True
    for path, parts in files:
        try:
            write_whole(path, parts)
        except LsqError as error:
            tell(str(error))
            written = False
    if not forms and not nothing:
        for part in file_parts(view, choice(form=Form.CSV)):
            print_bytes(part.data)
    return written


def _told_parts(view: View, choice: Choice, *, quiet: bool) -> Iterator[bytes]:
    """Yield a file, and say in the end what it does not hold as it came."""
    lost = Losses()
    for part in file_parts(view, choice):
        lost += part
        yield part.data
    said = loss_sentence(choice.form, lost)
    if said and not quiet:
        tell(said)


def _report(lookup: Lookup) -> Iterator[bytes]:
    yield as_json(fetch_report(lookup), indent=2)


def _end(lookup: Lookup, *, stopped: bool, quiet: bool) -> int:
    fetched = lookup.fetched
    said = outcome(lookup, now=lookup.finished_at)
    if not quiet or fetched.stopped_by is not None or fetched.failed:
        tell(f"{said.title} {said.body}")
    if isinstance(fetched.stopped_by, REFUSES_EVERYTHING):
        return REFUSED
    if stopped and fetched.not_asked:
        return STOPPED
    return SOME_FAILED if fetched.failed or fetched.stopped_by else DONE
