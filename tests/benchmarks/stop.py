"""How soon a stop is answered: with calls under way, and while they wait for the rate limit.

    python tests/benchmarks/stop.py

The figure to reach is 0.5 s. What was under way still ends in the cache.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lsq import Account, LeadSquared, MemoryCache  # noqa: E402 - after the path is set
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, lead_id  # noqa: E402 - after the path is set
from tests.benchmarks.fetch_speed import COLUMNS, LIMIT, say, server  # noqa: E402 - likewise

FIGURE_S = 0.5


def answered_s(base_url: str, *, after_s: float) -> tuple[float, int, int]:
    """Stop a fetch of 100,000 leads; return the seconds to its end, its leads and the later ones.

    Args:
        base_url: The sandbox.
        after_s: How long it runs before.
    """
    ids = [lead_id(number) for number in range(100_000)]
    account = Account(host=base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    stop, pressed_s, cache = Event(), list[float](), MemoryCache()

    def press() -> None:
        Event().wait(after_s)
        pressed_s.append(time.perf_counter())
        stop.set()

    Thread(target=press).start()
    with LeadSquared(account, cache=cache, limit=LIMIT) as client:
        fetched = client.leads_by_id(ids, columns=COLUMNS, stop=stop)
    took_s = time.perf_counter() - pressed_s[0]
    Event().wait(2.0)
    return took_s, len(fetched.leads), cache.count(account, fetched.not_asked, ("ProspectID",))


def main() -> None:
    """Measure both and print them next to the figure."""
    for when, after_s in (("calls under way", 0.9), ("during a rate wait", 3.5)):
        with server(0.5) as running:
            took_s, leads, later = answered_s(running.base_url, after_s=after_s)
        figure = f"{took_s / FIGURE_S:5.2f} x the {FIGURE_S:g} s"
        say(f"{when:20}{took_s:7.3f} s   {figure}   {leads:,} leads, {later:,} more in the cache")


if __name__ == "__main__":
    main()
