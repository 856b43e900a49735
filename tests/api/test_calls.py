"""The calls of a fetch: what is repeated, what ends the run, and the account's limit."""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING

import pytest

from lsq.api.cache import NoCache
from lsq.api.errors import (
    KeysRefused,
    Rejected,
    ServerFailed,
)
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy
from lsq.sandbox import Behaviour, Fault, Sandbox, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared
    from lsq.api.models import Fetched, LeadTable, Progress


def ids_of(count: int) -> list[str]:
    return [lead_id(number) for number in range(count)]


def test_a_call_that_fails_once_is_repeated(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.fail_next(Fault.BAD_GATEWAY)
    fetched = connect(sandbox).leads_by_id(ids_of(3), columns=[])
    assert len(fetched.leads) == 3
    assert (fetched.stats.calls, fetched.stats.retries) == (2, 1)


def test_a_call_that_keeps_failing_fails_its_ids_only(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.fail_next(Fault.SERVER_ERROR_HTML)
    client = connect(sandbox, batch=2, retry=RetryPolicy(attempts=1))
    fetched = client.leads_by_id(ids_of(6), columns=[])
    assert [type(error) for error in fetched.failed.values()] == [ServerFailed] * 2
    assert len(fetched.leads) == 4
    assert fetched.stopped_by is None


def test_an_mx_error_is_not_repeated(connect: Callable[..., LeadSquared], sandbox: Sandbox) -> None:
    sandbox.fail_next(Fault.SERVER_ERROR_MX)
    fetched = connect(sandbox).leads_by_id(ids_of(1), columns=[])
    assert [type(error) for error in fetched.failed.values()] == [Rejected]
    assert fetched.stats.calls == 1


def test_refused_keys_stop_the_run_at_the_first_call(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.fail_next(Fault.KEYS_REFUSED)
    fetched = connect(sandbox, batch=1).leads_by_id(ids_of(30), columns=[])
    assert isinstance(fetched.stopped_by, KeysRefused)
    assert fetched.not_asked == tuple(ids_of(30))
    assert len(sandbox.arrivals) == 1


def test_keys_refused_midway_keep_what_came(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    client = connect(sandbox, batch=1, limit=RateLimit(1, 0.001))
    seen = itertools.count()

    def refuse_after_three(_: Progress) -> None:
        if next(seen) == 3:
            sandbox.fail_next(Fault.KEYS_REFUSED)

    fetched = client.leads_by_id(ids_of(30), columns=[], on_progress=refuse_after_three)
    assert isinstance(fetched.stopped_by, KeysRefused)
    assert 3 <= len(fetched.leads) < 30
    assert len(fetched.leads) + len(fetched.not_asked) == 30
    assert len(client.leads_by_id(ids_of(30), columns=[]).leads) == 30


@pytest.mark.parametrize("fault", [Fault.REDIRECT, Fault.NOT_FOUND, Fault.FORBIDDEN])
def test_what_every_call_would_meet_stops_the_run(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, fault: Fault
) -> None:
    sandbox.fail_next(fault)
    fetched = connect(sandbox, batch=1).leads_by_id(ids_of(9), columns=[])
    assert fetched.stopped_by is not None
    assert len(sandbox.arrivals) == 1


def test_a_broken_cache_that_cannot_be_read_is_the_callers_error(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    class Unreadable(NoCache):
        def get_many(self, *_: object) -> LeadTable:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        connect(sandbox, cache=Unreadable()).leads_by_id(ids_of(1), columns=[])


def test_a_call_that_breaks_in_our_own_code_fails_its_ids(
    connect: Callable[..., LeadSquared],
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("lsq.api.calls.read_page", broken)
    fetched = connect(sandbox).leads_by_id(ids_of(2), columns=[])
    assert [error.title for error in fetched.failed.values()] == [
        "The call broke in an unexpected way (ZeroDivisionError)."
    ] * 2
    assert "unexpected" in caplog.text


@pytest.mark.parametrize("status", ["429", "403", "200"])
def test_a_refusal_is_waited_out_under_every_status(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, status: str
) -> None:
    sandbox.behaviour = Behaviour(max_calls=2, window_s=0.3, limit_status=status)
    fetched = connect(sandbox, batch=1, limit=RateLimit(5, 0.3)).leads_by_id(ids_of(6), columns=[])
    assert len(fetched.leads) == 6
    assert fetched.stats.limited > 0
    assert fetched.stats.max_calls == 2


def test_a_client_that_keeps_the_servers_limit_is_never_refused(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=5, window_s=0.2, latency_s=0.02, jitter_s=0.05)
    fetched = connect(sandbox, batch=1, limit=RateLimit(5, 0.2)).leads_by_id(ids_of(40), columns=[])
    assert len(fetched.leads) == 40
    assert fetched.stats.limited == 0
    assert {arrival.status for arrival in sandbox.arrivals} == {200}


def test_two_clients_of_an_account_share_its_limit(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=3, window_s=0.2)
    clients = [connect(sandbox, batch=1, limit=RateLimit(3, 0.2)) for _ in range(2)]
    results: list[Fetched] = []
    threads = [
        threading.Thread(
            target=lambda c=client: results.append(c.leads_by_id(ids_of(8), columns=[]))
        )
        for client in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(result.leads) for result in results] == [8, 8]
    assert {arrival.status for arrival in sandbox.arrivals} == {200}


def test_the_first_call_is_answered_before_the_second_arrives(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, latency_s=0.1)
    connect(sandbox, batch=1).leads_by_id(ids_of(5), columns=[])
    first, *others = sandbox.arrivals
    assert first.answered_s is not None
    assert all(other.arrived_s >= first.answered_s for other in others)
    assert max(o.arrived_s for o in others) < min(o.answered_s or 0 for o in others)
