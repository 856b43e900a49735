"""LeadSquared.leads_by_id against the sandbox, over real sockets."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsq.api.cache import NoCache
from lsq.api.errors import (
    InvalidArgument,
    KeysRefused,
    NoAnswer,
    ServerFailed,
    SettingsError,
)
from lsq.api.models import LeadTable
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy
from lsq.sandbox import Fault, Sandbox, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lsq.api.client import LeadSquared
    from lsq.api.models import Fetched

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


def test_a_stop_is_heard_while_the_cache_is_read(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    stop, asked = threading.Event(), list[int]()

    class Slow(NoCache):
        def get_many(self, _account: object, ids: Sequence[str], _columns: object) -> LeadTable:
            asked.append(len(ids))
            stop.set()
            return LeadTable()

    ids = [lead_id(number) for number in range(25_000)]
    fetched = connect(sandbox, cache=Slow()).leads_by_id(ids, columns=[], stop=stop)
    assert asked == [10_000]
    assert len(fetched.not_asked) == 25_000
    assert sandbox.arrivals == ()


def test_reading_the_cache_counts_as_time_of_the_fetch(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    class Slow(NoCache):
        def get_many(self, *_: object) -> LeadTable:
            threading.Event().wait(0.2)
            return LeadTable()

    fetched = connect(sandbox, cache=Slow()).leads_by_id([lead_id(0)], columns=[])
    assert fetched.stats.elapsed_s >= 0.2
