"""A process that shares an account's limit with others through Redis, for tests and benchmarks.

    python -m tests.api.sharing_process '{"redis": …, "host": …, …}'

It prints a line when it is ready, begins when it reads one, and prints at the end what it got and
how its limiter stands then. Its wall clock may be ahead.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from lsq import Account, LeadSquared, NoCache, RateLimit, RetryPolicy
from lsq.api.shared import shared_limiter_for
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, lead_id
from tests.child_process import python

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    from lsq.api.rate_limit import RateLimiter

_PATIENCE_S = 20.0


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a process is to do.

    Attributes:
        redis: Address of the Redis.
        host: Address of the sandbox.
        leads: How many leads to fetch.
        first: The number of the first.
        batch: Leads in a call.
        columns: Columns to ask for.
        max_calls: Calls in a window.
        window_s: That window, in seconds.
        ahead_s: How far its wall clock is ahead, in seconds.
        until_shared: Whether to go on with calls to nobody until the limit is shared again.
    """

    redis: str
    host: str
    leads: int
    first: int = 0
    batch: int = 4
    columns: tuple[str, ...] = ("FirstName", "ProspectStage")
    max_calls: int = 25
    window_s: float = 1.0
    ahead_s: float = 0.0
    until_shared: bool = False


@dataclass(frozen=True)
class Done:
    """What became of it."""

    leads: int
    calls: int
    limited: int
    elapsed_s: float
    alone: bool
    alone_at_the_end: bool
    stopped_by: str


class Sharer:
    """The other process, as seen from here."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Wait until it is ready."""
        self._process = process
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

    def begin(self) -> None:
        """Let it fetch."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def done(self) -> Done:
        """Wait for what became of it."""
        said, _ = self._process.communicate(timeout=120)
        return Done(**json.loads(said))


@contextmanager
def sharer(task: Task) -> Iterator[Sharer]:
    """Run a process that is ready to fetch."""
    with python("-m", __name__, json.dumps(asdict(task))) as process:
        yield Sharer(process)


def fetch_all(*tasks: Task, meanwhile: Callable[[], None] | None = None) -> list[Done]:
    """Let processes fetch at the same time; `meanwhile` is done while they do."""
    with ExitStack() as stack:
        sharers = [stack.enter_context(sharer(task)) for task in tasks]
        for each in sharers:
            each.begin()
        if meanwhile is not None:
            meanwhile()
        return [each.done() for each in sharers]


def _put_ahead(by_s: float) -> None:
    told_s, told_ns = time.time, time.time_ns
    vars(time).update(
        time=lambda: told_s() + by_s,
        time_ns=lambda: told_ns() + round(by_s * 1e9),
    )


def main() -> None:
    """Fetch when told to."""
    task = Task(**json.loads(sys.argv[1]))
    _put_ahead(task.ahead_s)
    account = Account(host=task.host, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    limit = RateLimit(task.max_calls, task.window_s)
    limiter = shared_limiter_for(account, limit, task.redis)
    ids = [lead_id(number) for number in range(task.first, task.first + task.leads)]
    with LeadSquared(
        account,
        cache=NoCache(),
        limiter=limiter,
        batch=task.batch,
        retry=RetryPolicy(attempts=1),
    ) as client:
        _say("ready")
        sys.stdin.readline()
        fetched = client.leads_by_id(ids, columns=task.columns)
        if task.until_shared:
            _call_until_shared(limiter)
    stats = fetched.stats
    done = Done(
        leads=len(fetched.leads),
        calls=stats.calls,
        limited=stats.limited,
        elapsed_s=stats.elapsed_s,
        alone=stats.alone_calls > 0,
        alone_at_the_end=limiter.state().alone,
        stopped_by=str(fetched.stopped_by or ""),
    )
    _say(json.dumps(asdict(done)))


def _call_until_shared(limiter: RateLimiter) -> None:
    until_s = time.monotonic() + _PATIENCE_S
    while limiter.state().alone and time.monotonic() < until_s:
        with limiter.lease(threading.Event()):
            pass


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
