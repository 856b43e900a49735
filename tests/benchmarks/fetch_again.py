"""How fast leads come that are still fresh, from memory and from a SQLite file.

    python tests/benchmarks/fetch_again.py [--leads 100000]

Each cache is filled by one fetch; what is measured is the second one, which makes no call. The file
is opened anew for it, as another run of the program would.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lsq import Account, LeadSquared, MemoryCache, RateLimit  # noqa: E402 - after the path is set
from lsq.api.cache import SqliteCache  # noqa: E402 - after the path is set
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Behaviour, Sandbox, lead_id  # noqa: E402 - likewise
from tests.benchmarks.fetch_speed import COLUMNS, say  # noqa: E402 - after the path is set

if TYPE_CHECKING:
    from lsq import Fetched, LeadCache

FIGURES_S = {"memory": 2.0, "SQLite": 3.0}


def fetch(base_url: str, ids: list[str], cache: LeadCache) -> Fetched:
    """Fetch as fast as the machine allows."""
    account = Account(host=base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    with LeadSquared(account, cache=cache, limit=RateLimit(25, 0.001)) as client:
        return client.leads_by_id(ids, columns=COLUMNS)


def measure(name: str, base_url: str, ids: list[str], first: LeadCache, second: LeadCache) -> None:
    """Fill the first cache, and print how long a fetch from the second one takes."""
    fetch(base_url, ids, first)
    started_s = time.perf_counter()
    again = fetch(base_url, ids, second)
    took_s = time.perf_counter() - started_s
    figure_s = FIGURES_S[name]
    told = f"{len(again.leads):,} leads, {again.stats.calls} calls"
    say(f"{name:8}{took_s:7.2f} s   {took_s / figure_s:5.2f} x the {figure_s:g} s   {told}")


def main() -> None:
    """Measure both caches and print them next to the figures they have to reach."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--leads", type=int, default=100_000)
    options = parser.parse_args()
    ids = [lead_id(number) for number in range(options.leads)]
    say(f"{options.leads:,} leads x {len(COLUMNS) + 1} columns, all fresh")
    behaviour = Behaviour(max_calls=None)
    with Sandbox(behaviour=behaviour) as sandbox, tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "leads.db"
        memory = MemoryCache()
        measure("memory", sandbox.base_url, ids, memory, memory)
        filled = SqliteCache(place)
        measure("SQLite", sandbox.base_url, ids, filled, SqliteCache(place))
        say(f"the file has {place.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
