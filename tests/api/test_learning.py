"""What a fetch does when it is refused: real calls, short windows, an account that allows less."""

from __future__ import annotations

import itertools
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import RateLimited
from lsq.api.lead_id import LeadId
from lsq.api.rate_limit import RateLimit
from lsq.api.transport import Transport
from lsq.api.wire import by_ids
from lsq.sandbox import Behaviour, Fault, Sandbox, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lsq.api.account import Account
    from lsq.api.client import LeadSquared
    from lsq.api.models import Fetched


def ids_of(count: int, *, start: int = 0) -> list[str]:
    return [lead_id(number) for number in range(start, start + count)]


def is_complete(fetched: Fetched, ids: list[str]) -> bool:
    """Tell whether all leads came, after a look at whether the ledger adds up."""
    parts = (fetched.leads.ids, fetched.not_found, fetched.failed, fetched.not_asked)
    assert sorted(itertools.chain(*parts)) == sorted(ids)
    return len(fetched.leads) == len(ids)


@contextmanager
def another_program(account: Account, *, every_s: float) -> Iterator[None]:
    """Call the account steadily, past our limiter and whether it is refused or not."""
    ended, request = threading.Event(), by_ids(account, [LeadId(lead_id(999))], ["ProspectID"])

    def call() -> None:
        next_s = time.monotonic()
        with closing(Transport(account)) as transport:
            while not ended.wait(max(0.0, next_s - time.monotonic())):
                transport.send(request)
                next_s += every_s

    thread = threading.Thread(target=call)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@pytest.mark.parametrize("status", ["429", "403", "200"])
def test_an_account_that_allows_less_is_learned_from_the_first_burst(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, status: str
) -> None:
    sandbox.behaviour = Behaviour(max_calls=5, window_s=0.15, limit_status=status)
    client, ids = connect(sandbox, batch=1, limit=RateLimit(25, 0.15)), ids_of(30)
    fetched = client.leads_by_id(ids, columns=[])
    assert is_complete(fetched, ids)
    # One call went alone and 24 together; the account let five through.
    assert 1 <= fetched.stats.limited <= 20
    assert (fetched.stats.max_calls, fetched.stats.window_s) == (5, 0.15)
    before = len(sandbox.arrivals)
    again = client.leads_by_id(ids, columns=[], refresh=True)
    assert is_complete(again, ids)
    assert again.stats.limited == 0
    assert len(sandbox.arrivals) - before == 30


def test_beside_a_program_that_uses_half_of_the_limit_all_leads_come(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=10, window_s=0.3)
    client, ids = connect(sandbox, batch=1, limit=RateLimit(10, 0.3)), ids_of(30)
    least: list[int] = []
    with another_program(client.account, every_s=0.06):
        fetched = client.leads_by_id(
            ids, columns=[], on_progress=lambda look: least.append(look.max_calls)
        )
    assert is_complete(fetched, ids)
    assert fetched.stats.limited >= 1
    assert min(least) <= 5


def test_beside_a_program_that_leaves_next_to_nothing_what_came_is_kept(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=5, window_s=0.1)
    client, ids = connect(sandbox, batch=1, limit=RateLimit(5, 0.1)), ids_of(20)
    with another_program(client.account, every_s=0.02):
        fetched = client.leads_by_id(ids, columns=[])
    assert is_complete(fetched, ids) or isinstance(fetched.stopped_by, RateLimited)
    assert fetched.stats.limited >= 1
    assert fetched.stats.calls <= 4 * len(ids)
    rest = client.leads_by_id(ids, columns=[])
    assert is_complete(rest, ids)
    assert rest.stats.from_cache >= len(fetched.leads)


def test_a_server_that_refuses_for_ever_ends_the_run_in_order(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, window_s=0.2)
    sandbox.fail_next(Fault.TOO_MANY_REQUESTS, times=1000)
    ids = ids_of(9)
    fetched = connect(sandbox, batch=1, limit=RateLimit(25, 0.2)).leads_by_id(ids, columns=[])
    assert isinstance(fetched.stopped_by, RateLimited)
    assert not is_complete(fetched, ids)
    # Calls may still be on their way when the first one was refused four times.
    assert 4 <= fetched.stats.limited <= fetched.stats.calls <= 4 * 9
    assert fetched.stats.max_calls <= 12


def test_what_one_client_was_taught_another_of_the_account_knows(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=5, window_s=0.2)
    limit, ids = RateLimit(25, 0.2), ids_of(15)
    taught = connect(sandbox, batch=1, limit=limit).leads_by_id(ids, columns=[])
    other = connect(sandbox, batch=1, limit=limit).leads_by_id(ids, columns=[])
    assert taught.stats.limited > 0
    assert is_complete(other, ids)
    assert (other.stats.limited, other.stats.max_calls) == (0, 5)
