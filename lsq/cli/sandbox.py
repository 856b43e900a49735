"""`lsq sandbox`: a LeadSquared of our own on loopback, to try things on."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from lsq.cli.exits import STOPPED
from lsq.sandbox import Behaviour, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["add_to"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("sandbox", help="a made-up LeadSquared on loopback")
    parser.add_argument(
        "--port", type=_number(int, most=65_535), default=0, help="default: a free one"
    )
    leads, seconds = _number(int, most=10**9), _number(float, most=3600)
    parser.add_argument("--leads", type=leads, default=1_000_000, help="how many leads it knows")
    parser.add_argument("--latency", type=seconds, default=0.3, help="seconds an answer takes")
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
            server.serve_forever()
        except KeyboardInterrupt:
            return STOPPED
    return STOPPED


def _number(kind: type[int | float], *, most: int) -> Callable[[str], float]:
    def read(text: str) -> float:
        with suppress(ValueError):
            if 0 <= (number := kind(text)) <= most:
                return number
        message = f"“{text}” is not a number from 0 to {most:,}"
        raise argparse.ArgumentTypeError(message)

    return read
