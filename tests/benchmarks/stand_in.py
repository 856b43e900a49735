"""The sandbox as a benchmark needs it: in a process of its own, with its pages made beforehand.

    python tests/benchmarks/stand_in.py LATENCY SHARE LEADS [FAULT ...]

A page of a thousand leads costs the sandbox some 15 ms of Python, and 25 calls that come together
would wait for each other's; LeadSquared makes its answers side by side. So the pages of the first
LEADS leads are ready when it prints where it answers. At a line on its standard input it prints how
many calls it refused for the rate limit, and ends.
"""

from __future__ import annotations

import sys
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lsq.api.account import Account  # noqa: E402 - after the path is set
from lsq.api.dissection import split  # noqa: E402 - after the path is set
from lsq.api.lead_id import LeadId  # noqa: E402 - after the path is set
from lsq.api.wire import MAX_IDS, by_ids, columns_of  # noqa: E402 - after the path is set
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Behaviour, Fault, Sandbox, lead_id  # noqa: E402
from lsq.sandbox.arrivals import Arrival  # noqa: E402 - after the path is set
from lsq.sandbox.desk import Desk, Request  # noqa: E402 - after the path is set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.sandbox.answers import Answer

COLUMNS = (
    "FirstName", "LastName", "EmailAddress", "Phone", "ProspectStage", "Source", "OwnerIdName",
    "CreatedOn", "ModifiedOn", "Score", "mx_City",
)  # fmt: skip
"""What every benchmark asks for, besides the id."""


class PreparedDesk(Desk):
    """Has the answers ready to the calls that a benchmark will make."""

    def prepare(self, batches: Sequence[tuple[LeadId, ...]]) -> None:
        """Make the answers for these calls, as the client will write them."""
        account = Account(host="http://127.0.0.1:1", access_key=ACCESS_KEY, secret_key=SECRET_KEY)
        headers: Message[str, str] = Message()
        headers["Content-Type"] = "application/json"
        made: dict[bytes, Answer] = {}
        for batch in batches:
            body = by_ids(account, batch, columns_of(COLUMNS)).body
            request = Request(method="POST", path="", query="", headers=headers, body=body)
            made[body] = self._reply(request, Arrival(number=0, target=""), self.behaviour, None)
        self._ready = made

    def _reply(
        self, request: Request, arrival: Arrival, behaviour: Behaviour, fault: Fault | None
    ) -> Answer:
        ready = getattr(self, "_ready", {}).get(request.body)
        if ready is None or fault is not None:
            return super()._reply(request, arrival, behaviour, fault)
        return ready


def main() -> None:
    """Serve until a line comes."""
    latency_s, share, leads, *names = sys.argv[1:]
    faults = tuple(map(Fault, names))
    behaviour = Behaviour(latency_s=float(latency_s), fault_share=float(share), faults=faults)
    desk = PreparedDesk(leads=1_000_000, behaviour=behaviour)
    ids = [LeadId(lead_id(number)) for number in range(int(leads))]
    desk.prepare(list(split(ids, MAX_IDS)))
    sandbox = Sandbox()
    sandbox._desk = desk  # noqa: SLF001 - the benchmark's own
    with sandbox:
        say(sandbox.base_url)
        sys.stdin.readline()
        say(str(sum(arrival.status == 429 for arrival in sandbox.arrivals)))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
