"""How fast a workbook is written, next to pandas that writes its first sheet.

    python tests/benchmarks/workbook.py [--rows 100000] [--times 3]

It is the app's: 20 columns in Leads (six of the analyst's, the outcome, 13 of the leads), Stages
with its chart, what changed since the file, what was not found, and About. Each measurement is a
process of its own; its clock starts when lookup and frame are in memory. Of several in turn the
quickest counts. Memory is what the process has resident at most (Linux), and in brackets what the
writing has added.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lsq.api.account import Account  # noqa: E402 - after the path is set
from lsq.api.models import Fetched, LeadTable  # noqa: E402 - after the path is set
from lsq.lookup.choice import Choice, Form  # noqa: E402 - after the path is set
from lsq.lookup.files import file_bytes  # noqa: E402 - after the path is set
from lsq.lookup.plan import Plan  # noqa: E402 - after the path is set
from lsq.lookup.rows import main_frame  # noqa: E402 - after the path is set
from lsq.lookup.run import settled  # noqa: E402 - after the path is set
from lsq.lookup.view import View  # noqa: E402 - after the path is set
from lsq.sheets.id_column import find_ids  # noqa: E402 - after the path is set
from lsq.sheets.reading import read_sheet  # noqa: E402 - after the path is set
from lsq.sheets.spare_memory import give_back  # noqa: E402 - after the path is set
from tests.benchmarks.read_sheets import resident_bytes  # noqa: E402 - after the path is set
from tests.benchmarks.stand_in import say  # noqa: E402 - after the path is set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lsq.lookup.run import Lookup

RATIO, ADDED_MB = 4.0, 300
OURS, THEIRS = "workbook", "to_excel"
_CHOICE = Choice(form=Form.XLSX, zone=ZoneInfo("Asia/Kolkata"))
_EVERY_S = 0.01
_STAGES = ("Prospect", "Contacted", "Interested", "Qualified", "Enrolled", "Not interested")
_NAMES = ("Anita", "Dev", "Fatima", "Rahul", "पुणे", "=1+1", "https://example.com/a", "Zoë & Co")


class Measured(NamedTuple):
    """One writing: seconds, the most bytes resident, and how many of them writing has added."""

    seconds: float
    peak: int
    added: int


def lookup_of(rows: int) -> Lookup:
    """Make what a fetch of so many rows would have brought; every hundredth id is not found."""
    ids = [f"{n * 0x9E3779B97F4A7C15 % 2**128:032x}" for n in range(1, rows + 1)]
    ids = ["-".join((i[:8], i[8:12], i[12:16], i[16:20], i[20:])) for i in ids]
    lines = ["Lead ID,Name,Campaign,Stage,Owner,Phone"]
    for n, lead in enumerate(ids):
        stage, phone = _STAGES[n % 5], f"+91-98{n:08d}"
        lines.append(f"{lead},{_NAMES[n % 5]} {n},Batch {n % 7},{stage},Owner {n % 9},{phone}")
    sheet = read_sheet("\n".join(lines).encode(), name="campaign.csv")
    there = [n for n in range(rows) if n % 100]
    columns = {
        "ProspectID": [ids[n] for n in there],
        "FirstName": [_NAMES[n % len(_NAMES)] for n in there],
        "LastName": [f"Family {n}" for n in there],
        "ProspectStage": [_STAGES[n % 6] for n in there],
        "OwnerIdName": [f"Owner {n % 9}" for n in there],
        "Source": [f"Source {n % 12}" for n in there],
        "EmailAddress": [f"lead.{n}@example.com" for n in there],
        "Phone": [f"+91-98{n:08d}" for n in there],
        "Score": [str(n % 97) if n % 7 else None for n in there],
        "CreatedOn": [f"2026-0{1 + n % 9}-1{n % 10} 0{n % 10}:12:00.000" for n in there],
        "ModifiedOn": [f"2026-0{1 + n % 9}-1{n % 10} 1{n % 10}:12:00.000" for n in there],
        "mx_City": [("Pune", "Delhi", "Kochi")[n % 3] for n in there],
        "Notes": [f"Call {n} again about the batch of {n % 12}" for n in there],
    }
    kept = columns["ProspectID"]
    page = LeadTable(ids=kept, columns=columns, fetched_at=[time.time()] * len(kept))
    cells = find_ids(sheet, column="Lead ID")
    # A join takes the room that a fetch would leave it.
    fetched = Fetched(leads=LeadTable.concat([page]), not_found=tuple(ids[::100]))
    account = Account(host="api-in21.leadsquared.com", access_key="a", secret_key="s")  # noqa: S106 - made up
    wanted = Plan(cells=cells, ids=cells.ids, columns=tuple(columns)[1:])
    return settled(sheet, wanted, fetched, account=account)


def work_of(side: str, rows: int) -> Callable[[], object]:
    """Return what one side does; all that it needs for it is in memory when this returns."""
    lookup = lookup_of(rows)
    if side == OURS:
        return lambda: file_bytes(View(lookup=lookup), _CHOICE)
    frame = main_frame(lookup, _CHOICE)
    return lambda: frame.to_excel(io.BytesIO(), engine="xlsxwriter", index=False)


def write(side: str, rows: int) -> None:
    """Write once, and print what it took."""
    work = work_of(side, rows)
    give_back()
    before, start_s = resident_bytes(os.getpid()), time.perf_counter()
    with peaks_from(before) as peaks:
        work()
        seconds = time.perf_counter() - start_s
    sys.stdout.write(f"{seconds} {max(peaks)} {max(peaks) - before}\n")


@contextmanager
def peaks_from(before: int) -> Iterator[list[int]]:
    """Look at what is resident a hundred times a second, and list it."""
    seen, done = [before], Event()

    def watch() -> None:
        while not done.wait(_EVERY_S):
            seen.append(resident_bytes(os.getpid()))

    watching = Thread(target=watch)
    watching.start()
    yield seen
    done.set()
    watching.join()


def measure(side: str, rows: int) -> Measured:
    """Run one side in a process of its own.

    Raises:
        RuntimeError: It did not end well.
    """
    command = [sys.executable, "-W", "ignore", __file__, "--rows", str(rows), "--side", side]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        message = f"{side} ended with {done.returncode}: {done.stderr[-500:]}"
        raise RuntimeError(message)
    seconds, peak, added = done.stdout.split()
    return Measured(float(seconds), int(peak), int(added))


def compare(rows: int, *, times: int) -> float:
    """Print how much faster the whole workbook is written than pandas writes its first sheet."""
    quickest = min((measure(OURS, rows) for _ in range(times)), key=lambda found: found.seconds)
    theirs = measure(THEIRS, rows)
    ratio = theirs.seconds / quickest.seconds
    say(
        f"Workbook of {rows:,} x 20, all sheets: {quickest.seconds:.2f} s, "
        f"DataFrame.to_excel of Leads alone {theirs.seconds:.2f} s: {ratio:.1f} times as fast "
        f"(asked: {RATIO:g} at least); writing adds {quickest.added / 1e6:.0f} MB "
        f"(asked: {ADDED_MB} at most; pandas {theirs.added / 1e6:.0f}), "
        f"the whole process has {quickest.peak / 1e6:.0f} MB"
    )
    return ratio


def main() -> None:
    """Print the figures beside those asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--side", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.side:
        write(arguments.side, arguments.rows)
    else:
        compare(arguments.rows, times=arguments.times)


if __name__ == "__main__":
    main()
