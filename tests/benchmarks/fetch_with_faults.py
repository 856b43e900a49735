"""What it costs when some calls fail, next to the bound for the calls that were really made.

    python tests/benchmarks/fetch_with_faults.py [--leads 100000] [--share 0.02]

The sandbox runs in a process of its own. Of its calls a share fails, in turns by a 500, a reset,
half an answer, and an answer that comes 2 s late. The bound is full windows for all calls made,
retries included, and one answer. All leads have to come.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lsq.sandbox import lead_id  # noqa: E402 - after the path is set
from tests.benchmarks.fetch_speed import (  # noqa: E402 - after the path is set
    BATCH,
    LIMIT,
    bound_s,
    say,
    server,
    together,
)

FAULTS = ("server_error_html", "reset", "truncated_json", "slow")


def main() -> None:
    """Measure one fetch and print it next to its bound."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--latency", type=float, default=0.3, help="seconds for one answer")
    parser.add_argument("--share", type=float, default=0.02, help="part of the calls that fail")
    options = parser.parse_args()
    ids = [lead_id(number) for number in range(options.leads)]
    say(f"{options.leads:,} leads, {LIMIT} calls, {options.share:.0%} of them fail")
    faulty = {"share": options.share, "faults": FAULTS}
    with server(options.latency, leads=options.leads, **faulty) as running:
        started_s = time.perf_counter()
        fetched = together(running.base_url, ids)
        took_s = time.perf_counter() - started_s
        refused = running.refusals()
    stats = fetched.stats
    least_s = bound_s(stats.calls * BATCH, options.latency)
    say(f"bound for {stats.calls} calls  {least_s:7.2f} s")
    say(f"leads_by_id           {took_s:7.2f} s   {took_s / least_s:5.2f} x bound")
    say(f"{len(fetched.leads):,} leads, {stats.retries} retries, {refused} refused")


if __name__ == "__main__":
    main()
