"""Every position of the sandbox's switches: whichever is true of LeadSquared, the leads come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import BadRequest, KeysRefused, NoLeadId, RateLimited, Rejected
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy
from lsq.sandbox import Behaviour, Fault, Sandbox, lead_id
from lsq.sandbox.behaviour import (
    Empty,
    Envelope,
    IdCase,
    KeysIn,
    LimitStatus,
    MalformedId,
    Order,
    OversizePage,
    RecordCount,
    ReturnId,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared
    from lsq.api.errors import LsqError

IDS = [lead_id(number) for number in range(120)]
STRANGER = lead_id(10**20)

POSITIONS: dict[str, dict[str, object]] = {
    f"{name} {position.name}": {name: position}
    for name, switch in {
        "oversize_page": OversizePage,
        "malformed_id": MalformedId,
        "id_case": IdCase,
        "order": Order,
        "record_count": RecordCount,
        "empty": Empty,
        "envelope": Envelope,
    }.items()
    for position in switch
} | {
    "column_case_matters no": {"column_case_matters": False},
    "return_id ALWAYS": {"return_id": ReturnId.ALWAYS},
    "max_page 100": {"max_page": 100},
    "max_page 50": {"max_page": 50},
    "jitter": {"jitter_s": 0.05},
    "slow body": {"bytes_per_s": 100_000},
}


@pytest.mark.parametrize("position", POSITIONS.values(), ids=POSITIONS)
def test_all_leads_come_in_order_in_every_position(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, position: dict[str, object]
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, **position)
    fetched = connect(sandbox).leads_by_id([STRANGER, *IDS], columns=["FirstName"])
    expected = {"failed": (), "not_found": (STRANGER,)}
    if position.get("record_count") is RecordCount.ABSENT:
        # `{}` for no leads: it cannot be told from an answer that is not LeadSquared's.
        expected = {"failed": (STRANGER,), "not_found": ()}
    assert list(fetched.leads.ids) == IDS
    assert (tuple(fetched.failed), fetched.not_found) == (expected["failed"], expected["not_found"])
    assert fetched.leads.absent == frozenset()


def test_leads_that_never_have_an_id_make_no_table(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(return_id=ReturnId.NEVER)
    fetched = connect(sandbox).leads_by_id(IDS, columns=["FirstName"])
    assert len(fetched.leads) == 0
    assert {type(error) for error in fetched.failed.values()} == {NoLeadId}
    assert fetched.stats.calls == 1


@pytest.mark.parametrize("case_matters", [True, False])
def test_a_mis_cased_column_is_said_to_be_absent(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, *, case_matters: bool
) -> None:
    sandbox.behaviour = Behaviour(column_case_matters=case_matters)
    leads = connect(sandbox).leads_by_id(IDS, columns=["firstname"]).leads
    assert leads.absent == {"firstname"}
    assert ("FirstName" in leads.columns) is not case_matters


@pytest.mark.parametrize(
    ("auth", "keys_in", "works"),
    [
        ("query", KeysIn.QUERY, True),
        ("query", KeysIn.BOTH, True),
        ("query", KeysIn.HEADERS, False),
        ("headers", KeysIn.HEADERS, True),
        ("headers", KeysIn.BOTH, True),
        ("headers", KeysIn.QUERY, False),
    ],
)
def test_keys_are_sent_in_one_way_only(
    connect: Callable[..., LeadSquared],
    sandbox: Sandbox,
    auth: str,
    keys_in: KeysIn,
    *,
    works: bool,
) -> None:
    sandbox.behaviour = Behaviour(keys_in=keys_in)
    fetched = connect(sandbox, auth=auth).leads_by_id(IDS, columns=[])
    assert (len(fetched.leads) == len(IDS)) is works
    assert isinstance(fetched.stopped_by, KeysRefused) is not works


def test_keys_of_another_region_are_told_their_host(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(other_region_host="api-us11.leadsquared.com")
    with pytest.raises(KeysRefused, match=r"names api-us11\.leadsquared\.com"):
        connect(sandbox).probe()


@pytest.mark.parametrize("retry_after", [None, "0", "nonsense"])
@pytest.mark.parametrize("status", LimitStatus)
def test_a_refusal_is_the_limit_under_every_status(
    connect: Callable[..., LeadSquared],
    sandbox: Sandbox,
    status: LimitStatus,
    retry_after: str | None,
) -> None:
    sandbox.behaviour = Behaviour(
        max_calls=1, window_s=60.0, limit_status=status, retry_after=retry_after
    )
    client = connect(sandbox, limit=RateLimit(25, 0.01))
    client.probe()
    with pytest.raises(RateLimited) as caught:
        client.probe()
    assert (caught.value.max_calls, caught.value.window_s) == (1, 60.0)


STATUSES: dict[Fault, type[LsqError]] = {
    Fault.BAD_REQUEST: BadRequest,
    Fault.SERVER_ERROR_MX: Rejected,
    Fault.ERROR_IN_200: Rejected,
}


@pytest.mark.parametrize("fault", STATUSES)
def test_an_error_that_stays_is_asked_for_once(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, fault: Fault
) -> None:
    sandbox.fail_next(fault)
    fetched = connect(sandbox).leads_by_id(IDS[:1], columns=[])
    assert [type(error) for error in fetched.failed.values()] == [STATUSES[fault]]
    assert len(sandbox.arrivals) == 1


PASSING = [
    Fault.SERVER_ERROR_HTML,
    Fault.SERVER_ERROR_JSON,
    Fault.BAD_GATEWAY,
    Fault.UNAVAILABLE,
    Fault.GATEWAY_TIMEOUT,
    Fault.HTML_IN_200,
    Fault.EMPTY_BODY,
    Fault.TRUNCATED_JSON,
    Fault.LENGTH_TOO_LONG,
    Fault.LENGTH_TOO_SHORT,
    Fault.RESET,
    Fault.RESET_MID_BODY,
    Fault.TOO_MANY_REQUESTS,
]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_costs_a_retry_and_no_lead(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, fault: Fault
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, window_s=0.05)
    sandbox.fail_next(fault)
    fetched = connect(sandbox).leads_by_id(IDS, columns=[])
    assert list(fetched.leads.ids) == IDS
    # What stands behind a body that is too short for it may come late, and spoil a second call.
    most = 2 if fault is Fault.LENGTH_TOO_SHORT else 1
    assert 1 <= fetched.stats.retries <= most


@pytest.mark.parametrize("fault", [Fault.DRIP, Fault.SILENCE])
def test_an_answer_that_never_ends_is_cut_off_and_asked_for_again(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, fault: Fault
) -> None:
    sandbox.fail_next(fault)
    quick = {"deadline_s": 0.6, "silence_s": 0.3}
    client = connect(sandbox, **quick, retry=RetryPolicy(base_s=0.001))
    fetched = client.leads_by_id(IDS, columns=[])
    assert list(fetched.leads.ids) == IDS
    assert fetched.stats.retries == 1
    assert fetched.stats.elapsed_s < 4


@pytest.mark.parametrize(
    ("fault", "unasked", "repeated"),
    [(Fault.LEADS_NOT_ASKED_FOR, 1, 0), (Fault.DUPLICATE_LEADS, 0, 10)],
)
def test_leads_too_many_are_counted_and_left_out(
    connect: Callable[..., LeadSquared],
    sandbox: Sandbox,
    fault: Fault,
    unasked: int,
    repeated: int,
) -> None:
    sandbox.fail_next(fault)
    fetched = connect(sandbox).leads_by_id(IDS, columns=[])
    assert list(fetched.leads.ids) == IDS
    assert (fetched.stats.odd.unasked, fetched.stats.odd.repeated) == (unasked, repeated)
