"""A sandbox in a process of its own at the end of a way that takes its time, in both directions.

    python -m tests.api.slow_way <calls> <window_s> <longest_s>

Between client and sandbox stands a proxy. What one side says in one go it holds back for 0 to
`longest_s`, another time for every call and each way, so that calls overtake each other before the
sandbox counts them. It prints its address, and at the end of its input what the sandbox logged.
"""

from __future__ import annotations

import json
import random
import socket
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsq.sandbox import Behaviour, Sandbox
from tests.child_process import python

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from lsq.api.rate_limit import RateLimit


@dataclass(frozen=True)
class Logged:
    """One call in the sandbox's log: when it arrived, in seconds, and how it was answered."""

    arrived_s: float
    status: int


class FarServer:
    """The other process, as seen from here."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Read where it answers."""
        self._process = process
        assert process.stdout is not None
        self.base_url = process.stdout.readline().strip()

    def log(self) -> list[Logged]:
        """Return its log, in the order of arrival; it stops then."""
        log, _ = self._process.communicate(timeout=10)
        return sorted((Logged(*call) for call in json.loads(log)), key=lambda call: call.arrived_s)


@contextmanager
def far_server(limit: RateLimit, *, longest_s: float) -> Iterator[FarServer]:
    """Run a sandbox that keeps this limit, behind a way of up to `longest_s` in each direction."""
    numbers = (limit.max_calls, limit.window_s, longest_s)
    with python("-m", __name__, *map(str, numbers)) as process:
        yield FarServer(process)


class _Connection:
    """One connection through the proxy."""

    def __init__(self, client: socket.socket, sandbox: socket.socket, longest_s: float) -> None:
        self._longest_s = longest_s
        self._speaker: socket.socket | None = None
        for ends in ((client, sandbox), (sandbox, client)):
            threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, from_: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while piece := from_.recv(65536):
                if self._speaker is not from_:  # once for a question, once for its answer
                    self._speaker = from_
                    threading.Event().wait(random.uniform(0, self._longest_s))  # noqa: S311 - delays
                to.sendall(piece)
        for end in (from_, to):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, port: int, longest_s: float) -> None:
    while True:
        client, _ = listening.accept()
        sandbox = socket.create_connection(("127.0.0.1", port))
        for end in (client, sandbox):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _Connection(client, sandbox, longest_s)


def main() -> None:
    """Run until the input ends, then tell what arrived."""
    max_calls, window_s, longest_s = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    behaviour = Behaviour(max_calls=max_calls, window_s=window_s)
    with Sandbox(behaviour=behaviour) as sandbox, socket.create_server(("127.0.0.1", 0)) as way:
        port = int(sandbox.base_url.rpartition(":")[2])
        threading.Thread(target=_accept, args=(way, port, longest_s), daemon=True).start()
        sys.stdout.write(f"http://127.0.0.1:{way.getsockname()[1]}\n")
        sys.stdout.flush()
        sys.stdin.read()
        calls = [(call.arrived_s, call.status) for call in sandbox.arrivals]
    sys.stdout.write(json.dumps(calls))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
