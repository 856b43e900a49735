"""LeadSquared.leads_by_id against the sandbox, over real sockets."""

from __future__ import annotations

import gc
import itertools
import logging
import threading
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsq.api.cache import MemoryCache, NoCache
from lsq.api.errors import (
    InvalidArgument,
    KeysRefused,
    LsqError,
    NoAnswer,
    Rejected,
    ServerFailed,
    SettingsError,
)
from lsq.api.lead_id import LeadId
from lsq.api.models import Fetched, LeadTable, Progress
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy
from lsq.sandbox import Behaviour, Fault, Sandbox, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lsq.api.client import LeadSquared

STRANGERS = [lead_id(10**20 + number) for number in range(1, 50)]


def ids_of(count: int) -> list[str]:
    return [lead_id(number) for number in range(count)]


def outcomes(fetched: Fetched) -> list[str]:
    """Return every id of the ledger, part by part."""
    return [*fetched.leads.ids, *fetched.not_found, *fetched.failed, *fetched.not_asked]


def test_leads_come_in_the_order_asked_across_calls(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    ids = ids_of(250)[::-1]
    fetched = connect(sandbox, batch=100).leads_by_id(ids, columns=["FirstName"])
    assert list(fetched.leads.ids) == ids
    assert fetched.leads.columns["ProspectID"] == ids
    assert fetched.stats.calls == 3
    assert all(lead["FirstName"] for lead in fetched.leads)


def test_repeats_are_asked_for_once(connect: Callable[..., LeadSquared], sandbox: Sandbox) -> None:
    a, b = ids_of(2)
    fetched = connect(sandbox).leads_by_id([a, b, a.upper(), f"{{{a}}}"], columns=[])
    assert list(fetched.leads.ids) == [a, b]
    assert sandbox.arrivals[0].ids == (a, b)


def test_unknown_ids_are_not_found_after_they_were_asked_for_twice(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    known = ids_of(5)
    ids = [*STRANGERS[:2], *known, STRANGERS[2]]
    fetched = connect(sandbox, batch=4).leads_by_id(ids, columns=[])
    assert fetched.not_found == (*STRANGERS[:2], STRANGERS[2])
    assert list(fetched.leads.ids) == known
    assert sandbox.arrivals[-1].ids == fetched.not_found
    assert fetched.stats.calls == 3


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    numbers=st.lists(st.integers(0, 40), max_size=60),
    batch=st.integers(1, 9),
    faults=st.lists(st.sampled_from([Fault.BAD_REQUEST, Fault.RESET, Fault.SERVER_ERROR_HTML,
                                     Fault.LEADS_NOT_ASKED_FOR, Fault.DUPLICATE_LEADS,
                                     Fault.NO_LEAD_IDS, Fault.KEYS_REFUSED]), max_size=4),
)  # fmt: skip
def test_whatever_fails_every_id_is_in_exactly_one_part_in_the_order_asked(
    connect: Callable[..., LeadSquared],
    sandbox: Sandbox,
    numbers: list[int],
    batch: int,
    faults: list[Fault],
) -> None:
    for fault in faults:
        sandbox.fail_next(fault)
    everybody = [*ids_of(30), *STRANGERS]
    ids = list(dict.fromkeys(everybody[number] for number in numbers))
    client = connect(sandbox, batch=batch, cache=NoCache(), limit=RateLimit(100, 0.001))
    fetched = client.leads_by_id([everybody[number] for number in numbers], columns=["Score"])
    assert sorted(outcomes(fetched)) == sorted(ids)
    parts = [list(fetched.leads.ids), list(fetched.not_found), list(fetched.failed)]
    assert all(part == [id_ for id_ in ids if id_ in part] for part in parts)


@pytest.mark.parametrize("ids", [[], [*STRANGERS[:1]]])
def test_without_leads_the_table_has_its_columns(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, ids: list[str]
) -> None:
    fetched = connect(sandbox).leads_by_id(ids, columns=["FirstName"])
    assert (len(fetched.leads), list(fetched.leads.columns)) == (0, ["ProspectID", "FirstName"])


@pytest.mark.parametrize("text", ["", "ProspectID", "x" * 999])
def test_what_is_not_an_id_is_refused_before_anything_is_sent(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, text: str
) -> None:
    with pytest.raises(InvalidArgument, match="is not a lead id"):
        connect(sandbox).leads_by_id([*ids_of(1), text], columns=[])
    assert sandbox.arrivals == ()


@pytest.mark.parametrize(
    "options",
    [{"batch": 0}, {"batch": 1001}, {"deadline_s": 0}, {"deadline_s": float("nan")}],
    ids=["no ids", "too many ids", "no time", "no number"],
)
def test_settings_without_sense_are_refused(
    connect: Callable[..., LeadSquared], options: dict[str, float]
) -> None:
    with pytest.raises(SettingsError, match=r"\(LSQ_(BATCH|DEADLINE)\)"):
        connect("http://127.0.0.1:9", **options)


def test_a_client_shows_its_host_only(connect: Callable[..., LeadSquared]) -> None:
    assert repr(connect("http://127.0.0.1:9")) == "LeadSquared(127.0.0.1:9)"


def test_a_client_is_a_context_manager(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    with connect(sandbox) as client:
        assert len(client.leads_by_id(ids_of(1), columns=[]).leads) == 1


# The cache


def test_fresh_leads_are_not_asked_for_again(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    client = connect(sandbox)
    client.leads_by_id(ids_of(3), columns=["FirstName", "Score"])
    again = client.leads_by_id(ids_of(5), columns=["Score"])
    assert (again.stats.from_cache, again.stats.calls) == (3, 1)
    assert list(again.leads.ids) == ids_of(5)
    assert sandbox.arrivals[-1].ids == tuple(ids_of(5)[3:])


def test_everything_fresh_is_no_call(connect: Callable[..., LeadSquared], sandbox: Sandbox) -> None:
    client = connect(sandbox)
    first = client.leads_by_id(ids_of(3), columns=["Score", "Nope"])
    again = client.leads_by_id(ids_of(3), columns=["Score", "Nope"])
    assert again.stats.calls == 0
    assert [dict(lead) for lead in again.leads] == [dict(lead) for lead in first.leads]
    assert again.leads.absent == first.leads.absent == {"Nope"}


def test_a_refresh_asks_for_all(connect: Callable[..., LeadSquared], sandbox: Sandbox) -> None:
    client = connect(sandbox)
    client.leads_by_id(ids_of(3), columns=[])
    assert client.leads_by_id(ids_of(3), columns=[], refresh=True).stats.calls == 1


def test_a_page_is_in_the_cache_when_another_fails(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    client = connect(sandbox, batch=2, retry=RetryPolicy(attempts=1))
    sandbox.fail_next(Fault.BAD_GATEWAY)
    first = client.leads_by_id(ids_of(6), columns=[])
    assert len(first.failed) == 2
    again = client.leads_by_id(ids_of(6), columns=[])
    assert (again.stats.from_cache, again.stats.calls, len(again.leads)) == (4, 1, 6)


class BrokenCache(NoCache):
    """A cache whose disk is full, say."""

    def put(self, *_: object) -> None:
        """Fail."""
        raise OSError(28, "No space left on device")


def test_leads_that_cannot_be_kept_are_not_lost(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    fetched = connect(sandbox, cache=BrokenCache()).leads_by_id(ids_of(3), columns=[])
    assert len(fetched.leads) == 3
    assert "could not be put into the cache" in caplog.text


# Failures


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
    sandbox.fail_next(Fault.SERVER_ERROR_HTML, times=4)
    # One call at a time, so that one batch meets all four.
    client = connect(sandbox, batch=2, limit=RateLimit(1, 0.001))
    fetched = client.leads_by_id(ids_of(6), columns=[])
    assert [type(error) for error in fetched.failed.values()] == [ServerFailed] * 2
    assert len(fetched.leads) == 4
    assert fetched.stopped_by is None


def test_an_mx_error_is_not_repeated(connect: Callable[..., LeadSquared], sandbox: Sandbox) -> None:
    sandbox.fail_next(Fault.SERVER_ERROR_MX)
    fetched = connect(sandbox).leads_by_id(ids_of(3), columns=[])
    assert [type(error) for error in fetched.failed.values()] == [Rejected] * 3
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


# The rate limit


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


# Stop and progress


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


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that another thread is about to do."""
    ends_s = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < ends_s, "it did not happen"
        threading.Event().wait(0.01)


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
    fetched = connect(sandbox).leads_by_id(ids_of(3), columns=[], stop=stop)
    assert fetched.not_asked == tuple(ids_of(3))


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


# The probe


def test_a_probe_of_good_keys_says_nothing(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    connect(sandbox).probe()
    (arrival,) = sandbox.arrivals
    assert len(arrival.ids) == 1


@pytest.mark.parametrize("auth", ["query", "headers"])
def test_a_probe_of_wrong_keys_raises(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, auth: str
) -> None:
    with pytest.raises(KeysRefused):
        connect(sandbox.base_url, auth=auth).probe()
    assert len(sandbox.arrivals) == 1


def test_a_probe_is_one_attempt(connect: Callable[..., LeadSquared], sandbox: Sandbox) -> None:
    sandbox.fail_next(Fault.BAD_GATEWAY)
    with pytest.raises(ServerFailed):
        connect(sandbox).probe()


def test_a_probe_of_nobody_says_no_answer(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    base_url = sandbox.base_url
    sandbox.stop()
    with pytest.raises(NoAnswer):
        connect(base_url).probe()


def test_a_client_that_is_gone_lets_its_keys_go(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    fetched = connect(sandbox).leads_by_id(ids_of(1), columns=[])
    gc.collect()
    holders = [item for item in (*fetched.leads, fetched.stats) if sandbox.secret_key in repr(item)]
    assert holders == []


def test_no_key_is_in_any_log_of_a_whole_run(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    errors: Sequence[LsqError] = []
    for fault in Fault:
        if fault in {Fault.DRIP, Fault.SILENCE, Fault.TOO_MANY_REQUESTS}:
            continue
        sandbox.fail_next(fault, times=2)
        client = connect(sandbox, retry=RetryPolicy(attempts=2, base_s=0.001), cache=NoCache())
        fetched = client.leads_by_id(ids_of(2), columns=[])
        errors = [*errors, *fetched.failed.values(), *filter(None, [fetched.stopped_by])]
    told = "".join(f"{error!r} {error} {vars(error)}" for error in errors) + caplog.text
    assert len(errors) > 10
    for key in (sandbox.access_key, sandbox.secret_key):
        assert key not in told
        assert key.replace("$", "%24") not in told
