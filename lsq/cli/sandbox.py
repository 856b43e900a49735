"""`lsq sandbox`: a LeadSquared of our own on loopback, to try things on."""

from __future__ import annotations

import sys
from threading import Event
from typing import TYPE_CHECKING

from lsq.cli.exits import STOPPED
from lsq.sandbox import Behaviour, Sandbox

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("sandbox", help="a made-up LeadSquared on loopback")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--leads", type=int, default=1_000_000, help="how many leads it knows")
    parser.add_argument("--latency", type=float, default=0.3, help="seconds that an answer takes")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    behaviour = Behaviour(latency_s=arguments.latency)
    with Sandbox(leads=arguments.leads, behaviour=behaviour, port=arguments.port) as server:
        # Single quotes: the access key holds a dollar sign, as real ones do.
        sys.stdout.write(
            f"export LSQ_HOST='{server.base_url}'\n"
            f"export LSQ_ACCESS_KEY='{server.access_key}'\n"
            f"export LSQ_SECRET_KEY='{server.secret_key}'\n"
            "# Made-up leads on this machine only. Ctrl+C stops it.\n"
        )
        sys.stdout.flush()
        try:
            Event().wait()
        except KeyboardInterrupt:
            return STOPPED
    return STOPPED
