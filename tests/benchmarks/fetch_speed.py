"""How fast leads come, next to the bound that the rate limit sets and to a plain loop.

    python tests/benchmarks/fetch_speed.py [--leads 20000] [--latency 0.3]

The sandbox runs in a process of its own (stand_in.py) and counts calls strictly when they arrive,
25 in 5 s. The loop asks for one page of 1,000 after the other, as a short script would. All figures
are of this run; the ratios are what to compare between machines.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import requests

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lsq import Account, LeadSquared, NoCache, RateLimit  # noqa: E402 - after the path is set
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, lead_id  # noqa: E402 - after the path is set
from tests.benchmarks.stand_in import COLUMNS, say  # noqa: E402 - after the path is set
from tests.child_process import python  # noqa: E402 - after the path is set

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from lsq import Fetched

STAND_IN = Path(__file__).with_name("stand_in.py")
BATCH = 1000
LIMIT = RateLimit(25, 5.0)


class Server:
    """A sandbox in another process, fresh for every run so that no window reaches over."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Read where it answers."""
        self._process = process
        self.base_url = self._line()

    def refusals(self) -> int:
        """Return how many of its calls it refused for the rate limit; it stops then."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextmanager
def server(
    latency_s: float, *, leads: int = 0, share: float = 0.0, faults: tuple[str, ...] = ()
) -> Iterator[Server]:
    """Run a sandbox in another process.

    Args:
        latency_s: How long it takes for every answer.
        leads: Of how many leads it has the answers ready, as all at once makes them.
        share: The part of its calls that fail,
        faults: and how, in turns.
    """
    with python(str(STAND_IN), str(latency_s), str(share), str(leads), *faults) as process:
        yield Server(process)


def bound_s(leads: int, latency_s: float) -> float:
    """Return the seconds below which nobody can be: full windows to wait, and one answer."""
    calls = -(-leads // BATCH)
    return (calls - 1) // LIMIT.max_calls * LIMIT.window_s + latency_s


def together(base_url: str, ids: list[str]) -> Fetched:
    """Fetch with this project's client."""
    account = Account(host=base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    with LeadSquared(account, cache=NoCache(), limit=LIMIT) as client:
        return client.leads_by_id(ids, columns=COLUMNS)


def one_at_a_time(base_url: str, ids: list[str]) -> int:
    """Fetch with a plain loop that keeps to the limit; return how many leads came."""
    url = f"{base_url}/v2/LeadManagement.svc/Leads/Retrieve/ByIds"
    keys = {"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}
    leads, starts_s = 0, list[float]()
    with requests.Session() as session:
        for start in range(0, len(ids), BATCH):
            if len(starts_s) >= LIMIT.max_calls:
                wait_s = starts_s[-LIMIT.max_calls] + LIMIT.window_s + 0.1 - time.monotonic()
                time.sleep(max(0.0, wait_s))  # noqa: TID251 - what a plain loop does
            starts_s.append(time.monotonic())
            body = {
                "SearchParameters": {"LeadIds": ids[start : start + BATCH]},
                "Columns": {"Include_CSV": ", ".join(("ProspectID", *COLUMNS))},
                "Paging": {"PageIndex": 1, "PageSize": BATCH},
            }
            leads += len(session.post(url, params=keys, json=body, timeout=60).json()["Leads"])
    return leads


def main() -> None:
    """Measure both and print them next to the bound."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--leads", type=int, default=20_000)
    parser.add_argument("--latency", type=float, default=0.3, help="seconds for one answer")
    options = parser.parse_args()
    ids = [lead_id(number) for number in range(options.leads)]
    least_s = bound_s(options.leads, options.latency)
    say(f"{options.leads:,} leads, {LIMIT} calls, {options.latency:g} s an answer")
    say(f"bound          {least_s:7.2f} s")
    with server(options.latency, leads=options.leads) as running:
        started_s, cpu_s = time.perf_counter(), time.process_time()
        fetched = together(running.base_url, ids)
        took_s, cpu_s = time.perf_counter() - started_s, time.process_time() - cpu_s
        refused = running.refusals()
    say(f"leads_by_id    {took_s:7.2f} s   {took_s / least_s:5.2f} x bound   cpu {cpu_s:.2f} s")
    counts = f"{len(fetched.leads):,} leads, {fetched.stats.calls} calls, {refused} refused"
    say(f"               {counts}")
    with server(options.latency, leads=options.leads) as running:
        started_s = time.perf_counter()
        leads = one_at_a_time(running.base_url, ids)
        loop_s = time.perf_counter() - started_s
        refused = running.refusals()
    say(f"one at a time  {loop_s:7.2f} s   {loop_s / took_s:5.2f} x leads_by_id")
    say(f"               {leads:,} leads, {refused} refused")


if __name__ == "__main__":
    main()
