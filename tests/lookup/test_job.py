"""A fetch in the background: looked at, stopped, broken, and without keys once it is over."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from lsq.api.account import Account
from lsq.api.cache import GatedCache
from lsq.api.client import LeadSquared
from lsq.api.errors import KeysRefused
from lsq.api.models import Outcome
from lsq.lookup.job import Job
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Behaviour, Fault, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.cache import MemoryCache
    from lsq.lookup.plan import Plan
    from lsq.sandbox import Sandbox
    from lsq.sheets.id_column import IdCells
    from lsq.sheets.sheet import Sheet

IDS = tuple(lead_id(number) for number in range(40))
COLUMNS = ("FirstName", "ProspectStage", "Score", "CreatedOn")
SOON_S = 20.0


@pytest.fixture
def start(
    make_sheet: Callable[..., tuple[Sheet, IdCells]],
    make_plan: Callable[..., Plan],
    make_client: Callable[..., LeadSquared],
    cache: MemoryCache,
) -> Callable[..., Job]:
    """Return what starts a job for forty leads, ten a call."""

    def begin(client: LeadSquared | None = None, **options: object) -> Job:
        sheet, cells = make_sheet(*IDS)
        wanted, gate = make_plan(cells, **options), GatedCache(cache)
        return Job(sheet, wanted, client=client or make_client(batch=10, cache=gate), cache=gate)

    return begin


def test_a_job_runs_to_its_end_and_has_a_result(start: Callable[..., Job]) -> None:
    job = start()
    assert job.wait(SOON_S)
    seen = job.snapshot()
    assert not seen.running
    assert not seen.stopping
    assert seen.error is None
    assert seen.progress.done == seen.progress.total == 40
    assert seen.lookup is not None
    assert tuple(seen.lookup.fetched.leads.ids) == IDS


def test_every_job_has_an_unguessable_name(start: Callable[..., Job]) -> None:
    tokens = {start().token for _ in range(5)}
    assert len(tokens) == 5
    assert min(map(len, tokens)) >= 32


def test_a_job_shows_what_it_will_do_before_the_first_answer(
    start: Callable[..., Job], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, latency_s=30)
    job = start(batch=10)
    seen = job.snapshot()
    assert seen.running
    assert seen.lookup is None
    assert seen.progress.total == 40
    assert not job.wait(0)
    job.stop()
    assert job.wait(SOON_S)


def test_a_stopped_job_keeps_what_was_there(
    start: Callable[..., Job], sandbox: Sandbox, make_client: Callable[..., LeadSquared]
) -> None:
    make_client(batch=10).leads_by_id(IDS[:10], columns=COLUMNS)
    sandbox.behaviour = Behaviour(max_calls=None, latency_s=30)
    job = start()
    job.stop()
    assert job.wait(SOON_S)
    seen = job.snapshot()
    assert seen.stopping
    assert seen.lookup is not None
    assert tuple(seen.lookup.fetched.leads.ids) == IDS[:10]
    assert seen.lookup.fetched.not_asked == IDS[10:]


def test_what_has_come_so_far_can_be_settled_while_the_job_runs(
    start: Callable[..., Job], sandbox: Sandbox, make_client: Callable[..., LeadSquared]
) -> None:
    make_client(batch=10).leads_by_id(IDS[:10], columns=COLUMNS)
    sandbox.behaviour = Behaviour(max_calls=None, latency_s=30)
    job = start()
    while len(sandbox.arrivals) < 2:  # the second call asks for what the cache has not
        assert not job.wait(0.01)
    so_far = job.so_far()
    assert so_far is not None
    assert tuple(so_far.fetched.leads.ids) == IDS[:10]
    assert so_far.fetched.not_asked == IDS[10:]
    assert so_far.ledger.counts()[Outcome.NOT_ASKED] == 30
    assert so_far.account == job.account
    job.stop()
    assert job.wait(SOON_S)


def test_so_far_of_a_trial_counts_its_rest_as_not_asked(
    start: Callable[..., Job], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, latency_s=30)
    job = start(first=25)
    so_far = job.so_far()
    assert so_far is not None
    assert so_far.fetched.not_asked == IDS
    job.stop()
    assert job.wait(SOON_S)


def test_so_far_of_a_finished_job_is_its_result(start: Callable[..., Job]) -> None:
    job = start()
    assert job.wait(SOON_S)
    assert job.so_far() is job.snapshot().lookup


def test_refused_keys_are_part_of_the_result(start: Callable[..., Job], sandbox: Sandbox) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, fault=Fault.KEYS_REFUSED, fault_share=1.0)
    job = start()
    assert job.wait(SOON_S)
    lookup = job.snapshot().lookup
    assert lookup is not None
    assert isinstance(lookup.fetched.stopped_by, KeysRefused)


def test_what_cannot_be_asked_ends_the_job_with_its_error(start: Callable[..., Job]) -> None:
    job = start(columns=("First,Name",))
    assert job.wait(SOON_S)
    seen = job.snapshot()
    assert seen.lookup is None
    assert "First,Name" in str(seen.error)
    assert job.so_far() is None


class Broken(LeadSquared):
    """A client with a fault of ours in it."""

    def leads_by_id(self, *_: object, **__: object) -> None:
        """Break."""
        message = "a fault"
        raise ZeroDivisionError(message)


def test_a_fault_of_ours_is_said_and_logged(
    start: Callable[..., Job], account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    job = start(Broken(account))
    assert job.wait(SOON_S)
    seen = job.snapshot()
    assert not seen.running
    assert str(seen.error) == (
        "The fetch broke off by a fault of this program. "
        "What had come is kept; fetch again, and please report this."
    )
    assert "ZeroDivisionError" in caplog.text


def test_the_keys_are_gone_when_the_job_is_over(
    start: Callable[..., Job], sandbox: Sandbox, cache: MemoryCache
) -> None:
    account = Account(host=sandbox.base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    job = start(LeadSquared(account, batch=10, cache=cache))
    kept = weakref.ref(account)
    del account
    assert job.wait(SOON_S)
    for thread in threading.enumerate():
        if thread.name == "fetch" or thread.name.startswith("lsq-call"):
            thread.join(SOON_S)
    gc.collect()
    assert kept() is None
    assert job.snapshot().lookup is not None
