"""One lookup as the app makes it, and what each step holds; started by memory.py.

    python tests/benchmarks/app_memory.py SHEET COLUMN…

The account is that of the environment. The app's figure is the peak with the sheet and the joined
frame; the workbook after it is what a plan reckons with.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import lsq.ui.downloads
import lsq.ui.results  # noqa: F401 - the app has Streamlit and the charts in memory as well
from lsq.api.cache import MemoryCache
from lsq.lookup.choice import Choice, Form
from lsq.lookup.files import file_bytes
from lsq.lookup.plan import plan
from lsq.lookup.rows import main_frame
from lsq.lookup.run import Lookup, run
from lsq.lookup.view import View
from lsq.settings import read_settings
from lsq.sheets.id_column import find_ids
from lsq.sheets.reading import read_sheet
from tests.benchmarks.fetch_speed import say

APP_MB = 450
UTC = ZoneInfo("UTC")


def main() -> None:
    """Look up the sheet, hold what the app holds, and print what is resident after each step."""
    before = resident_bytes()
    tell("  the app's program", before)
    lookup = looked_up(Path(sys.argv[1]), tuple(sys.argv[2:]))
    tell("  with sheet, leads, cache and ledger", resident_bytes())
    shown = (lookup.leads, lookup.table)
    tell("  with the typed frame and its table", resident_bytes())
    joined = main_frame(lookup, Choice(zone=UTC))
    tell("  with the joined frame", resident_bytes())
    tell("the app", peak_bytes(), f"{peak_bytes() / 1e6 / APP_MB:5.2f} x the {APP_MB} MB")
    del joined
    file_bytes(View(lookup=lookup), Choice(form=Form.XLSX, zone=UTC))
    more, planned = peak_bytes() - before, lookup.plan.memory_bytes
    said = f"{more / 1e6:.0f} more than the program; the plan said {planned / 1e6:.0f}"
    tell("  while it writes a workbook", peak_bytes(), said)
    del shown


def looked_up(sheet: Path, columns: tuple[str, ...]) -> Lookup:
    """Read the sheet and fetch its leads as the app does."""
    settings, cache = read_settings(os.environ), MemoryCache()
    read = read_sheet(sheet.read_bytes(), name=sheet.name, limits=settings.limits)
    assert settings.account is not None
    wanted = plan(
        find_ids(read),
        account=settings.account,
        cache=cache,
        columns=columns,
        limit=settings.limit,
    )
    with settings.client(settings.account, cache=cache) as client:
        return run(read, wanted, client=client)


def resident_bytes() -> int:
    """Return what is resident now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def peak_bytes() -> int:
    """Return the most that was resident until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def tell(what: str, resident: int, more: str = "") -> None:
    """Print one line."""
    say(f"{what:38}{resident / 1e6:6.0f} MB   {more}".rstrip())


if __name__ == "__main__":
    main()
