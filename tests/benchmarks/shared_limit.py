"""How fast two processes fetch that share one rate limit through Redis, next to the joint bound.

    python tests/benchmarks/shared_limit.py [--leads 50000] [--latency 0.3]

It needs `redis-server` on the path. The sandbox runs in a process of its own and counts calls
strictly when they arrive, 25 in 5 s. The processes begin together; in the second run the wall clock
of one is a second ahead. All figures are of this run; the ratios are what to compare.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.api.sharing_process import Task, fetch_all  # noqa: E402 - after the path is set
from tests.benchmarks.fetch_speed import (  # noqa: E402 - after the path is set
    BATCH,
    COLUMNS,
    LIMIT,
    bound_s,
    say,
    server,
)
from tests.redis_server import RedisServer  # noqa: E402 - after the path is set

if TYPE_CHECKING:
    from tests.api.sharing_process import Done

PROCESSES = 2


def fetch(redis_url: str, host: str, *, leads: int, ahead_s: float) -> list[Done]:
    """Let two processes fetch `leads` each at the same time."""
    tasks = [
        Task(
            redis=redis_url,
            host=host,
            leads=leads,
            first=leads * number,
            batch=BATCH,
            columns=COLUMNS,
            max_calls=LIMIT.max_calls,
            window_s=LIMIT.window_s,
            ahead_s=ahead_s * number,
        )
        for number in range(PROCESSES)
    ]
    return fetch_all(*tasks)


def main() -> None:
    """Measure with clocks that agree and with one that is ahead."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--leads", type=int, default=50_000, help="for each of the two processes")
    parser.add_argument("--latency", type=float, default=0.3, help="seconds for one answer")
    options = parser.parse_args()
    least_s = bound_s(PROCESSES * options.leads, options.latency)
    say(f"2 x {options.leads:,} leads, {LIMIT} calls together, {options.latency:g} s an answer")
    say(f"joint bound    {least_s:7.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        redis = RedisServer(Path(folder))
        redis.start()
        try:
            for ahead_s in (0.0, 1.0):
                with redis.client() as client:
                    client.flushall()
                _measure(redis.url, options.leads, options.latency, ahead_s, least_s)
        finally:
            redis.stop()


def _measure(redis_url: str, leads: int, latency_s: float, ahead_s: float, least_s: float) -> None:
    with server(latency_s, leads=PROCESSES * leads) as running:
        done = fetch(redis_url, running.base_url, leads=leads, ahead_s=ahead_s)
        refused = running.refusals()
    # They begin together, so the slower one's time is that of both.
    took_s = max(one.elapsed_s for one in done)
    clocks = f"one clock {ahead_s:g} s ahead" if ahead_s else "clocks agree"
    say(f"{clocks:22} {took_s:7.2f} s   {took_s / least_s:5.2f} x bound   {refused} refused")
    each = " and ".join(f"{one.leads:,} leads in {one.elapsed_s:.2f} s" for one in done)
    say(f"{'':22} {each}")


if __name__ == "__main__":
    main()
