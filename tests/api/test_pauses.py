"""The pause after a refusal: as long as it asks for, for everybody, and who goes first after it."""

from __future__ import annotations

import re
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import RateLimited
from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.window import limiter_for
from lsq.sandbox import Behaviour, Fault, Sandbox, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared
    from lsq.api.models import Fetched, Progress
    from lsq.sandbox.arrivals import Arrival

ON_THEIR_WAY_S = 0.3  # what was sent before a refusal was heard has arrived by then


def ids_of(count: int, *, start: int = 0) -> list[str]:
    return [lead_id(number) for number in range(start, start + count)]


def the_refusal(sandbox: Sandbox) -> Arrival:
    """Return the one call that was refused."""
    (call,) = [call for call in sandbox.arrivals if call.status == 429]
    return call


def arrived_s(sandbox: Sandbox, refusal: Arrival) -> list[float]:
    """Return when calls arrived, in seconds from the answer to the refused one."""
    assert refusal.answered_s is not None
    return [call.arrived_s - refusal.answered_s for call in sandbox.arrivals]


def refuse_once(
    sandbox: Sandbox, connect: Callable[..., LeadSquared], retry_after: str
) -> tuple[Fetched, float]:
    """Refuse the first call; return the result, and the seconds from then to the next call."""
    sandbox.behaviour = Behaviour(max_calls=None, window_s=0.05, retry_after=retry_after)
    sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    fetched = connect(sandbox, batch=1).leads_by_id(ids_of(3), columns=[])
    refusal = the_refusal(sandbox)
    assert refusal is sandbox.arrivals[0]
    return fetched, min((s for s in arrived_s(sandbox, refusal) if s > 0), default=-1.0)


def test_retry_after_in_seconds_is_waited_for_and_not_less(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    fetched, waited_s = refuse_once(sandbox, connect, "1")
    assert len(fetched.leads) == 3
    assert 1.0 <= waited_s < 1.0 + 0.9


def test_retry_after_as_a_date_is_waited_for_and_not_less(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    until = (datetime.now(UTC) + timedelta(seconds=2)).replace(microsecond=0)
    fetched, waited_s = refuse_once(sandbox, connect, format_datetime(until, usegmt=True))
    called_at = time.time() - time.monotonic() + sandbox.arrivals[1].arrived_s
    assert len(fetched.leads) == 3
    assert 0.9 < waited_s < 2.0 + 0.9
    # Both clocks are read here, one after the other, hence the millisecond.
    assert called_at >= until.timestamp() - 0.001


@pytest.mark.parametrize(
    "retry_after",
    ["Wed, 21 Oct 2015 07:28:00 GMT", "0", "-5", "soon", "1e9", "", "99999999999999999999"],
    ids=["past", "none", "negative", "a word", "a float", "empty", "for ever"],
)
def test_a_retry_after_that_is_over_or_makes_no_sense_leaves_the_window(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, retry_after: str
) -> None:
    fetched, waited_s = refuse_once(sandbox, connect, retry_after)
    assert len(fetched.leads) == 3
    assert 0.05 <= waited_s < 0.9


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_longer_retry_after_ends_the_run_and_says_until_when(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, form: str
) -> None:
    until = datetime.now(UTC) + timedelta(seconds=600)
    retry_after = "600" if form == "seconds" else format_datetime(until, usegmt=True)
    fetched, waited_s = refuse_once(sandbox, connect, retry_after)
    assert waited_s == -1.0, "no other call was made"
    assert isinstance(fetched.stopped_by, RateLimited)
    assert (len(fetched.failed), len(fetched.not_asked)) == (1, 2)
    told = re.search(r"asks to wait (\d+) s, until (\d\d:\d\d:\d\d) UTC", str(fetched.stopped_by))
    assert told is not None
    assert 595 <= int(told[1]) <= 600
    asked = datetime.strptime(told[2], "%H:%M:%S").replace(tzinfo=UTC)
    assert abs((asked - until).total_seconds() + 43_200) % 86_400 - 43_200 < 3


def test_30_seconds_are_still_waited_for_and_a_stop_is_heard_meanwhile(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, window_s=0.05, retry_after="30")
    sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    stop, waits_s = threading.Event(), list[float]()

    def look(progress: Progress) -> None:
        waits_s.append(progress.waiting_s)
        if progress.waiting_s > 25 and progress.elapsed_s > 0.3:
            stopped_s.append(time.monotonic())
            stop.set()

    stopped_s: list[float] = []
    fetched = connect(sandbox).leads_by_id(ids_of(1), columns=[], on_progress=look, stop=stop)
    assert time.monotonic() - stopped_s[0] < 0.5
    assert fetched.stopped_by is None
    assert fetched.not_asked == tuple(ids_of(1))
    assert 25 < max(waits_s) <= 30


def test_a_refusal_holds_the_other_workers_back_too(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(
        max_calls=None, window_s=0.05, retry_after="1", latency_s=0.02, jitter_s=0.05
    )

    def refuse_in_the_middle(progress: Progress) -> None:
        if progress.calls_answered == 50:
            sandbox.fail_next(Fault.TOO_MANY_REQUESTS)

    ids = ids_of(150)
    fetched = connect(sandbox, batch=1, limit=RateLimit(25, 0.05)).leads_by_id(
        ids, columns=[], on_progress=refuse_in_the_middle
    )
    assert len(fetched.leads) == 150
    moments_s = arrived_s(sandbox, the_refusal(sandbox))
    assert not [s for s in moments_s if ON_THEIR_WAY_S < s < 1.0]
    assert len([s for s in moments_s if s <= ON_THEIR_WAY_S]) > 50
    assert len([s for s in moments_s if s >= 1.0]) > 20, "they had more to do"


def test_a_refused_call_goes_again_before_those_that_were_not_yet_sent(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, window_s=0.2, latency_s=0.05)
    sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    # Two workers, of which the halved limit lets one go.
    fetched = connect(sandbox, batch=1, limit=RateLimit(2, 0.2)).leads_by_id(ids_of(4), columns=[])
    assert len(fetched.leads) == 4
    assert sandbox.arrivals[1].ids == sandbox.arrivals[0].ids


def test_a_refusal_holds_other_clients_of_the_account_back_too(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, window_s=0.05, retry_after="1")
    sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    limit = RateLimit(25, 0.05)
    first, second = (connect(sandbox, limit=limit) for _ in range(2))
    thread = threading.Thread(target=first.leads_by_id, args=(ids_of(1),), kwargs={"columns": []})
    thread.start()
    ends_s = time.monotonic() + 5
    while not limiter_for(first.account, limit).state().waiting_s:
        assert time.monotonic() < ends_s, "nothing was refused"
        threading.Event().wait(0.005)
    fetched = second.leads_by_id(ids_of(1, start=5), columns=[])
    thread.join()
    assert (len(fetched.leads), fetched.stats.limited) == (1, 0)
    moments_s = arrived_s(sandbox, the_refusal(sandbox))
    assert len(moments_s) == 3
    assert min(s for s in moments_s if s > 0) >= 1.0
