"""A running fetch: its stop, its progress and its threads."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING

import pytest

from lsq.api.cache import MemoryCache
from lsq.api.lead_id import LeadId
from lsq.api.models import Progress
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy
from lsq.sandbox import Behaviour, Fault, Sandbox, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared

STRANGERS = [lead_id(10**20 + number) for number in range(1, 50)]


def ids_of(count: int) -> list[str]:
    return [lead_id(number) for number in range(count)]


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that another thread is about to do."""
    ends_s = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < ends_s, "it did not happen"
        threading.Event().wait(0.01)


def test_a_stop_returns_at_once_and_calls_in_flight_end_in_the_cache(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, latency_s=0.5)
    cache, stop = MemoryCache(), threading.Event()
    client = connect(sandbox, cache=cache)
    threading.Timer(0.2, stop.set).start()
    started_s = time.monotonic()
    fetched = client.leads_by_id(ids_of(3), columns=[], stop=stop)
    assert time.monotonic() - started_s < 0.45
    assert fetched.not_asked == tuple(ids_of(3))
    assert fetched.stopped_by is None
    client.close()
    until(lambda: cache.count(client.account, fetched.not_asked, ["ProspectID"]) == 3)


def test_answers_that_are_here_when_a_stop_is_heard_count(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    stop, cache = threading.Event(), MemoryCache()
    client = connect(sandbox, batch=1, cache=cache)
    ids = [LeadId(id_) for id_ in ids_of(5)]

    def stop_when_all_came(progress: Progress) -> None:
        if progress.calls_answered == 1:
            until(lambda: cache.count(client.account, ids, ["ProspectID"]) == 5)
            stop.wait(0.05)  # from the cache into the answers is a step of microseconds
            stop.set()

    fetched = client.leads_by_id(ids, columns=[], on_progress=stop_when_all_came, stop=stop)
    assert len(fetched.leads) == 5


def test_a_stop_is_heard_while_the_rate_limit_is_waited_for(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    stop = threading.Event()
    client = connect(sandbox, batch=1, limit=RateLimit(2, 60.0))
    threading.Timer(0.3, stop.set).start()
    started_s = time.monotonic()
    fetched = client.leads_by_id(ids_of(9), columns=[], stop=stop)
    assert time.monotonic() - started_s < 0.8
    assert (len(fetched.leads), len(fetched.not_asked)) == (2, 7)


def test_a_stop_is_heard_while_a_retry_waits(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    stop = threading.Event()
    client = connect(sandbox, limit=RateLimit(25, 60.0))
    threading.Timer(0.3, stop.set).start()
    fetched = client.leads_by_id(ids_of(1), columns=[], stop=stop)
    assert (len(fetched.not_asked), fetched.stats.calls, fetched.stats.limited) == (1, 1, 1)


def test_a_stop_that_is_set_before_asks_nothing(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    stop = threading.Event()
    stop.set()
    client = connect(sandbox, batch=1)
    for _ in range(20):  # a call that slips through does so by chance
        fetched = client.leads_by_id(ids_of(9), columns=[], stop=stop)
        assert fetched.not_asked == tuple(ids_of(9))
        assert fetched.stats.calls == 0
    client.close()
    until(lambda: not [t for t in threading.enumerate() if t.name.startswith("lsq-call")])
    assert sandbox.arrivals == ()


def test_no_thread_is_left_after_a_run(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    connect(sandbox, batch=1).leads_by_id(ids_of(9), columns=[])
    until(lambda: not [t for t in threading.enumerate() if t.name.startswith("lsq-call")])


def test_an_interrupt_in_progress_ends_the_workers(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    client = connect(sandbox, batch=1, limit=RateLimit(2, 60.0))
    with pytest.raises(KeyboardInterrupt):
        client.leads_by_id(ids_of(9), columns=[], on_progress=interrupt)
    until(lambda: not [t for t in threading.enumerate() if t.name.startswith("lsq-call")])


def test_progress_comes_after_every_answer_in_the_callers_thread(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    looks: list[Progress] = []
    threads: set[int] = set()

    def look(progress: Progress) -> None:
        looks.append(progress)
        threads.add(threading.get_ident())

    connect(sandbox, batch=2).leads_by_id([*ids_of(5), STRANGERS[0]], columns=[], on_progress=look)
    assert threads == {threading.get_ident()}
    assert [look.calls_answered for look in looks if look.calls_answered] == [1, 2, 3, 4]
    assert all(a.done <= b.done for a, b in itertools.pairwise(looks))
    first, last = looks[0], looks[-1]
    assert (first.done, first.total, first.calls_planned) == (0, 6, 3)
    assert (last.done, last.leads, last.calls_planned) == (6, 5, 4)
    assert last.elapsed_s > 0


def test_progress_is_shown_while_nothing_comes(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, latency_s=0.7)
    looks: list[Progress] = []
    connect(sandbox).leads_by_id(ids_of(1), columns=[], on_progress=looks.append)
    assert 3 <= len(looks) <= 6


def test_progress_counts_cached_leads_as_done(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    client, looks = connect(sandbox), list[Progress]()
    client.leads_by_id(ids_of(3), columns=[])
    client.leads_by_id(ids_of(4), columns=[], on_progress=looks.append)
    assert (looks[0].done, looks[0].leads, looks[0].calls_planned) == (3, 3, 1)


def test_progress_tells_the_wait_for_the_limit(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    looks: list[Progress] = []
    connect(sandbox, batch=1, limit=RateLimit(2, 0.6)).leads_by_id(
        ids_of(3), columns=[], on_progress=looks.append
    )
    assert any(look.waiting_s > 0.2 and look.free_calls == 0 for look in looks)
    assert {(look.max_calls, look.window_s) for look in looks} == {(2, 0.6)}


def test_a_progress_that_fails_loses_no_lead_and_is_not_called_again(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    calls = itertools.count()

    def broken(_: Progress) -> None:
        next(calls)
        raise RuntimeError

    fetched = connect(sandbox, batch=1).leads_by_id(ids_of(5), columns=[], on_progress=broken)
    assert len(fetched.leads) == 5
    assert next(calls) == 1
    assert "on_progress failed" in caplog.text


def test_a_program_that_ends_can_wait_for_the_calls_under_way(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, latency_s=0.4)
    cache, stop = MemoryCache(), threading.Event()
    client = connect(sandbox, cache=cache)
    threading.Timer(0.1, stop.set).start()
    fetched = client.leads_by_id(ids_of(3), columns=[], stop=stop)
    assert not client.join(0.01)
    assert client.join(5)
    assert cache.count(client.account, fetched.not_asked, ["ProspectID"]) == 3


def test_an_error_in_the_result_knows_nothing_of_the_keys(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.fail_next(Fault.DEEP_NESTING, times=2)
    sandbox.fail_next(Fault.KEYS_REFUSED)
    fetched = connect(sandbox, batch=1, retry=RetryPolicy(attempts=1)).leads_by_id(
        ids_of(3), columns=[]
    )
    errors = [*fetched.failed.values(), fetched.stopped_by]
    assert len(errors) > 1
    for error in errors:
        assert error is not None
        assert (error.__traceback__, error.__context__, error.__cause__) == (None, None, None)


def test_pieces_of_one_batch_are_asked_for_together(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    # A page of a tenth at a time: nine more calls, which one thread would make one by one.
    sandbox.behaviour = Behaviour(max_calls=None, max_page=100, latency_s=0.2)
    started_s = time.monotonic()
    fetched = connect(sandbox).leads_by_id(ids_of(1000), columns=[])
    assert len(fetched.leads) == 1000
    assert len(sandbox.arrivals) == 10
    assert time.monotonic() - started_s < 1.2
