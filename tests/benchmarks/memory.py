"""Memory of a lookup: resident bytes per value, next to what the plan reckons with.

    python tests/benchmarks/memory.py [LEADS]

The sandbox runs in a process of its own, so that its memory is not counted.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from lsq.analysis.columns import DEFAULT
from lsq.analysis.words import size
from lsq.api.account import Account
from lsq.api.cache import MemoryCache
from lsq.api.client import LeadSquared
from lsq.api.rate_limit import RateLimit
from lsq.lookup.files import Form, file_bytes
from lsq.lookup.plan import BYTES_A_VALUE, plan
from lsq.lookup.run import Lookup, run
from lsq.sandbox import lead_id
from lsq.sheets.id_column import find_ids
from lsq.sheets.reading import read_sheet

SANDBOX = (sys.executable, "-m", "lsq", "sandbox", "--latency", "0")


def main() -> None:
    """Look up so many leads and print what each step holds."""
    leads = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sheet = "\n".join(["Lead ID", *map(lead_id, range(leads))]).encode()
    with subprocess.Popen(SANDBOX, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - ours
        try:
            measure(sheet, account_of(server))
        finally:
            server.terminate()


def account_of(server: subprocess.Popen[str]) -> Account:
    """Read the account that a sandbox prints when it starts."""
    lines = [server.stdout.readline() for _ in range(3)] if server.stdout else []
    host, access_key, secret_key = (re.search("'(.*)'", line)[1] for line in lines)
    return Account(host=host, access_key=access_key, secret_key=secret_key)


def measure(data: bytes, account: Account) -> None:
    """Print the resident memory after each step of one lookup, and the peak."""
    before = resident_bytes()
    lookup = fetched(data, account)
    values = len(lookup.fetched.leads) * (len(DEFAULT) + 1)
    tell("fetched, in the cache and settled", before, values)
    kept = (lookup.leads, lookup.table)
    tell("with the typed frame and the table", before, values)
    book = file_bytes(lookup, form=Form.XLSX, zone=ZoneInfo("UTC"))
    tell("with the workbook", before, values)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    sys.stdout.write(f"{'at the peak':36}{size(peak):>8}{peak / values:8.0f} bytes a value\n")
    sys.stdout.write(f"{'the plan reckons with':36}{'':8}{BYTES_A_VALUE:8} bytes a value\n")
    sys.stdout.write(f"{len(kept[0]):,} leads, workbook of {size(len(book))}\n")


def fetched(data: bytes, account: Account) -> Lookup:
    """Look the sheet up as the app does."""
    read, cache = read_sheet(data, name="ids.csv"), MemoryCache()
    wanted = plan(find_ids(read), account=account, cache=cache, columns=DEFAULT, limit=RateLimit())
    with LeadSquared(account, cache=cache) as client:
        return run(read, wanted, client=client)


def tell(step: str, before: int, values: int) -> None:
    """Print what is resident now beyond `before`."""
    more = resident_bytes() - before
    sys.stdout.write(f"{step:36}{size(more):>8}{more / values:8.0f} bytes a value\n")


def resident_bytes() -> int:
    """Return this process's resident memory (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
